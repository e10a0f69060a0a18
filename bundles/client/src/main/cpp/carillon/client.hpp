// A program that uses the Carillon server. Linux on x86_64 and aarch64; C++17; g++ 9 or clang 10 and newer; link with
// -pthread and nothing else.
#ifndef CARILLON_CLIENT_HPP
#define CARILLON_CLIENT_HPP

#include <pthread.h>
#include <sched.h>
#include <sys/prctl.h>

#include <algorithm>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "session.hpp"

namespace carillon {

// How a client stands with its server.
enum class ClientState {
    PASSIVE,   // it has no session; nobody has asked for a server
    ACTIVE,    // all its sessions are there
    EXCEPTION  // the server is unreachable: every call that needs it fails at once, until it is back
};

// Making one asks nobody; `open` connects, and starts a server where none is. Any thread. It outlives its sessions.
class Client {
public:
    explicit Client(std::string name, Options options = {}) : name_(std::move(name)), options_(std::move(options)) {
        if (options_.socket.empty()) {
            options_.socket = find_socket();
        }
    }

    // How it stands with its server, all sessions taken together.
    ClientState state() {
        std::lock_guard<std::mutex> guard(mutex_);
        return state_now();
    }

    // Tells each change of `state`, on the thread that sees it. To be set before the first session is opened.
    void on_state(std::function<void(ClientState)> listener) { listener_ = std::move(listener); }

    // Whether a server listens. Never starts one.
    bool is_server_there() {
        try {
            Link link(name_, options_);
            return true;
        } catch (const Error& e) {
            if (e.kind() != ErrorKind::UNREACHABLE) {
                throw;
            }
            return false;
        }
    }

    // The server as it shows itself, without a session. Never starts one.
    ServerView look() { return Link(name_, options_).view(); }

    // Asks anything that the schema knows, over a connection of its own: a callable that takes Link::Asking&. Never
    // starts a server.
    template <typename Asking>
    auto ask(Asking asking) {
        Link link(name_, options_);
        return value_of(asking(link.ask()));
    }

    // Opens a session; starts a server where none listens, unless the options forbid it. Capacities of the rings are
    // powers of two from 8 KiB to 16 MiB; a short message takes 32 bytes.
    std::unique_ptr<Session> open(const std::string& session, std::int32_t to_server_capacity = DEFAULT_CAPACITY,
            std::int32_t to_client_capacity = DEFAULT_CAPACITY) {
        if (!is_capacity(to_server_capacity) || !is_capacity(to_client_capacity)) {
            throw Error(ErrorKind::WRONG_USAGE,
                    "ring capacity must be a power of two from 8192 to 16777216 bytes: toServer="
                            + std::to_string(to_server_capacity) + ", toClient=" + std::to_string(to_client_capacity));
        }
        auto made = std::make_unique<Session>(name_, options_, session, to_server_capacity, to_client_capacity,
                [this] { changed(); });
        {
            std::lock_guard<std::mutex> guard(mutex_);
            sessions_.push_back(made.get());
            for (Session* each : sessions_) {
                each->retry_.notify_all();  // others may have lost the server that was started now
            }
        }
        changed();
        return made;
    }

private:
    std::string name_;
    Options options_;
    std::function<void(ClientState)> listener_;
    std::mutex mutex_;
    std::vector<Session*> sessions_;
    ClientState told_ = ClientState::PASSIVE;

    ClientState state_now() const {
        if (sessions_.empty()) {
            return ClientState::PASSIVE;
        }
        bool all = std::all_of(sessions_.begin(), sessions_.end(), [](Session* s) { return s->is_reachable(); });
        return all ? ClientState::ACTIVE : ClientState::EXCEPTION;
    }

    // A session was opened, lost, found again or closed.
    void changed() {
        ClientState state;
        {
            std::lock_guard<std::mutex> guard(mutex_);
            sessions_.erase(std::remove_if(sessions_.begin(), sessions_.end(),
                                    [](Session* s) { return s->is_closed_.load(); }),
                    sessions_.end());
            state = state_now();
            if (state == told_) {
                return;
            }
            told_ = state;
        }
        if (listener_) {
            listener_(state);
        }
    }
};

// A thread that receives a session's events as they come: it sleeps in between, and has real-time priority below the
// server's and locked memory where this is asked for and permitted.
class Receiver {
public:
    static constexpr int DEFAULT_PRIORITY = 60;
    static constexpr int NORMAL = 0;

    // The handler takes `const Event&`; of an exception out of it the thread knows nothing, so the program ends.
    Receiver(Session& session, std::function<void(const Event&)> handler, int priority = DEFAULT_PRIORITY)
        : session_(session), handler_(std::move(handler)), thread_([this, priority] { run(priority); }) {}
    ~Receiver() {
        is_closed_ = true;
        session_.wake();
        thread_.join();
    }
    Receiver(const Receiver&) = delete;
    Receiver& operator=(const Receiver&) = delete;

    // Whether real-time priority was granted.
    bool is_real_time() const { return is_real_time_; }

private:
    Session& session_;
    std::function<void(const Event&)> handler_;
    std::atomic<bool> is_closed_{false};
    std::atomic<bool> is_real_time_{false};
    std::thread thread_;

    void run(int priority) {
        if (priority > NORMAL) {
            mlockall(MCL_CURRENT | MCL_FUTURE | MCL_ONFAULT);
            prctl(PR_SET_TIMERSLACK, 1, 0, 0, 0);
            sched_param wanted{};
            wanted.sched_priority = priority;
            is_real_time_ = pthread_setschedparam(pthread_self(), SCHED_FIFO, &wanted) == 0;
        }
        while (!is_closed_) {
            if (session_.poll(handler_) == 0 && !is_closed_) {
                session_.await();
            }
        }
    }
};

}  // namespace carillon

#endif
