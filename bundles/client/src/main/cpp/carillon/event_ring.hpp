// The two ends of a ring of event records in session memory; see session_memory.hpp. One thread each.
//
// The other end may be another process and is not trusted: each word that it may write is read once into a local and
// checked before it is used, own positions are members here, and a record is copied before anybody looks at it. What
// cannot be is a RingFault: nothing passes any more, and the owner ends the session. Nothing here allocates, locks,
// throws or waits. A full ring is an answer: offer returns false at once and counts.
#ifndef CARILLON_EVENT_RING_HPP
#define CARILLON_EVENT_RING_HPP

#include <cstdint>
#include <cstring>

#include "doorbell.hpp"
#include "event.hpp"
#include "session_memory.hpp"

namespace carillon {

// What the other side did that it must not.
enum class RingFault { NONE, BACKWARD, BEYOND, UNALIGNED, LENGTH, UNPUBLISHED, WRAPPED, TYPE, PADDING };

inline const char* text_of(RingFault fault) {
    switch (fault) {
        case RingFault::NONE: return "no fault";
        case RingFault::BACKWARD: return "position moved backward";
        case RingFault::BEYOND: return "position beyond the ring";
        case RingFault::UNALIGNED: return "position not a multiple of 8";
        case RingFault::LENGTH: return "record length out of range";
        case RingFault::UNPUBLISHED: return "record longer than what is published";
        case RingFault::WRAPPED: return "record across the end of the ring";
        case RingFault::TYPE: return "record type not above 0";
        case RingFault::PADDING: return "padding that does not reach the end of the ring";
    }
    return "unknown fault";
}

namespace detail {

inline std::int64_t header_of(std::int32_t length, std::int32_t type) {
    return static_cast<std::int64_t>(static_cast<std::uint64_t>(static_cast<std::uint32_t>(type)) << 32
            | static_cast<std::uint32_t>(length));
}

inline std::int64_t load_word(const std::uint8_t* from) {
    return __atomic_load_n(reinterpret_cast<const std::int64_t*>(from), __ATOMIC_RELAXED);
}

inline void store_word(std::uint8_t* to, std::int64_t value) {
    __atomic_store_n(reinterpret_cast<std::int64_t*>(to), value, __ATOMIC_RELAXED);
}

}  // namespace detail

// The end that puts records in.
class EventProducer {
public:
    // The client's end of the ring to the server.
    EventProducer(ToServer* own, const ToClient* peer)
        : EventProducer(own->data, &own->tail, &peer->head, own->refused, peer->to_server_capacity,
                  &own->kernel_word) {}

    // The server's end of the ring to the client, for tests and measurements; the counts are 8 words of its own.
    EventProducer(ToClient* own, ToServer* peer, std::int64_t* refused)
        : EventProducer(own->data, &own->tail, &peer->head, refused, own->to_client_capacity, &peer->client_word) {}

    // Puts in a short message; false when there is no room.
    bool offer(std::int32_t type, std::int64_t time_ns, Word word, std::uint64_t data) {
        std::uint8_t* record = room(SHORT_LENGTH);
        if (record == nullptr) {
            return false;
        }
        std::int64_t word_bits;
        std::memcpy(&word_bits, &word, sizeof word_bits);
        detail::store_word(record, detail::header_of(SHORT_LENGTH, type));
        detail::store_word(record + 8, time_ns);
        detail::store_word(record + 16, word_bits);
        detail::store_word(record + HEADER_LENGTH, static_cast<std::int64_t>(data));
        publish(SHORT_LENGTH);
        return true;
    }

    // Puts in a record with some payload after its header; false when there is no room or it is too long.
    bool offer(std::int32_t type, std::int64_t time_ns, Word word, const void* payload, std::int32_t payload_length) {
        std::uint8_t* record = payload_length < 0 || payload_length > MAX_PAYLOAD_LENGTH
                ? refuse(Refusal::LENGTH)
                : claim(type, HEADER_LENGTH + payload_length);
        if (record == nullptr) {
            return false;
        }
        std::memcpy(record + 8, &time_ns, sizeof time_ns);
        std::memcpy(record + 16, &word, sizeof word);
        if (payload_length > 0) {
            std::memcpy(record + HEADER_LENGTH, payload, static_cast<std::size_t>(payload_length));
        }
        commit();
        return true;
    }

