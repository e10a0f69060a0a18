// Clients of the benchmarks of events from process to process, and the control server.
//
// A question is a line on standard input, its answer a flat JSON object on one line. PLACE is the path of a server's
// socket, or file:PATH with the session memory of a client of the control server.
//
//   serve FOLDER COUNT CAPACITY KIND     becomes a control server for so many clients; KIND is cross or self
//   end                                  ends it
//   back PLACE NAME OTHER CAPACITY       sends back what comes until the mark
//   trip PLACE NAME OTHER CAPACITY COUNT round trips, one in each millisecond, then the mark
//   drain PLACE NAME OTHER CAPACITY      counts what comes until the mark
//   pour PLACE NAME OTHER CAPACITY PID MS EACH EXACT
//                                        sends EACH events in each of MS milliseconds, goes on until EXACT are sent,
//                                        then the mark; the processor time of process PID while the milliseconds last
//   task PLACE NAME OTHER CAPACITY PID SETTLE_MS MS
//                                        a task to itself each millisecond, which sends an event for the next one
#include <time.h>

#include <algorithm>
#include <iostream>
#include <map>
#include <sstream>
#include <vector>

#include "control_server.hpp"

using namespace bench;

namespace {

constexpr int MARK = 0xFC;  // stop: nothing comes after it
constexpr std::int64_t SILENCE_NS = 3 * NS_PER_S;
constexpr int POLL_LIMIT = 256;
const std::string FILE_PLACE = "file:";

// Processor time of a whole process, all its threads.
std::int64_t cpu_ns(pid_t process) {
    clockid_t clock;
    timespec time{};
    if (clock_getcpuclockid(process, &clock) != 0 || clock_gettime(clock, &time) != 0) {
        fail("processor time of a process cannot be read: pid=" + std::to_string(process));
    }
    return time.tv_sec * NS_PER_S + time.tv_nsec;
}

// The notes that are sent, one after the other: key on and key off by turns, all keys of all channels and velocities 1
// to 127. After `PERIOD` of them they begin anew.
struct Numbered {
    static constexpr std::int64_t VELOCITIES = 127;
    static constexpr std::int64_t PERIOD = 2 * VELOCITIES * 128 * 16;

    int status;
    int pitch;
    int velocity;

