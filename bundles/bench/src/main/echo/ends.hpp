// A client's end of a session: of a server that is reached as every program reaches it, or of the control server, whose
// session memory is a file. The measurements are written once, for both.
#ifndef CARILLON_BENCH_ENDS_HPP
#define CARILLON_BENCH_ENDS_HPP

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <string>
#include <thread>

#include "carillon/client.hpp"

namespace bench {

using namespace carillon;

constexpr std::int64_t NS_PER_S = 1'000'000'000;
constexpr std::int64_t NS_PER_MS = 1'000'000;
constexpr std::int64_t LIMIT_NS = 30 * NS_PER_S;

[[noreturn]] inline void fail(const std::string& what) {
    std::fprintf(stderr, "%s\n", what.c_str());
    std::exit(1);
}

inline void sleep_until(std::int64_t mono_ns) {
    timespec until{};
    until.tv_sec = mono_ns / NS_PER_S;
    until.tv_nsec = mono_ns % NS_PER_S;
    clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &until, nullptr);
}

// Session memory in a file: the segment to the server, then the one to the client.
class MemoryFile {
public:
    // Makes one.
    MemoryFile(const std::string& path, std::int32_t capacity)
        : MemoryFile(open(path.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, S_IRUSR | S_IWUSR), path,
                  2 * (SESSION_HEAD_LENGTH + static_cast<std::size_t>(capacity))) {
        create_session_memory(to_client(), 1, capacity, capacity);
    }
    // Opens one that is there.
    explicit MemoryFile(const std::string& path)
        : MemoryFile(open(path.c_str(), O_RDWR | O_CLOEXEC), path, 0) {
        const char* wrong = check_session_memory(to_client(), length_ / 2, length_ / 2);
        if (wrong != nullptr) {
            fail(wrong);
        }
    }
    ~MemoryFile() { munmap(address_, length_); }
    MemoryFile(const MemoryFile&) = delete;
    MemoryFile& operator=(const MemoryFile&) = delete;

    ToServer* to_server() const { return reinterpret_cast<ToServer*>(address_); }
    ToClient* to_client() const { return reinterpret_cast<ToClient*>(address_ + length_ / 2); }

private:
    std::uint8_t* address_;
    std::size_t length_;

    MemoryFile(int file, const std::string& path, std::size_t new_length) : length_(new_length) {
        struct stat status {};
        if (file < 0 || (new_length > 0 && ftruncate(file, static_cast<off_t>(new_length)) != 0)
                || fstat(file, &status) != 0) {
            fail("session memory cannot be had: path=" + path);
        }
        length_ = static_cast<std::size_t>(status.st_size);
        void* mapped = mmap(nullptr, length_, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_POPULATE, file, 0);
        close(file);
        if (mapped == MAP_FAILED) {
            fail("session memory cannot be mapped: path=" + path);
        }
        address_ = static_cast<std::uint8_t*>(mapped);
    }
};

// Of the control server. There is one way from each client, so events name no source.
class ControlEnd {
public:
    explicit ControlEnd(const std::string& path)
        : memory_(path), out_(memory_.to_server(), memory_.to_client()),
          in_(static_cast<const ToClient*>(memory_.to_client()), memory_.to_server()) {}

    std::int64_t now_ns() const { return mono_now_ns(); }
    std::int64_t sleeps() const { return 0; }
    bool send(std::int64_t deadline_ns, int status, int data1, int data2) {
        return out_.offer(type_of_status(status), deadline_ns, Word{1, 0, 3, 0}, message(status, data1, data2));
    }
    bool send_copy(const Event& event) {
        return out_.offer(event.type, 0, event.word, event.payload(), event.payload_length());
    }
    bool send_task(std::int64_t deadline_ns) {
        std::int64_t words[4] = {};
        return out_.offer(TASK, deadline_ns, Word{}, words, sizeof words);
    }
    void flush() { out_.flush(); }
    template <typename Handler>
    int poll(Handler&& handler, int limit) {
        return in_.poll(handler, limit);
    }
    void await(std::int64_t until_mono_ns) {
        std::int32_t* word = &memory_.to_server()->client_word;
        Doorbell bell(word);
        bell.arm();
        if (in_.is_empty()) {
            sleep_on(word, until_mono_ns);
        }
        bell.disarm();
    }

private:
    MemoryFile memory_;
    EventProducer out_;
    EventConsumer in_;
};

// Of a server: a session with a source "out", a destination "in", and a connection to the destination of a session that
// sends back, which may be the same.
class SessionEnd {
public:
    SessionEnd(const std::string& socket, const std::string& name, const std::string& other, std::int32_t capacity)
        : client_("carillon-bench", options(socket)), session_(client_.open(name, capacity, capacity)),
          server_(session_->server()), out_(session_->source("out")), target_(other + ":in") {
        session_->destination("in");
        session_->connect(out_.name(), target_);
        std::int64_t limit = mono_now_ns() + LIMIT_NS;
        while (!server_.is_connected(out_.name(), target_) || !server_.is_connected(other + ":out", name + ":in")) {
            if (mono_now_ns() > limit) {
                fail("the other side does not come: name=" + other);
            }
            std::this_thread::sleep_for(std::chrono::milliseconds(1));
        }
    }
    ~SessionEnd() { session_->disconnect(out_.name(), target_); }  // it would wait for the next of these names
    SessionEnd(const SessionEnd&) = delete;
    SessionEnd& operator=(const SessionEnd&) = delete;

    std::int64_t now_ns() const { return server_.clock().now_ns(); }
    std::int64_t sleeps() const { return server_.counter(SLEEPS_COUNTER); }
    bool send(std::int64_t deadline_ns, int status, int data1, int data2) {
        return out_.send(deadline_ns, status, data1, data2);
    }
    bool send_copy(const Event& event) { return out_.send_copy(0, event); }
    bool send_task(std::int64_t deadline_ns) { return session_->send_task(deadline_ns, 0); }
    void flush() { session_->flush(); }
    template <typename Handler>
    int poll(Handler&& handler, int limit) {
        return session_->poll(handler, limit);
    }
    void await(std::int64_t until_mono_ns) { session_->await(until_mono_ns); }

private:
    Client client_;
    std::unique_ptr<Session> session_;
    ServerView server_;
    Source& out_;
    std::string target_;

    static Options options(const std::string& socket) {
        Options options;
        options.socket = socket;
        options.starts_server = false;
        return options;
    }
};

}  // namespace bench

#endif
