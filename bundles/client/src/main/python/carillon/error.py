"""What goes wrong with a request."""

from __future__ import annotations

import enum
import errno
import os


class ErrorKind(enum.Enum):
    """What to act on."""

    FAILED = "failed"  # it was tried and did not work
    WRONG_USAGE = "wrong usage"  # the request makes no sense: wrong words, wrong values
    NO_SUCH_NAME = "no such name"  # there is no such name, or more than one
    REFUSED = "refused"  # it is not allowed: a name taken, a loop, a quota, a missing right
    UNREACHABLE = "unreachable"  # the server is not there, or not there any more
    TIMED_OUT = "timed out"  # no answer came in time


_UNREACHABLE = (errno.ENOENT, errno.ECONNREFUSED, errno.EPIPE, errno.ECONNRESET, errno.ENOTCONN, errno.EBADF)
_TIMED_OUT = (errno.EAGAIN, errno.ETIMEDOUT)
_REFUSED = (errno.EPERM, errno.EACCES, errno.ELOOP)


class Error(Exception):
    """A call did not do what it should: one clear message, and a kind to act on."""

    def __init__(self, kind: ErrorKind, message: str) -> None:
        super().__init__(message)
        self.kind = kind

    @staticmethod
    def unreachable(what: str) -> Error:
        """The server is not there."""
        return Error(ErrorKind.UNREACHABLE, "server is unreachable: " + what)

    @staticmethod
    def of_system(call: str, what: str, cause: OSError) -> Error:
        """A call of the system that failed."""
        reason = os.strerror(cause.errno) if cause.errno is not None else str(cause)
        if cause.errno in _UNREACHABLE:
            return Error.unreachable(f"{what}, reason={reason}")
        kind = ErrorKind.FAILED
        if cause.errno in _TIMED_OUT:
            kind = ErrorKind.TIMED_OUT
        elif cause.errno in _REFUSED:
            kind = ErrorKind.REFUSED
        return Error(kind, f"{call} failed: {reason}, {what}")

    @staticmethod
    def of_code(code: str, message: str) -> Error:
        """What a server's word stands for; a word that is unknown here is a failure."""
        return Error(ErrorKind.__members__.get(code, ErrorKind.FAILED), message)