    // Makes room for a record to be written in place, all but its first eight bytes; null when there is none. A second
    // claim takes the place of the first.
    std::uint8_t* claim(std::int32_t type, std::int32_t length) {
        if (length < HEADER_LENGTH || length > MAX_LENGTH) {
            return refuse(Refusal::LENGTH);
        }
        std::uint8_t* record = room(static_cast<std::int32_t>(aligned(length)));
        if (record != nullptr) {
            claimed_ = record;
            claimed_header_ = detail::header_of(length, type);
        }
        return record;
    }

    // Publishes the claimed record.
    void commit() {
        if (claimed_ != nullptr) {
            detail::store_word(claimed_, claimed_header_);
            claimed_ = nullptr;
            publish(aligned(static_cast<std::int32_t>(claimed_header_)));
        }
    }

    // Forgets the claimed record: the ring is as it was before.
    void abort() { claimed_ = nullptr; }

    // Wakes the consumer if something was put in since the last call: true when that took a system call.
    bool flush() {
        if (!unrung_) {
            return false;
        }
        unrung_ = false;
        return bell_.ring();
    }

    std::int64_t capacity() const { return capacity_; }
    std::int64_t free_bytes() { return has_room(0) ? capacity_ - (position_ - head_) : 0; }
    std::int64_t refused(Refusal reason) const {
        return __atomic_load_n(&refused_[static_cast<int>(reason)], __ATOMIC_RELAXED);
    }
    RingFault fault() const { return fault_; }

private:
    std::uint8_t* data_;
    std::int64_t* tail_word_;
    const std::int64_t* head_word_;
    std::int64_t* refused_;
    std::int64_t capacity_;
    Doorbell bell_;
    std::int64_t position_ = 0;
    std::int64_t head_ = 0;     // the last that was read and found right
    std::int64_t padding_ = 0;  // what the next record leaves empty at the end of the ring
    std::uint8_t* claimed_ = nullptr;
    std::int64_t claimed_header_ = 0;
    bool unrung_ = false;
    RingFault fault_ = RingFault::NONE;

    EventProducer(std::uint8_t* data, std::int64_t* tail, const std::int64_t* head, std::int64_t* refused,
            std::int64_t capacity, std::int32_t* bell)
        : data_(data), tail_word_(tail), head_word_(head), refused_(refused), capacity_(capacity), bell_(bell) {}

    std::uint8_t* room(std::int64_t length) {
        std::int64_t index = position_ & (capacity_ - 1);
        std::int64_t rest = capacity_ - index;
        std::int64_t needed = length > rest ? rest + length : length;
        if (needed > capacity_ - (position_ - head_) && !has_room(needed)) {
            return refuse(fault_ == RingFault::NONE ? Refusal::FULL : Refusal::ENDED);
        }
        if (length > rest) {
            detail::store_word(data_ + index, detail::header_of(static_cast<std::int32_t>(rest), PADDING_TYPE));
            padding_ = rest;
            return data_;
        }
        padding_ = 0;
        return data_ + index;
    }

    // Reads the head, once; the acquire load pairs with the consumer's release store, behind its last read.
    bool has_room(std::int64_t needed) {
        if (fault_ != RingFault::NONE) {
            return false;
        }
        std::int64_t seen = __atomic_load_n(head_word_, __ATOMIC_ACQUIRE);
        if (seen < head_) {
            return fail(RingFault::BACKWARD);
        }
        if (seen > position_) {
            return fail(RingFault::BEYOND);
        }
        if ((seen & 7) != 0) {
            return fail(RingFault::UNALIGNED);
        }
        head_ = seen;
        return needed <= capacity_ - (position_ - seen);
    }

    // The release store pairs with the consumer's acquire load: the record is there before the new tail.
    void publish(std::int64_t length) {
        position_ += padding_ + length;
        __atomic_store_n(tail_word_, position_, __ATOMIC_RELEASE);
        unrung_ = true;
    }

    std::uint8_t* refuse(Refusal reason) {
        std::int64_t* count = &refused_[static_cast<int>(reason)];
        __atomic_store_n(count, __atomic_load_n(count, __ATOMIC_RELAXED) + 1, __ATOMIC_RELAXED);
        return nullptr;
    }

