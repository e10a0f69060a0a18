// The ring beside a queue, between two threads, and with an other side that is hostile.
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <deque>
#include <random>
#include <string>
#include <thread>

#include "carillon/event_ring.hpp"
#include "carillon/server_view.hpp"

using namespace carillon;

namespace {

int failures = 0;

void require(bool holds, const char* what, int line) {
    if (!holds) {
        ++failures;
        std::printf("line %d: %s\n", line, what);
    }
}

#define REQUIRE(condition) require(condition, #condition, __LINE__)

constexpr std::size_t LENGTH = SESSION_HEAD_LENGTH + MIN_CAPACITY;

struct Ring {
    ToServer* to_server = static_cast<ToServer*>(std::aligned_alloc(128, LENGTH));
    ToClient* to_client = static_cast<ToClient*>(std::aligned_alloc(128, LENGTH));
    EventProducer producer;
    EventConsumer consumer;

    Ring() : producer(zeroed(), to_client), consumer(static_cast<const ToServer*>(to_server), to_client) {}
    ~Ring() {
        std::free(to_server);
        std::free(to_client);
    }
    Ring(const Ring&) = delete;
    Ring& operator=(const Ring&) = delete;

    bool offer(std::int64_t number) { return producer.offer(KEY_ON, number, Word{1, 2, 3, 0}, 7); }
    int poll() {
        int count = 0;
        while (consumer.poll([&](const Event&) { ++count; }, 100) > 0) {
        }
        return count;
    }
    void header(std::int64_t index, std::int32_t length, std::int32_t type) {
        std::memcpy(to_server->data + index, &length, 4);
        std::memcpy(to_server->data + index + 4, &type, 4);
    }

private:
    ToServer* zeroed() {
        std::memset(static_cast<void*>(to_server), 0, LENGTH);
        std::memset(static_cast<void*>(to_client), 0, LENGTH);
        create_session_memory(to_client, 1, MIN_CAPACITY, MIN_CAPACITY);
        return to_server;
    }
};

void should_do_as_a_queue_does() {
    Ring ring;
    std::mt19937 random(1);
    std::deque<std::string> model;
    std::int64_t full = 0;
    std::uint8_t bytes[MAX_LENGTH];
    for (int i = 0; i < 500'000; ++i) {
        int what = static_cast<int>(random() % 10);
        if (what < 6) {
            auto length = static_cast<std::int32_t>(random() % 3 != 0 ? 8 : random() % (MAX_PAYLOAD_LENGTH + 1));
            for (int at = 0; at < length; ++at) {
                bytes[at] = static_cast<std::uint8_t>(random());
            }
            bool taken;
            if (what < 4) {
                taken = ring.producer.offer(TEXT, i, Word{}, bytes, length);
            } else {
                std::uint8_t* record = ring.producer.claim(TEXT, HEADER_LENGTH + length);
                taken = record != nullptr;
                if (taken && random() % 3 == 0) {
                    ring.producer.abort();
                    continue;
                }
                if (taken) {
                    std::memcpy(record + HEADER_LENGTH, bytes, static_cast<std::size_t>(length));
                    ring.producer.commit();
                }
            }
            if (taken) {
                model.emplace_back(reinterpret_cast<char*>(bytes), static_cast<std::size_t>(length));
            } else {
                ++full;
                REQUIRE(ring.producer.free_bytes() < 2 * aligned(HEADER_LENGTH + length));
            }
        } else {
            int limit = static_cast<int>(random() % 5);
            int count = ring.consumer.poll([&](const Event& event) {
                REQUIRE(!model.empty() && event.type == TEXT
                        && model.front() == std::string(reinterpret_cast<const char*>(event.payload()),
                                static_cast<std::size_t>(event.payload_length())));
                model.pop_front();
            }, limit);
            REQUIRE(count > 0 || limit == 0 || model.empty());
        }
        REQUIRE(ring.consumer.is_empty() == model.empty());
    }
    REQUIRE(full > 100 && ring.producer.refused(Refusal::FULL) == full);
    REQUIRE(!ring.producer.offer(TEXT, 0, Word{}, bytes, MAX_PAYLOAD_LENGTH + 1));
    REQUIRE(!ring.producer.offer(TEXT, 0, Word{}, bytes, -1));
    REQUIRE(ring.producer.refused(Refusal::LENGTH) == 2);
}

void should_hand_over_between_threads() {
    Ring ring;
    constexpr std::int64_t COUNT = 2'000'000;
    std::thread producer([&] {
        for (std::int64_t i = 0; i < COUNT;) {
            if (ring.offer(i)) {
                ++i;
            } else {
                std::this_thread::yield();
            }
            ring.producer.flush();
        }
    });
    std::int64_t next = 0;
    bool in_order = true;
    Doorbell bell(&ring.to_server->kernel_word);
    while (next < COUNT && in_order) {
        int count = ring.consumer.poll([&](const Event& event) { in_order &= event.time_ns == next++; }, 256);
        if (count == 0) {
            bell.arm();
            if (ring.consumer.is_empty()) {
                timespec now{};
                clock_gettime(CLOCK_MONOTONIC, &now);
                sleep_on(&ring.to_server->kernel_word, (now.tv_sec + 20) * 1'000'000'000 + now.tv_nsec);
            }
            bell.disarm();
        }
    }
    producer.join();
    REQUIRE(in_order && next == COUNT);
}

void should_see(RingFault fault, std::int64_t tail, std::int32_t length = 0, std::int32_t type = 0) {
    Ring ring;
    ring.offer(1);
    ring.offer(2);
    REQUIRE(ring.poll() == 2);
    if (type != 0 || length != 0) {
        ring.header(64, length, type);
    }
    ring.to_server->tail = tail;
    int count = ring.poll();
    if (count != 0 || ring.consumer.fault() != fault) {
        ++failures;
        std::printf("tail=%lld, length=%d, type=%d: expected=%s, actual=%s, count=%d\n", static_cast<long long>(tail),
                length, type, text_of(fault), text_of(ring.consumer.fault()), count);
    }
    REQUIRE(ring.consumer.is_empty());
}

void should_see_hostile_producers() {
    should_see(RingFault::BACKWARD, 0);
    should_see(RingFault::BACKWARD, INT64_MIN);
    should_see(RingFault::BEYOND, INT64_MAX);
    should_see(RingFault::BEYOND, 64 + MIN_CAPACITY + 8);
    should_see(RingFault::UNALIGNED, 65);
    should_see(RingFault::LENGTH, 96, 23, KEY_ON);
    should_see(RingFault::LENGTH, 96, -7, KEY_ON);
    should_see(RingFault::LENGTH, 96, INT32_MIN, KEY_ON);
    should_see(RingFault::LENGTH, 96, 1025, KEY_ON);
    should_see(RingFault::UNPUBLISHED, 96, 40, KEY_ON);
    should_see(RingFault::TYPE, 96, 32, 0);
    should_see(RingFault::TYPE, 96, 32, -2);
    should_see(RingFault::PADDING, 96, 32, PADDING_TYPE);
    should_see(RingFault::PADDING, 96, 8128, PADDING_TYPE);
}

void should_see_hostile_consumers() {
    for (std::int64_t head : {std::int64_t{-8}, INT64_MIN, INT64_MAX, MIN_CAPACITY + 40, std::int64_t{4}}) {
        Ring ring;
        ring.to_client->head = head;
        int taken = 0;
        while (ring.offer(1) && taken < 1'000) {
            ++taken;
        }
        REQUIRE(taken == MIN_CAPACITY / SHORT_LENGTH);
        REQUIRE(ring.producer.fault() != RingFault::NONE);
        ring.to_client->head = 32;
        REQUIRE(!ring.offer(1) && ring.producer.free_bytes() == 0);
        REQUIRE(ring.producer.refused(Refusal::ENDED) == 2);
    }
}

void should_check_memory() {
    Ring ring;
    REQUIRE(check_session_memory(ring.to_client, LENGTH, LENGTH) == nullptr);
    REQUIRE(check_session_memory(ring.to_client, LENGTH - 1, LENGTH) != nullptr);
    REQUIRE(check_session_memory(ring.to_client, LENGTH, 100) != nullptr);
    ring.to_client->to_client_capacity = 12'288;
    REQUIRE(check_session_memory(ring.to_client, LENGTH, LENGTH) != nullptr);
    ring.to_client->to_client_capacity = MIN_CAPACITY;
    ring.to_client->version = 2;
    REQUIRE(check_session_memory(ring.to_client, LENGTH, LENGTH) != nullptr);
}

void should_not_wait_for_a_server_that_died_while_it_wrote() {
    std::vector<std::uint8_t> page(StatusPageLayout::PAGE_LENGTH + 8);
    std::uint8_t* start = page.data() + (8 - reinterpret_cast<std::uintptr_t>(page.data()) % 8) % 8;
    ServerView view(static_cast<const std::uint8_t*>(start));
    REQUIRE(view.sessions().empty());
    start[StatusPageLayout::SEQUENCE] = 3;
    try {
        view.sessions();
        REQUIRE(false);
    } catch (const Error& e) {
        REQUIRE(e.kind() == ErrorKind::UNREACHABLE);
    }
}

}  // namespace

int main() {
    should_do_as_a_queue_does();
    should_hand_over_between_threads();
    should_see_hostile_producers();
    should_see_hostile_consumers();
    should_check_memory();
    should_not_wait_for_a_server_that_died_while_it_wrote();
    std::printf("failures=%d\n", failures);
    return failures == 0 ? 0 : 1;
}
