"""What a server shows of itself, read out of its status page: no request, no wait. Any thread."""

from __future__ import annotations

import dataclasses
import mmap
import struct
import time
from typing import Dict, List, Union

from .clock import ServerClock
from .error import Error, ErrorKind
from .doorbell import own_fence

MAGIC = b"CARILLON"
VERSION = 1
READY = 1
VERSION_OFFSET = 8
STATE_OFFSET = 16
PROCESS_ID_OFFSET = 20
CLOCK_OFFSET = 128
SEQUENCE_OFFSET = 256
COUNTERS_OFFSET = 384
DROPS_OFFSET = COUNTERS_OFFSET + 32 * 8
SESSIONS_OFFSET = 1024
SESSION_LENGTH = 128
SESSION_CAPACITY = 256
PORTS_OFFSET = SESSIONS_OFFSET + SESSION_LENGTH * SESSION_CAPACITY
PORT_LENGTH = 192
PORT_CAPACITY = 1024
CONNECTIONS_OFFSET = PORTS_OFFSET + PORT_LENGTH * PORT_CAPACITY
CONNECTION_LENGTH = 640
CONNECTION_CAPACITY = 2048
PAGE_LENGTH = CONNECTIONS_OFFSET + CONNECTION_LENGTH * CONNECTION_CAPACITY

SESSION_NAME = 24
PORT_NAME = 32
SOURCE_NAME = 40
DESTINATION_NAME = 168
FILTER = 296
MAX_TEXT_LENGTH = 342

_LIMIT_S = 1.0  # longer than any change of the tables
_ID = struct.Struct("<i")
_PORT = struct.Struct("<iiqqii")
_CONNECTION = struct.Struct("<iiqq8xq")
_TEXT = struct.Struct("<H")

assert PORTS_OFFSET == 33_792
assert CONNECTIONS_OFFSET == 230_400
assert PAGE_LENGTH == 1_541_120


@dataclasses.dataclass(frozen=True)
class PortInfo:
    """A port as it is now."""

    id: int
    name: str
    is_destination: bool
    forwards: bool  # the server itself forwards what comes to it
    session: str  # session or driver that published it
    events: int  # that came from it or went to it
    dropped: int  # that it should have got, or could not hand in


@dataclasses.dataclass(frozen=True)
class ConnectionInfo:
    """A connection or a tap as it is now."""

    id: int
    source: str
    destination: str
    state: int  # 0 a port is absent, 1 active, 2 it would close a loop
    tap: int  # 0 a connection, 1 a tap of a source, 2 a tap of a destination
    filter: str
    events: int  # delivered
    dropped: int  # not delivered although nothing spoke against them
    filtered: int  # turned away by the filter


class ServerView:
    """Over a page that outlives this."""

    def __init__(self, page: Union[mmap.mmap, bytearray]) -> None:
        self._page = memoryview(page).cast("B")
        self._fence = fence = own_fence()
        found = struct.unpack_from("<i", self._page, VERSION_OFFSET)[0]
        if bytes(self._page[:len(MAGIC)]) != MAGIC or found != VERSION:
            raise Error(ErrorKind.FAILED, f"expected a status page of version {VERSION}: version={found}")
        self._sequence = self._page[SEQUENCE_OFFSET:SEQUENCE_OFFSET + 8].cast("q")
        self.clock = ServerClock(self._page, CLOCK_OFFSET, fence)  # server time; dates of events are of this clock

    @property
    def is_ready(self) -> bool:
        """Whether the server takes sessions."""
        return self._word(STATE_OFFSET) == READY

    @property
    def process_id(self) -> int:
        """Of the server."""
        return self._word(PROCESS_ID_OFFSET)

    def counter(self, index: int) -> int:
        """A number that the server counts, 0 to 31."""
        return self._long(COUNTERS_OFFSET + index * 8)

    def dropped(self, reason: int) -> int:
        """Events that were dropped for a reason, 0 to 31."""
        return self._long(DROPS_OFFSET + reason * 8)

    def sessions(self) -> List[str]:
        """Names of sessions and drivers."""
        return list(_session_names(self._whole(SESSIONS_OFFSET, PORTS_OFFSET)).values())

    def ports(self) -> List[PortInfo]:
        """Ports, in the order of their names."""
        tables = self._whole(SESSIONS_OFFSET, CONNECTIONS_OFFSET)
        names = _session_names(tables)
        ports = []
        for at in range(PORTS_OFFSET - SESSIONS_OFFSET, len(tables), PORT_LENGTH):
            id, session, events, dropped, direction, traits = _PORT.unpack_from(tables, at)
            if id != 0:
                ports.append(PortInfo(id, _text(tables, at + PORT_NAME), direction & 1 != 0, traits != 0,
                                      names.get(session, ""), events, dropped))
        return sorted(ports, key=lambda port: port.name)

    def connections(self) -> List[ConnectionInfo]:
        """Connections and taps, in the order of their numbers."""
        table = self._whole(CONNECTIONS_OFFSET, PAGE_LENGTH)
        connections = []
        for at in range(0, len(table), CONNECTION_LENGTH):
            id, state, events, dropped, filtered = _CONNECTION.unpack_from(table, at)
            if id != 0:
                connections.append(ConnectionInfo(
                    id, _text(table, at + SOURCE_NAME), _text(table, at + DESTINATION_NAME), state & 0xFF,
                    state >> 8 & 0xFF, _text(table, at + FILTER), events, dropped, filtered))
        return sorted(connections, key=lambda connection: connection.id)

    def is_connected(self, source: str, destination: str) -> bool:
        """Whether events flow from one port to the other, by their full names."""
        return any(each.source == source and each.destination == destination and each.tap == 0 and each.state == 1
                   for each in self.connections())

    def _word(self, offset: int) -> int:
        return self._page[offset:offset + 4].cast("i")[0]

    def _long(self, offset: int) -> int:
        return self._page[offset:offset + 8].cast("q")[0]

    def _whole(self, start: int, end: int) -> bytes:
        """Copies tables until none has changed meanwhile: they are published under a sequence lock, which a server that
        died while it wrote them holds for ever."""
        until = time.monotonic() + _LIMIT_S
        while time.monotonic() < until:
            before = self._sequence[0]
            if self._fence is not None:
                self._fence()
            copy = self._page[start:end].tobytes()
            if self._fence is not None:
                self._fence()
            if not before & 1 and self._sequence[0] == before:
                return copy
        raise Error.unreachable("its tables stay unfinished")


def _session_names(table: bytes) -> Dict[int, str]:
    names = {}
    for at in range(0, SESSION_LENGTH * SESSION_CAPACITY, SESSION_LENGTH):
        id = _ID.unpack_from(table, at)[0]
        if id != 0:
            names[id] = _text(table, at + SESSION_NAME)
    return names


def _text(table: bytes, at: int) -> str:
    length = min(_TEXT.unpack_from(table, at)[0], MAX_TEXT_LENGTH)
    return table[at + 2:at + 2 + length].decode("utf-8", "replace")