    explicit Numbered(std::int64_t number) {
        std::int64_t note = number % PERIOD / 2;
        velocity = static_cast<int>(1 + note % VELOCITIES);
        pitch = static_cast<int>(note / VELOCITIES % 128);
        status = (number % 2 == 0 ? 0x90 : 0x80) | static_cast<int>(note / VELOCITIES / 128);
    }
    bool is(const Event& event) const {
        return event.data[0] == status && event.data[1] == pitch && event.data[2] == velocity;
    }
};

template <typename End>
bool send(End& end, std::int64_t number) {
    Numbered note(number);
    return end.send(0, note.status, note.pitch, note.velocity);
}

// Again and again until it is taken.
template <typename End>
void send_mark(End& end) {
    std::int64_t limit = mono_now_ns() + LIMIT_NS;
    while (!end.send(0, MARK, 0, 0)) {
        end.flush();
        sleep_until(mono_now_ns() + NS_PER_MS);
        if (mono_now_ns() > limit) {
            fail("ring to the server stays full");
        }
    }
    end.flush();
}

template <typename End>
std::string back(End& end) {
    std::int64_t count = 0;
    std::int64_t limit = mono_now_ns() + LIMIT_NS;
    for (bool is_over = false; !is_over;) {
        int polled = end.poll([&](const Event& event) {
            is_over |= event.status() == MARK;
            if (!is_over && !end.send_copy(event)) {
                fail("ring to the server is full");
            }
            ++count;
        }, POLL_LIMIT);
        if (polled > 0) {
            end.flush();
            limit = mono_now_ns() + LIMIT_NS;
        } else if (mono_now_ns() > limit) {
            fail("nothing comes");
        } else {
            end.await(limit);
        }
    }
    return "{\"events\":" + std::to_string(count - 1) + "}";
}

std::int64_t quantile(std::vector<std::int64_t>& values, double q) {
    auto at = values.begin() + static_cast<std::ptrdiff_t>(q * static_cast<double>(values.size() - 1));
    std::nth_element(values.begin(), at, values.end());
    return *at;
}

// The first tenth is not counted.
template <typename End>
std::string trip(End& end, std::int64_t count) {
    std::vector<std::int64_t> trips;
    std::int64_t sleeps = end.sleeps();
    std::int64_t next = mono_now_ns();
    for (std::int64_t i = 0; i < count; ++i) {
        next = std::max(next + NS_PER_MS, mono_now_ns() + NS_PER_MS / 2);  // all are asleep by then
        sleep_until(next);
        std::int64_t start = mono_now_ns();
        if (!send(end, i)) {
            fail("ring to the server is full");
        }
        end.flush();
        bool right = false;
        while (end.poll([&](const Event& event) { right = Numbered(i).is(event); }, 1) == 0) {
            if (mono_now_ns() > start + LIMIT_NS) {
                fail("no answer");
            }
            end.await(start + LIMIT_NS);
        }
        std::int64_t stop = mono_now_ns();
        if (!right) {
            fail("another event came back");
        }
        if (i >= count / 10) {
            trips.push_back(stop - start);
        }
    }
    sleeps = end.sleeps() - sleeps;
    send_mark(end);
    return "{\"p50\":" + std::to_string(quantile(trips, 0.5)) + ",\"p99\":" + std::to_string(quantile(trips, 0.99))
            + ",\"trips\":" + std::to_string(count) + ",\"sleeps\":" + std::to_string(sleeps) + "}";
}

// What comes has to be what was sent, in its order; a gap counts once for each event that is missing.
template <typename End>
std::string drain(End& end) {
    std::int64_t received = 0;
    std::int64_t wrong = 0;
    std::int64_t next = 0;
    std::int64_t heard = mono_now_ns() + LIMIT_NS;
    bool is_over = false;
    while (!is_over) {
        int polled = end.poll([&](const Event& event) {
            if (event.status() == MARK) {
                is_over = true;
                return;
            }
            if (!Numbered(next).is(event)) {
                ++wrong;
                for (std::int64_t skipped = 0; skipped < Numbered::PERIOD && !Numbered(next).is(event); ++skipped) {
                    ++next;
                }
            }
            ++next;
            ++received;
        }, POLL_LIMIT);
        if (polled > 0) {
            heard = mono_now_ns();
        } else if (mono_now_ns() - heard > SILENCE_NS) {
            break;  // the mark itself was lost
        } else {
            end.await(mono_now_ns() + SILENCE_NS);
        }
    }
    return "{\"received\":" + std::to_string(received) + ",\"gaps\":" + std::to_string(wrong) + ",\"marked\":"
            + std::to_string(is_over ? 1 : 0) + "}";
}

template <typename End>
std::string pour(End& end, pid_t server, std::int64_t ms, std::int64_t each, std::int64_t exact) {
    std::int64_t sent = 0;
    std::int64_t refused = 0;
    auto batch = [&](std::int64_t most) {
        for (std::int64_t i = 0; i < most; ++i) {
            if (send(end, sent)) {
                ++sent;
            } else {
                ++refused;
            }
        }
        end.flush();
    };
    std::int64_t cpu = cpu_ns(server);
    std::int64_t start = mono_now_ns();
    for (std::int64_t i = 1; i <= ms; ++i) {
        batch(each);
        sleep_until(start + i * NS_PER_MS);
    }
    std::int64_t wall = mono_now_ns() - start;
    cpu = cpu_ns(server) - cpu;
    std::int64_t in_time = sent;
    while (sent < exact && mono_now_ns() < start + wall + LIMIT_NS) {
        batch(std::min(each, exact - sent));
        sleep_until(mono_now_ns() + NS_PER_MS);
    }
    send_mark(end);
    return "{\"sent\":" + std::to_string(sent) + ",\"inTime\":" + std::to_string(in_time) + ",\"refused\":"
            + std::to_string(refused) + ",\"cpuNs\":" + std::to_string(cpu) + ",\"wallNs\":" + std::to_string(wall)
            + "}";
}

// Each millisecond a task comes back to this client, which sends the next one, and an event with the same date.
template <typename End>
class Ticking {
public:
    Ticking(End& end, pid_t server, std::int64_t settle_ms, std::int64_t ms) : end_(end), server_(server) {
        next_ = (end.now_ns() / NS_PER_MS + 1) * NS_PER_MS;
        from_ = next_ + settle_ms * NS_PER_MS;
        to_ = from_ + ms * NS_PER_MS;
        until_ = to_ + settle_ms * NS_PER_MS;  // the others are measured still
        late_us_.assign(LATEST_US + 1, 0);
    }

    std::string run() {
        schedule(next_);
        end_.flush();
        std::int64_t limit = mono_now_ns() + until_ - end_.now_ns() + LIMIT_NS / 10;
        while ((next_ < until_ || received_ < sent_) && mono_now_ns() < limit) {
            if (end_.poll([this](const Event& event) { take(event); }, POLL_LIMIT) == 0) {
                end_.await(limit);
            } else {
                end_.flush();
            }
        }
        std::ostringstream answer;
        answer << "{\"sent\":" << counted_sent_ << ",\"received\":" << counted_received_ << ",\"missed\":" << missed_
               << ",\"stopped\":" << (next_ < until_ ? 1 : 0) << ",\"cpuNs\":" << cpu_to_ - cpu_from_
               << ",\"wallNs\":" << wall_to_ - wall_from_;
        for (std::size_t us = 0; us < late_us_.size(); ++us) {
            if (late_us_[us] > 0) {
                answer << ",\"us" << us << "\":" << late_us_[us];
            }
        }
        answer << "}";
        return answer.str();
    }

private:
    static constexpr std::int64_t LATEST_US = 20'000;

