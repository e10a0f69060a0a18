// A program's place in the server: its ports, what it sends, what it receives.
#ifndef CARILLON_SESSION_HPP
#define CARILLON_SESSION_HPP

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <tuple>
#include <utility>
#include <vector>

#include "link.hpp"

namespace carillon {

class Session;

// A port of a session, which has another number in each life of it.
class Port {
public:
    virtual ~Port() = default;
    Port(const Port&) = delete;
    Port& operator=(const Port&) = delete;

    // Unique in this run of the server.
    std::int32_t id() const { return id_; }
    // session:port
    const std::string& name() const { return name_; }

protected:
    Port(std::string name, std::string short_name) : name_(std::move(name)), short_name_(std::move(short_name)) {}

    const std::string& short_name() const { return short_name_; }
    void id(std::int32_t number) { id_ = number; }

private:
    friend class Session;

    virtual void publish(Link::Asking& server) = 0;

    std::string name_;
    std::string short_name_;
    std::atomic<std::int32_t> id_{0};
};

// Its events come through Session::poll.
class Destination : public Port {
public:
    Destination(const std::string& session, const std::string& port, bool whole_notes)
        : Port(session + ":" + port, port), whole_notes_(whole_notes) {}

    // What Event::destination_index says of events for this destination.
    int index() const { return index_; }

private:
    bool whole_notes_;
    std::atomic<int> index_{0};

    void publish(Link::Asking& server) override {
        control::NewDestination wanted;
        wanted.port = short_name();
        wanted.wholeNotes = whole_notes_;
        auto added = value_of(server.addDestination(wanted));
        index_ = added.index;
        id(added.portId);
    }
};

// Sending returns false at once when the ring to the server is full or the server is unreachable; nothing was sent then.
// A deadline of 0 means now. The session's sending thread only: one at a time for all its sources. None of this but
// `send_message` allocates, locks or waits.
class Source : public Port {
public:
    Source(Session& session, const std::string& session_name, const std::string& port)
        : Port(session_name + ":" + port, port), session_(session) {}

    // A MIDI 1.0 message of one to three bytes.
    bool send(std::int64_t deadline_ns, int status, int data1 = 0, int data2 = 0);
    // A note that ends by itself; channel 0 to 15.
    bool send_note(std::int64_t deadline_ns, int channel, int pitch, int velocity, std::int64_t duration_ns);
    // A MIDI 2.0 channel voice message: a pair of words, the first in the low half.
    bool send_ump(std::int64_t deadline_ns, std::uint64_t words);
    // A copy of an event of any kind, with another date.
    bool send_copy(std::int64_t deadline_ns, const Event& event);
    // A complete MIDI message, system exclusive ones of up to 16 MiB included; waits for room up to the time given.
    bool send_message(std::int64_t deadline_ns, const std::uint8_t* message, std::size_t length,
            std::chrono::nanoseconds limit);
    // Wakes the server after a batch of sends. Forgetting this loses nothing: it only makes the batch late.
    void flush();

private:
    Session& session_;

    void publish(Link::Asking& server) override {
        control::NewSource wanted;
        wanted.port = short_name();
        id(value_of(server.addSource(wanted)).portId);
    }
    Word word(int message_length, std::uint16_t flags = 0) const {
        return {id(), 0, static_cast<std::uint8_t>(message_length), flags};
    }
    bool may_retry(SessionLink* link, std::chrono::steady_clock::time_point until);
};

// One thread sends, one thread receives; they may be the same. Everything else may be called by any thread, any number
// at once. When the server is lost, sending returns false and every other call throws UNREACHABLE at once; when one is
// back, the session goes on in it with the same ports, connections and filters. A session that the server has ended for
// a reason stays ended. Its client outlives it.
class Session {
public:
    Session(std::string client_name, Options options, std::string name, std::int32_t to_server_capacity,
            std::int32_t to_client_capacity, std::function<void()> changed)
        : client_name_(std::move(client_name)), options_(std::move(options)), name_(std::move(name)),
          to_server_capacity_(to_server_capacity), to_client_capacity_(to_client_capacity),
          changed_(std::move(changed)) {
        life_ = opened(Starter(client_name_, options_).connect());
        link_ = life_.get();
        watcher_ = std::thread([this] { watch(); });
    }
    ~Session() { close(); }
    Session(const Session&) = delete;
    Session& operator=(const Session&) = delete;

