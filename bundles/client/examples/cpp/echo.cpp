// echo [--count N]: sends back through echo:out whatever comes to echo:in, on a real-time thread where permitted.
#include <atomic>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <thread>

#include "carillon/client.hpp"

int main(int argc, char** argv) {
    try {
        long count = argc == 3 && std::string(argv[1]) == "--count" ? std::atol(argv[2]) : -1;
        carillon::Client client("echo");
        auto session = client.open("echo");
        carillon::Source& out = session->source("out");
        session->destination("in");
        std::atomic<long> sent{0};
        std::atomic<long> lost{0};
        carillon::Receiver receiver(*session, [&](const carillon::Event& event) {
            if (out.send_copy(0, event)) {
                ++sent;
            } else {
                ++lost;
            }
            out.flush();
        });
        std::printf("listening\n");
        std::fflush(stdout);
        while (count < 0 || sent + lost < count) {
            std::this_thread::sleep_for(std::chrono::milliseconds(5));
        }
        std::printf("sent=%ld lost=%ld\n", sent.load(), lost.load());
        return lost == 0 ? 0 : 1;
    } catch (const carillon::Error& e) {
        std::fprintf(stderr, "echo: %s\n", e.what());
        return 1;
    }
}
