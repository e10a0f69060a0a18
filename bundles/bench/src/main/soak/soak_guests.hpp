// What the guests of a soak send and how they find out what they have missed; the same words in Java and Python.
//
// Every source numbers its events from 0. Its kind says how a number travels:
//   plain  by turns a pair of words that holds the whole number and a check, a controller, a key pressure, a wheel with
//          the lower bits of it; at once
//   dated  pairs of words, with dates that grow
//   notes  a pair of words, then three notes that end by themselves; all have dates, for `at once` means a later one
//   sysex  system exclusive messages of some kilobytes, with the number and a sum
#ifndef CARILLON_BENCH_SOAK_GUESTS_HPP
#define CARILLON_BENCH_SOAK_GUESTS_HPP

#include <algorithm>
#include <array>
#include <cstdint>
#include <map>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include "carillon/client.hpp"

namespace soak {

using namespace carillon;

constexpr std::int64_t NS_PER_MS = 1'000'000;
constexpr int IN_FOUR = 4;
constexpr int CONTROLLERS = 32;      // the first ones: none of them is a pedal
constexpr int LOW_PITCH = 12;
constexpr int PITCHES = 96;
constexpr int VELOCITIES = 127;
constexpr int NUMBER_BITS = 40;
constexpr int SEVEN_BITS = 0x7F;
constexpr int NUMBER_BYTES = 5;
constexpr std::size_t SYSEX_HEAD = 2 + 2 * NUMBER_BYTES;
constexpr std::size_t SYSEX_TAIL = 3;

inline std::uint64_t check(std::int64_t number, std::int32_t source) {
    return (static_cast<std::uint64_t>(number) * 0x9E3779B97F4A7C15u
                   + static_cast<std::uint64_t>(source) * 0xC2B2AE3D27D4EB4Fu) >> NUMBER_BITS;
}

inline std::uint64_t words(std::int64_t number, std::int32_t source) {
    return static_cast<std::uint64_t>(number) | check(number, source) << NUMBER_BITS;
}

inline void append_seven_bits(std::vector<std::uint8_t>& message, std::uint64_t value, int bytes) {
    for (int i = 0; i < bytes; ++i) {
        message.push_back(static_cast<std::uint8_t>(value >> 7 * i & SEVEN_BITS));
    }
}

inline std::uint64_t seven_bits(const std::vector<std::uint8_t>& message, std::size_t from, int bytes) {
    std::uint64_t value = 0;
    for (int i = 0; i < bytes; ++i) {
        value |= static_cast<std::uint64_t>(message[from + static_cast<std::size_t>(i)]) << 7 * i;
    }
    return value;
}

inline unsigned sum(const std::vector<std::uint8_t>& message, std::size_t length) {
    unsigned sum = 0;
    for (std::size_t i = 0; i < length; ++i) {
        sum = sum * 31 + message[i];
    }
    return sum & 0x3FFF;
}

inline std::vector<std::uint8_t> sysex(std::int64_t number, std::int32_t source) {
    std::vector<std::uint8_t> message{0xF0, 0x7D};
    append_seven_bits(message, static_cast<std::uint64_t>(number), NUMBER_BYTES);
    append_seven_bits(message, static_cast<std::uint64_t>(source), NUMBER_BYTES);
    for (std::int64_t i = 0, length = 200 + number * 977 % 5000; i < length; ++i) {
        message.push_back(static_cast<std::uint8_t>((number + i * 7) & SEVEN_BITS));
    }
    append_seven_bits(message, sum(message, message.size()), 2);
    message.push_back(0xF7);
    return message;
}

// What came of one source for one destination.
struct Flow {
    std::int64_t count = 0;
    std::int64_t last = -1;
    std::vector<std::uint8_t> message;  // system exclusive, not ended yet
};

// Everything that a guest has received.
class Tally {
public:
    void take(const Event& event, std::int64_t now_ns) {
        if (event.time_ns > now_ns) {
            ++early_;
        }
        int index = event.destination_index();
        if (event.type == KEY_OFF) {
            --sounding_[{index, key(event)}];
            return;
        }
        if (event.word.source_id == 0) {
            ++released_;
            return;
        }
        Flow& flow = flows_[{event.word.source_id, index}];
        switch (event.type) {
            case UMP64: whole(flow, event); break;
            case CONTROL_CHANGE: part(flow, event.data[1] | event.data[2] << 5, 1 << 12, 1); break;
            case KEY_PRESS: part(flow, event.data[1] | event.data[2] << 7, 1 << 14, 2); break;
            case PITCH_WHEEL: part(flow, event.data[1] | event.data[2] << 7, 1 << 14, 3); break;
            case KEY_ON:
                ++sounding_[{index, key(event)}];
                part(flow, event.data[1] - LOW_PITCH + (event.data[2] - 1) * PITCHES, PITCHES * VELOCITIES, -1);
                break;
            case SYSEX: piece(flow, event); break;
            default: ++torn_;
        }
    }

