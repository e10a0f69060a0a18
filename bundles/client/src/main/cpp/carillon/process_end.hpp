// The violent end of another process, known before its sockets end: the system takes its memory apart first, which
// lasts tens of milliseconds where there is much of it, as in a Java machine. The end of each of its threads but the
// first can be waited for, and comes before that (pidfd_open(2) with PIDFD_THREAD, Linux 6.9).
#ifndef CARILLON_PROCESS_END_HPP
#define CARILLON_PROCESS_END_HPP

#include <dirent.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>

namespace carillon {

// One thread at a time.
class ProcessEnd {
public:
    // That of a process that may be gone or out of sight.
    explicit ProcessEnd(int process_id) : process_id_(process_id) { watch_next(); }
    ProcessEnd(const ProcessEnd&) = delete;
    ProcessEnd& operator=(const ProcessEnd&) = delete;
    ~ProcessEnd() { close(); }

    // Becomes readable when `is_killed` has to be asked; -1 for never.
    int descriptor() const { return thread_; }

    // Whether the process was killed. If not, a thread has ended by itself, and the descriptor is that of another.
    bool is_killed() {
        close();
        if (is_signaled()) {
            return true;
        }
        watch_next();
        return false;
    }

private:
    static constexpr long PIDFD_OPEN = 434;
    static constexpr unsigned PIDFD_THREAD = 0x80;
    // Of the words behind the name in /proc/PID/stat, see proc_pid_stat(5): PF_SIGNALED, it dies of a signal; SIGKILL
    // is pending, it will as soon as it runs.
    static constexpr int FLAGS_WORD = 6;
    static constexpr int PENDING_WORD = 28;
    static constexpr unsigned long SIGNALED = 0x400;
    static constexpr unsigned long KILL_PENDING = 1 << (9 - 1);
    // So many threads that end by themselves are replaced by others.
    static constexpr int THREAD_LIMIT = 100;

    int process_id_;
    int thread_ = -1;
    int threads_ = 0;

    std::string path(const char* file) const { return "/proc/" + std::to_string(process_id_) + "/" + file; }

    void close() {
        if (thread_ >= 0) {
            ::close(thread_);
            thread_ = -1;
        }
    }

    bool is_signaled() const {
        std::FILE* file = std::fopen(path("stat").c_str(), "re");
        if (file == nullptr) {
            return false;  // then its sockets have ended as well
        }
        char text[1024];
        text[std::fread(text, 1, sizeof text - 1, file)] = 0;
        std::fclose(file);
        const char* words = std::strrchr(text, ')');
        return words != nullptr
                && ((number(words, FLAGS_WORD) & SIGNALED) != 0 || (number(words, PENDING_WORD) & KILL_PENDING) != 0);
    }

    static unsigned long number(const char* word, int index) {
        for (int i = 0; word != nullptr && i <= index; i++) {
            word = std::strchr(word + 1, ' ');
        }
        return word == nullptr ? 0 : std::strtoul(word, nullptr, 10);
    }

    // The oldest but the first: it is the one that most likely stays until the end.
    void watch_next() {
        DIR* all = ::opendir(path("task").c_str());
        if (all == nullptr) {
            return;
        }
        const dirent* each;
        while (thread_ < 0 && threads_ < THREAD_LIMIT && (each = ::readdir(all)) != nullptr) {
            int number = std::atoi(each->d_name);
            if (number > 0 && number != process_id_) {
                threads_++;
                thread_ = static_cast<int>(::syscall(PIDFD_OPEN, number, PIDFD_THREAD));
            }
        }
        ::closedir(all);
    }
};

}  // namespace carillon

#endif
