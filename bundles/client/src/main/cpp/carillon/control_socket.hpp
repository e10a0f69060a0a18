// Requests and replies over one socket, from any number of threads at once. Whoever waits for a reply reads the socket,
// one thread at a time, and hands the others theirs: so no thread stands between a reply and who waits for it, and
// nobody who waits holds up another's request.
#ifndef CARILLON_CONTROL_SOCKET_HPP
#define CARILLON_CONTROL_SOCKET_HPP

#include <fcntl.h>
#include <poll.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <sys/un.h>
#include <unistd.h>

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <cstdlib>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "carillon/control.hpp"
#include "error.hpp"
#include "process_end.hpp"

namespace carillon {

// A file descriptor with one owner.
class Descriptor {
public:
    Descriptor() = default;
    explicit Descriptor(int number) : number_(number) {}
    Descriptor(Descriptor&& other) noexcept : number_(other.release()) {}
    Descriptor& operator=(Descriptor&& other) noexcept {
        if (this != &other) {
            close();
            number_ = other.release();
        }
        return *this;
    }
    ~Descriptor() { close(); }

    int number() const { return number_; }
    void close() {
        if (number_ >= 0) {
            ::close(release());
        }
    }

private:
    int number_ = -1;

    int release() {
        int number = number_;
        number_ = -1;
        return number;
    }
};

// Memory of a descriptor that the server sent, mapped as long as this lives.
class Mapping {
public:
    Mapping(const Descriptor& file, std::size_t length, bool writable) : length_(length) {
        int seals = fcntl(file.number(), F_GET_SEALS);
        struct stat status {};
        if (seals < 0 || (seals & F_SEAL_SHRINK) == 0 || fstat(file.number(), &status) != 0
                || static_cast<std::size_t>(status.st_size) < length) {
            throw Error(ErrorKind::FAILED, "expected sealed memory from the server: length=" + std::to_string(length));
        }
        address_ = mmap(nullptr, length, writable ? PROT_READ | PROT_WRITE : PROT_READ, MAP_SHARED | MAP_POPULATE,
                file.number(), 0);
        if (address_ == MAP_FAILED) {
            throw Error::of_system("mmap", "length=" + std::to_string(length));
        }
    }
    ~Mapping() { munmap(address_, length_); }
    Mapping(const Mapping&) = delete;
    Mapping& operator=(const Mapping&) = delete;

    template <typename T>
    T* as() const {
        return static_cast<T*>(address_);
    }
    std::size_t length() const { return length_; }

private:
    void* address_ = MAP_FAILED;
    std::size_t length_;
};

class ControlSocket {
public:
    using Clock = std::chrono::steady_clock;
    using Bytes = std::vector<std::uint8_t>;

    struct Reply {
        bool is_there = false;
        Bytes bytes;
        std::vector<Descriptor> descriptors;
    };

    // Connects with whoever listens at a path.
    ControlSocket(const std::string& path, std::chrono::nanoseconds time_limit) : time_limit_(time_limit) {
        sockaddr_un address{};
        address.sun_family = AF_UNIX;
        if (path.empty() || path.size() >= sizeof address.sun_path) {
            throw Error(ErrorKind::WRONG_USAGE, "socket path must have 1 to 107 bytes: path=" + path);
        }
        path.copy(address.sun_path, path.size());
        socket_ = Descriptor(::socket(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0));
        if (::connect(socket_.number(), reinterpret_cast<sockaddr*>(&address), sizeof address) != 0) {
            throw Error::of_system("connect", "socket=" + path);
        }
        limit(time_limit);
    }

    // What the generated client asks of a channel: the reply begins with the id of its class.
    control::WireStatus call(std::uint32_t request, const Bytes& value, Bytes& reply) {
        reply = exchange(request, value).bytes;
        return {};
    }
    control::WireStatus send(std::uint32_t request, const Bytes& value) {
        send(request, value, 0);
        return {};
    }

    Reply exchange(std::uint32_t request, const Bytes& value) {
        auto until = Clock::now() + time_limit_;
        std::uint32_t number = begin();
        try {
            send(request, value, number);
            return await(number, until);
        } catch (...) {
            std::lock_guard<std::mutex> guard(mutex_);
            replies_.erase(number);
            throw;
        }
    }

