// Clients that are killed, and who kills them. A victim is a child of this process: it opens its session, holds notes
// at an ear, and is busy until it dies. Its client's call of mmap passes the descriptor of the ring to the server on, so
// that the ring can be looked at when the victim is dead.
#ifndef CARILLON_BENCH_KILL_VICTIM_HPP
#define CARILLON_BENCH_KILL_VICTIM_HPP

#include <signal.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>

#include <list>
#include <memory>

#include "payload.hpp"

namespace bench {

constexpr int NICE = 10;  // what is measured is the server, not how many want a processor
constexpr int NAMES = 64;  // of sessions: connections wait for them, so they are used again
constexpr int SINK_SHARE = 4;  // one in so many is connected with who checks all that comes
constexpr std::int64_t SHARE = 10;  // one in so many, the last, is in Java

// Of the 1024 pairs of notes those of the victims in C++, and the rest: they come back after so many victims.
constexpr std::int64_t PAIRS = 1'024;
constexpr std::int64_t CPP_PAIRS = 768;

inline std::int64_t index_of(std::int64_t victim) { return victim / SHARE * (SHARE - 1) + victim % SHARE; }
inline std::int64_t pair_of(std::int64_t victim) { return index_of(victim) % CPP_PAIRS; }
// The first victim with a pair of notes, and the next one after a victim.
inline std::int64_t first_with(std::int64_t pair) {
    return pair < CPP_PAIRS ? pair / (SHARE - 1) * SHARE + pair % (SHARE - 1) : (pair - CPP_PAIRS) * SHARE + SHARE - 1;
}
inline std::int64_t next_after(std::int64_t victim) {
    std::int64_t index = index_of(victim) + CPP_PAIRS;
    return victim % SHARE == SHARE - 1 ? victim + (PAIRS - CPP_PAIRS) * SHARE
                                       : index / (SHARE - 1) * SHARE + index % (SHARE - 1);
}

// What a child passes to its parent: a descriptor and whose it is. Inherited, so it is not of a class.
inline int passing = -1;
inline std::int64_t passing_as = -1;

inline void pass(int descriptor) {
    iovec part{&passing_as, sizeof passing_as};
    alignas(cmsghdr) char room[CMSG_SPACE(sizeof descriptor)] = {};
    msghdr message{};
    message.msg_iov = &part;
    message.msg_iovlen = 1;
    message.msg_control = room;
    message.msg_controllen = sizeof room;
    cmsghdr* head = CMSG_FIRSTHDR(&message);
    head->cmsg_level = SOL_SOCKET;
    head->cmsg_type = SCM_RIGHTS;
    head->cmsg_len = CMSG_LEN(sizeof descriptor);
    std::memcpy(CMSG_DATA(head), &descriptor, sizeof descriptor);
    sendmsg(passing, &message, MSG_NOSIGNAL);
}

class Victim {
public:
    Victim(const std::string& socket, const Ledger& ledger, std::int64_t number, std::uint64_t seed)
        : socket_(socket), line_(ledger.line(number)), number_(number),
          name_("victim" + std::to_string(index_of(number) % NAMES)),
          ear_(index_of(number) % 2 == 0 ? "cpp-ear:in" : "java-ear:in"),
          is_heard_(index_of(number) % SINK_SHARE == 0), seed_(seed) {}

    [[noreturn]] void live() {
        Client client(name_, options_at(socket_));
        auto session = open(client);
        store(line_.session, session->id());
        store(line_.phase, OPEN);
        hold(*session);
        Source& out = session->source("out");
        if (is_heard_) {
            session->connect(out.name(), "sink:in");
        }
        NumberedSender sender(out, first_of(number_), seed_);
        store(line_.phase, BUSY);
        switch (sender.random() % 16) {
            case 0: ask(*session);
            case 1: return_to_itself(*session, out, sender);
            case 2: sleep(*session);
            default: send(sender, out);
        }
    }

private:
    static constexpr std::chrono::microseconds FULL_PAUSE{50};
    static constexpr int FLUSH_EACH = 32;

    std::string socket_;
    Line& line_;
    std::int64_t number_;
    std::string name_;
    std::string ear_;
    bool is_heard_;
    std::uint64_t seed_;

    // The one before of this name may not be gone yet.
    std::unique_ptr<Session> open(Client& client) {
        while (true) {
            try {
                return client.open(name_, 8'192 << seed_ % 8, 65'536);
            } catch (const Error& e) {
                if (e.kind() != ErrorKind::REFUSED) {
                    throw;
                }
                std::this_thread::sleep_for(std::chrono::milliseconds(1));
            }
        }
    }

