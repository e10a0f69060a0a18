// Server time, read without asking the server: nanoseconds on a line over CLOCK_MONOTONIC, of which the status page
// holds two, one in force and one free to be drawn. server = base_server + (mono - base_mono) * rate.
#ifndef CARILLON_CLOCK_HPP
#define CARILLON_CLOCK_HPP

#include <time.h>

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <limits>

namespace carillon {

struct ClockLine {
    std::int64_t base_server_ns;
    std::int64_t base_mono_ns;
    double rate;  // server time per system time
};

struct ClockLines {
    std::int64_t sequence;  // its lowest bit tells which line is in force
    ClockLine lines[2];
};

static_assert(sizeof(ClockLines) == 56, "layout of ClockLines");
static_assert(offsetof(ClockLines, lines) == 8, "layout of ClockLines");
static_assert(offsetof(ClockLine, base_mono_ns) == 8, "layout of ClockLine");
static_assert(offsetof(ClockLine, rate) == 16, "layout of ClockLine");

inline std::int64_t mono_now_ns() {
    timespec now{};
    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec * std::int64_t{1'000'000'000} + now.tv_nsec;
}

// Any thread may read.
class ServerClock {
public:
    explicit ServerClock(const ClockLines* lines) : lines_(lines) {}

    std::int64_t now_ns() const { return server_ns(mono_now_ns()); }

    // Server time at a time of CLOCK_MONOTONIC.
    std::int64_t server_ns(std::int64_t mono_ns) const {
        ClockLine line = read();
        return sum(line.base_server_ns, scaled(mono_ns - line.base_mono_ns, line.rate));
    }

    // The time of CLOCK_MONOTONIC at which server time has reached a date, never earlier, as the line stands.
    std::int64_t mono_ns(std::int64_t server_ns) const {
        ClockLine line = read();
        std::int64_t delta;
        if (__builtin_sub_overflow(server_ns, line.base_server_ns, &delta)) {
            return end(server_ns);
        }
        return sum(line.base_mono_ns, unscaled(delta, line.rate));
    }

    double rate() const { return read().rate; }

    // The line in force, whole. Waits for nobody: it reads again only where a line was drawn meanwhile.
    ClockLine read() const {
        ClockLine copy{};
        std::int64_t sequence;
        do {
            sequence = __atomic_load_n(&lines_->sequence, __ATOMIC_ACQUIRE);
            const ClockLine* line = &lines_->lines[sequence & 1];
            copy.base_server_ns = __atomic_load_n(&line->base_server_ns, __ATOMIC_RELAXED);
            copy.base_mono_ns = __atomic_load_n(&line->base_mono_ns, __ATOMIC_RELAXED);
            std::int64_t bits;  // a double has no atomic load of its own
            static_assert(sizeof bits == sizeof copy.rate, "double is 64 bits");
            bits = __atomic_load_n(reinterpret_cast<const std::int64_t*>(&line->rate), __ATOMIC_RELAXED);
            std::memcpy(&copy.rate, &bits, sizeof bits);
            __atomic_thread_fence(__ATOMIC_ACQUIRE);
        } while (__atomic_load_n(&lines_->sequence, __ATOMIC_RELAXED) != sequence);
        return copy;
    }

private:
    const ClockLines* lines_;

    static std::int64_t saturated(double value) {
        if (value >= 9223372036854775808.0) {
            return std::numeric_limits<std::int64_t>::max();
        }
        return value < -9223372036854775808.0 ? std::numeric_limits<std::int64_t>::min()
                                              : static_cast<std::int64_t>(value);
    }

    static std::int64_t scaled(std::int64_t delta_ns, double rate) {
        return rate == 1.0 ? delta_ns : saturated(std::floor(static_cast<double>(delta_ns) * rate));
    }

    static std::int64_t unscaled(std::int64_t delta_ns, double rate) {
        if (rate == 1.0) {
            return delta_ns;
        }
        std::int64_t mono_ns = saturated(std::ceil(static_cast<double>(delta_ns) / rate));
        // the quotient is rounded, and scaled() rounds again: what is missing then is added
        std::int64_t missing = difference(delta_ns, scaled(mono_ns, rate));
        while (missing > 0 && mono_ns < std::numeric_limits<std::int64_t>::max()) {
            mono_ns = sum(mono_ns, saturated(std::ceil(static_cast<double>(missing) / rate)));
            missing = difference(delta_ns, scaled(mono_ns, rate));
        }
        return mono_ns;
    }

    static std::int64_t difference(std::int64_t a, std::int64_t b) {
        std::int64_t result;
        return __builtin_sub_overflow(a, b, &result) ? end(a) : result;
    }

    static std::int64_t sum(std::int64_t a, std::int64_t b) {
        std::int64_t result;
        return __builtin_add_overflow(a, b, &result) ? end(a) : result;
    }

    static std::int64_t end(std::int64_t sign) {
        return sign < 0 ? std::numeric_limits<std::int64_t>::min() : std::numeric_limits<std::int64_t>::max();
    }
};

}  // namespace carillon

#endif