    const std::string& name() const { return name_; }
    std::int32_t id() { return reachable()->session_id(); }
    bool is_reachable() const { return link_ != nullptr; }
    // Why the server ended the session for good, in a word; empty while it has not.
    std::string end_reason() {
        std::lock_guard<std::mutex> guard(mutex_);
        return end_reason_;
    }
    // The server as it shows itself; after a loss ask for it anew.
    ServerView server() { return reachable()->link().view(); }

    Source& source(const std::string& port) {
        return static_cast<Source&>(published(std::make_unique<Source>(*this, name_, port)));
    }
    Destination& destination(const std::string& port, bool whole_notes = false) {
        return static_cast<Destination&>(published(std::make_unique<Destination>(name_, port, whole_notes)));
    }
    // Takes a port away; connections wait for its name. The object stays, and sends nothing any more.
    void remove(Port& port) {
        control::PortId wanted;
        wanted.portId = port.id();
        wish([&](Link::Asking& server) { value_of(server.removePort(wanted)); }, [&] {
            for (auto& each : ports_) {
                if (each.get() == &port) {
                    removed_.push_back(std::move(each));
                }
            }
            remove_empty();
        });
    }
    // Connects two ports by their full names; they need not be there. A connection of a port of this session ends with
    // it; others are remembered, and one that is there gets the filter. The number of the connection.
    std::int32_t connect(const std::string& source, const std::string& destination, const std::string& filter = "",
            bool allow_loop = false) {
        control::NewConnection wanted;
        wanted.source = source;
        wanted.destination = destination;
        wanted.filter = filter;
        wanted.allowLoop = allow_loop;
        std::int32_t id = 0;
        wish([&](Link::Asking& asked) { id = made(asked, wanted); },
                [&] { connections_[{source, destination}] = wanted; });
        return id;
    }
    // Ends a connection: what it started is released.
    void disconnect(const std::string& source, const std::string& destination) {
        control::Ends ends;
        ends.source = source;
        ends.destination = destination;
        wish([&](Link::Asking& server) { value_of(server.disconnect(ends)); },
                [&] { connections_.erase({source, destination}); });
    }
    // Copies what comes from a source, or what goes to a destination, to a destination of this session: for looking,
    // not for sounding. It holds nobody back and ends with the session. The number of the tap.
    std::int32_t tap(bool of_destination, const std::string& port, const std::string& destination,
            const std::string& filter = "") {
        control::NewTap wanted;
        wanted.ofDestination = of_destination;
        wanted.port = port;
        wanted.destination = destination;
        wanted.filter = filter;
        std::int32_t id = 0;
        wish([&](Link::Asking& server) { id = value_of(server.tap(wanted)).connectionId; },
                [&] { taps_[{of_destination, port, destination}] = wanted; });
        return id;
    }
    // Ends a tap.
    void untap(bool of_destination, const std::string& port, const std::string& destination) {
        control::TapEnds ends;
        ends.ofDestination = of_destination;
        ends.port = port;
        ends.destination = destination;
        wish([&](Link::Asking& server) { value_of(server.untap(ends)); },
                [&] { taps_.erase({of_destination, port, destination}); });
    }
    // Changes the filter of a connection; empty words for none.
    void filter(const std::string& source, const std::string& destination, const std::string& words) {
        control::ConnectionFilter change;
        change.source = source;
        change.destination = destination;
        change.filter = words;
        wish([&](Link::Asking& server) { value_of(server.filter(change)); }, [&] {
            auto made = connections_.find({source, destination});
            if (made != connections_.end()) {
                made->second.filter = words;
            }
        });
    }
    // Changes the filter of a destination, which acts after those of its connections.
    void filter_destination(const std::string& destination, const std::string& words) {
        control::DestinationFilter change;
        change.destination = destination;
        change.filter = words;
        wish([&](Link::Asking& server) { value_of(server.filterDestination(change)); },
                [&] { destination_filters_[destination] = words; });
    }
    // Has changes told, as events of type CHANGE among the others: a sum of WATCH_PORTS and so on; 0 ends it.
    void watch(std::uint32_t changes) {
        control::Watch wanted;
        wanted.changes = changes;
        wish([&](Link::Asking& server) { value_of(server.watch(wanted)); }, [&] { changes_ = changes; });
    }
    // Silences everything in the server; connections stay.
    void panic() { value_of(reachable()->link().ask().panic({})); }

