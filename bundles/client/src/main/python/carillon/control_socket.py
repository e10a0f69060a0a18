"""Requests and replies over one socket, from any number of threads at once.

Whoever waits for a reply reads the socket, one thread at a time, and hands the others theirs: so no thread stands
between a reply and who waits for it, and nobody who waits holds up another's request.
"""

from __future__ import annotations

import array
import fcntl
import mmap
import os
import select
import socket
import struct
import threading
import time
from typing import Dict, List, Optional, Sequence

from .error import Error, ErrorKind
from .process_end import ProcessEnd

_HEAD = struct.Struct("<II")
_ID_OFFSET = 4
_MAX_LENGTH = 64 * 1024
_MAX_DESCRIPTORS = 4
_CONTROL_LENGTH = socket.CMSG_SPACE(_MAX_DESCRIPTORS * struct.calcsize("i"))
_TIME = struct.Struct("@ll")
_MAX_CORRELATION = 0xFFFFFFFF
_MAP_POPULATE = getattr(mmap, "MAP_POPULATE", 0x8000)  # named from Python 3.10 on
_POLLRDHUP = 0x2000
_PEER = struct.Struct("iii")


class Reply:
    """The id of a reply's class and its value, and the descriptors that came with it."""

    def __init__(self, data: bytes, descriptors: List[int]) -> None:
        self.data = data
        self._descriptors = descriptors

    def map(self, index: int, length: int, writable: bool) -> mmap.mmap:
        """Memory of a descriptor, mapped as long as anybody holds it; it must be sealed, so that it cannot shrink."""
        if index >= len(self._descriptors):
            raise Error(ErrorKind.FAILED, f"expected memory with the reply: descriptors={len(self._descriptors)}")
        file = self._descriptors[index]
        try:
            if fcntl.fcntl(file, fcntl.F_GET_SEALS) & fcntl.F_SEAL_SHRINK and os.fstat(file).st_size >= length:
                rights = mmap.PROT_READ | (mmap.PROT_WRITE if writable else 0)
                return mmap.mmap(file, length, flags=mmap.MAP_SHARED | _MAP_POPULATE, prot=rights)
        except OSError as e:
            raise Error.of_system("mmap", f"length={length}", e) from None
        raise Error(ErrorKind.FAILED, f"expected sealed memory from the server: length={length}")

    def close(self) -> None:
        """Gives the descriptors back; what is mapped stays."""
        while self._descriptors:
            os.close(self._descriptors.pop())


