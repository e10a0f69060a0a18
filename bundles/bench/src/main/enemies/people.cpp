// Clients of a server under siege: those that only play, and those enemies that Java cannot be.
//
// One argument says what this process is, more say where:
//
//   play SOCKET NAME NEXT    a session NAME whose source is connected to the destination of NEXT; it sends numbered
//                            events and counts what comes. A question is a line on standard input, its answer a flat
//                            JSON object: start, stop, count.
//   connect SOCKET COUNT     so many connections of four threads, as fast as they are taken
//   long SOCKET              a packet that is longer than any may be
//   gifts SOCKET             a packet with more descriptors than any may have
//   guest SOCKET RIVAL       another user: what it must not, it tries
#include <fcntl.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <poll.h>
#include <unistd.h>

#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <iostream>
#include <map>
#include <sstream>
#include <string>
#include <thread>
#include <vector>

#include "carillon/client.hpp"

using namespace carillon;

namespace {

constexpr std::int64_t PERIOD_NS = 2'000'000;
constexpr std::int64_t LATEST_US = 100'000;
constexpr int HANG_UP_MS = 5'000;
constexpr std::uint64_t POLY_PRESSURE = 0x40A00000;  // MIDI 2.0: 32 bits of data that nothing looks at

[[noreturn]] void fail(const std::string& what) {
    std::fprintf(stderr, "%s\n", what.c_str());
    std::exit(1);
}

void sleep_until(std::int64_t mono_ns) {
    timespec until{};
    until.tv_sec = mono_ns / 1'000'000'000;
    until.tv_nsec = mono_ns % 1'000'000'000;
    clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &until, nullptr);
}

Options at(const std::string& socket) {
    Options options;
    options.socket = socket;
    options.starts_server = false;
    return options;
}

// Sends a number each period and expects one after the other.
class Innocent {
public:
    Innocent(const std::string& socket, const std::string& name, const std::string& next)
        : client_("innocent", at(socket)), session_(client_.open(name)), server_(session_->server()),
          out_(session_->source("out")), late_us_(LATEST_US + 1) {
        session_->destination("in");
        session_->connect(out_.name(), next + ":in");
        receiver_ = std::thread([this] { receive(); });
        sender_ = std::thread([this] { send(); });
    }
    ~Innocent() {
        is_over_ = true;
        session_->wake();
        sender_.join();
        receiver_.join();
        session_->close();
    }

    void sends(bool is_so) { sends_ = is_so; }

    std::string count() {
        std::ostringstream answer;
        answer << "{\"sent\":" << sent_ << ",\"refused\":" << refused_ << ",\"received\":" << received_
               << ",\"lost\":" << lost_ << ",\"doubled\":" << doubled_ << ",\"ended\":" << (is_well() ? 0 : 1);
        for (std::size_t us = 0; us < late_us_.size(); ++us) {
            int late = late_us_[us].exchange(0);
            if (late > 0) {
                answer << ",\"us" << us << "\":" << late;
            }
        }
        answer << "}";
        return answer.str();
    }

private:
    Client client_;
    std::unique_ptr<Session> session_;
    ServerView server_;
    Source& out_;
    std::thread sender_;
    std::thread receiver_;
    std::atomic<bool> sends_{false};
    std::atomic<bool> is_over_{false};
    std::atomic<bool> was_lost_{false};
    std::atomic<std::int64_t> sent_{0};
    std::atomic<std::int64_t> refused_{0};
    std::atomic<std::int64_t> received_{0};
    std::atomic<std::int64_t> lost_{0};
    std::atomic<std::int64_t> doubled_{0};
    std::vector<std::atomic<int>> late_us_;
    std::uint32_t expected_ = 0;

    // A session that was lost and came back is no more well.
    bool is_well() {
        was_lost_ = was_lost_ || !session_->is_reachable() || !session_->end_reason().empty();
        return !was_lost_;
    }

