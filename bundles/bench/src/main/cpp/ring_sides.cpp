// Sides of the measurements of the ring and of waking: a client with the shipped headers, and bare controls.
//
// A question is a line on standard input, its answer a flat JSON object on one line. The memory is a file that both
// sides map: a segment to the server, then one to the client. "bare" is the least that a ring can do: positions in
// lines of their own, the other's position cached, no check, no copy, records read where they lie.
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/ptrace.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <csignal>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <iostream>
#include <sstream>
#include <string>
#include <thread>
#include <vector>

#include "carillon/clock.hpp"
#include "carillon/event_ring.hpp"

using namespace carillon;

namespace {

constexpr std::int64_t NS_PER_S = 1'000'000'000;
constexpr std::int64_t LIMIT_NS = 60 * NS_PER_S;

void relax() {
#if defined(__x86_64__)
    __builtin_ia32_pause();
#elif defined(__aarch64__)
    asm volatile("yield");
#endif
}

// The file of a round, mapped.
struct Memory {
    ToServer* to_server = nullptr;
    ToClient* to_client = nullptr;
    std::size_t length = 0;

    explicit Memory(const std::string& path) {
        int file = open(path.c_str(), O_RDWR);
        struct stat status {};
        if (file < 0 || fstat(file, &status) != 0) {
            std::perror(path.c_str());
            std::exit(1);
        }
        length = static_cast<std::size_t>(status.st_size);
        void* mapped = mmap(nullptr, length, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_POPULATE, file, 0);
        close(file);
        if (mapped == MAP_FAILED) {
            std::perror("mmap");
            std::exit(1);
        }
        to_server = static_cast<ToServer*>(mapped);
        to_client = reinterpret_cast<ToClient*>(static_cast<std::uint8_t*>(mapped) + length / 2);
        const char* wrong = check_session_memory(to_client, length / 2, length / 2);
        if (wrong != nullptr) {
            std::fprintf(stderr, "%s\n", wrong);
            std::exit(1);
        }
    }
    ~Memory() { munmap(to_server, length); }
    Memory(const Memory&) = delete;
    Memory& operator=(const Memory&) = delete;
};

// The two ends without any check.
class BareProducer {
public:
    BareProducer(std::uint8_t* data, std::int64_t* tail, const std::int64_t* head, std::int64_t capacity)
        : data_(data), tail_word_(tail), head_word_(head), capacity_(capacity) {}

    bool offer(std::int32_t type, std::int64_t time_ns, std::int64_t word, std::int64_t data) {
        if (position_ - head_ + SHORT_LENGTH > capacity_) {
            head_ = __atomic_load_n(head_word_, __ATOMIC_ACQUIRE);
            if (position_ - head_ + SHORT_LENGTH > capacity_) {
                return false;
            }
        }
        auto* record = reinterpret_cast<std::int64_t*>(data_ + (position_ & (capacity_ - 1)));
        record[0] = static_cast<std::int64_t>(type) << 32 | SHORT_LENGTH;
        record[1] = time_ns;
        record[2] = word;
        record[3] = data;
        position_ += SHORT_LENGTH;
        __atomic_store_n(tail_word_, position_, __ATOMIC_RELEASE);
        return true;
    }

private:
    std::uint8_t* data_;
    std::int64_t* tail_word_;
    const std::int64_t* head_word_;
    std::int64_t capacity_;
    std::int64_t position_ = 0;
    std::int64_t head_ = 0;
};

class BareConsumer {
public:
    BareConsumer(const std::uint8_t* data, const std::int64_t* tail, std::int64_t* head, std::int64_t capacity)
        : data_(data), tail_word_(tail), head_word_(head), capacity_(capacity) {}

    template <typename Handler>
    int poll(Handler&& handler, int limit) {
        if (position_ == tail_) {
            tail_ = __atomic_load_n(tail_word_, __ATOMIC_ACQUIRE);
            if (position_ == tail_) {
                return 0;
            }
        }
        int count = 0;
        for (; count < limit && position_ < tail_; ++count) {
            handler(*reinterpret_cast<const Event*>(data_ + (position_ & (capacity_ - 1))));
            position_ += SHORT_LENGTH;
        }
        __atomic_store_n(head_word_, position_, __ATOMIC_RELEASE);
        return count;
    }