    // Waits until the other side, or `end` on this one, has ended the connection, or the other's process is killed:
    // false when a time, if it is not negative, is over first.
    bool await_end(std::chrono::milliseconds limit) const {
        ucred peer{};
        socklen_t length = sizeof peer;
        ::getsockopt(socket_.number(), SOL_SOCKET, SO_PEERCRED, &peer, &length);
        ProcessEnd process(peer.pid);
        while (true) {
            pollfd both[] = {{socket_.number(), POLLRDHUP, 0}, {process.descriptor(), POLLIN, 0}};
            int found = ::poll(both, 2, static_cast<int>(limit.count()));
            if (found < 0 && errno == EINTR) {
                continue;
            }
            if (found <= 0 || both[0].revents != 0 || process.is_killed()) {
                return found != 0;
            }
        }
    }

    // Ends the connection; every call on it fails from here on.
    void end() {
        {
            std::lock_guard<std::mutex> guard(mutex_);
            is_ended_ = true;
        }
        changed_.notify_all();
        ::shutdown(socket_.number(), SHUT_RDWR);
    }

private:
    static constexpr std::size_t HEAD_LENGTH = 8;
    static constexpr std::size_t ID_OFFSET = 4;
    static constexpr std::size_t MAX_LENGTH = 64 * 1024;
    static constexpr std::size_t MAX_DESCRIPTORS = 4;
    static constexpr std::chrono::milliseconds LIMIT_STEP{20};

    Descriptor socket_;
    std::chrono::nanoseconds time_limit_;
    std::mutex sending_;
    std::mutex mutex_;
    std::condition_variable changed_;
    std::map<std::uint32_t, Reply> replies_;
    std::uint32_t correlation_ = 0;
    std::chrono::nanoseconds socket_limit_{0};
    bool is_read_ = false;
    bool is_ended_ = false;

    static Error ended() { return Error::unreachable("connection has ended"); }

    std::uint32_t begin() {
        std::lock_guard<std::mutex> guard(mutex_);
        if (is_ended_) {
            throw ended();
        }
        do {
            ++correlation_;
        } while (correlation_ == 0 || replies_.count(correlation_) != 0);
        replies_[correlation_];
        return correlation_;
    }

    void send(std::uint32_t request, const Bytes& value, std::uint32_t number) {
        if (value.size() + HEAD_LENGTH > MAX_LENGTH) {
            throw Error(ErrorKind::WRONG_USAGE, "request must fit into 65536 bytes: length="
                    + std::to_string(value.size()));
        }
        std::uint32_t head[2] = {number, request};
        iovec parts[2] = {{head, sizeof head}, {const_cast<std::uint8_t*>(value.data()), value.size()}};
        msghdr message{};
        message.msg_iov = parts;
        message.msg_iovlen = 2;
        std::lock_guard<std::mutex> guard(sending_);
        ssize_t sent;
        do {
            sent = ::sendmsg(socket_.number(), &message, MSG_NOSIGNAL);
        } while (sent < 0 && errno == EINTR);
        if (sent < 0) {
            throw Error::of_system("sendmsg", "request");
        }
    }

    Reply await(std::uint32_t number, Clock::time_point until) {
        std::unique_lock<std::mutex> lock(mutex_);
        while (!replies_[number].is_there) {
            auto rest = until - Clock::now();
            if (is_ended_) {
                throw ended();
            }
            if (rest.count() <= 0) {
                throw Error(ErrorKind::TIMED_OUT, "no answer came in time: timeLimitMs="
                        + std::to_string(std::chrono::duration_cast<std::chrono::milliseconds>(time_limit_).count()));
            }
            if (is_read_) {
                changed_.wait_for(lock, rest);
            } else {
                read(lock, rest);
            }
        }
        Reply reply = std::move(replies_[number]);
        replies_.erase(number);
        return reply;
    }