    bool fail(RingFault fault) {
        fault_ = fault;
        head_ = position_ - capacity_;  // full from here on
        return false;
    }
};

// The end that takes records out.
class EventConsumer {
public:
    // The client's end of the ring to the client.
    EventConsumer(const ToClient* peer, ToServer* own)
        : data_(peer->data), tail_word_(&peer->tail), head_word_(&own->head), capacity_(peer->to_client_capacity) {}

    // The server's end of the ring to the server, for tests and measurements.
    EventConsumer(const ToServer* peer, ToClient* own)
        : data_(peer->data), tail_word_(&peer->tail), head_word_(&own->head), capacity_(own->to_server_capacity) {}

    // Hands waiting records to a callable that takes `const Event&`, a private copy, good until it returns. Returns how
    // many, which may be fewer than wait: nothing waits only when it is 0.
    template <typename Handler>
    int poll(Handler&& handler, int limit) {
        if (position_ == tail_ && !read_tail()) {
            return 0;
        }
        int count = 0;
        while (count < limit && position_ < tail_) {
            std::int64_t index = position_ & (capacity_ - 1);
            // one read for both: the producer may change them between two
            std::int64_t header = detail::load_word(data_ + index);
            auto length = static_cast<std::int32_t>(header);
            auto type = static_cast<std::int32_t>(header >> 32);
            if (!is_record(type, length, capacity_ - index, tail_ - position_)) {
                break;
            }
            position_ += aligned(length);
            if (type != PADDING_TYPE) {
                copy(header, data_ + index, length);
                handler(static_cast<const Event&>(copy_.event));
                ++count;
            }
        }
        // the release store pairs with the producer's acquire load: what was read was read before its room is free
        __atomic_store_n(head_word_, position_, __ATOMIC_RELEASE);
        return count;
    }

    bool is_empty() { return position_ == tail_ && !read_tail(); }
    std::int64_t capacity() const { return capacity_; }
    RingFault fault() const { return fault_; }

private:
    static constexpr int WORDWISE_LENGTH = 64;

    const std::uint8_t* data_;
    const std::int64_t* tail_word_;
    std::int64_t* head_word_;
    std::int64_t capacity_;
    std::int64_t position_ = 0;
    std::int64_t tail_ = 0;  // the last that was read and found right; read again only when all before it is taken
    RingFault fault_ = RingFault::NONE;
    union {
        std::uint8_t bytes[MAX_LENGTH];
        Event event;
    } copy_ = {};

    // Reads the tail, once; the acquire load pairs with the producer's release store, behind its record.
    bool read_tail() {
        if (fault_ != RingFault::NONE) {
            return false;
        }
        std::int64_t seen = __atomic_load_n(tail_word_, __ATOMIC_ACQUIRE);
        if (seen == tail_) {
            return false;
        }
        if (seen < tail_) {
            return fail(RingFault::BACKWARD);
        }
        if (seen - position_ > capacity_) {
            return fail(RingFault::BEYOND);
        }
        if ((seen & 7) != 0) {
            return fail(RingFault::UNALIGNED);
        }
        tail_ = seen;
        return true;
    }

    bool is_record(std::int32_t type, std::int32_t length, std::int64_t rest, std::int64_t published) {
        if (type > 0 && length >= HEADER_LENGTH && length <= MAX_LENGTH) {
            std::int64_t taken = aligned(length);
            if (taken <= published && taken <= rest) {
                return true;
            }
            return fail(taken > rest ? RingFault::WRAPPED : RingFault::UNPUBLISHED);
        }
        if (type == PADDING_TYPE) {
            return (length == rest && length <= published) || fail(RingFault::PADDING);
        }
        return fail(type <= 0 ? RingFault::TYPE : RingFault::LENGTH);
    }

    void copy(std::int64_t header, const std::uint8_t* from, std::int32_t length) {
        std::memcpy(copy_.bytes, &header, sizeof header);
        if (length > WORDWISE_LENGTH) {
            std::memcpy(copy_.bytes + 8, from + 8, static_cast<std::size_t>(length - 8));
            return;
        }
        for (int i = 8; i < length; i += 8) {
            std::int64_t word = detail::load_word(from + i);
            std::memcpy(copy_.bytes + i, &word, sizeof word);
        }
    }

    bool fail(RingFault fault) {
        fault_ = fault;
        tail_ = position_;  // nothing more comes out
        return false;
    }
};

}  // namespace carillon

#endif