    bool is_empty() {
        tail_ = __atomic_load_n(tail_word_, __ATOMIC_ACQUIRE);
        return position_ == tail_;
    }

private:
    const std::uint8_t* data_;
    const std::int64_t* tail_word_;
    std::int64_t* head_word_;
    std::int64_t capacity_;
    std::int64_t position_ = 0;
    std::int64_t tail_ = 0;
};

BareProducer bare_to_server(Memory& m) {
    return {m.to_server->data, &m.to_server->tail, &m.to_client->head, m.to_client->to_server_capacity};
}
BareConsumer bare_at_server(Memory& m) {
    return {m.to_server->data, &m.to_server->tail, &m.to_client->head, m.to_client->to_server_capacity};
}
BareProducer bare_to_client(Memory& m) {
    return {m.to_client->data, &m.to_client->tail, &m.to_server->head, m.to_client->to_client_capacity};
}
BareConsumer bare_at_client(Memory& m) {
    return {m.to_client->data, &m.to_client->tail, &m.to_server->head, m.to_client->to_client_capacity};
}

bool put(BareProducer& ring, std::int64_t time_ns, std::int64_t number) {
    return ring.offer(KEY_ON, time_ns, 7, number);
}
bool put(EventProducer& ring, std::int64_t time_ns, std::int64_t number) {
    return ring.offer(KEY_ON, time_ns, Word{7, 0, 3, 0}, static_cast<std::uint64_t>(number));
}
std::int64_t number_of(const Event& event) {
    std::int64_t number;
    std::memcpy(&number, event.data, sizeof number);
    return number;
}

[[noreturn]] void fail(const char* what) {
    std::fprintf(stderr, "%s\n", what);
    std::exit(1);
}

double quantile(std::vector<std::int64_t>& values, double q) {
    if (values.empty()) {
        fail("nothing measured");
    }
    auto at = values.begin() + static_cast<std::ptrdiff_t>(q * static_cast<double>(values.size() - 1));
    std::nth_element(values.begin(), at, values.end());
    return static_cast<double>(*at);
}

// One record there and back, again and again; half the time of each is a way. The first third is warm-up.
template <typename Producer, typename Consumer>
std::string ping(Producer out, Consumer in, std::int64_t count) {
    std::vector<std::int64_t> ways;
    ways.reserve(static_cast<std::size_t>(count));
    std::int64_t limit = mono_now_ns() + LIMIT_NS;
    for (std::int64_t i = 0; i < count; ++i) {
        std::int64_t start = mono_now_ns();
        if (!put(out, start, i)) {
            fail("ring is full");
        }
        bool right = false;
        for (int spins = 0; in.poll([&](const Event& event) { right = number_of(event) == i; }, 1) == 0; ++spins) {
            relax();
            if (spins % 1'000'000 == 999'999 && mono_now_ns() > limit) {
                fail("no answer");
            }
        }
        if (!right) {
            fail("another record came back");
        }
        if (i >= count / 3) {
            ways.push_back((mono_now_ns() - start) / 2);
        }
    }
    double p50 = quantile(ways, 0.5);
    return "{\"p50\":" + std::to_string(p50) + ",\"p99\":" + std::to_string(quantile(ways, 0.99)) + "}";
}

template <typename Producer, typename Consumer>
std::string pong(Consumer in, Producer out, std::int64_t count) {
    std::int64_t limit = mono_now_ns() + LIMIT_NS;
    std::int64_t done = 0;
    for (std::int64_t spins = 0; done < count; ++spins) {
        done += in.poll([&](const Event& event) { put(out, event.time_ns, number_of(event)); }, 16);
        relax();
        if (spins % 1'000'000 == 999'999 && mono_now_ns() > limit) {
            fail("nothing comes");
        }
    }
    return "{\"events\":" + std::to_string(done) + "}";
}

template <typename Producer>
std::string pour(Producer out, std::int64_t count) {
    std::int64_t limit = mono_now_ns() + LIMIT_NS;
    std::int64_t spins = 0;
    for (std::int64_t i = 0; i < count;) {
        if (put(out, i, i)) {
            ++i;
        } else {
            relax();
            if (++spins % 1'000'000 == 0 && mono_now_ns() > limit) {
                fail("ring stays full");
            }
        }
    }
    return "{\"events\":" + std::to_string(count) + "}";
}

// Only the second half counts.
template <typename Consumer>
std::string drain(Consumer in, std::int64_t count) {
    std::int64_t limit = mono_now_ns() + LIMIT_NS;
    std::int64_t next = 0;
    std::int64_t half = 0;
    std::int64_t from = 0;
    bool right = true;
    for (std::int64_t spins = 0; next < count; ++spins) {
        if (in.poll([&](const Event& event) { right &= number_of(event) == next++; }, 256) == 0) {
            relax();
            if (spins % 1'000'000 == 999'999 && mono_now_ns() > limit) {
                fail("nothing comes");
            }
        } else if (half == 0 && next >= count / 2) {
            half = mono_now_ns();
            from = next;
        }
    }
    if (!right) {
        fail("records lost or out of order");
    }
    double seconds = static_cast<double>(mono_now_ns() - half) / 1e9;
    return "{\"perSecond\":" + std::to_string(static_cast<double>(count - from) / seconds) + "}";
}

void sleep_until(std::int64_t mono_ns) {
    timespec until{};
    until.tv_sec = mono_ns / NS_PER_S;
    until.tv_nsec = mono_ns % NS_PER_S;
    clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &until, nullptr);
}