    End& end_;
    pid_t server_;
    std::int64_t next_;  // date of the task that is on its way
    std::int64_t from_;
    std::int64_t to_;
    std::int64_t until_;
    std::int64_t sent_ = 0;
    std::int64_t received_ = 0;
    std::int64_t counted_sent_ = 0;
    std::int64_t counted_received_ = 0;
    std::int64_t missed_ = 0;
    std::int64_t cpu_from_ = 0;
    std::int64_t cpu_to_ = 0;
    std::int64_t wall_from_ = 0;
    std::int64_t wall_to_ = 0;
    std::vector<std::int64_t> late_us_;

    bool counts(std::int64_t date) const { return date >= from_ && date < to_; }

    void schedule(std::int64_t date) {
        if (!end_.send_task(date)) {
            fail("ring to the server is full");
        }
    }

    void take(const Event& event) {
        if (event.type == TASK) {
            tick(event.time_ns);
            return;
        }
        ++received_;
        if (counts(event.time_ns)) {
            ++counted_received_;
            std::int64_t late_us = (end_.now_ns() - event.time_ns) / 1'000;
            ++late_us_[static_cast<std::size_t>(std::clamp(late_us, std::int64_t{0}, LATEST_US))];
            if (late_us < 0) {
                fail("an event came before its date");
            }
        }
    }

    void tick(std::int64_t date) {
        if (date >= from_ && cpu_from_ == 0) {
            cpu_from_ = cpu_ns(server_);
            wall_from_ = mono_now_ns();
        } else if (date >= to_ && cpu_to_ == 0) {
            cpu_to_ = cpu_ns(server_);
            wall_to_ = mono_now_ns();
        }
        std::int64_t now = end_.now_ns();
        next_ = date + NS_PER_MS;
        while (next_ <= now) {  // this call-back came more than a millisecond late
            missed_ += counts(next_) ? 1 : 0;
            next_ += NS_PER_MS;
        }
        if (next_ < until_) {
            schedule(next_);
            if (!end_.send(next_, next_ / NS_PER_MS % 2 == 0 ? 0x90 : 0x80, 60, 100)) {
                fail("ring to the server is full");
            }
            ++sent_;
            counted_sent_ += counts(next_) ? 1 : 0;
        }
    }
};

template <typename End>
std::string answer(const std::string& what, End& end, std::istream& words) {
    std::int64_t count = 0;
    pid_t server = 0;
    if (what == "back") {
        return back(end);
    }
    if (what == "drain") {
        return drain(end);
    }
    if (what == "trip" && words >> count) {
        return trip(end, count);
    }
    if (what == "pour") {
        std::int64_t each = 0;
        std::int64_t exact = 0;
        words >> server >> count >> each >> exact;
        return pour(end, server, count, each, exact);
    }
    if (what == "task") {
        std::int64_t settle = 0;
        words >> server >> settle >> count;
        return Ticking<End>(end, server, settle, count).run();
    }
    fail("no such question: " + what);
}

std::string answer(const std::string& what, std::istream& words) {
    std::string place;
    std::string name;
    std::string other;
    std::int32_t capacity = 0;
    words >> place >> name >> other >> capacity;
    if (place.rfind(FILE_PLACE, 0) == 0) {
        ControlEnd end(place.substr(FILE_PLACE.size()));
        return answer(what, end, words);
    }
    SessionEnd end(place, name, other, capacity);
    return answer(what, end, words);
}

}  // namespace

int main() {
    try {
        std::unique_ptr<ControlServer> server;
        std::string line;
        while (std::getline(std::cin, line)) {
            std::istringstream words(line);
            std::string what;
            words >> what;
            if (what == "serve") {
                std::string folder;
                int count = 0;
                std::int32_t capacity = 0;
                std::string kind;
                words >> folder >> count >> capacity >> kind;
                server = std::make_unique<ControlServer>(folder, count, capacity, kind == "cross");
                std::cout << "{\"clients\":" << count << "}" << std::endl;
            } else if (what == "end") {
                server.reset();
                std::cout << "{\"clients\":0}" << std::endl;
            } else {
                std::cout << answer(what, words) << std::endl;
            }
        }
        return 0;
    } catch (const Error& e) {
        fail(e.what());
    }
}
