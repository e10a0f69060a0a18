// A program in C++ that opens a session while no server is there. Arguments: the socket, and the command that starts a
// server.
#include <signal.h>

#include <cstdio>
#include <fstream>
#include <string>

#include "carillon/client.hpp"

using namespace carillon;
using namespace std::chrono_literals;

namespace {

[[noreturn]] void fail(const std::string& what) {
    std::printf("%s\n", what.c_str());
    std::exit(1);
}

std::string last = "nothing";  // that held

template <typename Condition>
void await(const std::string& what, Condition condition) {
    auto until = std::chrono::steady_clock::now() + 60s;
    while (!condition()) {
        if (std::chrono::steady_clock::now() > until) {
            fail("waited in vain until " + what);
        }
        std::this_thread::sleep_for(1ms);
    }
    last = what;
}

void require(bool holds, const std::string& what) {
    if (!holds) {
        fail("must be so: " + what);
    }
    last = what;
}

// The parent of a process, 0 when there is no such process.
int parent_of(pid_t process) {
    std::ifstream status("/proc/" + std::to_string(process) + "/status");
    std::string word;
    int parent = 0;
    while (status >> word) {
        if (word == "PPid:") {
            status >> parent;
        }
    }
    return parent;
}

void should_start_a_server_and_go_on_after_its_crash(const Options& options) {
    Client client("survivor", options);
    require(!client.is_server_there(), "asking starts nothing");
    auto session = client.open("survivor");
    Source& out = session->source("out");
    session->destination("in");
    session->connect("survivor:out", "survivor:in", "transp 1");
    session->filter_destination("survivor:in", "transp 2");
    pid_t first = session->server().process_id();
    require(first != getpid() && parent_of(first) == getpid(), "the server is a process that this one has started");

    kill(first, SIGKILL);
    await("the loss is seen", [&] { return client.state() == ClientState::EXCEPTION; });
    require(!out.send(0, 0x90, 60, 100), "nothing is sent while there is no server");
    await("nothing of the server is left, not even a zombie", [&] { return parent_of(first) != getpid(); });
    Client other("other", options);
    auto others = other.open("other");
    await("the session is back", [&] { return client.state() == ClientState::ACTIVE; });
    require(session->server().process_id() != first, "another server");
    require(out.send(0, 0x90, 60, 100), "the source is there again");
    session->flush();
    int key = 0;
    await("the note comes", [&] { return session->poll([&](const Event& event) { key = event.data[1]; }) > 0; });
    require(key == 63, "both filters are there again: key=" + std::to_string(key));

    pid_t second = session->server().process_id();
    others->close();
    session->close();
    await("the server has ended after its last session", [&] { return parent_of(second) != getpid(); });

}

void should_say_why_none_starts(const Options& options) {
    Options unlucky = options;
    unlucky.command = "/bin/false";
    try {
        Client("unlucky", unlucky).open("unlucky");
        fail("no server can start");
    } catch (const Error& e) {
        require(e.kind() == ErrorKind::FAILED, e.what());
    }
}

}  // namespace

int main(int argc, char** argv) {
    if (argc != 3) {
        return 2;
    }
    Options options;
    options.socket = argv[1];
    options.command = argv[2];
    options.time_limit = 20s;
    try {
        should_start_a_server_and_go_on_after_its_crash(options);
        should_say_why_none_starts(options);
    } catch (const Error& e) {
        fail(std::string(e.what()) + ", after=" + last);
    }
    std::puts("done");
    return 0;
}
