"""A program that uses the Carillon server."""

from __future__ import annotations

import enum
import threading
from types import TracebackType
from typing import IO, Callable, List, Optional, Type, TypeVar

from . import control
from .error import Error, ErrorKind
from .link import Link, Options
from .server_view import ServerView
from .session import Session
from .session_memory import DEFAULT_CAPACITY, MAX_CAPACITY, MIN_CAPACITY, is_capacity

T = TypeVar("T")


class ClientState(enum.Enum):
    """How a client stands with its server."""

    PASSIVE = "passive"  # it has no session; nobody has asked for a server
    ACTIVE = "active"  # all its sessions are there
    EXCEPTION = "exception"  # unreachable: every call that needs the server fails at once, until it is back


class Client:
    """Making one asks nobody; `open` connects, and starts a server where none is. Any thread. A context manager: its
    end closes all its sessions.

    name: of the program, for lists and log lines. on_state: is told each change of `state`, on the thread that sees it.
    """

    def __init__(self, name: str, options: Optional[Options] = None,
                 on_state: Optional[Callable[[ClientState], None]] = None) -> None:
        self._name = name
        self._options = options or Options()
        self._on_state = on_state
        self._lock = threading.Lock()
        self._sessions: List[Session] = []
        self._told = ClientState.PASSIVE

    @property
    def state(self) -> ClientState:
        """How it stands with its server, all sessions taken together."""
        with self._lock:
            return self._state()

    def _state(self) -> ClientState:
        if not self._sessions:
            return ClientState.PASSIVE
        is_whole = all(session.is_reachable for session in self._sessions)
        return ClientState.ACTIVE if is_whole else ClientState.EXCEPTION

    def is_server_there(self) -> bool:
        """Whether a server listens. Never starts one."""
        try:
            Link(self._name, self._options).socket.end()
            return True
        except Error as e:
            if e.kind is not ErrorKind.UNREACHABLE:
                raise
            return False

    def look(self) -> ServerView:
        """The server as it shows itself, without a session. Never starts one."""
        link = Link(self._name, self._options)
        link.socket.end()
        return link.view

    def ask(self, asking: Callable[[control.ControlClient], T], file: Optional[IO[bytes]] = None) -> T:
        """Asks anything that the schema knows, over a connection of its own: a callable that takes the generated
        client, such as lambda server: server.ports(Page(0, 100, "")). Never starts a server.

        file: open for reading; goes along with each request, as the jar does with installDriver.
        """
        link = Link(self._name, self._options)
        try:
            return link.ask(asking, file)
        finally:
            link.socket.end()

    def open(self, session: str, to_server_capacity: int = DEFAULT_CAPACITY,
             to_client_capacity: int = DEFAULT_CAPACITY) -> Session:
        """Opens a session; starts a server where none listens, unless the options forbid it.

        Capacities of the rings in bytes are powers of two from 8 KiB to 16 MiB; a short message takes 32 bytes.
        """
        if not is_capacity(to_server_capacity) or not is_capacity(to_client_capacity):
            raise Error(ErrorKind.WRONG_USAGE,
                        f"ring capacity must be a power of two from {MIN_CAPACITY} to {MAX_CAPACITY} bytes: "
                        f"toServer={to_server_capacity}, toClient={to_client_capacity}")
        made = Session(self._name, self._options, session, to_server_capacity, to_client_capacity, self._changed)
        with self._lock:
            self._sessions.append(made)
            others = list(self._sessions)
        for each in others:
            each.retry()  # others may have lost the server that was started now
        self._changed()
        return made

    def close(self) -> None:
        """Closes all sessions."""
        with self._lock:
            sessions = list(self._sessions)
        for session in sessions:
            session.close()

    def __enter__(self) -> Client:
        return self

    def __exit__(self, kind: Optional[Type[BaseException]], error: Optional[BaseException],
                 trace: Optional[TracebackType]) -> None:
        self.close()

    def _changed(self) -> None:
        """A session was opened, lost, found again or closed."""
        with self._lock:
            self._sessions = [session for session in self._sessions if not session.is_closed]
            state = self._state()
            if state is self._told:
                return
            self._told = state
        if self._on_state is not None:
            self._on_state(state)
