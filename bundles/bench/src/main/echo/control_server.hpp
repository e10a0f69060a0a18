// The control: the least that a server of this kind does, in C++. It reads the rings of its clients, keeps what is for
// later in a heap by date and arrival, hands out what is due, and sleeps on all of its clients' words until the next
// date. It has the rings, the bells and the sleep of the real one, but no ports, filters, ledger, counters or checks.
#ifndef CARILLON_BENCH_CONTROL_SERVER_HPP
#define CARILLON_BENCH_CONTROL_SERVER_HPP

#include <linux/futex.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cstring>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "ends.hpp"

namespace bench {

class ControlServer {
public:
    // Makes the memory of clients 0 to count - 1, as files of these names in a folder. What a client sends goes to the
    // client as far from the last as it is from the first, or to itself.
    ControlServer(const std::string& folder, int count, std::int32_t capacity, bool crosses) {
        for (int i = 0; i < count; ++i) {
            clients_.push_back(std::make_unique<Place>(folder + "/" + std::to_string(i), capacity));
            clients_[i]->target = crosses ? count - 1 - i : i;
        }
        for (auto& client : clients_) {
            futex_waitv wait{};
            wait.val = WAITING;
            wait.uaddr = reinterpret_cast<std::uintptr_t>(&client->memory.to_server()->kernel_word);
            wait.flags = FUTEX_32;
            waits_.push_back(wait);
        }
        later_.reserve(1024);
        thread_ = std::thread([this] { run(); });
    }
    ~ControlServer() {
        is_over_ = true;
        Doorbell(&clients_[0]->memory.to_server()->kernel_word).ring();
        thread_.join();
    }
    ControlServer(const ControlServer&) = delete;
    ControlServer& operator=(const ControlServer&) = delete;

private:
    static constexpr int RECORD_LIMIT = 64;
    static constexpr std::int64_t SLEEP_LIMIT_NS = NS_PER_S;

    struct Place {
        MemoryFile memory;
        EventConsumer in;
        std::int64_t refused[8] = {};
        EventProducer out;
        int target = 0;

        Place(const std::string& path, std::int32_t capacity)
            : memory(path, capacity), in(static_cast<const ToServer*>(memory.to_server()), memory.to_client()),
              out(memory.to_client(), memory.to_server(), refused) {}
    };

    struct Later {
        std::int64_t date_ns;
        std::int64_t number;
        int target;
        std::int32_t type;
        Word word;
        std::int32_t payload_length;
        std::uint8_t payload[TASK_LENGTH - HEADER_LENGTH];

        bool operator<(const Later& other) const {  // the first is on top of the heap
            return date_ns != other.date_ns ? date_ns > other.date_ns : number > other.number;
        }
    };

    std::vector<std::unique_ptr<Place>> clients_;
    std::vector<futex_waitv> waits_;
    std::vector<Later> later_;
    std::int64_t number_ = 0;
    std::atomic<bool> is_over_{false};
    std::thread thread_;

    void run() {
        prctl(PR_SET_TIMERSLACK, 1, 0, 0, 0);
        while (!is_over_) {
            std::int64_t now = mono_now_ns();
            int work = hand_out(now);
            for (auto& client : clients_) {
                work += client->in.poll([&](const Event& event) { take(*client, event, now); }, RECORD_LIMIT);
            }
            if (work == 0) {
                sleep();
                continue;
            }
            for (auto& client : clients_) {
                client->out.flush();
            }
        }
    }

    int hand_out(std::int64_t now) {
        int count = 0;
        for (; !later_.empty() && later_.front().date_ns <= now; ++count) {
            std::pop_heap(later_.begin(), later_.end());
            const Later& due = later_.back();
            clients_[due.target]->out.offer(due.type, due.date_ns, due.word, due.payload, due.payload_length);
            later_.pop_back();
        }
        return count;
    }

    void take(Place& from, const Event& event, std::int64_t now) {
        int target = event.type == TASK ? clients_[from.target]->target : from.target;
        if (event.type != TASK && event.time_ns <= now) {
            clients_[target]->out.offer(event.type, event.time_ns == 0 ? now : event.time_ns, event.word,
                    event.payload(), event.payload_length());
            return;
        }
        Later later{event.time_ns, ++number_, target, event.type, event.word,
            std::min<std::int32_t>(event.payload_length(), sizeof later.payload), {}};
        std::memcpy(later.payload, event.payload(), static_cast<std::size_t>(later.payload_length));
        later_.push_back(later);
        std::push_heap(later_.begin(), later_.end());
    }

    void sleep() {
        for (auto& client : clients_) {
            Doorbell(&client->memory.to_server()->kernel_word).arm();
        }
        std::int64_t now = mono_now_ns();
        std::int64_t until = later_.empty() ? now + SLEEP_LIMIT_NS : later_.front().date_ns;
        bool is_idle = until > now && !is_over_
                && std::all_of(clients_.begin(), clients_.end(), [](auto& client) { return client->in.is_empty(); });
        if (is_idle) {
            timespec date{};
            date.tv_sec = until / NS_PER_S;
            date.tv_nsec = until % NS_PER_S;
            syscall(SYS_futex_waitv, waits_.data(), waits_.size(), 0, &date, CLOCK_MONOTONIC);
        }
        for (auto& client : clients_) {
            Doorbell(&client->memory.to_server()->kernel_word).disarm();
        }
    }
};

}  // namespace bench

#endif