    std::int64_t stuck() const {
        std::int64_t stuck = 0;
        for (const auto& [key, count] : sounding_) {
            stuck += std::abs(count);
        }
        return stuck;
    }

    void tell(std::ostream& to) const {
        for (const auto& [ends, flow] : flows_) {
            to << ",\"n_" << ends.first << '_' << ends.second << "\":" << flow.count;
        }
        to << ",\"outOfOrder\":" << out_of_order_ << ",\"doubled\":" << doubled_ << ",\"torn\":" << torn_
           << ",\"early\":" << early_ << ",\"released\":" << released_ << ",\"cut\":" << cut_
           << ",\"stuckNotes\":" << stuck();
    }

private:
    std::map<std::pair<std::int32_t, int>, Flow> flows_;
    std::map<std::pair<int, int>, std::int64_t> sounding_;
    std::int64_t out_of_order_ = 0;
    std::int64_t doubled_ = 0;
    std::int64_t torn_ = 0;
    std::int64_t early_ = 0;
    std::int64_t released_ = 0;  // what the server sent by itself, to end what a connection had started
    std::int64_t cut_ = 0;

    static int key(const Event& event) { return event.channel() << 7 | event.data[1]; }

    void count(Flow& flow, std::int64_t number) {
        if (number == flow.last) {
            ++doubled_;
        } else if (number < flow.last) {
            ++out_of_order_;
        }
        flow.last = std::max(flow.last, number);
        ++flow.count;
    }

    void whole(Flow& flow, const Event& event) {
        std::uint64_t words = 0;
        std::memcpy(&words, event.data, sizeof words);
        auto number = static_cast<std::int64_t>(words & ((std::uint64_t{1} << NUMBER_BITS) - 1));
        if (words >> NUMBER_BITS != check(number, event.word.source_id)) {
            ++torn_;  // and not received: so it is missing, too
            return;
        }
        count(flow, number);
    }

    // The next number that has these lower bits.
    void part(Flow& flow, std::int64_t low, std::int64_t modulus, int turn) {
        std::int64_t next = flow.last + 1;
        std::int64_t number = next + ((low - next) % modulus + modulus) % modulus;
        if (turn >= 0 && number % IN_FOUR != turn) {
            ++torn_;
        }
        count(flow, number);
    }

    void piece(Flow& flow, const Event& event) {
        if ((event.flags() & BEGIN) != 0) {
            flow.message.clear();
        }
        flow.message.insert(flow.message.end(), event.payload(), event.payload() + event.payload_length());
        if ((event.flags() & INCOMPLETE) != 0) {
            ++cut_;
            flow.message.clear();
        } else if ((event.flags() & END) != 0) {
            ended(flow, event.word.source_id);
            flow.message.clear();
        }
    }

    void ended(Flow& flow, std::int32_t source) {
        const auto& message = flow.message;
        if (message.size() < SYSEX_HEAD + SYSEX_TAIL || message.front() != 0xF0 || message.back() != 0xF7
                || seven_bits(message, 2 + NUMBER_BYTES, NUMBER_BYTES) != static_cast<std::uint64_t>(source)
                || seven_bits(message, message.size() - SYSEX_TAIL, 2) != sum(message, message.size() - SYSEX_TAIL)) {
            ++torn_;
        } else {
            count(flow, static_cast<std::int64_t>(seven_bits(message, 2, NUMBER_BYTES)));
        }
    }
};

}  // namespace soak

#endif
