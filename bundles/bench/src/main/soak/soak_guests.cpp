// Guests of a soak: sessions that come, send, stall and go as they are told. A question is a line on standard input, its
// answer a flat JSON object on one line.
//
//   open NAME SEED KINDS CAPACITY  a session; KINDS is a sum of 1 plain, 2 dated, 4 notes, 8 sysex, 16 sleeps on its word
//   go NAME                        sends from now on
//   hold NAME                      sends no more; all that it has sent is where it belongs
//   stall NAME MS                  receives nothing for so long
//   connect NAME SOURCE DESTINATION [WORDS...]     disconnect NAME SOURCE DESTINATION
//   look NAME                      asks the server this and that
//   leave NAME PENDING             receives to the end, leaves so many events of the far future behind, closes
#include <condition_variable>
#include <deque>
#include <functional>
#include <future>
#include <iostream>
#include <random>
#include <set>

#include "soak_guests.hpp"

using namespace soak;

namespace {

constexpr int PLAIN = 1;
constexpr int DATED = 2;
constexpr int NOTES = 4;
constexpr int SYSEXES = 8;
constexpr int SLEEPS = 16;
constexpr std::int64_t TICK_NS = 20 * NS_PER_MS;
constexpr int PLAIN_A_TICK = 4;
constexpr int BURST = 400;
constexpr int TICKS_A_BURST = 100;
constexpr int TICKS_A_SYSEX = 32;
constexpr int TICKS_A_TASK = 3;
constexpr std::int64_t LATEST_MS = 50;
constexpr std::int64_t FAR_NS = 3'600'000 * NS_PER_MS;
constexpr std::int64_t ROUND_NS = 500 * NS_PER_MS;
constexpr std::int64_t LIMIT_NS = 60'000 * NS_PER_MS;
constexpr std::int64_t RUNNING = 1;
constexpr std::int64_t FENCE = 2;
constexpr int POLL_LIMIT = 4096;

class Guest {
public:
    Guest(Client& client, const std::string& name, unsigned seed, int kinds, std::int32_t capacity)
        : client_(client), session_(client.open(name, capacity, capacity)), server_(session_->server()),
          random_(seed), kinds_(kinds), plain_(session_->source("plain")), dated_(session_->source("dated")),
          notes_(session_->source("notes")), sysex_(session_->source("sysex")), in_{&session_->destination("in0"),
              &session_->destination("in1"), &session_->destination("sx")} {
        thread_ = std::thread([this] { run(); });
    }
    ~Guest() { thread_.join(); }

    std::string opened() const {
        std::ostringstream answer;
        answer << "{\"plain\":" << plain_.id() << ",\"dated\":" << dated_.id() << ",\"notes\":" << notes_.id()
               << ",\"sysex\":" << sysex_.id();
        for (std::size_t i = 0; i < in_.size(); ++i) {
            answer << ",\"in" << i << "\":" << in_[i]->index();
        }
        answer << "}";
        return answer.str();
    }

    // On the guest's own thread.
    std::string ask(const std::string& what, std::istream& words) {
        std::packaged_task<std::string()> task([&] { return answer(what, words); });
        auto answered = task.get_future();
        {
            std::lock_guard<std::mutex> guard(mutex_);
            asked_.push_back(&task);
        }
        called_.notify_one();
        session_->wake();
        return answered.get();
    }

private:
    Client& client_;
    std::unique_ptr<Session> session_;
    ServerView server_;
    std::mt19937 random_;
    int kinds_;
    Source& plain_;
    Source& dated_;
    Source& notes_;
    Source& sysex_;
    std::array<Destination*, 3> in_;
    Tally tally_;
    std::mutex mutex_;
    std::condition_variable called_;
    std::deque<std::packaged_task<std::string()>*> asked_;
    std::thread thread_;
    bool sends_ = false;
    bool is_over_ = false;
    std::int64_t stalled_until_ns_ = 0;
    std::int64_t ticks_ = 0;
    std::int64_t sent_plain_ = 0;
    std::int64_t sent_dated_ = 0;
    std::int64_t sent_notes_ = 0;
    std::int64_t sent_sysex_ = 0;
    std::int64_t pieces_ = 0;
    std::int64_t sent_tasks_ = 0;
    std::int64_t received_tasks_ = 0;
    std::set<std::int64_t> under_way_;  // tasks; one whose date is past comes later, and others may pass it
    std::int64_t wrong_tasks_ = 0;
    std::int64_t fences_ = 0;
    std::int64_t fence_seen_ = 0;
    std::int64_t said_no_ = 0;
    std::int64_t last_date_ns_ = 0;  // of all that was sent, ends of notes included
    std::int64_t last_dated_ns_ = 0;

    int dice(int sides) { return static_cast<int>(random_() % static_cast<unsigned>(sides)); }

