// A connection with a server that has been greeted, and the session on it.
#ifndef CARILLON_LINK_HPP
#define CARILLON_LINK_HPP

#include <signal.h>
#include <spawn.h>
#include <sys/file.h>
#include <sys/wait.h>

#include <chrono>
#include <fstream>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "control_socket.hpp"
#include "event_ring.hpp"
#include "server_view.hpp"

extern "C" char** environ;

namespace carillon {

// How a client meets its server.
struct Options {
    std::string socket;   // of the server; empty: found as find_socket says
    std::string command;  // that starts a server; empty: CARILLON_COMMAND, else `carillon` of the search path
    bool starts_server = true;  // opening a session starts one where none is
    std::chrono::nanoseconds time_limit = std::chrono::seconds(5);  // of each request
};

constexpr std::int32_t PROTOCOL_VERSION = 1;

namespace detail {

inline std::string variable(const char* name) {
    const char* value = std::getenv(name);
    return value == nullptr ? "" : value;
}

inline bool may_hold(const std::string& socket) {
    std::string folder = socket.substr(0, socket.rfind('/'));
    struct stat status {};
    if (stat(folder.c_str(), &status) != 0) {
        folder = folder.substr(0, folder.rfind('/'));
    }
    return access(folder.empty() ? "/" : folder.c_str(), W_OK) == 0;
}

// Only the server's user may be able to put a socket where we look for it.
inline void check_folder(const std::string& socket) {
    std::string folder = socket.substr(0, socket.rfind('/'));
    struct stat status {};
    if (lstat(folder.c_str(), &status) != 0) {
        throw Error::unreachable("socket=" + socket);
    }
    if (!S_ISDIR(status.st_mode) || (status.st_uid != geteuid() && status.st_uid != 0)
            || (status.st_mode & (S_IWGRP | S_IWOTH)) != 0) {
        throw Error(ErrorKind::REFUSED,
                "folder of a server's socket must be writable for its owner alone: folder=" + folder);
    }
}

}  // namespace detail

// Where a server's socket is: CARILLON_SERVER, else `control` in $XDG_RUNTIME_DIR/carillon, /run/carillon or the user's
// own folder in the temporary directory; the first that is there, or the one that a server of this user would make.
inline std::string find_socket() {
    std::string named = detail::variable("CARILLON_SERVER");
    if (!named.empty()) {
        return named;
    }
    std::vector<std::string> candidates;
    std::string runtime = detail::variable("XDG_RUNTIME_DIR");
    if (!runtime.empty()) {
        candidates.push_back(runtime + "/carillon/control");
    }
    candidates.push_back("/run/carillon/control");
    candidates.push_back("/tmp/carillon-" + std::to_string(geteuid()) + "/control");
    for (const std::string& each : candidates) {
        if (access(each.c_str(), F_OK) == 0) {
            return each;
        }
    }
    for (const std::string& each : candidates) {
        if (detail::may_hold(each)) {
            return each;
        }
    }
    return candidates.back();
}

// A connection that has been greeted.
class Link {
public:
    using Asking = control::ControlClient<ControlSocket>;

    // Throws an Error of kind UNREACHABLE where nobody listens.
    Link(const std::string& name, const Options& options) {
        detail::check_folder(options.socket);
        socket_ = std::make_unique<ControlSocket>(options.socket, options.time_limit);
        DescriptorKeeper keeper(*socket_);
        control::Hello hello;
        hello.protocolVersion = PROTOCOL_VERSION;
        hello.clientName = name;
        hello.processId = static_cast<std::int32_t>(getpid());
        auto welcome = value_of(control::ControlClient<DescriptorKeeper>(keeper).hello(hello));
        if (welcome.statusLength < static_cast<std::int32_t>(StatusPageLayout::PAGE_LENGTH)) {
            throw Error(ErrorKind::FAILED, "expected a longer status page: length="
                    + std::to_string(welcome.statusLength));
        }
        page_ = keeper.map(0, static_cast<std::size_t>(welcome.statusLength), false);
        asking_ = std::make_unique<Asking>(*socket_);
    }

