// Makes the bytes of the golden file from its fields, and reads its fields from its bytes, with the shipped headers.
#include "golden.hpp"

#include <cstdlib>
#include <cstring>
#include <functional>
#include <memory>

#include "carillon/clock.hpp"
#include "carillon/event_ring.hpp"
#include "carillon/server_view.hpp"

namespace {

int checked = 0;
int failures = 0;

void expect(const Block& block, const std::string& what, const std::string& expected, const std::string& actual) {
    ++checked;
    if (expected != actual) {
        ++failures;
        std::printf("%s %s, %s: expected=%s, actual=%s\n", block.kind.c_str(), block.name.c_str(), what.c_str(),
                expected.c_str(), actual.c_str());
    }
}

void expect(const Block& block, const std::string& field, std::int64_t actual) {
    expect(block, field, block.text(field), std::to_string(actual));
}

struct Memory {
    carillon::ToServer* to_server;
    carillon::ToClient* to_client;
    std::int64_t refused[8] = {};

    Memory(std::int64_t to_server_capacity, std::int64_t to_client_capacity)
        : to_server(static_cast<carillon::ToServer*>(zeros(to_server_capacity))),
          to_client(static_cast<carillon::ToClient*>(zeros(to_client_capacity))) {
        carillon::create_session_memory(to_client, 1, static_cast<std::int32_t>(to_server_capacity),
                static_cast<std::int32_t>(to_client_capacity));
    }
    ~Memory() {
        std::free(to_server);
        std::free(to_client);
    }
    Memory(const Memory&) = delete;
    Memory& operator=(const Memory&) = delete;

private:
    static void* zeros(std::int64_t capacity) {
        std::size_t length = carillon::SESSION_HEAD_LENGTH + static_cast<std::size_t>(capacity);
        void* memory = std::aligned_alloc(128, length);
        std::memset(memory, 0, length);
        return memory;
    }
};

std::int64_t task_word(const std::string& words, int index) {
    std::size_t at = 0;
    for (int i = 0; i < index; ++i) {
        at = words.find(' ', at) + 1;
    }
    return std::stoll(words.substr(at));
}

Bytes payload_of(const Block& block) {
    if (block.fields.count("payload") != 0) {
        return unhex(block.text("payload"));
    }
    Bytes payload;
    if (block.fields.count("task") != 0) {
        for (int i = 0; i < 4; ++i) {
            std::int64_t word = task_word(block.text("task"), i);
            payload.insert(payload.end(), reinterpret_cast<std::uint8_t*>(&word),
                    reinterpret_cast<std::uint8_t*>(&word) + sizeof word);
        }
        return payload;
    }
    payload = unhex(block.text("data"));
    if (block.fields.count("durationNs") != 0) {
        std::int64_t duration = block.number("durationNs");
        payload.insert(payload.end(), reinterpret_cast<std::uint8_t*>(&duration),
                reinterpret_cast<std::uint8_t*>(&duration) + sizeof duration);
    }
    return payload;
}

std::uint16_t flag_word(const Block& block) {
    const std::string& words = block.text("flags");
    int flags = (words.find("begin") != std::string::npos ? carillon::BEGIN : 0)
            | (words.find("end") != std::string::npos ? carillon::END : 0)
            | (words.find("incomplete") != std::string::npos ? carillon::INCOMPLETE : 0);
    return static_cast<std::uint16_t>(
            flags | block.number("hops") << 3 | block.number("destinationIndex") << 8);
}

std::string words_of(int flags) {
    std::string words;
    for (auto& [flag, word] : {std::pair{carillon::BEGIN, "begin"}, std::pair{carillon::END, "end"},
                 std::pair{carillon::INCOMPLETE, "incomplete"}}) {
        if ((flags & flag) != 0) {
            words += (words.empty() ? "" : " ") + std::string(word);
        }
    }
    return words;
}

void check_fields(const Block& block, const carillon::Event& event) {
    expect(block, "type", event.type);
    expect(block, "typeName", block.text("typeName"), carillon::type_name(event.type));
    expect(block, "lengthBytes", event.length);
    expect(block, "timeNs", event.time_ns);
    expect(block, "sourceId", event.word.source_id);
    expect(block, "port", event.word.port);
    expect(block, "messageLength", event.word.message_length);
    expect(block, "flags", block.text("flags"), words_of(event.flags()));
    expect(block, "hops", event.hops());
    expect(block, "destinationIndex", event.destination_index());
    if (block.fields.count("data") != 0) {
        expect(block, "data", block.text("data"), hex(event.data, sizeof event.data));
    }
    if (block.fields.count("durationNs") != 0) {
        expect(block, "durationNs", event.duration_ns());
    }
    if (block.fields.count("task") != 0) {
        for (int i = 0; i < 4; ++i) {
            expect(block, "task", std::to_string(task_word(block.text("task"), i)),
                    std::to_string(event.task_word(i)));
        }
    }
    if (block.fields.count("payload") != 0) {
        expect(block, "payload", block.text("payload"),
                hex(event.payload(), static_cast<std::size_t>(event.payload_length())));
    }
}

// Through a ring, so that writer and reader are those that are shipped.
void check_record(const Block& block) {
    Memory memory(carillon::MIN_CAPACITY, carillon::MIN_CAPACITY);
    carillon::EventProducer producer(memory.to_server, memory.to_client);
    carillon::EventConsumer consumer(static_cast<const carillon::ToServer*>(memory.to_server), memory.to_client);
    Bytes payload = payload_of(block);
    carillon::Word word{static_cast<std::int32_t>(block.number("sourceId")),
            static_cast<std::uint8_t>(block.number("port")), static_cast<std::uint8_t>(block.number("messageLength")),
            flag_word(block)};
    auto type = static_cast<std::int32_t>(block.number("type"));
    if (payload.size() == 8) {
        std::uint64_t data;
        std::memcpy(&data, payload.data(), sizeof data);
        producer.offer(type, block.number("timeNs"), word, data);
    } else {
        producer.offer(type, block.number("timeNs"), word, payload.data(), static_cast<std::int32_t>(payload.size()));
    }
    expect(block, "bytes", hex(block.bytes.data(), block.bytes.size()),
            hex(memory.to_server->data, block.bytes.size()));

    std::memcpy(memory.to_server->data, block.bytes.data(), block.bytes.size());
    int count = consumer.poll([&](const carillon::Event& event) { check_fields(block, event); }, 10);
    expect(block, "count", "1", std::to_string(count));
}

void check_clock(const Block& block) {
    carillon::ClockLines lines{};
    std::memcpy(&lines, block.bytes.data(), sizeof lines);
    carillon::ClockLine read = carillon::ServerClock(&lines).read();
    expect(block, "sequence", lines.sequence);
    expect(block, "baseServerNs", read.base_server_ns);
    expect(block, "baseMonoNs", read.base_mono_ns);
    ++checked;
    failures += read.rate == std::stod(block.text("rate")) ? 0 : 1;
}

// A page that holds nothing but the block's bytes, where they belong.
template <typename Check>
void on_page(const Block& block, Check check) {
    void* page = std::aligned_alloc(128, (carillon::StatusPageLayout::PAGE_LENGTH + 127) & ~std::size_t{127});
    std::memset(page, 0, carillon::StatusPageLayout::PAGE_LENGTH);
    std::memcpy(static_cast<std::uint8_t*>(page) + block.number("offset"), block.bytes.data(), block.bytes.size());
    check(carillon::ServerView(static_cast<const std::uint8_t*>(page)));
    std::free(page);
}

void check_status_head(const Block& block) {
    on_page(block, [&](const carillon::ServerView& view) {
        expect(block, "processId", view.process_id());
        expect(block, "state", block.text("state"), view.is_ready() ? "1" : "0");
    });
    expect(block, "lengthBytes", static_cast<std::int64_t>(carillon::StatusPageLayout::PAGE_LENGTH));
    expect(block, "sessionCapacity", static_cast<std::int64_t>(carillon::StatusPageLayout::SESSION_CAPACITY));
    expect(block, "portCapacity", static_cast<std::int64_t>(carillon::StatusPageLayout::PORT_CAPACITY));
    expect(block, "connectionCapacity",
            static_cast<std::int64_t>(carillon::StatusPageLayout::CONNECTION_CAPACITY));
}

void check_session(const Block& block) {
    on_page(block, [&](const carillon::ServerView& view) {
        auto names = view.sessions();
        expect(block, "name", block.text("name"), names.size() == 1 ? names[0] : "none");
    });
}

void check_port(const Block& block) {
    on_page(block, [&](const carillon::ServerView& view) {
        auto ports = view.ports();
        carillon::PortInfo port = ports.size() == 1 ? ports[0] : carillon::PortInfo{};
        expect(block, "id", port.id);
        expect(block, "name", block.text("name"), port.name);
        expect(block, "events", port.events);
        expect(block, "dropped", port.dropped);
        expect(block, "direction", port.is_destination ? 1 : 0);
        expect(block, "traits", port.forwards ? 1 : 0);
    });
}

void check_connection(const Block& block) {
    on_page(block, [&](const carillon::ServerView& view) {
        auto connections = view.connections();
        carillon::ConnectionInfo connection = connections.size() == 1 ? connections[0] : carillon::ConnectionInfo{};
        expect(block, "id", connection.id);
        expect(block, "state", connection.state);
        expect(block, "events", connection.events);
        expect(block, "dropped", connection.dropped);
        expect(block, "filtered", connection.filtered);
        expect(block, "sourceName", block.text("sourceName"), connection.source);
        expect(block, "destinationName", block.text("destinationName"), connection.destination);
        expect(block, "filter", block.text("filter"), connection.filter);
    });
}

void put_through(carillon::EventProducer& producer, carillon::EventConsumer& consumer, std::int64_t bytes) {
    for (std::int64_t at = 0; at < bytes; at += carillon::SHORT_LENGTH) {
        producer.offer(carillon::CLOCK, 0, {}, 0xF8);
        consumer.poll([](const carillon::Event&) {}, 1);
    }
}

void put_records(const Block& block, carillon::EventProducer& producer) {
    Bytes data = unhex(block.text("data"));
    for (std::size_t at = 0; at < data.size();) {
        carillon::Event event{};
        std::memcpy(&event, &data[at], sizeof event);
        producer.offer(event.type, event.time_ns, event.word, &data[at + carillon::HEADER_LENGTH],
                event.payload_length());
        at += static_cast<std::size_t>(carillon::aligned(event.length));
    }
}

void check_to_server(const Block& block) {
    Memory memory(carillon::MIN_CAPACITY, carillon::MIN_CAPACITY);
    carillon::EventProducer up(memory.to_server, memory.to_client);
    carillon::EventProducer down(memory.to_client, memory.to_server, memory.refused);
    carillon::EventConsumer from_server(static_cast<const carillon::ToClient*>(memory.to_client), memory.to_server);
    put_records(block, up);
    put_through(down, from_server, block.number("head"));
    if (block.number("kernelWord") == carillon::WAITING) {
        carillon::Doorbell(&memory.to_server->kernel_word).arm();
    }
    if (block.number("clientWord") == carillon::WAITING) {
        carillon::Doorbell(&memory.to_server->client_word).arm();
    }
    memory.to_server->refused[static_cast<int>(carillon::Refusal::FULL)] = block.number("refusedFull");
    memory.to_server->refused[static_cast<int>(carillon::Refusal::LENGTH)] = block.number("refusedLength");
    memory.to_server->refused[static_cast<int>(carillon::Refusal::ENDED)] = block.number("refusedEnded");
    expect(block, "bytes", hex(block.bytes.data(), block.bytes.size()),
            hex(reinterpret_cast<std::uint8_t*>(memory.to_server), block.bytes.size()));

    std::memcpy(static_cast<void*>(memory.to_server), block.bytes.data(), block.bytes.size());
    expect(block, "tail", memory.to_server->tail);
    expect(block, "head", memory.to_server->head);
    expect(block, "kernelWord", memory.to_server->kernel_word);
    expect(block, "clientWord", memory.to_server->client_word);
    expect(block, "refusedFull", up.refused(carillon::Refusal::FULL));
    expect(block, "refusedLength", up.refused(carillon::Refusal::LENGTH));
    expect(block, "refusedEnded", up.refused(carillon::Refusal::ENDED));
    Bytes data = unhex(block.text("data"));
    expect(block, "data", block.text("data"), hex(memory.to_server->data, data.size()));
}

void check_to_client(const Block& block) {
    Memory memory(block.number("toServerCapacity"), block.number("toClientCapacity"));
    carillon::EventProducer up(memory.to_server, memory.to_client);
    carillon::EventProducer down(memory.to_client, memory.to_server, memory.refused);
    carillon::EventConsumer at_server(static_cast<const carillon::ToServer*>(memory.to_server), memory.to_client);
    memory.to_client->session_id = static_cast<std::int32_t>(block.number("sessionId"));
    memory.to_client->state = static_cast<std::int32_t>(block.number("state"));
    put_records(block, down);
    put_through(up, at_server, block.number("head"));
    expect(block, "bytes", hex(block.bytes.data(), block.bytes.size()),
            hex(reinterpret_cast<std::uint8_t*>(memory.to_client), block.bytes.size()));

    std::memcpy(static_cast<void*>(memory.to_client), block.bytes.data(), block.bytes.size());
    expect(block, "magic", block.text("magic"), std::string(memory.to_client->magic, 8));
    expect(block, "version", memory.to_client->version);
    expect(block, "sessionId", memory.to_client->session_id);
    expect(block, "toServerCapacity", memory.to_client->to_server_capacity);
    expect(block, "toClientCapacity", memory.to_client->to_client_capacity);
    expect(block, "tail", memory.to_client->tail);
    expect(block, "head", memory.to_client->head);
    expect(block, "state", memory.to_client->state);
    Bytes data = unhex(block.text("data"));
    expect(block, "data", block.text("data"), hex(memory.to_client->data, data.size()));
    const char* wrong = carillon::check_session_memory(memory.to_client, carillon::SESSION_HEAD_LENGTH + 65536,
            carillon::SESSION_HEAD_LENGTH + 16777216);
    expect(block, "check", "", wrong == nullptr ? "" : wrong);
}

}  // namespace

int main(int argc, char** argv) {
    std::map<std::string, std::function<void(const Block&)>> checks = {{"record", check_record},
            {"clock", check_clock}, {"to-server", check_to_server}, {"to-client", check_to_client},
            {"status-head", check_status_head}, {"session", check_session}, {"port", check_port},
            {"connection", check_connection}};
    std::map<std::string, int> counts;
    for (const Block& block : read_golden(argc > 1 ? argv[1] : "")) {
        auto check = checks.find(block.kind);
        if (check != checks.end()) {
            check->second(block);
            ++counts[block.kind];
        }
    }
    for (auto& [kind, check] : checks) {
        if (counts[kind] == 0) {
            ++failures;
            std::printf("no block of this kind: kind=%s\n", kind.c_str());
        }
    }
    std::printf("checked=%d failures=%d\n", checked, failures);
    return failures == 0 ? 0 : 1;
}