    void run() {
        std::int64_t next_ns = mono_now_ns();
        while (!is_over_) {
            answer_all();
            if (is_over_) {
                return;
            }
            if (mono_now_ns() >= stalled_until_ns_) {
                receive();
            }
            if (mono_now_ns() >= next_ns) {
                next_ns = std::max(next_ns + TICK_NS, mono_now_ns() + TICK_NS / 2);
                if (sends_) {
                    tick();
                }
            }
            if ((kinds_ & SLEEPS) != 0 && mono_now_ns() >= stalled_until_ns_) {
                session_->await(next_ns);
            } else {
                std::unique_lock<std::mutex> lock(mutex_);
                called_.wait_for(lock, std::chrono::nanoseconds(std::max<std::int64_t>(0, next_ns - mono_now_ns())),
                        [this] { return !asked_.empty(); });
            }
        }
    }

    void answer_all() {
        std::unique_lock<std::mutex> lock(mutex_);
        while (!asked_.empty()) {
            auto* task = asked_.front();
            asked_.pop_front();
            lock.unlock();
            (*task)();
            lock.lock();
        }
    }

    void receive() {
        std::int64_t now_ns = 0;
        while (session_->poll([&](const Event& event) {
            if (event.type == TASK) {
                task(event);
                return;
            }
            now_ns = event.time_ns > now_ns ? server_.clock().now_ns() : now_ns;
            tally_.take(event, now_ns);
        }, POLL_LIMIT) > 0) {
        }
    }

    void task(const Event& event) {
        std::int64_t number = event.task_word(1);
        if (event.task_word(0) == FENCE) {
            fence_seen_ = std::max(fence_seen_, number);
            ++received_tasks_;
            return;
        }
        wrong_tasks_ += event.task_word(0) != RUNNING || under_way_.erase(number) == 0 ? 1 : 0;
        ++received_tasks_;
    }

    void tick() {
        ++ticks_;
        if ((kinds_ & PLAIN) != 0) {
            bool bursts = dice(TICKS_A_BURST) == 0;
            for (int i = bursts ? BURST : PLAIN_A_TICK; i > 0; --i) {
                count(send_plain(sent_plain_), sent_plain_);
            }
        }
        std::int64_t now_ns = server_.clock().now_ns();
        for (int i = (kinds_ & DATED) != 0 ? 2 : 0; i > 0; --i) {
            std::int64_t date_ns = std::max(last_dated_ns_ + 1, now_ns + dice(LATEST_MS) * NS_PER_MS);
            if (count(dated_.send_ump(date_ns, words(sent_dated_, dated_.id())), sent_dated_)) {
                last_dated_ns_ = date_ns;
                last_date_ns_ = std::max(last_date_ns_, date_ns);
            }
        }
        if ((kinds_ & NOTES) != 0) {
            count(send_note(sent_notes_, now_ns), sent_notes_);
        }
        if (dice(TICKS_A_TASK) == 0) {
            std::int64_t date_ns = std::max(last_date_ns_, now_ns) + 1;
            std::int64_t number = sent_tasks_;
            if (count(session_->send_task(date_ns, RUNNING, number), sent_tasks_)) {
                under_way_.insert(number);
                last_date_ns_ = date_ns;
            }
        }
        if ((kinds_ & SYSEXES) != 0 && dice(TICKS_A_SYSEX) == 0) {
            send_sysex();
        }
        session_->flush();
    }

    bool count(bool is_taken, std::int64_t& sent) {
        ++(is_taken ? sent : said_no_);
        return is_taken;
    }

    bool send_plain(std::int64_t n) {
        auto low = static_cast<int>(n & 0x3FFF);
        switch (n % IN_FOUR) {
            case 0: return plain_.send_ump(0, words(n, plain_.id()));
            case 1: return plain_.send(0, 0xB0, low & (CONTROLLERS - 1), low >> 5 & SEVEN_BITS);
            case 2: return plain_.send(0, 0xA0, low & SEVEN_BITS, low >> 7);
            default: return plain_.send(0, 0xE0, low & SEVEN_BITS, low >> 7);
        }
    }

    bool send_note(std::int64_t n, std::int64_t now_ns) {
        if (n % IN_FOUR == 0) {
            return notes_.send_ump(now_ns, words(n, notes_.id()));
        }
        std::int64_t duration_ns = (1 + dice(LATEST_MS)) * NS_PER_MS;
        auto pitch = static_cast<int>(LOW_PITCH + n % PITCHES);
        auto velocity = static_cast<int>(1 + n / PITCHES % VELOCITIES);
        bool is_taken = notes_.send_note(now_ns, 0, pitch, velocity, duration_ns);
        if (is_taken) {
            last_date_ns_ = std::max(last_date_ns_, server_.clock().now_ns() + duration_ns);
        }
        return is_taken;
    }

    void send_sysex() {
        auto message = sysex(sent_sysex_, sysex_.id());
        if (!sysex_.send_message(0, message.data(), message.size(), std::chrono::nanoseconds(LIMIT_NS))) {
            throw Error(ErrorKind::FAILED, "ring to the server stays full: session=" + session_->name());
        }
        ++sent_sysex_;
        pieces_ += static_cast<std::int64_t>((message.size() + MAX_PAYLOAD_LENGTH - 1) / MAX_PAYLOAD_LENGTH);
    }

