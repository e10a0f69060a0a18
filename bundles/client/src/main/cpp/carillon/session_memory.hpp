// The memory that a session shares with its client: two segments, one each way, made and sealed by the server.
//
// Each ring has its tail and its data in its producer's segment, and its head in its consumer's. Positions are counts
// of bytes that only grow; a record lies at its position modulo the capacity and never across the end: padding, a
// record of type -1 that may be 8 bytes long, fills the rest. Each word that changes stands alone in 128 bytes.
#ifndef CARILLON_SESSION_MEMORY_HPP
#define CARILLON_SESSION_MEMORY_HPP

#include <cstddef>
#include <cstdint>
#include <cstring>

namespace carillon {

// Why a ring took no record.
enum class Refusal { FULL, LENGTH, ENDED };

// What became of a session.
enum class SessionState : std::int32_t { NEW, OPEN, CLOSED, STOPPED, VIOLATED, KICKED, EXCEEDED };

// Mapped read-write by both; the server trusts no word of it.
struct alignas(128) ToServer {
    std::uint8_t unused[128];
    alignas(128) std::int64_t tail;         // of the ring to the server; the client writes
    alignas(128) std::int64_t head;         // of the ring to the client; the client writes
    alignas(128) std::int32_t kernel_word;  // the server arms, the client clears and wakes
    alignas(128) std::int32_t client_word;  // the client arms, the server clears and wakes
    alignas(128) std::int64_t refused[8];   // records the ring to the server refused, by Refusal
    alignas(128) std::uint8_t free[256];
    alignas(128) std::uint8_t data[128];  // the ring to the server, as long as its capacity
};

// Mapped read-only by the client.
struct alignas(128) ToClient {
    char magic[8];
    std::int32_t version;
    std::int32_t session_id;
    std::int32_t to_server_capacity;
    std::int32_t to_client_capacity;
    alignas(128) std::int64_t tail;   // of the ring to the client
    alignas(128) std::int64_t head;   // of the ring to the server
    alignas(128) std::int32_t state;  // SessionState
    alignas(128) std::uint8_t free[512];
    alignas(128) std::uint8_t data[128];  // the ring to the client, as long as its capacity
};

constexpr std::size_t SESSION_HEAD_LENGTH = 1024;
constexpr std::int32_t SESSION_VERSION = 1;
constexpr char SESSION_MAGIC[] = "CARISESS";
constexpr std::int32_t PADDING_TYPE = -1;
constexpr std::int64_t MIN_CAPACITY = 8 * 1024;
constexpr std::int64_t DEFAULT_CAPACITY = 64 * 1024;
constexpr std::int64_t MAX_CAPACITY = 16 * 1024 * 1024;

// Only offsetof finds a pad of the wrong length: sizeof is rounded up.
static_assert(offsetof(ToServer, tail) == 128, "layout of ToServer");
static_assert(offsetof(ToServer, head) == 256, "layout of ToServer");
static_assert(offsetof(ToServer, kernel_word) == 384, "layout of ToServer");
static_assert(offsetof(ToServer, client_word) == 512, "layout of ToServer");
static_assert(offsetof(ToServer, refused) == 640, "layout of ToServer");
static_assert(offsetof(ToServer, data) == SESSION_HEAD_LENGTH, "layout of ToServer");
static_assert(offsetof(ToClient, magic) == 0, "layout of ToClient");
static_assert(offsetof(ToClient, version) == 8, "layout of ToClient");
static_assert(offsetof(ToClient, session_id) == 12, "layout of ToClient");
static_assert(offsetof(ToClient, to_server_capacity) == 16, "layout of ToClient");
static_assert(offsetof(ToClient, to_client_capacity) == 20, "layout of ToClient");
static_assert(offsetof(ToClient, tail) == 128, "layout of ToClient");
static_assert(offsetof(ToClient, head) == 256, "layout of ToClient");
static_assert(offsetof(ToClient, state) == 384, "layout of ToClient");
static_assert(offsetof(ToClient, data) == SESSION_HEAD_LENGTH, "layout of ToClient");

constexpr bool is_capacity(std::int64_t bytes) {
    return bytes >= MIN_CAPACITY && bytes <= MAX_CAPACITY && (bytes & (bytes - 1)) == 0;
}

// Writes the head of new memory, all zeros. A server only; here for tests and measurements.
inline void create_session_memory(ToClient* to_client, std::int32_t session_id, std::int32_t to_server_capacity,
        std::int32_t to_client_capacity) {
    std::memcpy(to_client->magic, SESSION_MAGIC, sizeof to_client->magic);
    to_client->version = SESSION_VERSION;
    to_client->session_id = session_id;
    to_client->to_server_capacity = to_server_capacity;
    to_client->to_client_capacity = to_client_capacity;
}

// Checks the head of memory that a server gave: null when it is right, else what is wrong.
inline const char* check_session_memory(const ToClient* to_client, std::size_t to_server_length,
        std::size_t to_client_length) {
    if (to_client_length < SESSION_HEAD_LENGTH) {
        return "session memory shorter than its head";
    }
    if (std::memcmp(to_client->magic, SESSION_MAGIC, sizeof to_client->magic) != 0) {
        return "no session memory";
    }
    if (to_client->version != SESSION_VERSION) {
        return "session memory of another version";
    }
    std::int64_t to_server = to_client->to_server_capacity;
    std::int64_t to_us = to_client->to_client_capacity;
    if (!is_capacity(to_server) || !is_capacity(to_us)) {
        return "capacity that no ring can have";
    }
    if (to_server_length < SESSION_HEAD_LENGTH + static_cast<std::size_t>(to_server)
            || to_client_length < SESSION_HEAD_LENGTH + static_cast<std::size_t>(to_us)) {
        return "session memory shorter than its capacity";
    }
    return nullptr;
}

}  // namespace carillon

#endif