class ControlSocket:
    """A connection with a server. Any thread. `time_limit_s` is that of each request, in seconds."""

    def __init__(self, path: str, time_limit_s: float) -> None:
        self._socket = socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        if not 1 <= len(os.fsencode(path)) <= 107:
            raise Error(ErrorKind.WRONG_USAGE, f"socket path must have 1 to 107 bytes: path={path}")
        self._time_limit_s = time_limit_s
        self._sending = threading.Lock()
        self._changed = threading.Condition()
        self._replies: Dict[int, Optional[Reply]] = {}
        self._correlation = 0
        self._is_read = False
        self._is_ended = False
        whole, part = divmod(max(1, int(time_limit_s * 1_000_000)), 1_000_000)
        self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_SNDTIMEO, _TIME.pack(whole, part))
        try:
            self._socket.connect(path)
        except OSError as e:
            raise Error.of_system("connect", f"socket={path}", e) from None

    def __del__(self) -> None:
        self._socket.close()  # not before: another thread may be about to wait for its number

    def call(self, request_id: int, request: bytes) -> bytes:
        """Sends a request and waits for its reply; what the generated client asks of a channel."""
        reply = self.exchange(request_id, request)
        reply.close()
        return reply.data

    def send(self, request_id: int, request: bytes) -> None:
        """Sends a request that nobody answers."""
        self._send(request_id, request, 0)

    def exchange(self, request_id: int, request: bytes, along: Sequence[int] = ()) -> Reply:
        """Like `call`; the reply has its descriptors still. along: descriptors that go with the request, as copies."""
        until_s = time.monotonic() + self._time_limit_s
        number = self._begin()
        try:
            self._send(request_id, request, number, along)
            return self._await(number, until_s)
        finally:
            with self._changed:
                late = self._replies.pop(number, None)
            if late is not None:
                late.close()

    def await_end(self) -> None:
        """Waits until the other side, or `end` on this one, has ended the connection, or the other's process is
        killed."""
        peer = _PEER.unpack(self._socket.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, _PEER.size))
        with ProcessEnd(peer[0]) as process:
            while True:
                poll = select.poll()
                poll.register(self._socket, _POLLRDHUP)
                if process.descriptor >= 0:
                    poll.register(process.descriptor, select.POLLIN)
                found = poll.poll()
                if any(descriptor != process.descriptor for descriptor, _ in found) or process.is_killed():
                    return

    def end(self) -> None:
        """Ends the connection; every call on it fails from here on."""
        with self._changed:
            self._is_ended = True
            self._changed.notify_all()
        try:
            self._socket.shutdown(socket.SHUT_RDWR)
        except OSError:
            pass  # the other side was first

    def _begin(self) -> int:
        with self._changed:
            if self._is_ended:
                raise self._ended()
            self._correlation = self._correlation % _MAX_CORRELATION + 1
            while self._correlation in self._replies:
                self._correlation = self._correlation % _MAX_CORRELATION + 1
            self._replies[self._correlation] = None
            return self._correlation

    def _send(self, request_id: int, request: bytes, number: int, along: Sequence[int] = ()) -> None:
        if len(request) + _HEAD.size > _MAX_LENGTH:
            raise Error(ErrorKind.WRONG_USAGE, f"request must fit into {_MAX_LENGTH} bytes: length={len(request)}")
        try:
            with self._sending:
                rights = [(socket.SOL_SOCKET, socket.SCM_RIGHTS, array.array("i", along))] if along else []
                self._socket.sendmsg([_HEAD.pack(number, request_id), request], rights, socket.MSG_NOSIGNAL)
        except OSError as e:
            raise Error.of_system("sendmsg", "request", e) from None

    def _await(self, number: int, until_s: float) -> Reply:
        with self._changed:
            while True:
                reply = self._replies[number]
                if reply is not None:
                    self._replies[number] = None
                    return reply
                if self._is_ended:
                    raise self._ended()
                rest_s = until_s - time.monotonic()
                if rest_s <= 0:
                    raise Error(ErrorKind.TIMED_OUT,
                                f"no answer came in time: timeLimitMs={self._time_limit_s * 1_000:.0f}")
                if self._is_read:
                    self._changed.wait(rest_s)
                else:
                    self._read(rest_s)

    def _read(self, rest_s: float) -> None:
        """Reads one packet without the lock, for whomever it is."""
        self._is_read = True
        self._changed.release()
        data: Optional[bytes] = None
        descriptors: List[int] = []
        try:
            poll = select.poll()
            poll.register(self._socket, select.POLLIN)
            if poll.poll(rest_s * 1_000):
                data = self._receive(descriptors)
        finally:
            self._changed.acquire()
            self._is_read = False
            self._changed.notify_all()
        if data is None:
            return
        reply = Reply(data[_ID_OFFSET:], descriptors)
        if len(data) < _HEAD.size:
            self._is_ended = True
            reply.close()
            return
        number = _HEAD.unpack_from(data)[0]
        if self._replies.get(number, reply) is None:
            self._replies[number] = reply
        else:
            reply.close()  # of a request whose time is over: nobody's

    def _receive(self, descriptors: List[int]) -> Optional[bytes]:
        """A packet; empty when the connection has ended."""
        try:
            data, ancillary, _, _ = self._socket.recvmsg(_MAX_LENGTH, _CONTROL_LENGTH,
                                                         socket.MSG_CMSG_CLOEXEC | socket.MSG_DONTWAIT)
        except BlockingIOError:
            return None
        except OSError:
            return b""
        for level, kind, part in ancillary:
            if level == socket.SOL_SOCKET and kind == socket.SCM_RIGHTS:
                numbers = array.array("i")
                numbers.frombytes(part[:len(part) - len(part) % numbers.itemsize])
                descriptors.extend(numbers)
        return data

    @staticmethod
    def _ended() -> Error:
        return Error.unreachable("connection has ended")
