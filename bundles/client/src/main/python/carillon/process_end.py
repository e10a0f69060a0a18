"""The violent end of another process, known before its sockets end.

The system takes its memory apart first, which lasts tens of milliseconds where there is much of it, as in a Java
machine. The end of each of its threads but the first can be waited for, and comes before that (pidfd_open(2) with
PIDFD_THREAD, Linux 6.9).
"""

from __future__ import annotations

import os

_PIDFD_THREAD = 0x80
_FLAGS_WORD = 6  # of the words behind the name in /proc/PID/stat, see proc_pid_stat(5)
_PENDING_WORD = 28
_SIGNALED = 0x400  # PF_SIGNALED: it dies of a signal
_KILL_PENDING = 1 << (9 - 1)  # it will, as soon as it runs
_THREAD_LIMIT = 100  # so many threads that end by themselves are replaced by others


class ProcessEnd:
    """That of a process that may be gone or out of sight. One thread at a time.

    descriptor: becomes readable when `is_killed` has to be asked; -1 for never.
    """

    def __init__(self, process_id: int) -> None:
        self.descriptor = -1
        self._process_id = process_id
        self._threads = 0
        self._watch_next()

    def is_killed(self) -> bool:
        """Whether the process was killed. If not, a thread has ended by itself, and the descriptor is that of
        another."""
        self.close()
        if self._is_signaled():
            return True
        self._watch_next()
        return False

    def close(self) -> None:
        """Gives the descriptor back."""
        if self.descriptor >= 0:
            os.close(self.descriptor)
            self.descriptor = -1

    def __enter__(self) -> ProcessEnd:
        return self

    def __exit__(self, *reason: object) -> None:
        self.close()

    def _is_signaled(self) -> bool:
        try:
            with open(f"/proc/{self._process_id}/stat", "rb") as file:
                words = file.read().rpartition(b")")[2].split()
        except OSError:
            return False  # then its sockets have ended as well
        return int(words[_FLAGS_WORD]) & _SIGNALED != 0 or int(words[_PENDING_WORD]) & _KILL_PENDING != 0

    def _watch_next(self) -> None:
        """The oldest but the first: it is the one that most likely stays until the end."""
        try:
            numbers = [int(name) for name in os.listdir(f"/proc/{self._process_id}/task")]
        except OSError:
            return  # it has ended
        for number in numbers:
            if number != self._process_id and self._threads < _THREAD_LIMIT:
                self._threads += 1
                try:
                    self.descriptor = os.pidfd_open(number, _PIDFD_THREAD)
                    return
                except (OSError, AttributeError):
                    pass  # the thread has just ended, or this system cannot
