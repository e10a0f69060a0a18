// monitor [--count N] PORT...: prints what comes out of ports, a line for each event.
#include <cstdio>
#include <cstdlib>
#include <string>

#include "carillon/client.hpp"

int main(int argc, char** argv) {
    try {
        carillon::Client client("monitor");
        auto session = client.open("monitor");
        session->destination("in");
        long count = -1;
        for (int i = 1; i < argc; ++i) {
            if (std::string(argv[i]) == "--count" && i + 1 < argc) {
                count = std::atol(argv[++i]);
            } else {
                session->connect(argv[i], "monitor:in");
            }
        }
        std::printf("listening\n");
        while (count != 0) {
            int polled = session->poll([&](const carillon::Event& event) {
                std::printf("%lld %s ch %d", static_cast<long long>(event.time_ns), carillon::type_name(event.type),
                        event.channel() + 1);
                for (int i = 0; i < event.payload_length() && i < 16; ++i) {
                    std::printf(" %02x", event.payload()[i]);
                }
                std::printf("\n");
                count -= count > 0 ? 1 : 0;
            });
            std::fflush(stdout);
            if (polled == 0 && count != 0) {
                session->await();
            }
        }
        return 0;
    } catch (const carillon::Error& e) {
        std::fprintf(stderr, "monitor: %s\n", e.what());
        return 1;
    }
}
