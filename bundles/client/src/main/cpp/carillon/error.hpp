// What goes wrong with a request.
#ifndef CARILLON_ERROR_HPP
#define CARILLON_ERROR_HPP

#include <cerrno>
#include <cstring>
#include <stdexcept>
#include <string>

namespace carillon {

enum class ErrorKind {
    FAILED,        // it was tried and did not work
    WRONG_USAGE,   // the request makes no sense: wrong words, wrong values
    NO_SUCH_NAME,  // there is no such name, or more than one
    REFUSED,       // it is not allowed: a name taken, a loop, a quota, a missing right
    UNREACHABLE,   // the server is not there, or not there any more
    TIMED_OUT      // no answer came in time
};

// A call did not do what it should: one clear message, and a kind to act on.
class Error : public std::runtime_error {
public:
    Error(ErrorKind kind, const std::string& message) : std::runtime_error(message), kind_(kind) {}

    ErrorKind kind() const { return kind_; }

    static Error unreachable(const std::string& what) {
        return {ErrorKind::UNREACHABLE, "server is unreachable: " + what};
    }

    // A call of the system that failed with errno.
    static Error of_system(const std::string& call, const std::string& what, int error = errno) {
        std::string message = call + " failed: " + std::strerror(error) + ", " + what;
        switch (error) {
            case ENOENT: case ECONNREFUSED: case EPIPE: case ECONNRESET: case ENOTCONN: case EBADF:
                return unreachable(what + ", reason=" + std::strerror(error));
            case EAGAIN: case ETIMEDOUT:
                return {ErrorKind::TIMED_OUT, message};
            case EPERM: case EACCES: case ELOOP:
                return {ErrorKind::REFUSED, message};
            default:
                return {ErrorKind::FAILED, message};
        }
    }

    // The kind that a server's word stands for; a word that is unknown here is a failure.
    static ErrorKind kind_of(const std::string& word) {
        if (word == "WRONG_USAGE") {
            return ErrorKind::WRONG_USAGE;
        }
        if (word == "NO_SUCH_NAME") {
            return ErrorKind::NO_SUCH_NAME;
        }
        if (word == "REFUSED") {
            return ErrorKind::REFUSED;
        }
        if (word == "UNREACHABLE") {
            return ErrorKind::UNREACHABLE;
        }
        return word == "TIMED_OUT" ? ErrorKind::TIMED_OUT : ErrorKind::FAILED;
    }

private:
    ErrorKind kind_;
};

}  // namespace carillon

#endif
