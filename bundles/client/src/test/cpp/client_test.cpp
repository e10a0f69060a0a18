// The C++ client with a real server at the other end. Argument 1: its socket; argument 2: which test. What a test waits
// for from outside it says on a line, and reads a line when it is done.
#include <cstdio>
#include <fstream>
#include <iostream>
#include <map>
#include <numeric>
#include <string>
#include <vector>

#include "carillon/client.hpp"

using namespace carillon;
using namespace std::chrono_literals;

namespace {

int failures = 0;

void require(bool holds, const char* what, int line) {
    if (!holds) {
        ++failures;
        std::printf("line %d: %s\n", line, what);
    }
}

#define REQUIRE(condition) require(condition, #condition, __LINE__)

template <typename Condition>
void await(const char* what, Condition condition, int line) {
    auto until = std::chrono::steady_clock::now() + 20s;
    while (!condition()) {
        if (std::chrono::steady_clock::now() > until) {
            require(false, what, line);
            return;
        }
        std::this_thread::sleep_for(200us);
    }
}

#define AWAIT(condition) await(#condition, [&] { return condition; }, __LINE__)

template <typename Call>
bool throws(ErrorKind kind, Call call) {
    try {
        call();
        return false;
    } catch (const Error& e) {
        if (e.kind() != kind) {
            std::printf("another error: %s\n", e.what());
        }
        return e.kind() == kind;
    }
}

Options at(const std::string& socket) {
    Options options;
    options.socket = socket;
    options.starts_server = false;
    return options;
}

struct Notes {
    std::vector<std::string> seen;