    void send() {
        std::int64_t next = mono_now_ns();
        while (!is_over_) {
            next = std::max(next + PERIOD_NS, mono_now_ns());
            sleep_until(next);
            if (sends_) {
                std::uint64_t number = static_cast<std::uint32_t>(sent_.load());
                if (out_.send_ump(server_.clock().now_ns(), POLY_PRESSURE | number << 32)) {
                    ++sent_;
                } else {
                    ++refused_;
                }
                out_.flush();
                is_well();
            }
        }
    }

    void receive() {
        while (!is_over_) {
            int polled = session_->poll([this](const Event& event) { take(event); }, 256);
            if (polled == 0) {
                session_->await();
            }
        }
    }

    void take(const Event& event) {
        if (event.type != UMP64) {
            return;
        }
        std::uint32_t number;
        std::memcpy(&number, event.data + 4, sizeof number);
        std::int64_t late = (server_.clock().now_ns() - event.time_ns) / 1'000;
        ++late_us_[static_cast<std::size_t>(std::min(std::max(late, std::int64_t{0}), LATEST_US))];
        std::int32_t ahead = static_cast<std::int32_t>(number - expected_);
        if (ahead < 0) {
            ++doubled_;  // or out of order
            return;
        }
        lost_ += ahead;
        expected_ = number + 1;
        ++received_;
    }
};

void play(const std::string& socket, const std::string& name, const std::string& next) {
    Innocent innocent(socket, name, next);
    for (std::string line; std::getline(std::cin, line);) {
        if (line == "start" || line == "stop") {
            innocent.sends(line == "start");
        }
        std::cout << innocent.count() << std::endl;
    }
}

