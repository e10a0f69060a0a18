// Clients in C++ of the measurement of what the death of clients does to others. A question is a line on standard input,
// its answer a flat JSON object on one line.
//
//   join SOCKET LEDGER VICTIMS           becomes a survivor
//   begin                                sends to the other survivor from here on
//   stop                                 sends no more
//   count SENT                           what has come of so many that the other one has sent
//   watch SOCKET COUNT                   becomes so many programs that wait for the end of the server
//   lost                                 when each has known that the server is gone
//   back                                 how many go on
//   kill SOCKET LEDGER VICTIMS SEED FROM COUNT AT_ONCE
//                                        kills that many, from a number on
#include <iostream>

#include "survivor.hpp"
#include "watch.hpp"

using namespace bench;

namespace {

std::string killed(std::istream& words) {
    std::string socket;
    std::string ledger;
    std::int64_t victims = 0;
    std::uint64_t seed = 0;
    std::int64_t from = 0;
    std::int64_t count = 0;
    std::size_t at_once = 0;
    words >> socket >> ledger >> victims >> seed >> from >> count >> at_once;
    Ledger lines(ledger, victims);
    return Killer(socket, lines, seed).kill(from, count, at_once);
}

class Answers {
public:
    std::string to(const std::string& question) {
        std::istringstream words(question);
        std::string what;
        words >> what;
        if (what == "kill") {
            return killed(words);
        }
        if (what == "join") {
            std::string socket;
            std::string ledger;
            std::int64_t victims = 0;
            words >> socket >> ledger >> victims;
            survivor_ = std::make_unique<Survivor>(socket, ledger, victims);
            return "{\"joined\":1}";
        }
        if (what == "begin") {
            survivor_->begin();
            return "{\"begun\":1}";
        }
        if (what == "stop") {
            return survivor_->stop();
        }
        if (what == "count") {
            std::int64_t sent = 0;
            words >> sent;
            return survivor_->count(sent);
        }
        if (what == "watch") {
            std::string socket;
            int count = 0;
            words >> socket >> count;
            watchers_ = std::make_unique<Watchers>(socket, count);
            return "{\"watchers\":" + std::to_string(count) + "}";
        }
        if (what == "lost") {
            return watchers_->lost();
        }
        if (what == "back") {
            return watchers_->back();
        }
        fail("no such question: " + question);
    }

private:
    std::unique_ptr<Survivor> survivor_;
    std::unique_ptr<Watchers> watchers_;
};

}  // namespace

// What the client's headers call to map what the server gave.
extern "C" void* mmap(void* address, std::size_t length, int rights, int flags, int descriptor, off_t offset) noexcept {
    if (passing_as >= 0 && descriptor >= 0 && (rights & PROT_WRITE) != 0) {
        pass(descriptor);
    }
    return reinterpret_cast<void*>(syscall(SYS_mmap, address, length, rights, flags, descriptor, offset));
}

int main() {
    try {
        Answers answers;
        std::string line;
        while (std::getline(std::cin, line)) {
            std::cout << answers.to(line) << std::endl;
        }
        return 0;
    } catch (const Error& e) {
        fail(e.what());
    }
}