// Sends an event each millisecond to a side that sleeps.
template <typename Producer>
std::string call(Producer out, std::int32_t* bell_word, std::int64_t count) {
    Doorbell bell(bell_word);
    std::int64_t next = mono_now_ns();
    std::int64_t wakes = 0;
    for (std::int64_t i = 0; i < count; ++i) {
        next += NS_PER_S / 1'000;
        sleep_until(next);
        if (!put(out, mono_now_ns(), i)) {
            fail("ring is full");
        }
        wakes += bell.ring() ? 1 : 0;
    }
    return "{\"events\":" + std::to_string(count) + ",\"wakes\":" + std::to_string(wakes) + "}";
}

// Sleeps until events come, and notes how late it was awake.
template <typename Consumer>
std::string listen(Consumer in, std::int32_t* bell_word, std::int64_t count) {
    Doorbell bell(bell_word);
    std::vector<std::int64_t> late;
    late.reserve(static_cast<std::size_t>(count));
    std::int64_t limit = mono_now_ns() + LIMIT_NS;
    std::int64_t seen = 0;
    while (seen < count) {
        bell.arm();
        if (in.is_empty()) {
            sleep_on(bell_word, limit);
        }
        bell.disarm();
        std::int64_t now = mono_now_ns();
        in.poll([&](const Event& event) {
            if (seen++ >= count / 3) {
                late.push_back(now - event.time_ns);
            }
        }, 64);
        if (now > limit) {
            fail("nothing comes");
        }
    }
    return "{\"p50\":" + std::to_string(quantile(late, 0.5)) + ",\"p99\":" + std::to_string(quantile(late, 0.99)) + "}";
}

