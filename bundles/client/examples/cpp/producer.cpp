// producer [--count N] [--every MS] DESTINATION: plays a scale into a port, at normal priority. Notes are sent a little
// ahead of their time, so that it does not matter when this thread runs: the server keeps the time.
#include <cstdio>
#include <cstdlib>
#include <string>

#include "carillon/client.hpp"

int main(int argc, char** argv) {
    constexpr int SCALE[] = {60, 62, 64, 65, 67, 69, 71, 72};
    constexpr std::int64_t MS = 1'000'000;
    constexpr std::int64_t AHEAD_NS = 50 * MS;
    long count = 16;
    long every_ms = 125;
    std::string destination;
    for (int i = 1; i < argc; ++i) {
        std::string word = argv[i];
        if (word == "--count" && i + 1 < argc) {
            count = std::atol(argv[++i]);
        } else if (word == "--every" && i + 1 < argc) {
            every_ms = std::atol(argv[++i]);
        } else {
            destination = word;
        }
    }
    try {
        carillon::Client client("producer");
        auto session = client.open("producer");
        carillon::Source& out = session->source("out");
        session->connect("producer:out", destination);
        carillon::ServerView server = session->server();
        std::int64_t date = server.clock().now_ns() + AHEAD_NS;
        for (long i = 0; i < count; ++i, date += every_ms * MS) {
            while (!out.send_note(date, 0, SCALE[i % 8], 100, every_ms * MS * 3 / 4)) {
                session->await(carillon::mono_now_ns() + MS);  // the ring is full, or the server away: later
            }
            out.flush();
            std::int64_t wake = server.clock().mono_ns(date - AHEAD_NS + every_ms * MS);
            while (carillon::mono_now_ns() < wake) {
                session->await(wake);
            }
        }
        std::int64_t end = server.clock().mono_ns(date + AHEAD_NS);
        while (carillon::mono_now_ns() < end) {  // the last note has to end: what a session started ends with it
            session->await(end);
        }
        std::printf("sent=%ld\n", count);
        return 0;
    } catch (const carillon::Error& e) {
        std::fprintf(stderr, "producer: %s\n", e.what());
        return 1;
    }
}