    Asking& ask() { return *asking_; }
    ControlSocket& socket() { return *socket_; }
    ServerView view() const { return ServerView(page_); }

private:
    std::unique_ptr<ControlSocket> socket_;
    std::shared_ptr<const Mapping> page_;
    std::unique_ptr<Asking> asking_;
};

// One life of a session: a connection, and the ends of two rings. After a loss the session gets another.
class SessionLink {
public:
    SessionLink(std::unique_ptr<Link> link, const std::string& name, std::int32_t to_server_capacity,
            std::int32_t to_client_capacity)
        : link_(std::move(link)) {
        DescriptorKeeper keeper(link_->socket());
        control::OpenSession open;
        open.name = name;
        open.toServerCapacity = to_server_capacity;
        open.toClientCapacity = to_client_capacity;
        auto opened = value_of(control::ControlClient<DescriptorKeeper>(keeper).openSession(open));
        to_server_map_ = keeper.map(0, SESSION_HEAD_LENGTH + static_cast<std::size_t>(opened.toServerCapacity), true);
        to_client_map_ = keeper.map(1, SESSION_HEAD_LENGTH + static_cast<std::size_t>(opened.toClientCapacity), false);
        to_server_ = to_server_map_->as<ToServer>();
        to_client_ = to_client_map_->as<const ToClient>();
        const char* wrong = check_session_memory(to_client_, to_server_map_->length(), to_client_map_->length());
        if (wrong != nullptr) {
            throw Error(ErrorKind::FAILED, wrong);
        }
        out_ = std::make_unique<EventProducer>(to_server_, to_client_);
        in_ = std::make_unique<EventConsumer>(to_client_, to_server_);
    }

    Link& link() { return *link_; }
    EventProducer& out() { return *out_; }
    EventConsumer& in() { return *in_; }
    std::int32_t* client_word() { return &to_server_->client_word; }
    std::int32_t session_id() const { return to_client_->session_id; }
    SessionState state() const {
        std::int32_t state = __atomic_load_n(&to_client_->state, __ATOMIC_ACQUIRE);
        return state >= 0 && state <= static_cast<std::int32_t>(SessionState::EXCEEDED)
                ? static_cast<SessionState>(state)
                : SessionState::STOPPED;
    }

private:
    std::unique_ptr<Link> link_;
    std::unique_ptr<Mapping> to_server_map_;
    std::unique_ptr<Mapping> to_client_map_;
    ToServer* to_server_ = nullptr;
    const ToClient* to_client_ = nullptr;
    std::unique_ptr<EventProducer> out_;
    std::unique_ptr<EventConsumer> in_;
};

// Starts a server that ends after its last session, when a session is opened and nobody listens. Of several programs
// that want one at the same time one starts it, who has the starter's lock; the others wait for it.
class Starter {
public:
    Starter(std::string name, Options options) : name_(std::move(name)), options_(std::move(options)) {}

    std::unique_ptr<Link> connect() {
        std::unique_ptr<Link> link = look();
        if (link != nullptr) {
            return link;
        }
        if (!options_.starts_server) {
            throw Error::unreachable("socket=" + options_.socket);
        }
        std::string folder = options_.socket.substr(0, options_.socket.rfind('/'));
        mkdir(folder.c_str(), S_IRWXU);
        detail::check_folder(options_.socket);
        std::string path = options_.socket + ".starter";
        Descriptor lock(::open(path.c_str(), O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, S_IRUSR | S_IWUSR));
        if (lock.number() < 0) {
            throw Error::of_system("open", "path=" + path);
        }
        auto until = std::chrono::steady_clock::now() + LIMIT;
        while (flock(lock.number(), LOCK_EX | LOCK_NB) != 0) {
            if ((link = look()) != nullptr) {
                return link;
            }
            pause_or_fail(until, "another program has been starting one for too long: lock=" + path);
        }
        link = look();  // whoever had the lock before may have started one
        return link != nullptr ? std::move(link) : start(until);
    }

private:
    static constexpr std::chrono::seconds LIMIT{20};
    static constexpr std::chrono::milliseconds LOOK{10};