    // A task to itself comes back behind everything that was sent. One that finds no room is counted as every other.
    void fence() {
        stalled_until_ns_ = 0;
        std::int64_t limit_ns = mono_now_ns() + LIMIT_NS;
        std::int64_t before = fences_;
        while (mono_now_ns() < limit_ns) {
            std::int64_t date_ns = std::max(last_date_ns_, server_.clock().now_ns()) + NS_PER_MS;
            if (count(session_->send_task(date_ns, FENCE, fences_ + 1), sent_tasks_)) {
                ++fences_;
                last_date_ns_ = date_ns;
            }
            session_->flush();
            std::int64_t round_ns = mono_now_ns() + ROUND_NS;
            while (mono_now_ns() < round_ns) {
                receive();
                if (fences_ > before && fence_seen_ == fences_) {
                    return;
                }
                session_->await(std::min(round_ns, mono_now_ns() + TICK_NS));
            }
        }
        throw Error(ErrorKind::TIMED_OUT, "a task does not come back: session=" + session_->name());
    }

    std::string answer(const std::string& what, std::istream& words) {
        if (what == "go") {
            sends_ = true;
            return "{\"ok\":1}";
        }
        if (what == "hold") {
            sends_ = false;
            fence();
            return "{" + sent() + "}";
        }
        if (what == "stall") {
            std::int64_t ms = 0;
            words >> ms;
            stalled_until_ns_ = mono_now_ns() + ms * NS_PER_MS;
            return "{\"ok\":1}";
        }
        if (what == "look") {
            return look();
        }
        if (what == "leave") {
            int pending = 0;
            words >> pending;
            return leave(pending);
        }
        std::string source;
        std::string destination;
        words >> source >> destination;
        if (what == "connect") {
            std::string filter;
            std::getline(words >> std::ws, filter);
            session_->connect(source, destination, filter);
        } else if (what == "disconnect") {
            session_->disconnect(source, destination);
        } else {
            throw Error(ErrorKind::WRONG_USAGE, "no such question: question=" + what);
        }
        return "{\"ok\":1}";
    }

    std::string sent() const {
        std::ostringstream answer;
        answer << "\"plain\":" << sent_plain_ << ",\"dated\":" << sent_dated_ << ",\"notes\":" << sent_notes_
               << ",\"sysex\":" << sent_sysex_ << ",\"pieces\":" << pieces_;
        return answer.str();
    }

    std::string look() {
        control::Number number;
        number.number = dice(1'000);
        bool right = client_.ask([&](Link::Asking& server) { return server.ping(number); }).number == number.number;
        std::int64_t handle = session_->schedule(server_.clock().now_ns() + FAR_NS, RUNNING);
        right = session_->cancel(handle) && !session_->cancel(handle) && right;
        auto ports = server_.ports();
        right = right && std::any_of(ports.begin(), ports.end(), [&](auto& port) { return port.id == plain_.id(); });
        return right ? "{\"right\":1}" : "{\"right\":0}";
    }

    std::string leave(int pending) {
        sends_ = false;
        fence();
        std::int64_t limit_ns = mono_now_ns() + LIMIT_NS / 10;
        while (tally_.stuck() > 0 && mono_now_ns() < limit_ns) {  // what is owed is paid within some milliseconds
            session_->await(mono_now_ns() + NS_PER_MS);
            receive();
        }
        std::int64_t left_behind = 0;
        for (int i = 0; i < pending; ++i) {
            count(dated_.send_ump(server_.clock().now_ns() + FAR_NS, 0), left_behind);
        }
        std::int64_t refused = session_->refused();
        session_->close();
        receive();
        is_over_ = true;
        std::ostringstream answer;
        answer << "{" << sent() << ",\"leftBehind\":" << left_behind << ",\"refused\":" << refused << ",\"saidNo\":"
               << said_no_ << ",\"tasksSent\":" << sent_tasks_ << ",\"tasksReceived\":" << received_tasks_
               << ",\"wrongTasks\":" << wrong_tasks_;
        tally_.tell(answer);
        answer << "}";
        return answer.str();
    }
};

}  // namespace

int main(int, char** arguments) {
    try {
        Options options;
        options.socket = arguments[1];
        options.starts_server = false;
        Client client("soak C++", options);
        std::map<std::string, std::unique_ptr<Guest>> guests;
        std::string line;
        while (std::getline(std::cin, line)) {
            std::istringstream words(line);
            std::string what;
            std::string name;
            words >> what >> name;
            if (what == "open") {
                unsigned seed = 0;
                int kinds = 0;
                std::int32_t capacity = 0;
                words >> seed >> kinds >> capacity;
                auto& guest = guests[name] = std::make_unique<Guest>(client, name, seed, kinds, capacity);
                std::cout << guest->opened() << std::endl;
            } else {
                std::cout << guests.at(name)->ask(what, words) << std::endl;
                if (what == "leave") {
                    guests.erase(name);
                }
            }
        }
        std::_Exit(0);  // guests that have not left are gone with this process
    } catch (const std::exception& e) {
        std::cerr << e.what() << std::endl;
        std::_Exit(1);
    }
}
