"""The two ends of a ring of event records in session memory. One thread each.

Each word that the other side may write is read once and checked before it is used, own positions are fields here, and a
record is copied before anybody looks at it. What cannot be is a fault: nothing passes any more. A full ring refuses at
once and counts.

Python has no memory fence. An aligned word is read and written in one piece here (a memoryview cast to "q" copies eight
bytes at once), and x86 keeps stores in order among each other and loads as well; on other processors, and between a
store and a later load on any, `fence` makes a system call, which orders them. So a producer always wakes by a system
call and never trusts that it saw the other side awake; a consumer makes one between arming its word and its last look.
"""

from __future__ import annotations

import struct
from typing import Callable, List, Optional, Union

from . import event as records
from . import session_memory as layout
from .doorbell import KEEPS_ORDER
from .event import Event
from .session_memory import Memory, SessionMemory

Fence = Optional[Callable[[], None]]

_HEADER = struct.Struct("<ii")
_BODY = struct.Struct("<qiBBH")
_SHORT = struct.Struct("<iiqiBBH8s")


class _End:
    def __init__(self, own: Memory, peer: Memory, capacity: int) -> None:
        self._mask = capacity - 1
        self.capacity = capacity
        self.fault: Optional[str] = None  # why nothing passes any more, or None
        self._own = memoryview(own).cast("B")
        self._peer = memoryview(peer).cast("B")

    @staticmethod
    def _word(memory: memoryview, offset: int) -> memoryview:
        return memory[offset:offset + 8].cast("q")

    def _check(self, seen: int, low: int, high: int) -> bool:
        if seen < low:
            self.fault = f"position moved backward: value={seen}, low={low}"
        elif seen > high:
            self.fault = f"position beyond the ring: value={seen}, high={high}"
        elif seen & 7:
            self.fault = f"position not a multiple of 8: value={seen}"
        return self.fault is None


class EventProducer(_End):
    """The end that puts records in. `fence` orders stores where the processor does not."""

    def __init__(self, own: Memory, peer: Memory, capacity: int, refused: Union[memoryview, List[int]],
                 fence: Fence = None) -> None:
        super().__init__(own, peer, capacity)
        self._tail_word = self._word(self._own, layout.TAIL_OFFSET)
        self._head_word = self._word(self._peer, layout.HEAD_OFFSET)
        self._refused = refused
        self._fence = None if KEEPS_ORDER else fence
        self._position = 0
        self._head = 0

    @staticmethod
    def of_client(memory: SessionMemory, fence: Fence = None) -> EventProducer:
        """The client's end of the ring to the server."""
        refused = memory.to_server[layout.REFUSED_OFFSET:layout.REFUSED_OFFSET + 64].cast("q")
        return EventProducer(memory.to_server, memory.to_client, memory.to_server_capacity, refused, fence)

    def offer(self, event: Event) -> bool:
        """Puts in a record; False, counted, when there is no room or it is too long. One thread at a time."""
        length = records.HEADER_LENGTH + len(event.payload)
        if length > records.MAX_LENGTH:
            return self._refuse(layout.REFUSAL_LENGTH)
        taken = records.aligned(length)
        index = self._position & self._mask
        rest = self.capacity - index
        padding = rest if taken > rest else 0
        if padding + taken > self.capacity - (self._position - self._head) and not self._has_room(padding + taken):
            return self._refuse(layout.REFUSAL_FULL if self.fault is None else layout.REFUSAL_ENDED)
        if padding:
            _HEADER.pack_into(self._own, layout.DATA_OFFSET + index, padding, layout.PADDING_TYPE)
            index = 0
        at = layout.DATA_OFFSET + index
        self._own[at:at + length] = event.to_bytes()
        if self._fence is not None:
            self._fence()
        self._position += padding + taken
        self._tail_word[0] = self._position
        return True

    def _has_room(self, needed: int) -> bool:
        if self.fault is not None:
            return False
        seen = self._head_word[0]
        if not self._check(seen, self._head, self._position):
            self._head = self._position - self.capacity
            return False
        self._head = seen
        return needed <= self.capacity - (self._position - seen)

    def _refuse(self, reason: int) -> bool:
        self._refused[reason] += 1
        return False

    def refused(self, reason: int) -> int:
        """Records that were refused for one reason."""
        return self._refused[reason]