    std::string name_;
    Options options_;

    std::unique_ptr<Link> look() {
        try {
            return std::make_unique<Link>(name_, options_);
        } catch (const Error& e) {
            if (e.kind() != ErrorKind::UNREACHABLE) {
                throw;
            }
            return nullptr;
        }
    }

    std::unique_ptr<Link> start(std::chrono::steady_clock::time_point until) {
        char said[] = "/tmp/carillon-start-XXXXXX";
        Descriptor output(mkstemp(said));
        pid_t server = spawn(output);
        std::string what = "server does not start: command=" + command() + " up --on-demand, itsLastWords=";
        while (true) {
            if (std::unique_ptr<Link> link = look(); link != nullptr) {
                unlink(said);  // the server goes on writing to what has no name any more
                take_note_of_end(server);
                return link;
            }
            int status = 0;
            bool is_over = waitpid(server, &status, WNOHANG) == server;
            if (is_over || std::chrono::steady_clock::now() > until) {
                std::string words = last_words(said);
                unlink(said);
                if (!is_over) {
                    kill(server, SIGTERM);
                    take_note_of_end(server);
                }
                throw Error(ErrorKind::FAILED, what + words);
            }
            std::this_thread::sleep_for(LOOK);
        }
    }

    // Its end is nobody's business, but a process that nobody waits for stays in the system's table as a zombie.
    static void take_note_of_end(pid_t server) {
        std::thread([server] {
            while (waitpid(server, nullptr, 0) < 0 && errno == EINTR) {
            }
        }).detach();
    }

    std::string command() const {
        if (!options_.command.empty()) {
            return options_.command;
        }
        std::string named = detail::variable("CARILLON_COMMAND");
        return named.empty() ? "carillon" : named;
    }

    // In a session of its own: what a terminal sends to this program is not for the server.
    pid_t spawn(const Descriptor& output) {
        std::string program = command();
        std::string server = "CARILLON_SERVER=" + options_.socket;
        std::vector<char*> environment;
        for (char** each = environ; *each != nullptr; ++each) {
            if (std::strncmp(*each, "CARILLON_SERVER=", 16) != 0) {
                environment.push_back(*each);
            }
        }
        environment.push_back(server.data());
        environment.push_back(nullptr);
        char up[] = "up";
        char on_demand[] = "--on-demand";
        char* words[] = {program.data(), up, on_demand, nullptr};
        posix_spawn_file_actions_t files;
        posix_spawn_file_actions_init(&files);
        posix_spawn_file_actions_addopen(&files, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
        posix_spawn_file_actions_adddup2(&files, output.number(), STDOUT_FILENO);
        posix_spawn_file_actions_adddup2(&files, output.number(), STDERR_FILENO);
        posix_spawnattr_t attributes;
        posix_spawnattr_init(&attributes);
        posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSID);
        pid_t child = 0;
        int error = posix_spawnp(&child, program.c_str(), &files, &attributes, words, environment.data());
        posix_spawnattr_destroy(&attributes);
        posix_spawn_file_actions_destroy(&files);
        if (error != 0) {
            throw Error(ErrorKind::FAILED, "server does not start: command=" + program + ", reason="
                    + std::strerror(error));
        }
        return child;
    }

    static std::string last_words(const char* path) {
        std::ifstream in(path);
        std::string line;
        std::string last;
        while (std::getline(in, line)) {
            last = line.empty() ? last : line;
        }
        return last;
    }

    static void pause_or_fail(std::chrono::steady_clock::time_point until, const std::string& what) {
        if (std::chrono::steady_clock::now() > until) {
            throw Error(ErrorKind::FAILED, what);
        }
        std::this_thread::sleep_for(LOOK);
    }
};

}  // namespace carillon

#endif
