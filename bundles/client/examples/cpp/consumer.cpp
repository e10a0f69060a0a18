// consumer [--blocks N]: sounds like a row of sine waves. Its audio callback runs on a real-time thread where permitted,
// drains the ring of events at each block, and neither locks, allocates nor calls the system; here a clock stands for
// the sound card, so the block goes nowhere but into the figures at the end.
#include <atomic>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <thread>

#include "carillon/client.hpp"

namespace {

constexpr int FRAMES = 64;
constexpr double RATE = 48'000;
constexpr std::int64_t BLOCK_NS = static_cast<std::int64_t>(FRAMES * 1e9 / RATE);

struct Synth {
    carillon::Session& session;
    float velocity[128] = {};
    double phase[128] = {};
    float block[FRAMES] = {};
    long events = 0;
    long notes = 0;
    float peak = 0;

    // What a sound card would call.
    void callback() {
        session.poll([this](const carillon::Event& event) { take(event); }, 256);
        for (float& frame : block) {
            frame = 0;
        }
        for (int key = 0; key < 128; ++key) {
            if (velocity[key] > 0) {
                double step = 6.283185307179586 * 440.0 * std::exp2((key - 69) / 12.0) / RATE;
                for (float& frame : block) {
                    frame += velocity[key] * static_cast<float>(std::sin(phase[key] += step)) / 8;
                }
            }
        }
        for (float frame : block) {
            peak = std::max(peak, std::fabs(frame));
        }
    }

    void take(const carillon::Event& event) {
        ++events;
        if (event.type == carillon::KEY_ON && event.data[2] > 0) {
            velocity[event.data[1] & 127] = static_cast<float>(event.data[2]) / 127;
            ++notes;
        } else if (event.type == carillon::KEY_ON || event.type == carillon::KEY_OFF) {
            velocity[event.data[1] & 127] = 0;
        }
    }
};

}  // namespace

int main(int argc, char** argv) {
    long blocks = argc == 3 && std::string(argv[1]) == "--blocks" ? std::atol(argv[2]) : -1;
    try {
        carillon::Client client("consumer");
        auto session = client.open("consumer");
        session->destination("in");
        Synth synth{*session};
        std::atomic<bool> is_real_time{false};
        std::atomic<long> late{0};
        std::thread audio([&] {
            sched_param priority{};
            priority.sched_priority = 70;
            is_real_time = pthread_setschedparam(pthread_self(), SCHED_FIFO, &priority) == 0;
            std::int64_t next = carillon::mono_now_ns();
            for (long block = 0; block != blocks; ++block) {
                synth.callback();
                next += BLOCK_NS;
                late += carillon::mono_now_ns() > next ? 1 : 0;
                timespec until{next / 1'000'000'000, next % 1'000'000'000};
                clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &until, nullptr);
            }
        });
        std::printf("listening\n");
        std::fflush(stdout);
        audio.join();
        std::printf("events=%ld notes=%ld peak=%.3f late=%ld realTime=%d\n", synth.events, synth.notes,
                static_cast<double>(synth.peak), late.load(), is_real_time ? 1 : 0);
        return 0;
    } catch (const carillon::Error& e) {
        std::fprintf(stderr, "consumer: %s\n", e.what());
        return 1;
    }
}