// A thread that publishes and rings for a side that is awake, and can be watched from outside meanwhile.
class Busy {
public:
    explicit Busy(const std::string& path) : memory_(path), thread_([this] { run(); }) {
        while (id_ == 0) {
            usleep(100);
        }
    }
    ~Busy() {
        todo_ = -1;
        thread_.join();
    }
    std::string id() const { return "{\"thread\":" + std::to_string(id_.load()) + "}"; }
    std::string publish(std::int64_t count) {
        todo_ = count;
        std::int64_t limit = mono_now_ns() + LIMIT_NS;
        while (todo_ != 0) {
            usleep(1'000);
            if (mono_now_ns() > limit) {
                fail("ring stays full");
            }
        }
        return "{\"events\":" + std::to_string(count) + ",\"wakes\":" + std::to_string(wakes_.load()) + "}";
    }

private:
    Memory memory_;
    std::atomic<int> id_{0};
    std::atomic<std::int64_t> todo_{0};
    std::atomic<std::int64_t> wakes_{0};
    std::thread thread_;

    void run() {
        id_ = gettid();
        EventProducer out(memory_.to_server, memory_.to_client);
        std::int64_t number = 0;
        while (todo_ >= 0) {
            for (std::int64_t i = todo_; i > 0;) {
                if (put(out, 1, number)) {
                    ++number;
                    --i;
                    wakes_ += out.flush() ? 1 : 0;
                } else {
                    relax();
                }
                if (i == 0) {
                    todo_ = 0;
                }
            }
            relax();
        }
    }
};

// Counts the system calls of one thread of another process until the next line comes (ptrace(2)).
std::string count_calls(pid_t thread) {
    if (ptrace(PTRACE_SEIZE, thread, nullptr, PTRACE_O_TRACESYSGOOD) != 0
            || ptrace(PTRACE_INTERRUPT, thread, nullptr, nullptr) != 0) {
        return "{\"calls\":-1}";
    }
    int status = 0;
    waitpid(thread, &status, __WALL);
    ptrace(PTRACE_SYSCALL, thread, nullptr, nullptr);
    std::cout << "{\"watching\":1}" << std::endl;
    std::atomic<bool> ended{false};
    std::thread input([&] {
        std::string line;
        std::getline(std::cin, line);
        ended = true;
    });
    std::int64_t stops = 0;
    while (!ended) {
        if (waitpid(thread, &status, __WALL | WNOHANG) != thread) {
            usleep(200);
            continue;
        }
        if (WIFEXITED(status) || WIFSIGNALED(status)) {
            break;
        }
        bool is_call = WIFSTOPPED(status) && WSTOPSIG(status) == (SIGTRAP | 0x80);
        bool is_ours = (status >> 16) == PTRACE_EVENT_STOP;
        stops += is_call ? 1 : 0;
        ptrace(PTRACE_SYSCALL, thread, nullptr, is_call || is_ours ? 0 : WSTOPSIG(status));
    }
    input.join();
    ptrace(PTRACE_INTERRUPT, thread, nullptr, nullptr);
    waitpid(thread, &status, __WALL);
    ptrace(PTRACE_DETACH, thread, nullptr, nullptr);
    return "{\"calls\":" + std::to_string((stops + 1) / 2) + "}"; // one stop when it enters, one when it leaves
}

std::string answer(const std::string& what, Memory& m, std::int64_t count) {
    if (what == "ping") {
        return ping(EventProducer(m.to_server, m.to_client),
                EventConsumer(static_cast<const ToClient*>(m.to_client), m.to_server), count);
    }
    if (what == "bare-ping") {
        return ping(bare_to_server(m), bare_at_client(m), count);
    }
    if (what == "bare-pong") {
        return pong(bare_at_server(m), bare_to_client(m), count);
    }
    if (what == "bare-pour") {
        return pour(bare_to_server(m), count);
    }
    if (what == "bare-drain") {
        return drain(bare_at_server(m), count);
    }
    if (what == "call") {
        return call(EventProducer(m.to_server, m.to_client), &m.to_server->kernel_word, count);
    }
    if (what == "bare-call") {
        return call(bare_to_server(m), &m.to_server->kernel_word, count);
    }
    if (what == "bare-listen") {
        return listen(bare_at_server(m), &m.to_server->kernel_word, count);
    }
    if (what == "listen") {
        return listen(EventConsumer(static_cast<const ToClient*>(m.to_client), m.to_server),
                &m.to_server->client_word, count);
    }
    fail("no such question");
}

}  // namespace

int main() {
    std::string line;
    Busy* busy = nullptr;
    while (std::getline(std::cin, line)) {
        std::istringstream words(line);
        std::string what;
        std::string path;
        std::int64_t count = 0;
        words >> what;
        if (what == "calls") {
            words >> count;
            std::cout << count_calls(static_cast<pid_t>(count)) << std::endl;
        } else if (what == "busy") {
            words >> path;
            busy = new Busy(path);
            std::cout << busy->id() << std::endl;
        } else if (what == "publish" && busy != nullptr) {
            words >> count;
            std::cout << busy->publish(count) << std::endl;
        } else if (what == "idle") {
            delete busy;
            busy = nullptr;
            std::cout << "{\"events\":0}" << std::endl;
        } else {
            words >> path >> count;
            Memory memory(path);
            std::cout << answer(what, memory, count) << std::endl;
        }
    }
    delete busy;
    return 0;
}
