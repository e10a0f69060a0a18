// Wakes the thread that sleeps on a word, and costs no system call while that thread is awake.
//
// The reader stores 1, looks at its rings once more, and sleeps while the word is 1. A writer publishes its record, then
// rings: the full fence between its record and its load of the word pairs with the full fence between the reader's
// store of 1 and its last look, so one of the two sees the other. The writer clears the word: a burst is one call.
#ifndef CARILLON_DOORBELL_HPP
#define CARILLON_DOORBELL_HPP

#include <linux/futex.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#include <climits>
#include <cstdint>

namespace carillon {

constexpr std::int32_t AWAKE = 0;
constexpr std::int32_t WAITING = 1;

// Sleeps while the word is WAITING, until a time of CLOCK_MONOTONIC; may return without a reason. A date that has passed
// costs no system call: the kernel takes 16 us to find that out.
inline void sleep_on(std::int32_t* word, std::int64_t until_mono_ns) {
    timespec until{};
    timespec now{};
    until.tv_sec = until_mono_ns / 1'000'000'000;
    until.tv_nsec = until_mono_ns % 1'000'000'000;
    clock_gettime(CLOCK_MONOTONIC, &now);
    if (now.tv_sec > until.tv_sec || (now.tv_sec == until.tv_sec && now.tv_nsec >= until.tv_nsec)) {
        return;
    }
    syscall(SYS_futex, word, FUTEX_WAIT_BITSET, WAITING, &until, nullptr, FUTEX_BITSET_MATCH_ANY);
}

// Without the private flag: the sleeper may be another process.
inline void wake(std::int32_t* word) { syscall(SYS_futex, word, FUTEX_WAKE, INT_MAX, nullptr, nullptr, 0); }

class Doorbell {
public:
    explicit Doorbell(std::int32_t* word) : word_(word) {}

    // Wakes the reader if it sleeps: true when that took a system call. Any thread, after it has published.
    bool ring() {
        __atomic_thread_fence(__ATOMIC_SEQ_CST);
        std::int32_t waiting = WAITING;
        if (__atomic_load_n(word_, __ATOMIC_RELAXED) == WAITING
                && __atomic_compare_exchange_n(word_, &waiting, AWAKE, false, __ATOMIC_SEQ_CST, __ATOMIC_RELAXED)) {
            wake(word_);
            return true;
        }
        return false;
    }

    // The reader is about to sleep; it must look at its rings once more after this. Reader's thread only.
    void arm() {
        __atomic_store_n(word_, WAITING, __ATOMIC_RELAXED);
        __atomic_thread_fence(__ATOMIC_SEQ_CST);
    }

    // The reader is awake. Reader's thread only.
    void disarm() { __atomic_store_n(word_, AWAKE, __ATOMIC_RELAXED); }

private:
    std::int32_t* word_;
};

}  // namespace carillon

#endif
