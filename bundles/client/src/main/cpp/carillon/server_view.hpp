// What a server shows of itself, read out of its status page: no request, no wait. Any thread.
#ifndef CARILLON_SERVER_VIEW_HPP
#define CARILLON_SERVER_VIEW_HPP

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <map>
#include <memory>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include "clock.hpp"
#include "control_socket.hpp"

namespace carillon {

// Where things are in the status page; names are a uint16 length and UTF-8.
struct StatusPageLayout {
    static constexpr std::size_t MAGIC = 0, VERSION = 8, LENGTH = 12, STATE = 16, PROCESS_ID = 20, STARTED = 24;
    static constexpr std::size_t CLOCK = 128, SEQUENCE = 256, COUNTERS = 384, DROPS = COUNTERS + 32 * 8;
    static constexpr std::size_t SESSIONS = 1024, SESSION_LENGTH = 128, SESSION_CAPACITY = 256;
    static constexpr std::size_t PORTS = SESSIONS + SESSION_LENGTH * SESSION_CAPACITY;
    static constexpr std::size_t PORT_LENGTH = 192, PORT_CAPACITY = 1024;
    static constexpr std::size_t CONNECTIONS = PORTS + PORT_LENGTH * PORT_CAPACITY;
    static constexpr std::size_t CONNECTION_LENGTH = 640, CONNECTION_CAPACITY = 2048;
    static constexpr std::size_t PAGE_LENGTH = CONNECTIONS + CONNECTION_LENGTH * CONNECTION_CAPACITY;
    static constexpr std::size_t ID = 0, SECOND = 4, EVENTS = 8, DROPPED = 16;
    static constexpr std::size_t SESSION_NAME = 24, PORT_DIRECTION = 24, PORT_TRAITS = 28, PORT_NAME = 32;
    static constexpr std::size_t FILTERED = 32, SOURCE_NAME = 40, DESTINATION_NAME = 168, FILTER = 296;
    static constexpr std::size_t MAX_TEXT_LENGTH = 342;
    static constexpr std::int32_t READY = 1;
};

static_assert(StatusPageLayout::PORTS == 33'792, "layout of the status page");
static_assert(StatusPageLayout::CONNECTIONS == 230'400, "layout of the status page");
static_assert(StatusPageLayout::PAGE_LENGTH == 1'541'120, "layout of the status page");

struct PortInfo {
    std::int32_t id;
    std::string name;
    bool is_destination;
    bool forwards;        // the server itself forwards what comes to it
    std::string session;  // session or driver that published it
    std::int64_t events;
    std::int64_t dropped;
};

struct ConnectionInfo {
    std::int32_t id;
    std::string source;
    std::string destination;
    int state;  // 0 a port is absent, 1 active, 2 it would close a loop
    int tap;    // 0 a connection, 1 a tap of a source, 2 a tap of a destination
    std::string filter;
    std::int64_t events;
    std::int64_t dropped;
    std::int64_t filtered;
};

class ServerView {
public:
    // Over a page of PAGE_LENGTH bytes that outlives this.
    explicit ServerView(const std::uint8_t* page)
        : page_(page), clock_(reinterpret_cast<const ClockLines*>(page + Layout::CLOCK)) {}
    explicit ServerView(std::shared_ptr<const Mapping> mapping) : ServerView(mapping->as<const std::uint8_t>()) {
        mapping_ = std::move(mapping);
    }

    // Server time; dates of events are of this clock.
    const ServerClock& clock() const { return clock_; }
    bool is_ready() const { return int_at(Layout::STATE) == Layout::READY; }
    std::int32_t process_id() const { return int_at(Layout::PROCESS_ID); }
    std::int64_t counter(std::size_t index) const { return long_at(Layout::COUNTERS + index * 8); }
    std::int64_t dropped(std::size_t reason) const { return long_at(Layout::DROPS + reason * 8); }

    std::vector<std::string> sessions() const {
        return whole([this] {
            std::vector<std::string> names;
            for (const auto& session : session_names()) {
                names.push_back(session.second);
            }
            return names;
        });
    }

    std::vector<PortInfo> ports() const {
        return whole([this] { return read_ports(); });
    }

    std::vector<ConnectionInfo> connections() const {
        return whole([this] { return read_connections(); });
    }

    bool is_connected(const std::string& source, const std::string& destination) const {
        auto all = connections();
        return std::any_of(all.begin(), all.end(), [&](const ConnectionInfo& each) {
            return each.source == source && each.destination == destination && each.tap == 0 && each.state == 1;
        });
    }

private:
    static constexpr std::int64_t LIMIT_NS = 1'000'000'000;  // longer than any change of the tables

    using Layout = StatusPageLayout;

    std::shared_ptr<const Mapping> mapping_;
    const std::uint8_t* page_;
    ServerClock clock_;

    std::int32_t int_at(std::size_t offset) const {
        return __atomic_load_n(reinterpret_cast<const std::int32_t*>(page_ + offset), __ATOMIC_RELAXED);
    }
    std::int64_t long_at(std::size_t offset) const {
        return __atomic_load_n(reinterpret_cast<const std::int64_t*>(page_ + offset), __ATOMIC_RELAXED);
    }
    std::string text_at(std::size_t offset) const {
        std::uint16_t length;
        std::memcpy(&length, page_ + offset, sizeof length);
        return {reinterpret_cast<const char*>(page_ + offset + sizeof length),
                std::min<std::size_t>(length, Layout::MAX_TEXT_LENGTH)};
    }

    // Reads tables, again and again until none has changed meanwhile: they are published under a sequence lock, which a
    // server that died while it wrote them holds for ever.
    template <typename Reading>
    std::invoke_result_t<Reading> whole(Reading reading) const {
        auto* sequence = reinterpret_cast<const std::int64_t*>(page_ + Layout::SEQUENCE);
        std::int64_t limit = mono_now_ns() + LIMIT_NS;
        do {
            std::int64_t before = __atomic_load_n(sequence, __ATOMIC_ACQUIRE);
            if ((before & 1) != 0) {
                continue;
            }
            auto read = reading();
            __atomic_thread_fence(__ATOMIC_ACQUIRE);
            if (__atomic_load_n(sequence, __ATOMIC_RELAXED) == before) {
                return read;
            }
        } while (mono_now_ns() < limit);
        throw Error::unreachable("its tables stay unfinished");
    }

    std::map<std::int32_t, std::string> session_names() const {
        std::map<std::int32_t, std::string> names;
        for (std::size_t slot = 0; slot < Layout::SESSION_CAPACITY; ++slot) {
            std::size_t at = Layout::SESSIONS + slot * Layout::SESSION_LENGTH;
            if (std::int32_t id = int_at(at + Layout::ID); id != 0) {
                names[id] = text_at(at + Layout::SESSION_NAME);
            }
        }
        return names;
    }

    std::vector<PortInfo> read_ports() const {
        auto names = session_names();
        std::vector<PortInfo> ports;
        for (std::size_t slot = 0; slot < Layout::PORT_CAPACITY; ++slot) {
            std::size_t at = Layout::PORTS + slot * Layout::PORT_LENGTH;
            if (std::int32_t id = int_at(at + Layout::ID); id != 0) {
                ports.push_back({id, text_at(at + Layout::PORT_NAME), (int_at(at + Layout::PORT_DIRECTION) & 1) != 0,
                        int_at(at + Layout::PORT_TRAITS) != 0, names[int_at(at + Layout::SECOND)],
                        long_at(at + Layout::EVENTS), long_at(at + Layout::DROPPED)});
            }
        }
        std::sort(ports.begin(), ports.end(),
                [](const PortInfo& a, const PortInfo& b) { return a.name < b.name; });
        return ports;
    }

    std::vector<ConnectionInfo> read_connections() const {
        std::vector<ConnectionInfo> connections;
        for (std::size_t slot = 0; slot < Layout::CONNECTION_CAPACITY; ++slot) {
            std::size_t at = Layout::CONNECTIONS + slot * Layout::CONNECTION_LENGTH;
            if (std::int32_t id = int_at(at + Layout::ID); id != 0) {
                std::int32_t state = int_at(at + Layout::SECOND);
                connections.push_back({id, text_at(at + Layout::SOURCE_NAME), text_at(at + Layout::DESTINATION_NAME),
                        state & 0xFF, state >> 8 & 0xFF, text_at(at + Layout::FILTER), long_at(at + Layout::EVENTS),
                        long_at(at + Layout::DROPPED), long_at(at + Layout::FILTERED)});
            }
        }
        std::sort(connections.begin(), connections.end(),
                [](const ConnectionInfo& a, const ConnectionInfo& b) { return a.id < b.id; });
        return connections;
    }
};

}  // namespace carillon

#endif