    // An event of type TASK that comes back to this session at its date; the handle is for `cancel`.
    std::int64_t schedule(std::int64_t deadline_ns, std::int64_t what, std::int64_t argument1 = 0,
            std::int64_t argument2 = 0, std::int64_t argument3 = 0) {
        control::NewTask task;
        task.deadlineNs = deadline_ns;
        task.what = what;
        task.argument1 = argument1;
        task.argument2 = argument2;
        task.argument3 = argument3;
        return value_of(reachable()->link().ask().schedule(task)).handle;
    }
    // Takes a task back; false when it has run or never was.
    bool cancel(std::int64_t handle) {
        control::TaskHandle wanted;
        wanted.handle = handle;
        return value_of(reachable()->link().ask().cancel(wanted)).wasThere;
    }
    // A task without a request and without a handle: it goes with the events. Sending thread only.
    bool send_task(std::int64_t deadline_ns, std::int64_t what, std::int64_t argument1 = 0, std::int64_t argument2 = 0,
            std::int64_t argument3 = 0) {
        SessionLink* link = sending();
        std::int64_t words[] = {what, argument1, argument2, argument3};
        return link != nullptr && link->out().offer(TASK, deadline_ns, {}, words, sizeof words);
    }
    // Wakes the server after a batch of sends. Sending thread only.
    void flush() {
        SessionLink* link = sending();
        if (link != nullptr) {
            link->out().flush();
        }
    }
    // Events that the ring to the server refused because it was full, since the last loss.
    std::int64_t refused() const {
        std::shared_ptr<SessionLink> link = present_life();
        return link == nullptr ? 0 : link->out().refused(Refusal::FULL);
    }

    // Hands what has come, for all destinations and tasks, to a callable that takes `const Event&`; how many, 0 when
    // nothing waits. Receiving thread only. Neither allocates nor waits.
    template <typename Handler>
    int poll(Handler&& handler, int limit = 64) {
        SessionLink* present = held(received_);
        if (polled_.get() != present && (polled_ == nullptr || polled_->in().is_empty())) {
            polled_ = received_;
        }
        if (polled_ == nullptr) {
            return 0;
        }
        int count = polled_->in().poll(handler, limit);
        if (count == 0 && polled_->in().fault() != RingFault::NONE) {
            polled_->link().socket().end();  // a server that breaks the rules is none
            polled_ = nullptr;
        }
        return count;
    }
    // Sleeps until something has come, `wake` is called, the server is lost or back, or a time of CLOCK_MONOTONIC is
    // reached; at most a second, so call it again and again. Receiving thread only.
    void await(std::int64_t until_mono_ns = INT64_MAX) {
        SessionLink* present = held(received_);
        std::int32_t* word = present == nullptr ? &idle_word_ : present->client_word();
        Doorbell bell(word);
        bell.arm();
        bool is_same = present == link_ && (polled_.get() == present || polled_ == nullptr || polled_->in().is_empty());
        if (is_same && !is_woken_ && (present == nullptr || present->in().is_empty())) {
            sleep_on(word, std::min(until_mono_ns, mono_now_ns() + SLEEP_LIMIT_NS));
        }
        bell.disarm();
        is_woken_ = false;
    }
    // Any thread.
    void wake() {
        is_woken_ = true;
        std::shared_ptr<SessionLink> present = present_life();
        if (present != nullptr) {
            Doorbell(present->client_word()).ring();
        }
        Doorbell(&idle_word_).ring();
    }