    // Reads one packet without the lock, for whomever it is.
    void read(std::unique_lock<std::mutex>& lock, std::chrono::nanoseconds rest) {
        is_read_ = true;
        lock.unlock();
        Bytes bytes(MAX_LENGTH);
        Reply reply;
        limit(rest);
        ssize_t length = receive(bytes, reply.descriptors);
        int error = errno;
        lock.lock();
        is_read_ = false;
        changed_.notify_all();
        if (length >= static_cast<ssize_t>(HEAD_LENGTH)) {
            std::uint32_t number = control::wire_load<std::uint32_t>(bytes.data());
            auto waiting = replies_.find(number);
            if (waiting != replies_.end()) {  // replies of requests whose time is over are nobody's
                reply.is_there = true;
                reply.bytes.assign(bytes.begin() + ID_OFFSET, bytes.begin() + length);
                waiting->second = std::move(reply);
            }
        } else if (length >= 0 || (error != EAGAIN && error != EINTR)) {
            is_ended_ = true;
        }
    }

    ssize_t receive(Bytes& bytes, std::vector<Descriptor>& descriptors) {
        iovec part{bytes.data(), bytes.size()};
        alignas(cmsghdr) char room[CMSG_SPACE(MAX_DESCRIPTORS * sizeof(int))];
        msghdr message{};
        message.msg_iov = &part;
        message.msg_iovlen = 1;
        message.msg_control = room;
        message.msg_controllen = sizeof room;
        ssize_t length = ::recvmsg(socket_.number(), &message, MSG_CMSG_CLOEXEC);
        if (length < 0) {
            return length;
        }
        for (cmsghdr* part_of = CMSG_FIRSTHDR(&message); part_of != nullptr;
                part_of = CMSG_NXTHDR(&message, part_of)) {
            if (part_of->cmsg_level == SOL_SOCKET && part_of->cmsg_type == SCM_RIGHTS) {
                std::size_t count = (part_of->cmsg_len - CMSG_LEN(0)) / sizeof(int);
                for (std::size_t i = 0; i < count; ++i) {
                    int number;
                    std::memcpy(&number, CMSG_DATA(part_of) + i * sizeof number, sizeof number);
                    descriptors.emplace_back(number);
                }
            }
        }
        return length;
    }

    // Sets how long a read may take, where that is much else than it is. Reading thread only.
    void limit(std::chrono::nanoseconds wanted) {
        wanted = std::min(std::max<std::chrono::nanoseconds>(wanted, std::chrono::microseconds(1)), time_limit_);
        auto difference = wanted > socket_limit_ ? wanted - socket_limit_ : socket_limit_ - wanted;
        if (difference <= LIMIT_STEP && wanted >= LIMIT_STEP) {
            return;
        }
        socket_limit_ = wanted;
        auto us = std::chrono::duration_cast<std::chrono::microseconds>(wanted).count();
        timeval value{};
        value.tv_sec = us / 1'000'000;
        value.tv_usec = us % 1'000'000;
        setsockopt(socket_.number(), SOL_SOCKET, SO_RCVTIMEO, &value, sizeof value);
        setsockopt(socket_.number(), SOL_SOCKET, SO_SNDTIMEO, &value, sizeof value);
    }
};

// A channel that keeps the descriptors of one reply.
class DescriptorKeeper {
public:
    explicit DescriptorKeeper(ControlSocket& socket) : socket_(socket) {}

    control::WireStatus call(std::uint32_t request, const ControlSocket::Bytes& value, ControlSocket::Bytes& reply) {
        ControlSocket::Reply whole = socket_.exchange(request, value);
        reply = std::move(whole.bytes);
        descriptors_ = std::move(whole.descriptors);
        return {};
    }
    control::WireStatus send(std::uint32_t request, const ControlSocket::Bytes& value) {
        return socket_.send(request, value);
    }

    std::unique_ptr<Mapping> map(std::size_t index, std::size_t length, bool writable) const {
        if (index >= descriptors_.size()) {
            throw Error(ErrorKind::FAILED, "expected memory with the reply: descriptors="
                    + std::to_string(descriptors_.size()));
        }
        return std::make_unique<Mapping>(descriptors_[index], length, writable);
    }

private:
    ControlSocket& socket_;
    std::vector<Descriptor> descriptors_;
};

// The value of an answer; what went wrong is an Error.
template <typename Answer>
auto value_of(Answer&& answer) {
    if (!answer.status) {
        throw Error(ErrorKind::FAILED, std::string("reply cannot be read: reason=") + answer.status.reason);
    }
    if (answer.is_refused) {
        throw Error(Error::kind_of(answer.refused.code), answer.refused.message);
    }
    return std::move(answer.value);
}

}  // namespace carillon

#endif