    void hold(Session& session) {
        Source& held = session.source("held");
        session.connect(held.name(), ear_);
        std::int64_t key = pair_of(number_) * 2;
        for (std::int64_t each = key; each < key + 2; ++each) {
            held.send(0, 0x90 | static_cast<int>(each >> 7), static_cast<int>(each & 0x7F), 100);
        }
        held.flush();
        store(line_.phase, HOLDING);
    }

    [[noreturn]] void send(NumberedSender& sender, Source& out) {
        for (int i = 1;; ++i) {
            if (!sender.send(line_.begun)) {
                out.flush();
                std::this_thread::sleep_for(FULL_PAUSE);
            } else if (i % FLUSH_EACH == 0) {
                out.flush();
            }
        }
    }

    [[noreturn]] void return_to_itself(Session& session, Source& out, NumberedSender& sender) {
        std::string in = session.destination("in").name();
        session.connect(out.name(), in);
        while (true) {
            for (int i = 0; i < FLUSH_EACH / 2; ++i) {
                sender.send(line_.begun);
            }
            out.flush();
            session.await(mono_now_ns() + NS_PER_MS);
            while (session.poll([](const Event&) {}) > 0) {
            }
        }
    }

    [[noreturn]] void sleep(Session& session) {
        while (true) {
            session.await();
        }
    }

    [[noreturn]] void ask(Session& session) {
        while (true) {
            Source& more = session.source("more");
            session.connect(more.name(), "nobody:in");
            session.filter(more.name(), "nobody:in", "transp 1");
            session.cancel(session.schedule(session.server().clock().now_ns() + NS_PER_S, 1));
            session.disconnect(more.name(), "nobody:in");
            session.remove(more);
        }
    }
};

// What the dead have left behind: the ring to the server.
class Remains {
public:
    explicit Remains(int descriptor) {
        struct stat status {};
        if (fstat(descriptor, &status) == 0) {
            length_ = status.st_size;
            long mapped = syscall(SYS_mmap, nullptr, length_, PROT_READ, MAP_SHARED, descriptor, 0);
            memory_ = mapped == -1 ? nullptr : reinterpret_cast<const ToServer*>(mapped);
        }
        ::close(descriptor);
    }
    ~Remains() {
        if (memory_ != nullptr) {
            munmap(const_cast<ToServer*>(memory_), static_cast<std::size_t>(length_));
        }
    }
    Remains(const Remains&) = delete;
    Remains& operator=(const Remains&) = delete;

    // Whether the record that was begun last lies, in part, beyond what is published: behind the tail, or behind the
    // padding there. What is left of older rounds of the ring has lower numbers.
    bool holds_unpublished(std::int64_t number) const {
        if (memory_ == nullptr || number == 0) {
            return false;
        }
        std::int64_t capacity = length_ - static_cast<std::int64_t>(SESSION_HEAD_LENGTH);
        std::int64_t index = load(memory_->tail) & (capacity - 1);
        std::int64_t rest = capacity - index;
        bool is_padded = word_at(index) == detail::header_of(static_cast<std::int32_t>(rest), PADDING_TYPE);
        return (rest >= HEADER_LENGTH && word_at(index + TIME_OFFSET) == date_of(number))
                || (is_padded && word_at(TIME_OFFSET) == date_of(number));
    }

private:
    static constexpr std::int64_t TIME_OFFSET = 8;

    std::int64_t length_ = 0;
    const ToServer* memory_ = nullptr;

    std::int64_t word_at(std::int64_t index) const { return detail::load_word(memory_->data + index); }
};

// Bears victims and kills each at a time of its own. One thread, as every process that forks should have.
class Killer {
public:
    Killer(std::string socket, const Ledger& ledger, std::uint64_t seed)
        : socket_(std::move(socket)), ledger_(ledger), random_(seed | 1) {
        int ends[2];
        if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends) != 0) {
            fail("sockets cannot be had");
        }
        receiving_ = ends[0];
        passing = ends[1];
    }
    ~Killer() {
        ::close(receiving_);
        ::close(passing);
        passing = -1;
    }
    Killer(const Killer&) = delete;
    Killer& operator=(const Killer&) = delete;

    // Kills so many, from a number on, at most some of them alive at a time; those in Java are another's.
    std::string kill(std::int64_t from, std::int64_t count, std::size_t at_once) {
        std::int64_t next = from;
        while (next < from + count || !alive_.empty()) {
            for (; next < from + count && alive_.size() < at_once; ++next) {
                if (next % SHARE != SHARE - 1) {
                    bear(next);
                }
            }
            std::int64_t now = mono_now_ns();
            std::int64_t wake_ns = now + NS_PER_S;
            for (auto each = alive_.begin(); each != alive_.end();) {
                if (each->until_ns(ledger_, now) <= now) {
                    end(*each);
                    each = alive_.erase(each);
                    wake_ns = now;
                } else {
                    wake_ns = std::min(wake_ns, each->is_awaited ? now + LOOK_NS : each->dies_ns);
                    ++each;
                }
            }
            sleep_until(wake_ns);
        }
        return "{\"kills\":" + std::to_string(kills_) + ",\"between\":" + std::to_string(between_) + ",\"fallen\":"
                + std::to_string(fallen_) + "}";
    }

