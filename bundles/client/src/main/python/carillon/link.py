"""A connection with a server that has been greeted, and the memory of a session on it."""

from __future__ import annotations

import dataclasses
import os
from typing import IO, Callable, Optional, TypeVar

from . import control, server_paths
from .control_socket import ControlSocket, Reply
from .doorbell import Word
from .error import Error, ErrorKind
from .event_ring import EventConsumer, EventProducer
from .server_view import PAGE_LENGTH, ServerView
from .session_memory import CLIENT_WORD_OFFSET, DATA_OFFSET, KERNEL_WORD_OFFSET, SessionMemory

PROTOCOL_VERSION = 1
T = TypeVar("T")


@dataclasses.dataclass(frozen=True)
class Options:
    """How a client meets its server."""

    socket: str = dataclasses.field(default_factory=server_paths.find_socket)  # of the server
    command: str = ""  # that starts a server; empty: CARILLON_COMMAND, else `carillon` of the search path
    starts_server: bool = True  # opening a session starts one where none is
    time_limit_s: float = 5.0  # of each request, in seconds


class Keeper:
    """A channel that keeps the last reply with its descriptors."""

    def __init__(self, socket: ControlSocket) -> None:
        self._socket = socket
        self.reply = Reply(b"", [])

    def call(self, request_id: int, request: bytes) -> bytes:
        self.reply = self._socket.exchange(request_id, request)
        return self.reply.data

    def send(self, request_id: int, request: bytes) -> None:
        self._socket.send(request_id, request)


class Sender:
    """A channel whose requests take an open file along."""

    def __init__(self, socket: ControlSocket, file: IO[bytes]) -> None:
        self._socket = socket
        self._file = file

    def call(self, request_id: int, request: bytes) -> bytes:
        reply = self._socket.exchange(request_id, request, [self._file.fileno()])
        reply.close()
        return reply.data

    def send(self, request_id: int, request: bytes) -> None:
        self._socket.send(request_id, request)


def answer(asking: Callable[[], T]) -> T:
    """What a request is answered; what goes wrong is an Error."""
    try:
        return asking()
    except control.WireRefusal as e:
        raise Error.of_code(e.code, str(e)) from None
    except control.WireError as e:
        raise Error(ErrorKind.FAILED, f"request or reply is not what it should be: reason={e}") from None


class Link:
    """A connection that has been greeted. Raises Error of kind UNREACHABLE where nobody listens. Any thread."""

    def __init__(self, name: str, options: Options) -> None:
        server_paths.check_folder(options.socket)
        self.socket = ControlSocket(options.socket, options.time_limit_s)
        try:
            self.view = self._greet(name)
        except BaseException:
            self.socket.end()
            raise
        self._client = control.ControlClient(self.socket)

    def _greet(self, name: str) -> ServerView:
        keeper = Keeper(self.socket)
        try:
            hello = control.Hello(PROTOCOL_VERSION, name, os.getpid())
            welcome = answer(lambda: control.ControlClient(keeper).hello(hello))
            if welcome.statusLength < PAGE_LENGTH:
                raise Error(ErrorKind.FAILED, f"expected a longer status page: length={welcome.statusLength}")
            return ServerView(keeper.reply.map(0, welcome.statusLength, False))
        finally:
            keeper.reply.close()

    def ask(self, asking: Callable[[control.ControlClient], T], file: Optional[IO[bytes]] = None) -> T:
        """Asks anything that the schema knows: a callable that takes the generated client. file: goes with requests."""
        client = self._client if file is None else control.ControlClient(Sender(self.socket, file))
        return answer(lambda: asking(client))


class SessionLink:
    """One life of a session: a connection, and the ends of two rings. After a loss the session gets another."""

    def __init__(self, link: Link, name: str, to_server_capacity: int, to_client_capacity: int) -> None:
        self.link = link
        try:
            self.memory = self._open(control.OpenSession(name, to_server_capacity, to_client_capacity, 0))
        except BaseException:
            link.socket.end()
            raise
        self.kernel_word = Word(self.memory.to_server, KERNEL_WORD_OFFSET, lambda: _wake_by_request(link))
        self.client_word = Word(self.memory.to_server, CLIENT_WORD_OFFSET)
        self.out = EventProducer.of_client(self.memory, self.kernel_word.fence)
        self.incoming = EventConsumer.of_client(self.memory, self.client_word.fence)

    def _open(self, wanted: control.OpenSession) -> SessionMemory:
        keeper = Keeper(self.link.socket)
        try:
            opened = answer(lambda: control.ControlClient(keeper).openSession(wanted))
            to_server = keeper.reply.map(0, DATA_OFFSET + opened.toServerCapacity, True)
            to_client = keeper.reply.map(1, DATA_OFFSET + opened.toClientCapacity, False)
            return SessionMemory(to_server, to_client)
        except ValueError as e:
            raise Error(ErrorKind.FAILED, str(e)) from None
        finally:
            keeper.reply.close()


def _wake_by_request(link: Link) -> None:
    """Where there is no futex: a request that the kernel's thread answers wakes it as well. Knows no session, so that
    its memory goes with the last who has it, and waits for no search of cycles."""
    try:
        link.ask(lambda server: server.kernelPing(control.Number(0)))
    except Error:
        pass  # the server is gone, and what was sent with it
