// What is sent: events that carry a running number as their date, and whose data follows from it, so that whoever
// receives one knows whether it is whole. The dates lie far in the past: they are routed at once and keep it.
#ifndef CARILLON_BENCH_KILL_PAYLOAD_HPP
#define CARILLON_BENCH_KILL_PAYLOAD_HPP

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>
#include <vector>

#include "ledger.hpp"

namespace bench {

constexpr std::int64_t DATE_OF_ZERO = -(std::int64_t{1} << 62);
constexpr int NUMBER_BITS = 32;  // of a sender's events; above them stands who it is
constexpr int KEY_PRESSURE = 0xA0;  // of all messages of 14 bits the one that starts nothing
constexpr std::size_t MAX_SYSEX = 6'000;
constexpr std::size_t SYSEX_HEAD = 2 + 9;

inline std::int64_t date_of(std::int64_t number) { return DATE_OF_ZERO + number; }
inline std::int64_t number_of(std::int64_t date) { return date - DATE_OF_ZERO; }
inline std::int64_t first_of(std::int64_t sender) { return (sender + 1) << NUMBER_BITS; }
inline std::int64_t sender_of(std::int64_t number) { return (number >> NUMBER_BITS) - 1; }

// Fourteen bits that follow from a number.
inline int hash_of(std::int64_t number) {
    auto mixed = static_cast<std::uint64_t>(number) * 0x9E3779B97F4A7C15u;
    return static_cast<int>(mixed >> 50);
}

// Bytes of seven bits; a message takes them from a place that follows from its number.
class Pattern {
public:
    static constexpr int PLACES = 16;

    Pattern() {
        for (std::size_t i = 0; i < bytes_.size(); ++i) {
            bytes_[i] = static_cast<std::uint8_t>(hash_of(static_cast<std::int64_t>(i)) & 0x7F);
        }
    }

    // The bytes behind the head of a message.
    const std::uint8_t* from(std::int64_t number) const { return bytes_.data() + (number & (PLACES - 1)); }

    // Whether these bytes are the ones of a number.
    bool is(const std::uint8_t* message, std::size_t length, std::int64_t number) const {
        if (length <= SYSEX_HEAD || length > MAX_SYSEX || message[0] != 0xF0 || message[length - 1] != 0xF7) {
            return false;
        }
        std::int64_t carried = 0;
        for (int i = 0; i < 9; ++i) {
            carried |= static_cast<std::int64_t>(message[2 + i]) << 7 * i;
        }
        return carried == number && std::memcmp(message + SYSEX_HEAD, from(number), length - SYSEX_HEAD - 1) == 0;
    }

private:
    std::array<std::uint8_t, MAX_SYSEX + PLACES> bytes_;
};

// Sends events one after the other; the next number is due only when the last one was taken.
class NumberedSender {
public:
    NumberedSender(Source& source, std::int64_t first, std::uint64_t seed)
        : source_(source), next_(first), random_(seed | 1), messages_(Pattern::PLACES) {
        Pattern pattern;
        for (int place = 0; place < Pattern::PLACES; ++place) {
            Message& message = messages_[static_cast<std::size_t>(place)];
            message[0] = 0xF0;
            message[1] = 0x7D;  // of no manufacturer
            std::memcpy(message.data() + SYSEX_HEAD, pattern.from(place), MAX_SYSEX - SYSEX_HEAD);
        }
    }

    std::int64_t next() const { return next_; }

    // A short one, or a system exclusive one of any length. False when it was not taken as a whole.
    bool send(std::int64_t& begun) {
        store(begun, next_);
        std::uint64_t dice = random();
        bool is_sent = dice % 4 == 0 ? send_short() : send_long(dice >> 8);
        if (is_sent) {
            ++next_;
        }
        return is_sent;
    }

    std::uint64_t random() {  // xorshift64 (G. Marsaglia, 2003)
        random_ ^= random_ << 13;
        random_ ^= random_ >> 7;
        random_ ^= random_ << 17;
        return random_;
    }

private:
    using Message = std::array<std::uint8_t, MAX_SYSEX>;