int connected(const std::string& path) {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    if (path.size() >= sizeof address.sun_path) {
        fail("path is too long: path=" + path);
    }
    std::memcpy(address.sun_path, path.c_str(), path.size() + 1);
    int file = socket(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0);
    if (file >= 0 && connect(file, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0) {
        close(file);
        return -errno;
    }
    return file;
}

// Microseconds until the other end hangs up; what it says last, by way of `words`.
std::int64_t expelled_us(int file, std::int64_t since, std::string& words) {
    pollfd waits{file, POLLRDHUP, 0};
    int found = poll(&waits, 1, HANG_UP_MS);
    std::int64_t us = (mono_now_ns() - since) / 1'000;
    char packet[1024];
    ssize_t length = recv(file, packet, sizeof packet, MSG_DONTWAIT);
    words.assign(packet, static_cast<std::size_t>(std::max<ssize_t>(length, 0)));
    close(file);
    return found > 0 ? us : -1;
}

std::string expelled(int file, std::int64_t since, const char* because) {
    std::string words;
    std::int64_t us = expelled_us(file, since, words);
    return "{\"us\":" + std::to_string(us) + ",\"told\":" + (words.find(because) != std::string::npos ? "1" : "0")
            + "}";
}

std::string long_packet(const std::string& path) {
    int file = connected(path);
    std::vector<char> bytes(64 * 1024 + 1 + static_cast<std::size_t>(std::rand()) % 60'000);
    std::int64_t since = mono_now_ns();
    if (file < 0 || send(file, bytes.data(), bytes.size(), MSG_NOSIGNAL) < 0) {
        fail("long packet cannot be sent: errno=" + std::to_string(errno));
    }
    return expelled(file, since, "too many descriptors");
}

std::string gifts(const std::string& path) {
    constexpr int COUNT = 100;
    int file = connected(path);
    int gift = open("/dev/null", O_RDONLY | O_CLOEXEC);
    char bytes[64] = {};
    iovec part{bytes, sizeof bytes};
    std::vector<char> control(CMSG_SPACE(COUNT * sizeof(int)));
    msghdr packet{};
    packet.msg_iov = &part;
    packet.msg_iovlen = 1;
    packet.msg_control = control.data();
    packet.msg_controllen = control.size();
    cmsghdr* head = CMSG_FIRSTHDR(&packet);
    head->cmsg_level = SOL_SOCKET;
    head->cmsg_type = SCM_RIGHTS;
    head->cmsg_len = CMSG_LEN(COUNT * sizeof(int));
    std::vector<int> files(COUNT, gift);
    std::memcpy(CMSG_DATA(head), files.data(), COUNT * sizeof(int));
    std::int64_t since = mono_now_ns();
    if (file < 0 || gift < 0 || sendmsg(file, &packet, MSG_NOSIGNAL) < 0) {
        fail("descriptors cannot be sent: errno=" + std::to_string(errno));
    }
    close(gift);
    return expelled(file, since, "too many descriptors");
}

std::string connects(const std::string& path, int count) {
    constexpr int THREADS = 4;
    std::atomic<int> left{count};
    std::atomic<int> made{0};
    std::int64_t since = mono_now_ns();
    std::vector<std::thread> threads;
    for (int i = 0; i < THREADS; ++i) {
        threads.emplace_back([&] {
            while (left.fetch_sub(1) > 0) {
                int file = connected(path);
                if (file >= 0) {
                    ++made;
                    close(file);
                }
            }
        });
    }
    for (auto& thread : threads) {
        thread.join();
    }
    double seconds = static_cast<double>(mono_now_ns() - since) / 1e9;
    return "{\"made\":" + std::to_string(made) + ",\"perSecond\":" + std::to_string(made / seconds) + "}";
}

bool is_refused(const std::function<void()>& asking) {
    try {
        asking();
        return false;
    } catch (const Error& e) {
        return e.kind() == ErrorKind::REFUSED;
    }
}

// Takes all sockets that it gets, and tries what only the owner may. It keeps them until its input ends.
void guest(const std::string& socket, const std::string& rival) {
    Client client("guest", at(socket));
    int wrong = 0;
    std::string what;
    auto must = [&](bool is_right, const char* name) {
        if (!is_right) {
            ++wrong;
            what += std::string(" ") + name;
        }
    };
    {
        Link link("guest", at(socket));
        control::SessionName name;
        name.session = rival;
        must(is_refused([&] { value_of(link.ask().down({})); }), "down");
        must(is_refused([&] { value_of(link.ask().kick(name)); }), "kick");
        control::Rate rate;
        rate.rate = 2;
        must(is_refused([&] { value_of(link.ask().rate(rate)); }), "rate");
    }
    auto session = client.open("guest");
    must(is_refused([&] { client.open(rival); }), "name");
    std::vector<int> sockets;
    char packet[1024];
    bool is_full = false;
    for (int i = 0; i < 2'000 && !is_full; ++i) {
        int file = connected(socket);
        if (file < 0) {
            break;
        }
        sockets.push_back(file);
        pollfd waits{file, POLLIN, 0};
        if (i % 64 == 63 || i > 190) {  // who is refused is told so
            is_full = poll(&waits, 1, 20) > 0 && recv(file, packet, sizeof packet, MSG_DONTWAIT) > 0;
        }
    }
    must(is_full, "sockets");
    if (wrong > 0) {
        std::fprintf(stderr, "allowed to another user:%s\n", what.c_str());
    }
    std::cout << "{\"tried\":5,\"wrong\":" << wrong << ",\"sockets\":" << sockets.size() << "}" << std::endl;
    std::string line;
    while (std::getline(std::cin, line)) {
        std::cout << "{}" << std::endl;
    }
}

}  // namespace

int main(int count, char** words) {
    std::vector<std::string> args(words + 1, words + count);
    if (args.size() < 2) {
        fail("wrong words");
    }
    std::srand(static_cast<unsigned>(mono_now_ns()));
    const std::string& what = args[0];
    try {
        if (what == "play" && args.size() == 4) {
            play(args[1], args[2], args[3]);
        } else if (what == "guest" && args.size() == 3) {
            guest(args[1], args[2]);
        } else {
            for (std::string line; std::getline(std::cin, line);) {
                std::cout << (what == "long" ? long_packet(args[1])
                                     : what == "gifts" ? gifts(args[1])
                                                       : connects(args[1], std::stoi(args[2])))
                          << std::endl;
            }
        }
    } catch (const Error& e) {
        fail(e.what());
    }
    return 0;
}