    // Ends the session: what was sent is read by the server to its end, its ports go, what its connections started is
    // released. Any thread but the one that receives; a second call does nothing.
    void close() {
        if (is_closed_.exchange(true)) {
            return;
        }
        std::shared_ptr<SessionLink> present = present_life();
        if (present != nullptr) {
            try {
                value_of(present->link().ask().closeSession({}));
            } catch (const Error&) {
                // the server is gone: so is the session
            }
            present->link().socket().end();
        }
        retry_.notify_all();
        watcher_.join();
        wake();
        changed_();
    }

private:
    friend class Source;
    friend class Client;

    static constexpr std::int64_t SLEEP_LIMIT_NS = 1'000'000'000;
    static constexpr std::chrono::milliseconds FIRST_RETRY{20};
    static constexpr std::chrono::milliseconds LAST_RETRY{1'000};
    static constexpr std::chrono::milliseconds FOREVER{-1};
    static constexpr std::chrono::milliseconds GIVE_BACK{1'000};

    std::string client_name_;
    Options options_;
    std::string name_;
    std::int32_t to_server_capacity_;
    std::int32_t to_client_capacity_;
    std::function<void()> changed_;
    std::mutex wishes_;  // guards what another life of the session asks for again
    std::vector<std::unique_ptr<Port>> ports_;
    std::vector<std::unique_ptr<Port>> removed_;
    std::map<std::pair<std::string, std::string>, control::NewConnection> connections_;
    std::map<std::tuple<bool, std::string, std::string>, control::NewTap> taps_;
    std::map<std::string, std::string> destination_filters_;
    std::uint32_t changes_ = 0;
    mutable std::mutex mutex_;  // held for a moment only
    std::condition_variable retry_;
    std::string end_reason_;
    std::shared_ptr<SessionLink> life_;            // the present one; null while the server is unreachable
    std::atomic<SessionLink*> link_{nullptr};      // the same, to see without the lock whether it is another
    std::vector<std::shared_ptr<SessionLink>> ended_;  // lives that threads may still look at; watching thread only
    std::shared_ptr<SessionLink> sent_;            // the life that the sending thread knows
    std::shared_ptr<SessionLink> received_;        // the life that the receiving thread knows
    std::shared_ptr<SessionLink> polled_;          // what it reads: that life, or what is left of the last one
    alignas(128) std::int32_t idle_word_ = AWAKE;
    std::atomic<bool> is_woken_{false};
    std::atomic<bool> is_closed_{false};
    std::thread watcher_;

    std::shared_ptr<SessionLink> opened(std::unique_ptr<Link> link) {
        return std::make_shared<SessionLink>(std::move(link), name_, to_server_capacity_, to_client_capacity_);
    }

    std::shared_ptr<SessionLink> present_life() const {
        std::lock_guard<std::mutex> guard(mutex_);
        return life_;
    }

    void present_life(const std::shared_ptr<SessionLink>& life) {
        std::lock_guard<std::mutex> guard(mutex_);
        life_ = life;
        link_ = life.get();
    }

    // The present life for a thread that neither locks nor waits: it keeps the one that it knows until there is another.
    // Null while there is none, and in the moment of a change. It gives nothing back: the watching thread has each life
    // longer than any other.
    SessionLink* held(std::shared_ptr<SessionLink>& known) {
        if (link_ != known.get()) {
            std::unique_lock<std::mutex> lock(mutex_, std::try_to_lock);
            known = lock.owns_lock() ? life_ : nullptr;
        }
        return known.get();
    }
    SessionLink* sending() { return held(sent_); }

    // Nobody gets at an ended life who has not got it already: one that is held here alone stays so.
    void give_back() {
        ended_.erase(std::remove_if(ended_.begin(), ended_.end(),
                             [](const std::shared_ptr<SessionLink>& life) { return life.use_count() == 1; }),
                ended_.end());
    }

    std::shared_ptr<SessionLink> reachable() {
        if (is_closed_) {
            throw Error(ErrorKind::REFUSED, "session is closed: session=" + name_);
        }
        std::shared_ptr<SessionLink> present = present_life();
        if (present == nullptr) {
            std::string reason = end_reason();
            throw reason.empty() ? Error::unreachable("session=" + name_)
                                 : Error(ErrorKind::REFUSED, "server has ended the session: session=" + name_
                                         + ", reason=" + reason);
        }
        return present;
    }

    template <typename Request, typename Note>
    void wish(Request request, Note note) {
        reachable();  // at once, also while another thread restores
        std::lock_guard<std::mutex> guard(wishes_);
        std::shared_ptr<SessionLink> present = reachable();
        request(present->link().ask());
        note();
    }

    std::int32_t made(Link::Asking& asked, const control::NewConnection& wanted) {
        try {
            return value_of(asked.connect(wanted)).connectionId;
        } catch (const Error& e) {
            for (const ConnectionInfo& each : server().connections()) {
                if (e.kind() == ErrorKind::REFUSED && each.tap == 0 && each.source == wanted.source
                        && each.destination == wanted.destination) {
                    if (each.filter != wanted.filter) {
                        value_of(asked.filter(filter_of(wanted)));
                    }
                    return each.id;
                }
            }
            throw;
        }
    }

    static control::ConnectionFilter filter_of(const control::NewConnection& connection) {
        control::ConnectionFilter change;
        change.source = connection.source;
        change.destination = connection.destination;
        change.filter = connection.filter;
        return change;
    }

    Port& published(std::unique_ptr<Port> port) {
        Port& made = *port;
        wish([&](Link::Asking& server) { made.publish(server); }, [&] { ports_.push_back(std::move(port)); });
        return made;
    }

    void remove_empty() {
        for (auto each = ports_.begin(); each != ports_.end();) {
            each = *each == nullptr ? ports_.erase(each) : each + 1;
        }
    }

    void watch() {
        std::shared_ptr<SessionLink> present = present_life();
        while (present != nullptr) {
            while (!present->link().socket().await_end(ended_.empty() ? FOREVER : GIVE_BACK)) {
                give_back();
            }
            end(*present);
            ended_.push_back(std::move(present));
            if (!is_closed_) {
                changed_();
            }
            present = is_closed_ || !end_reason().empty() ? nullptr : another();
        }
    }

    void end(SessionLink& ended) {
        {
            std::lock_guard<std::mutex> guard(mutex_);
            switch (ended.state()) {
                case SessionState::KICKED: end_reason_ = "kicked"; break;
                case SessionState::VIOLATED: end_reason_ = "violated"; break;
                case SessionState::EXCEEDED: end_reason_ = "exceeded"; break;
                default: break;  // the server has stopped, or died
            }
        }
        present_life(nullptr);
        ended.link().socket().end();
        Doorbell(ended.client_word()).ring();
        Doorbell(&idle_word_).ring();
    }

    // Waits for a server and goes on there; never starts one. Null when the session was closed meanwhile.
    std::shared_ptr<SessionLink> another() {
        auto pause = FIRST_RETRY;
        while (!is_closed_) {
            try {
                std::shared_ptr<SessionLink> next = opened(std::make_unique<Link>(client_name_, options_));
                restore(next);
                return next;
            } catch (const Error&) {
                std::unique_lock<std::mutex> lock(mutex_);
                if (!is_closed_) {
                    retry_.wait_for(lock, pause);
                }
                pause = std::min(pause * 2, LAST_RETRY);
            }
            give_back();
        }
        return nullptr;
    }

    void restore(const std::shared_ptr<SessionLink>& next) {
        Link::Asking& server = next->link().ask();
        {
            std::lock_guard<std::mutex> guard(wishes_);
            for (auto& port : ports_) {
                port->publish(server);
            }
            for (auto& connection : connections_) {
                if (server.connect(connection.second).is_refused) {  // the server may have remembered it
                    server.filter(filter_of(connection.second));
                }
            }
            for (auto& tap : taps_) {
                server.tap(tap.second);
            }
            for (auto& filter : destination_filters_) {
                control::DestinationFilter change;
                change.destination = filter.first;
                change.filter = filter.second;
                server.filterDestination(change);
            }
            if (changes_ != 0) {
                control::Watch wanted;
                wanted.changes = changes_;
                value_of(server.watch(wanted));
            }
            present_life(next);
        }
        if (is_closed_) {
            next->link().socket().end();
        }
        wake();
        changed_();
    }
};

inline bool Source::send(std::int64_t deadline_ns, int status, int data1, int data2) {
    int length = message_length(status);
    SessionLink* link = session_.sending();
    return length > 0 && link != nullptr
            && link->out().offer(type_of_status(status), deadline_ns, word(length),
                    message(status, length > 1 ? data1 & 0x7F : 0, length > 2 ? data2 & 0x7F : 0));
}

inline bool Source::send_note(std::int64_t deadline_ns, int channel, int pitch, int velocity,
        std::int64_t duration_ns) {
    std::uint64_t data[] = {message(0x90 | (channel & 0xF), pitch & 0x7F, velocity & 0x7F),
            static_cast<std::uint64_t>(duration_ns)};
    SessionLink* link = session_.sending();
    return link != nullptr && link->out().offer(NOTE, deadline_ns, word(3), data, sizeof data);
}

inline bool Source::send_ump(std::int64_t deadline_ns, std::uint64_t words) {
    SessionLink* link = session_.sending();
    return link != nullptr && link->out().offer(UMP64, deadline_ns, word(8), words);
}

inline bool Source::send_copy(std::int64_t deadline_ns, const Event& event) {
    SessionLink* link = session_.sending();
    Word from{id(), event.word.port, event.word.message_length, event.flags()};
    return link != nullptr
            && link->out().offer(event.type, deadline_ns, from, event.payload(), event.payload_length());
}

inline bool Source::send_message(std::int64_t deadline_ns, const std::uint8_t* message, std::size_t length,
        std::chrono::nanoseconds limit) {
    auto until = std::chrono::steady_clock::now() + limit;
    SessionLink* link = session_.sending();
    if (length == 0 || length > MAX_SYSEX_LENGTH || link == nullptr) {
        return false;
    }
    if (message[0] != 0xF0) {
        if (static_cast<int>(length) != message_length(message[0])) {
            return false;
        }
        while (!send(deadline_ns, message[0], length > 1 ? message[1] : 0, length > 2 ? message[2] : 0)) {
            if (!may_retry(link, until)) {
                return false;
            }
        }
        flush();
        return true;
    }
    for (std::size_t from = 0; from < length; from += MAX_PAYLOAD_LENGTH) {
        std::size_t piece = std::min<std::size_t>(MAX_PAYLOAD_LENGTH, length - from);
        auto flags = static_cast<std::uint16_t>((from == 0 ? BEGIN : 0) | (from + piece == length ? END : 0));
        while (!link->out().offer(SYSEX, deadline_ns, word(0, flags), message + from,
                static_cast<std::int32_t>(piece))) {
            if (!may_retry(link, until)) {
                return false;
            }
        }
    }
    flush();
    return true;
}

inline bool Source::may_retry(SessionLink* link, std::chrono::steady_clock::time_point until) {
    flush();
    if (session_.sending() != link || std::chrono::steady_clock::now() >= until) {
        return false;
    }
    std::this_thread::sleep_for(std::chrono::microseconds(50));
    return true;
}

inline void Source::flush() { session_.flush(); }

}  // namespace carillon

#endif