    static constexpr std::chrono::seconds ROOM_LIMIT{5};

    Source& source_;
    std::int64_t next_;
    std::uint64_t random_;
    std::vector<Message> messages_;  // all but what follows from number and length is written once

    bool send_short() {
        int hash = hash_of(next_);
        return source_.send(date_of(next_), KEY_PRESSURE, hash & 0x7F, hash >> 7);
    }
    bool send_long(std::uint64_t dice) {
        std::size_t most = dice % 2 == 0 ? MAX_SYSEX : 900;  // some records, or one
        std::size_t length = SYSEX_HEAD + 1 + (dice >> 2) % (most - SYSEX_HEAD - 1);
        std::uint8_t* message = messages_[static_cast<std::size_t>(next_ & (Pattern::PLACES - 1))].data();
        for (int i = 0; i < 9; ++i) {
            message[2 + i] = static_cast<std::uint8_t>(next_ >> 7 * i & 0x7F);
        }
        std::uint8_t last = message[length - 1];
        message[length - 1] = 0xF7;
        bool is_sent = source_.send_message(date_of(next_), message, length, ROOM_LIMIT);
        message[length - 1] = last;
        return is_sent;
    }
};

// Takes what senders sent.
class NumberedReceiver {
public:
    explicit NumberedReceiver(std::int64_t senders) : last_(static_cast<std::size_t>(senders), 0) {}

    std::int64_t events() const { return events_; }
    std::int64_t lost() const { return lost_; }
    std::int64_t torn() const { return torn_; }
    std::int64_t doubled() const { return doubled_; }
    std::int64_t cut() const { return cut_; }
    std::int64_t last(std::int64_t sender) const { return last_[static_cast<std::size_t>(sender)]; }

    void take(const Event& event) {
        std::int64_t number = number_of(event.time_ns);
        if (event.type == SYSEX) {
            piece(event, number);
            return;
        }
        int hash = hash_of(number);
        whole(number, event.type == KEY_PRESS && event.data[0] == KEY_PRESSURE && event.data[1] == (hash & 0x7F)
                        && event.data[2] == hash >> 7);
    }

private:
    std::vector<std::int64_t> last_;
    std::vector<std::uint8_t> message_;
    std::int64_t in_message_ = 0;  // number of the message that is coming, 0 for none
    std::int64_t events_ = 0;
    std::int64_t lost_ = 0;
    std::int64_t torn_ = 0;
    std::int64_t doubled_ = 0;
    std::int64_t cut_ = 0;
    Pattern pattern_;

    void piece(const Event& event, std::int64_t number) {
        if ((event.flags() & INCOMPLETE) != 0) {  // its sender has died; that end is made by the server
            in_message_ = 0;
            ++cut_;
            return;
        }
        if ((event.flags() & BEGIN) != 0) {
            torn_ += in_message_ != 0 ? 1 : 0;
            in_message_ = number;
            message_.clear();
        } else if (in_message_ != number) {
            ++torn_;
        }
        message_.insert(message_.end(), event.payload(), event.payload() + event.payload_length());
        if ((event.flags() & END) != 0) {
            whole(number, in_message_ == number && pattern_.is(message_.data(), message_.size(), number));
            in_message_ = 0;
        }
    }

    void whole(std::int64_t number, bool is_right) {
        std::int64_t sender = sender_of(number);
        ++events_;
        if (!is_right || sender < 0 || sender >= static_cast<std::int64_t>(last_.size())) {
            ++torn_;
            return;
        }
        std::int64_t& last = last_[static_cast<std::size_t>(sender)];
        std::int64_t due = std::max(last + 1, first_of(sender));
        doubled_ += number < due ? 1 : 0;
        lost_ += std::max<std::int64_t>(0, number - due);
        last = std::max(last, number);
    }
};

}  // namespace bench

#endif