class EventConsumer(_End):
    """The end that takes records out. `fence` orders loads where the processor does not."""

    def __init__(self, peer: Memory, own: Memory, capacity: int, fence: Fence = None) -> None:
        super().__init__(own, peer, capacity)
        self._tail_word = self._word(self._peer, layout.TAIL_OFFSET)
        self._head_word = self._word(self._own, layout.HEAD_OFFSET)
        self._data = self._peer[layout.DATA_OFFSET:layout.DATA_OFFSET + capacity]
        self._fence = None if KEEPS_ORDER else fence
        self._position = 0
        self._tail = 0

    @staticmethod
    def of_client(memory: SessionMemory, fence: Fence = None) -> EventConsumer:
        """The client's end of the ring to the client."""
        return EventConsumer(memory.to_client, memory.to_server, memory.to_client_capacity, fence)

    def poll(self, limit: int = 64) -> List[Event]:
        """The next records, at most so many, as a list of Event; none waits only when it is empty."""
        events: List[Event] = []
        if self._position == self._tail and not self._read_tail():
            return events
        while len(events) < limit and self._position < self._tail:
            index = self._position & self._mask
            end = index + min(self._tail - self._position, max(limit * records.SHORT_LENGTH, records.MAX_LENGTH))
            # a private copy: what is in the ring may change between two looks
            self._take(self._data[index:end].tobytes(), self.capacity - index, limit, events)
        if self._fence is not None:
            self._fence()
        self._head_word[0] = self._position
        return events

    def _take(self, copy: bytes, rest: int, limit: int, events: List[Event]) -> None:
        """Reads whole records out of a copy that starts with one, up to its end, the limit or a fault."""
        unpack, short, append, make = _SHORT.unpack_from, records.SHORT_LENGTH, events.append, Event
        at, last, room = 0, len(copy) - short, limit - len(events)
        while room > 0:
            if at <= last:
                length, type, time_ns, source_id, port, message_length, flag_word, payload = unpack(copy, at)
                if length == short and type > 0:
                    append(make(type, payload, time_ns, source_id, port, message_length, flag_word))
                    at += short
                    room -= 1
                    continue
            if at >= len(copy):
                break
            length, type = _HEADER.unpack_from(copy, at)
            if at > 0 and length > len(copy) - at:
                break  # it goes on behind the copy, or is wrong: the next copy starts with it
            self._position += at
            if not self._is_record(type, length, rest - at):
                return
            self._position -= at
            if type != layout.PADDING_TYPE:
                body, end = at + _HEADER.size, at + length
                append(make(type, copy[body + _BODY.size:end], *_BODY.unpack_from(copy, body)))
                room -= 1
            at += records.aligned(length)
        self._position += at

    def is_empty(self) -> bool:
        """Whether nothing waits."""
        return self._position == self._tail and not self._read_tail()

    def _read_tail(self) -> bool:
        if self.fault is not None:
            return False
        seen = self._tail_word[0]
        if seen == self._tail or not self._check(seen, self._tail, self._position + self.capacity):
            return False
        if self._fence is not None:
            self._fence()
        self._tail = seen
        return True

    def _is_record(self, type: int, length: int, rest: int) -> bool:
        published = self._tail - self._position
        if type == layout.PADDING_TYPE:
            if length != rest or length > published:
                self.fault = f"padding that does not reach the end of the ring: value={length}"
        elif type <= 0:
            self.fault = f"record type not above 0: value={type}"
        elif not records.HEADER_LENGTH <= length <= records.MAX_LENGTH:
            self.fault = f"record length out of range: value={length}"
        elif records.aligned(length) > rest:
            self.fault = f"record across the end of the ring: value={length}"
        elif records.aligned(length) > published:
            self.fault = f"record longer than what is published: value={length}"
        if self.fault is not None:
            self._tail = self._position
        return self.fault is None