    int poll_from(Session& session) {
        return session.poll([this](const Event& event) {
            seen.push_back(std::string(type_name(event.type)) + " " + std::to_string(event.data[1]) + " "
                    + std::to_string(event.data[2]));
        });
    }
};

void should_send_and_receive(Client& client) {
    auto session = client.open("one");
    Source& out = session->source("out");
    Destination& in = session->destination("in");
    session->connect("one:out", "one:in", "transp 12");
    REQUIRE(out.send(0, 0x90, 60, 100));
    REQUIRE(out.send(0, 0x80, 60, 0));
    session->flush();
    Notes notes;
    AWAIT((notes.poll_from(*session), notes.seen.size() == 2));
    REQUIRE((notes.seen == std::vector<std::string>{"keyon 72 100", "keyoff 72 0"}));
    REQUIRE(in.index() == 0 && out.name() == "one:out" && out.id() != 0);
    REQUIRE(session->server().is_connected("one:out", "one:in"));
}

void should_tap(Client& client) {
    auto played = client.open("played");
    auto looking = client.open("looking");
    Source& out = played->source("out");
    looking->destination("in");
    REQUIRE(looking->tap(false, "played:out", "looking:in", "on") != 0);
    REQUIRE(out.send(0, 0xB0, 7, 1));
    REQUIRE(out.send(0, 0x90, 60, 100));
    played->flush();
    Notes notes;
    AWAIT((notes.poll_from(*looking), notes.seen.size() == 1));
    REQUIRE(notes.seen[0] == "keyon 60 100");
    looking->untap(false, "played:out", "looking:in");
    REQUIRE(throws(ErrorKind::NO_SUCH_NAME, [&] { looking->untap(false, "played:out", "looking:in"); }));
}

void should_keep_to_dates(Client& client) {
    auto session = client.open("dates");
    Source& out = session->source("out");
    session->destination("in");
    session->connect("dates:out", "dates:in");
    ServerView server = session->server();
    std::int64_t date = server.clock().now_ns() + 300'000'000;
    std::int64_t far = session->schedule(date + 20'000'000'000, 1);
    REQUIRE(session->schedule(date, 10, 11, 12, 13) >= 0);
    REQUIRE(session->send_task(date + 1'000'000, 20, 21, 22, 23));
    REQUIRE(out.send_note(date - 1'000'000, 3, 60, 100, 2'000'000));
    session->flush();
    std::vector<std::int64_t> words;
    int notes = 0;
    AWAIT((session->poll([&](const Event& event) {
        REQUIRE(server.clock().now_ns() >= event.time_ns);
        if (event.type == TASK) {
            words.push_back(event.task_word(0));
            words.push_back(event.task_word(3));
        } else {
            ++notes;
        }
    }), words.size() == 4 && notes == 2));
    REQUIRE((words == std::vector<std::int64_t>{10, 13, 20, 23}));
    REQUIRE(session->cancel(far) && !session->cancel(far));
}

void should_carry_sysex(Client& client) {
    auto session = client.open("sysex");
    Source& out = session->source("out");
    session->destination("in");
    session->connect("sysex:out", "sysex:in");
    std::vector<std::uint8_t> message(200'000);
    for (std::size_t i = 0; i < message.size(); ++i) {
        message[i] = static_cast<std::uint8_t>(i % 127);
    }
    message.front() = 0xF0;
    message.back() = 0xF7;
    std::vector<std::uint8_t> came;
    std::atomic<int> ends{0};
    {
        Receiver receiver(*session, [&](const Event& event) {
            came.insert(came.end(), event.payload(), event.payload() + event.payload_length());
            ends += (event.flags() & END) != 0 ? 1 : 0;
        });
        REQUIRE(out.send_message(0, message.data(), message.size(), 20s));
        AWAIT(ends == 1);
    }
    REQUIRE(came == message);
}

void should_have_several_sessions(Client& client) {
    auto left = client.open("left");
    auto right = client.open("right");
    right->watch(WATCH_PORTS | WATCH_CONNECTIONS);
    Source& out = left->source("out");
    right->destination("in");
    left->connect("left:out", "right:in");
    out.send(0, 0xE0, 1, 2);
    left->flush();
    std::map<int, int> changes;
    int wheels = 0;
    AWAIT((right->poll([&](const Event& event) {
        wheels += event.type == PITCH_WHEEL ? 1 : 0;
        changes[event.type == CHANGE ? event.data[0] : -1]++;
    }), wheels == 1));
    REQUIRE(changes[static_cast<int>(Change::PORT_CAME)] == 2);
    REQUIRE(changes[static_cast<int>(Change::CONNECTION_CAME)] == 1);
    ServerView server = client.look();
    REQUIRE((server.sessions() == std::vector<std::string>{"left", "right"}));
    REQUIRE(server.ports().size() == 2 && server.ports()[0].name == "left:out");
    REQUIRE(server.ports()[1].is_destination && server.ports()[1].session == "right");
    REQUIRE(server.connections().size() == 1 && server.connections()[0].destination == "right:in");
}

void should_say_no(Client& client) {
    auto session = client.open("taken");
    REQUIRE(throws(ErrorKind::REFUSED, [&] { client.open("taken"); }));
    REQUIRE(throws(ErrorKind::WRONG_USAGE, [&] { client.open("a:b"); }));
    REQUIRE(throws(ErrorKind::WRONG_USAGE, [&] { client.open("odd", 5'000); }));
    REQUIRE(throws(ErrorKind::NO_SUCH_NAME, [&] { session->disconnect("none", "nowhere"); }));
    REQUIRE(throws(ErrorKind::WRONG_USAGE, [&] { session->connect("a", "b", "no such word"); }));
    REQUIRE(throws(ErrorKind::UNREACHABLE, [&] { Client("x", at("/nowhere/control")).look(); }));
    REQUIRE(throws(ErrorKind::WRONG_USAGE, [&] { Client("x", at("/tmp/" + std::string(200, 'x'))).look(); })
            || throws(ErrorKind::REFUSED, [&] { Client("x", at("/tmp/" + std::string(200, 'x'))).look(); }));
    control::Number seven;
    seven.number = 7;
    REQUIRE(client.ask([&](Link::Asking& server) { return server.ping(seven); }).number == 7);
    std::int32_t connection = session->connect("here", "there", "ch 1");
    REQUIRE(session->connect("here", "there", "ch 2") == connection);
    REQUIRE(session->server().connections()[0].filter == "ch 2");
    session->close();
    REQUIRE(throws(ErrorKind::REFUSED, [&] { session->source("late"); }));
    REQUIRE(client.state() == ClientState::PASSIVE);
}

void should_refuse_when_full(Client& client) {
    auto session = client.open("full", MIN_CAPACITY, MIN_CAPACITY);
    Source& out = session->source("out");
    std::int64_t far = session->server().clock().now_ns() + 3'600'000'000'000;
    int taken = 0;
    while (out.send(far, 0x90, 1, 1) && taken < 100'000) {  // nobody is woken: no flush
        ++taken;
    }
    REQUIRE(taken >= MIN_CAPACITY / SHORT_LENGTH && session->refused() > 0);
}

void should_not_deadlock(Client& client) {
    auto session = client.open("two");
    std::atomic<int> in_callback{0};
    Receiver receiver(*session, [&](const Event& event) {
        session->schedule(event.time_ns + 1'000'000, ++in_callback);
    });
    session->schedule(session->server().clock().now_ns() + 1'000'000, 0);
    std::vector<std::thread> others;
    std::atomic<int> asked{0};
    for (int i = 0; i < 3; ++i) {
        others.emplace_back([&, i] {
            for (int round = 0; round < 60; ++round) {
                session->remove(session->source("p" + std::to_string(i)));
                ++asked;
            }
        });
    }
    for (auto& other : others) {
        other.join();
    }
    REQUIRE(asked == 180);
    AWAIT(in_callback > 50);
}

void tell(const char* what) {
    std::cout << what << std::endl;
    std::string line;
    std::getline(std::cin, line);
}

// Segments of session memory that this process has mapped.
long session_maps() {
    std::ifstream maps("/proc/self/maps");
    std::string line;
    long count = 0;
    while (std::getline(maps, line)) {
        count += line.find("/memfd:carillon-to-") != std::string::npos ? 1 : 0;
    }
    return count;
}

void should_go_on_in_another_server(Client& client) {
    std::vector<ClientState> states;
    std::mutex mutex;
    client.on_state([&](ClientState state) {
        std::lock_guard<std::mutex> guard(mutex);
        states.push_back(state);
    });
    REQUIRE(client.state() == ClientState::PASSIVE);
    auto session = client.open("lost");
    Source& out = session->source("out");
    session->destination("other");
    Destination& in = session->destination("in");
    session->connect("lost:out", "lost:in", "transp 1");
    session->filter("lost:out", "lost:in", "transp 2");
    REQUIRE(client.state() == ClientState::ACTIVE);
    tell("stop the server");
    AWAIT(client.state() == ClientState::EXCEPTION);
    REQUIRE(!client.is_server_there());
    REQUIRE(throws(ErrorKind::UNREACHABLE, [&] { session->connect("a", "b"); }));
    REQUIRE(throws(ErrorKind::UNREACHABLE, [&] { client.open("another"); }));
    REQUIRE(!out.send(0, 0x90, 1, 1));
    Notes notes;
    REQUIRE(notes.poll_from(*session) == 0);
    tell("start the server");
    AWAIT(client.state() == ClientState::ACTIVE);
    REQUIRE(out.send(0, 0x90, 60, 100));
    session->flush();
    AWAIT((notes.poll_from(*session), notes.seen.size() == 1));
    REQUIRE(notes.seen[0] == "keyon 62 100");
    REQUIRE(in.index() == 1);
    // the memory of the lost connection is given back while the session goes on
    AWAIT((notes.poll_from(*session), session_maps() == 2));
    REQUIRE(out.send(0, 0x80, 60, 0));
    session->flush();
    AWAIT((notes.poll_from(*session), notes.seen.size() == 2));
    session->close();
    REQUIRE((states == std::vector<ClientState>{ClientState::ACTIVE, ClientState::EXCEPTION, ClientState::ACTIVE,
                     ClientState::PASSIVE}));
}

}  // namespace

int main(int argc, char** argv) {
    if (argc != 3) {
        return 2;
    }
    Client client("test", at(argv[1]));
    std::map<std::string, std::function<void(Client&)>> tests = {{"send", should_send_and_receive},
            {"tap", should_tap},
            {"dates", should_keep_to_dates}, {"sysex", should_carry_sysex}, {"several", should_have_several_sessions},
            {"no", should_say_no}, {"full", should_refuse_when_full}, {"two", should_not_deadlock},
            {"lost", should_go_on_in_another_server}};
    auto test = tests.find(argv[2]);
    if (test == tests.end()) {
        return 2;
    }
    try {
        test->second(client);
    } catch (const Error& e) {
        std::printf("error: %s\n", e.what());
        ++failures;
    }
    std::printf("failures=%d\n", failures);
    return failures == 0 ? 0 : 1;
}
