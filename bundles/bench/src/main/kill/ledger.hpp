// What all processes of the measurement know of each other: a file that all of them map. The first page is empty; then
// a line for each victim, then a list for each ear. Little-endian words of 64 bits, times of CLOCK_MONOTONIC.
//
//   line    0 begun: number that is being sent | 8 session id | 16 phase | 24 killed at | 32 died between claim and
//           commit | 40 notes on, the first in the low half | 48 notes off, likewise | 56 last note off at
//   list    0 count, then pairs: session id, gone at
#ifndef CARILLON_BENCH_KILL_LEDGER_HPP
#define CARILLON_BENCH_KILL_LEDGER_HPP

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>

#include "carillon/client.hpp"

namespace bench {

using namespace carillon;

constexpr std::int64_t NS_PER_S = 1'000'000'000;
constexpr std::int64_t NS_PER_MS = 1'000'000;
constexpr std::int64_t NS_PER_US = 1'000;

[[noreturn]] inline void fail(const std::string& what) {
    std::fprintf(stderr, "%s\n", what.c_str());
    std::_Exit(1);
}

inline void sleep_until(std::int64_t mono_ns) {
    timespec until{};
    until.tv_sec = mono_ns / NS_PER_S;
    until.tv_nsec = mono_ns % NS_PER_S;
    clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &until, nullptr);
}

inline Options options_at(const std::string& socket) {
    Options options;
    options.socket = socket;
    options.starts_server = false;
    return options;
}

enum Phase : std::int64_t { UNBORN, BORN, OPEN, HOLDING, BUSY };

struct alignas(128) Line {
    std::int64_t begun;
    std::int64_t session;
    std::int64_t phase;
    std::int64_t killed_ns;
    std::int64_t is_between;
    std::int32_t on[2];
    std::int32_t off[2];
    std::int64_t off_ns;
};

static_assert(offsetof(Line, killed_ns) == 24, "layout of Line");
static_assert(offsetof(Line, on) == 40, "layout of Line");
static_assert(offsetof(Line, off) == 48, "layout of Line");
static_assert(offsetof(Line, off_ns) == 56, "layout of Line");
static_assert(sizeof(Line) == 128, "layout of Line");

inline void store(std::int64_t& word, std::int64_t value) { __atomic_store_n(&word, value, __ATOMIC_RELEASE); }
inline std::int64_t load(const std::int64_t& word) { return __atomic_load_n(&word, __ATOMIC_ACQUIRE); }

class Ledger {
public:
    static constexpr std::int64_t PAGE = 4096;

    Ledger(const std::string& path, std::int64_t victims) : victims_(victims) {
        int file = ::open(path.c_str(), O_RDWR | O_CLOEXEC);
        struct stat status {};
        if (file < 0 || fstat(file, &status) != 0) {
            fail("ledger cannot be opened: path=" + path);
        }
        // not through mmap, which passes descriptors on: see victim.hpp
        long mapped = syscall(SYS_mmap, nullptr, status.st_size, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
        ::close(file);
        if (mapped == -1) {
            fail("ledger cannot be mapped: path=" + path);
        }
        memory_ = reinterpret_cast<std::uint8_t*>(mapped);
        list_length_ = (status.st_size - PAGE - victims * static_cast<std::int64_t>(sizeof(Line))) / EARS;
    }

    std::int64_t victims() const { return victims_; }
    Line& line(std::int64_t victim) const { return reinterpret_cast<Line*>(memory_ + PAGE)[victim]; }

    // An ear has heard that a session is gone; one thread for each ear.
    void gone(int ear, std::int64_t session, std::int64_t at_ns) const {
        auto* list = reinterpret_cast<std::int64_t*>(
                memory_ + PAGE + victims_ * static_cast<std::int64_t>(sizeof(Line)) + ear * list_length_);
        std::int64_t count = list[0];
        if ((count + 1) * PAIR_LENGTH + PAIR_LENGTH > list_length_) {
            fail("more sessions have gone than ever came: ear=" + std::to_string(ear));
        }
        list[2 + 2 * count] = session;
        list[3 + 2 * count] = at_ns;
        store(list[0], count + 1);
    }

private:
    static constexpr int EARS = 2;
    static constexpr std::int64_t PAIR_LENGTH = 16;

    std::int64_t victims_;
    std::int64_t list_length_ = 0;
    std::uint8_t* memory_ = nullptr;
};

}  // namespace bench

#endif
