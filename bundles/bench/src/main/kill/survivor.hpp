// Who lives on: it sends and receives numbered events all the time, listens to victims, and counts what is wrong.
#ifndef CARILLON_BENCH_KILL_SURVIVOR_HPP
#define CARILLON_BENCH_KILL_SURVIVOR_HPP

#include <thread>

#include "victim.hpp"

namespace bench {

// A thread that receives until it is told to end.
template <typename Handler>
class Listening {
public:
    Listening(Session& session, Handler handler)
        : session_(session), thread_([this, handler]() mutable {
              while (!is_over_) {
                  if (session_.poll(handler) == 0) {
                      session_.await(mono_now_ns() + NS_PER_S / 10);
                  }
              }
          }) {}
    ~Listening() {
        is_over_ = true;
        session_.wake();
        thread_.join();
    }
    Listening(const Listening&) = delete;
    Listening& operator=(const Listening&) = delete;

private:
    Session& session_;
    std::atomic<bool> is_over_{false};
    std::thread thread_;
};

// Hears the notes that victims hold, and that victims are gone.
class Ear {
public:
    Ear(Session& session, const Ledger& ledger, int number)
        : session_(session), ledger_(ledger), number_(number), holders_(PAIRS, -1) {
        session_.destination("in");
        session_.watch(WATCH_SESSIONS);
    }

    void take(const Event& event) {
        if (event.type == CHANGE) {
            if (event.data[0] == static_cast<std::uint8_t>(Change::SESSION_GONE)) {
                std::int32_t session;
                std::memcpy(&session, event.data + 4, sizeof session);
                ledger_.gone(number_, session, mono_now_ns());
            }
        } else if (event.type == KEY_ON || event.type == KEY_OFF) {
            note(event);
        }
    }

private:
    Session& session_;
    const Ledger& ledger_;
    int number_;
    std::vector<std::int64_t> holders_;

    void note(const Event& event) {
        int key = event.channel() << 7 | event.data[1];
        std::int64_t& holder = holders_[static_cast<std::size_t>(key / 2)];
        if (event.type == KEY_ON) {
            holder = holding(key / 2, holder);
        }
        if (holder < 0) {
            return;
        }
        Line& line = ledger_.line(holder);
        if (event.type == KEY_ON) {
            ++line.on[key % 2];
        } else {
            ++line.off[key % 2];
            store(line.off_ns, mono_now_ns());
        }
    }

    // The last of those with this pair of notes that was born.
    std::int64_t holding(std::int64_t pair, std::int64_t before) const {
        std::int64_t holder = before < 0 ? first_with(pair) : before;
        for (std::int64_t next = holder; next < ledger_.victims() && load(ledger_.line(next).phase) != UNBORN;
                next = next_after(next)) {
            holder = next;
        }
        return holder;
    }
};

class Survivor {
public:
    Survivor(const std::string& socket, const std::string& ledger, std::int64_t victims)
        : ledger_(ledger, victims), client_("cpp", options_at(socket)), peer_(client_.open("cpp", CAPACITY, CAPACITY)),
          ear_session_(client_.open("cpp-ear", CAPACITY, CAPACITY)), sink_(client_.open("sink", CAPACITY, CAPACITY)),
          ear_(*ear_session_, ledger_, 0), heard_(1), sunk_(victims) {
        Source& out = peer_->source("out");
        peer_->destination("in");
        sink_->destination("in");
        peer_->connect(out.name(), "java:in");
        hearing_ = listen(*peer_, [this](const Event& event) { heard_.take(event); });
        watching_ = listen(*ear_session_, [this](const Event& event) { ear_.take(event); });
        sinking_ = listen(*sink_, [this](const Event& event) { sunk_.take(event); });
        sender_ = std::make_unique<NumberedSender>(out, first_of(0), 1);
    }
    ~Survivor() { stop(); }

    // The other one is there.
    void begin() { sending_ = std::thread([this] { send(); }); }

    // Sends no more; how many it has sent.
    std::string stop() {
        is_over_ = true;
        if (sending_.joinable()) {
            sending_.join();
        }
        return "{\"sent\":" + std::to_string(sender_->next() - first_of(0)) + "}";
    }

    // Waits for the last that was sent; what has come.
    std::string count(std::int64_t sent) {
        std::int64_t limit = mono_now_ns() + 5 * NS_PER_S;
        while (heard_.last(0) < first_of(0) + sent - 1 && mono_now_ns() < limit) {
            sleep_until(mono_now_ns() + 10 * NS_PER_MS);
        }
        std::int64_t missing = first_of(0) + sent - 1 - std::max(heard_.last(0), first_of(0) - 1);
        hearing_.reset();
        sinking_.reset();
        return "{\"events\":" + std::to_string(heard_.events()) + ",\"lost\":" + std::to_string(heard_.lost() + missing)
                + ",\"torn\":" + std::to_string(heard_.torn()) + ",\"doubled\":" + std::to_string(heard_.doubled())
                + ",\"ofVictims\":" + std::to_string(sunk_.events()) + ",\"ofVictimsTorn\":"
                + std::to_string(sunk_.torn()) + ",\"ofVictimsDoubled\":" + std::to_string(sunk_.doubled())
                + ",\"ofVictimsCut\":" + std::to_string(sunk_.cut()) + "}";
    }

private:
    static constexpr std::int32_t CAPACITY = 1 << 20;
    static constexpr int EACH_MS = 8;

    struct End {
        virtual ~End() = default;
    };
    template <typename Handler>
    struct Thread : End {
        Thread(Session& session, Handler handler) : listening(session, handler) {}
        Listening<Handler> listening;
    };

    Ledger ledger_;
    Client client_;
    std::unique_ptr<Session> peer_;
    std::unique_ptr<Session> ear_session_;
    std::unique_ptr<Session> sink_;
    Ear ear_;
    NumberedReceiver heard_;
    NumberedReceiver sunk_;
    std::unique_ptr<NumberedSender> sender_;
    std::atomic<bool> is_over_{false};
    std::thread sending_;
    std::unique_ptr<End> hearing_;
    std::unique_ptr<End> watching_;
    std::unique_ptr<End> sinking_;

    template <typename Handler>
    static std::unique_ptr<End> listen(Session& session, Handler handler) {
        return std::make_unique<Thread<Handler>>(session, handler);
    }

    // What is not taken is sent again.
    void send() {
        std::int64_t begun = 0;
        for (std::int64_t next = mono_now_ns(); !is_over_; next = std::max(next + NS_PER_MS, mono_now_ns())) {
            for (int i = 0; i < EACH_MS; ++i) {
                sender_->send(begun);
            }
            peer_->flush();
            sleep_until(next);
        }
    }
};

}  // namespace bench

#endif
