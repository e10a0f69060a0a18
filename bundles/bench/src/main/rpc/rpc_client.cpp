// The client's side of the benchmark rpc, and its control: a packet to and fro between two processes that do nothing
// else. Reads questions line by line, answers each with one JSON object.
//
//   bare COUNT            echo by another process, bound to the server's core
//   connect PATH          says hello to a server
//   request COUNT         kernelPing: through the kernel's thread
//   look COUNT            time: answered without it
//   one-way COUNT         tell: no reply
//   calls CLIENTS ROUNDS  requests that each client completes in its call-back of every millisecond
#include <errno.h>
#include <sched.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <iostream>
#include <sstream>
#include <string>
#include <thread>
#include <vector>

namespace {

constexpr std::int64_t ns_per_s = 1'000'000'000;
constexpr std::int64_t period_ns = 1'000'000;
constexpr double most_late = 0.01;
constexpr double most_load = 0.95;
constexpr int one_way_batch = 16;

// The id of a name in control packets: FNV-1a, 32 bits.
constexpr std::uint32_t id(const char* name) {
    std::uint32_t hash = 0x811C9DC5U;
    for (; *name != 0; name++) {
        hash = (hash ^ static_cast<unsigned char>(*name)) * 0x01000193U;
    }
    return hash;
}

struct Packet {
    std::uint32_t correlation;
    std::uint32_t id;
    unsigned char value[248];
};
constexpr std::size_t head_length = 8;

std::int64_t now_ns() {
    timespec t{};
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec * ns_per_s + t.tv_nsec;
}

[[noreturn]] void fail(const std::string& what) {
    std::cerr << what << ": errno=" << errno << std::endl;
    _exit(1);
}

void bind_to(int core) {
    cpu_set_t cores;
    CPU_ZERO(&cores);
    CPU_SET(core, &cores);
    sched_setaffinity(0, sizeof cores, &cores);
}

class Connection {
  public:
    explicit Connection(const std::string& path) {
        fd_ = socket(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0);
        sockaddr_un address{};
        address.sun_family = AF_UNIX;
        std::strncpy(address.sun_path, path.c_str(), sizeof address.sun_path - 1);
        if (connect(fd_, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0) {
            fail("server cannot be reached: path=" + path);
        }
        Packet packet{};
        const std::int32_t version = 1;
        const std::int32_t pid = getpid();
        const std::uint32_t length = 3;
        std::memcpy(packet.value, &version, 4);
        std::memcpy(packet.value + 4, &pid, 4);
        std::memcpy(packet.value + 8, &length, 4);
        std::memcpy(packet.value + 12, "rpc", 3);
        ask(id("hello"), packet, 15);
        if (packet.id != id("Welcome")) {
            fail("no welcome: id=" + std::to_string(packet.id));
        }
    }

    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;

    ~Connection() {
        close(fd_);
    }

    void send_only(std::uint32_t request, Packet& packet, std::size_t length) {
        packet.correlation = 0;
        packet.id = request;
        if (send(fd_, &packet, head_length + length, MSG_NOSIGNAL) < 0) {
            fail("cannot send");
        }
    }

    void ask(std::uint32_t request, Packet& packet, std::size_t length) {
        const std::uint32_t number = ++number_;
        packet.correlation = number;
        packet.id = request;
        if (send(fd_, &packet, head_length + length, MSG_NOSIGNAL) < 0) {
            fail("cannot send");
        }
        // descriptors that come along are closed by the system: there is no room for them
        if (recv(fd_, &packet, sizeof packet, 0) < static_cast<ssize_t>(head_length) || packet.correlation != number
            || packet.id == id("Refused")) {
            fail("no reply: request=" + std::to_string(request));
        }
    }

  private:
    int fd_;
    std::uint32_t number_ = 0;
};

void kernel_ping(Connection& server) {
    Packet packet{};
    server.ask(id("kernelPing"), packet, 8);
}

void answer(std::vector<std::int64_t>& times) {
    std::sort(times.begin(), times.end());
    std::cout << "{\"p50\":" << times[times.size() / 2] << ",\"p99\":" << times[times.size() * 99 / 100]
              << ",\"count\":" << times.size() << "}" << std::endl;
}

template <class Call>
void measure(long count, Call call) {
    std::vector<std::int64_t> times;
    times.reserve(count);
    for (long i = -count / 4; i < count; i++) {
        const std::int64_t start = now_ns();
        call();
        const std::int64_t end = now_ns();
        if (i >= 0) {
            times.push_back(end - start);
        }
    }
    answer(times);
}

void bare(long count, int server_core) {
    int ends[2];
    if (socketpair(AF_UNIX, SOCK_SEQPACKET, 0, ends) != 0) {
        fail("no sockets");
    }
    const pid_t echo = fork();
    if (echo == 0) {
        bind_to(server_core);
        close(ends[0]);
        Packet packet;
        ssize_t length;
        while ((length = recv(ends[1], &packet, sizeof packet, 0)) > 0) {
            send(ends[1], &packet, length, MSG_NOSIGNAL);
        }
        _exit(0);
    }
    close(ends[1]);
    Packet packet{};
    measure(count, [&] {
        if (send(ends[0], &packet, head_length + 8, MSG_NOSIGNAL) < 0 || recv(ends[0], &packet, sizeof packet, 0) < 0) {
            fail("no echo");
        }
    });
    close(ends[0]);
    waitpid(echo, nullptr, 0);
}

void one_way(Connection& server, long count) {
    std::vector<std::int64_t> times;
    for (long i = -count / 4; i < count; i++) {
        Packet packet{};
        const std::uint32_t length = 4;
        packet.value[0] = 0;  // debug: nobody is to read it
        std::memcpy(packet.value + 1, &length, 4);
        std::memcpy(packet.value + 5, "tick", 4);
        const std::int64_t start = now_ns();
        server.send_only(id("tell"), packet, 9);
        const std::int64_t end = now_ns();
        if (i >= 0) {
            times.push_back(end - start);
        }
        if (i % one_way_batch == 0) {
            Packet time{};
            server.ask(id("time"), time, 0);  // all before it are read: the queue never fills
        }
    }
    answer(times);
}

struct Share {
    long late = 0;
    std::int64_t busy_ns = 0;
};

// Whether clients keep up with so many requests in each call-back.
bool keeps_up(std::vector<Connection*>& clients, int requests, int rounds) {
    std::vector<Share> shares(clients.size());
    std::vector<std::thread> threads;
    const std::int64_t start = now_ns() + 5 * period_ns;
    for (std::size_t c = 0; c < clients.size(); c++) {
        threads.emplace_back([&, c] {
            const sched_param priority{10};
            sched_setscheduler(0, SCHED_FIFO, &priority);  // where permitted, as call-backs are
            for (int round = 0; round < rounds; round++) {
                const std::int64_t due = start + round * period_ns;
                const timespec date{due / ns_per_s, due % ns_per_s};
                clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &date, nullptr);
                const std::int64_t begin = now_ns();
                for (int i = 0; i < requests; i++) {
                    kernel_ping(*clients[c]);
                }
                const std::int64_t end = now_ns();
                shares[c].busy_ns += end - begin;
                shares[c].late += end > due + period_ns;
            }
        });
    }
    for (auto& thread : threads) {
        thread.join();
    }
    return std::all_of(shares.begin(), shares.end(), [&](const Share& share) {
        return share.late <= most_late * rounds && share.busy_ns <= most_load * rounds * period_ns;
    });
}

// A machine that is busy for a moment does not decide: two of three tries do.
bool usually_keeps_up(std::vector<Connection*>& clients, int requests, int rounds) {
    int good = 0;
    int bad = 0;
    while (good < 2 && bad < 2) {
        (keeps_up(clients, requests, rounds) ? good : bad)++;
    }
    return good == 2;
}

void calls(const std::string& path, int count, int rounds) {
    std::vector<Connection*> clients;
    for (int i = 0; i < count; i++) {
        clients.push_back(new Connection(path));
    }
    int good = 0;
    int bad = 1;
    while (bad < 1024 && usually_keeps_up(clients, bad, rounds)) {
        good = bad;
        bad *= 2;
    }
    while (bad - good > 1) {
        const int middle = (good + bad) / 2;
        (usually_keeps_up(clients, middle, rounds) ? good : bad) = middle;
    }
    for (Connection* client : clients) {
        delete client;
    }
    std::cout << "{\"calls\":" << good << "}" << std::endl;
}

}  // namespace

int main(int, char** arguments) {
    signal(SIGPIPE, SIG_IGN);
    const int server_core = std::atoi(arguments[1]);
    std::string path;
    Connection* server = nullptr;
    std::string line;
    while (std::getline(std::cin, line)) {
        std::istringstream words(line);
        std::string question;
        words >> question;
        if (question == "connect") {
            words >> path;
            server = new Connection(path);
            std::cout << "{\"connected\":1}" << std::endl;
            continue;
        }
        long count = 0;
        words >> count;
        if (question == "bare") {
            bare(count, server_core);
        } else if (question == "request") {
            measure(count, [&] { kernel_ping(*server); });
        } else if (question == "look") {
            measure(count, [&] {
                Packet packet{};
                server->ask(id("time"), packet, 0);
            });
        } else if (question == "one-way") {
            one_way(*server, count);
        } else if (question == "calls") {
            int rounds = 0;
            words >> rounds;
            calls(path, static_cast<int>(count), rounds);
        } else {
            fail("no such question: " + question);
        }
    }
    delete server;
    return 0;
}