private:
    static constexpr std::int64_t YOUNG_NS = 12 * NS_PER_MS;
    static constexpr std::int64_t BUSY_NS = 30 * NS_PER_MS;
    static constexpr std::int64_t BUSY_LIMIT_NS = 5 * NS_PER_S;
    static constexpr std::int64_t LOOK_NS = 300 * NS_PER_US;

    struct Alive {
        pid_t pid;
        std::int64_t number;
        bool is_awaited;  // its time begins when it is busy, or should be
        std::int64_t life_ns;
        std::int64_t dies_ns;  // while it is awaited: when that ends

        std::int64_t until_ns(const Ledger& ledger, std::int64_t now) {
            if (is_awaited && (load(ledger.line(number).phase) == BUSY || now > dies_ns)) {
                is_awaited = false;
                dies_ns = now + life_ns;
            }
            return is_awaited ? INT64_MAX : dies_ns;
        }
    };

    std::string socket_;
    const Ledger& ledger_;
    std::uint64_t random_;
    int receiving_ = -1;
    std::int64_t kills_ = 0;
    std::int64_t between_ = 0;
    std::int64_t fallen_ = 0;  // those that ended before they were killed
    std::list<Alive> alive_;
    std::map<std::int64_t, int> remains_;  // descriptors of rings by their victims

    std::uint64_t random() {
        random_ ^= random_ << 13;
        random_ ^= random_ >> 7;
        random_ ^= random_ << 17;
        return random_;
    }

    // One in three dies while it comes into the world or soon after.
    void bear(std::int64_t number) {
        std::uint64_t seed = random();
        bool is_awaited = random() % 3 != 0;
        auto life = static_cast<std::int64_t>(random() % static_cast<std::uint64_t>(is_awaited ? BUSY_NS : YOUNG_NS));
        store(ledger_.line(number).phase, BORN);  // an ear looks for who was born last
        pid_t pid = fork();
        if (pid == 0) {
            prctl(PR_SET_PDEATHSIG, SIGKILL);
            setpriority(PRIO_PROCESS, 0, NICE);
            passing_as = number;
            try {
                Victim(socket_, ledger_, number, seed).live();
            } catch (const Error& e) {
                fail(e.what());
            }
        }
        if (pid < 0) {
            fail("no more processes: alive=" + std::to_string(alive_.size()));
        }
        alive_.push_back({pid, number, is_awaited, life, mono_now_ns() + (is_awaited ? BUSY_LIMIT_NS : life)});
    }

    void end(const Alive& victim) {
        Line& line = ledger_.line(victim.number);
        store(line.killed_ns, mono_now_ns());
        ::kill(victim.pid, SIGKILL);
        int status = 0;
        waitpid(victim.pid, &status, 0);
        if (!WIFSIGNALED(status) || WTERMSIG(status) != SIGKILL) {
            ++fallen_;
        }
        ++kills_;
        collect();
        auto left = remains_.find(victim.number);
        if (left != remains_.end()) {
            bool is_between = Remains(left->second).holds_unpublished(load(line.begun));
            store(line.is_between, is_between ? 1 : 0);
            between_ += is_between ? 1 : 0;
            remains_.erase(left);
        }
    }

    void collect() {
        while (true) {
            std::int64_t whose = 0;
            iovec part{&whose, sizeof whose};
            alignas(cmsghdr) char room[CMSG_SPACE(sizeof(int))];
            msghdr message{};
            message.msg_iov = &part;
            message.msg_iovlen = 1;
            message.msg_control = room;
            message.msg_controllen = sizeof room;
            if (recvmsg(receiving_, &message, MSG_DONTWAIT | MSG_CMSG_CLOEXEC) <= 0) {
                return;
            }
            int descriptor;
            std::memcpy(&descriptor, CMSG_DATA(CMSG_FIRSTHDR(&message)), sizeof descriptor);
            remains_[whose] = descriptor;
        }
    }
};

}  // namespace bench

#endif
