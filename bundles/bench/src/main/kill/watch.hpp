// Programs that wait for the end of the server, and go on when another is there. Nothing here does anything for that:
// each program sends a note to itself through two filters, before and after.
#ifndef CARILLON_BENCH_KILL_WATCH_HPP
#define CARILLON_BENCH_KILL_WATCH_HPP

#include <sstream>

#include "ledger.hpp"

namespace bench {

class Watcher {
public:
    Watcher(const std::string& socket, int number)
        : name_("cpp-watch" + std::to_string(number)), client_(name_, options_at(socket)) {
        client_.on_state([this](ClientState state) {
            if (state == ClientState::EXCEPTION) {
                store(lost_ns_, mono_now_ns());
            }
        });
        session_ = client_.open(name_);
        out_ = &session_->source("out");
        session_->destination("in");
        session_->connect(out_->name(), name_ + ":in", "transp 1");
        session_->filter_destination(name_ + ":in", "transp 2");
    }

    // When the end of the server became known, 0 when it did not within the limit; the next end is waited for anew.
    std::int64_t lost_ns(std::int64_t limit_ns) {
        while (load(lost_ns_) == 0 && mono_now_ns() < limit_ns) {
            sleep_until(mono_now_ns() + NS_PER_MS);
        }
        return __atomic_exchange_n(&lost_ns_, 0, __ATOMIC_ACQ_REL);
    }

    // Whether a note passes both filters within the limit.
    bool is_back(std::int64_t limit_ns) {
        while (!out_->send(0, 0x90, 60, 100)) {
            if (mono_now_ns() > limit_ns) {
                return false;
            }
            sleep_until(mono_now_ns() + NS_PER_MS);
        }
        out_->flush();
        int key = 0;
        while (session_->poll([&key](const Event& event) { key = event.data[1]; }, 1) == 0
                && mono_now_ns() < limit_ns) {
            session_->await(std::min(limit_ns, mono_now_ns() + 10 * NS_PER_MS));
        }
        return key == 63;
    }

private:
    std::string name_;
    Client client_;
    std::int64_t lost_ns_ = 0;
    std::unique_ptr<Session> session_;
    Source* out_ = nullptr;
};

class Watchers {
public:
    Watchers(const std::string& socket, int count) {
        for (int i = 0; i < count; ++i) {
            watchers_.push_back(std::make_unique<Watcher>(socket, i));
        }
    }

    std::string lost() {
        std::int64_t limit = mono_now_ns() + LIMIT_NS;
        std::ostringstream answer;
        answer << "{\"watchers\":" << watchers_.size();
        for (std::size_t i = 0; i < watchers_.size(); ++i) {
            answer << ",\"at" << i << "\":" << watchers_[i]->lost_ns(limit);
        }
        answer << "}";
        return answer.str();
    }

    std::string back() {
        std::int64_t limit = mono_now_ns() + LIMIT_NS;
        auto count = std::count_if(watchers_.begin(), watchers_.end(),
                [limit](auto& watcher) { return watcher->is_back(limit); });
        return "{\"back\":" + std::to_string(count) + "}";
    }

private:
    static constexpr std::int64_t LIMIT_NS = 20 * NS_PER_S;

    std::vector<std::unique_ptr<Watcher>> watchers_;
};

}  // namespace bench

#endif
