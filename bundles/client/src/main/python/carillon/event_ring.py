"""The two ends of a ring of event records in session memory. One thread each.

Each word that the other side may write is read once and checked before it is used, own positions are fields here, and a
record is copied before anybody looks at it. What cannot be is a fault: nothing passes any more. A full ring refuses at
once and counts.

Python has no memory fence. An aligned word is read and written in one piece here (a memoryview cast to "q" copies eight
bytes at once), and x86 keeps stores in order among each other and loads as well; on other processors, and between a
store and a later load on any, `fence` makes a system call, which orders them. So a producer always wakes by a system
call and never trusts that it saw the other side awake; a consumer makes one between arming its word and its last look.
"""

import ctypes
import platform
import struct
import time

from . import event as records
from . import session_memory as layout
from .event import Event

_WORDS = platform.machine() in ("x86_64", "AMD64", "i686")
_SYS_FUTEX = 98 if platform.machine() == "aarch64" else 202
_FUTEX_WAKE = 1
_FUTEX_WAIT_BITSET = 9
_ANY = 0xFFFFFFFF
_HEADER = struct.Struct("<ii")
_BODY = struct.Struct("<qiBBH")

AWAKE = 0
WAITING = 1


class Word:
    """A word of 32 bits in shared memory that threads sleep on, in the kernel, without holding up other threads."""

    def __init__(self, memory, offset):
        self._view = memoryview(memory).cast("B")[offset:offset + 4].cast("i")
        self._anchor = ctypes.c_int32.from_buffer(memory, offset)
        self._address = ctypes.addressof(self._anchor)
        self._syscall = ctypes.CDLL(None, use_errno=True).syscall

    def fence(self):
        """A system call that wakes nobody: it orders what was stored before against what is loaded after."""
        self._syscall(_SYS_FUTEX, ctypes.c_void_p(self._address), _FUTEX_WAKE, 0, None, None, 0)

    def arm(self):
        """The reader is about to sleep; it must look at its rings once more after this."""
        self._view[0] = WAITING
        self.fence()

    def disarm(self):
        """The reader is awake."""
        self._view[0] = AWAKE

    def ring(self):
        """Wakes who sleeps on the word, after something was published; always one system call."""
        self._view[0] = AWAKE
        self._syscall(_SYS_FUTEX, ctypes.c_void_p(self._address), _FUTEX_WAKE, 0x7FFFFFFF, None, None, 0)

    def sleep(self, until_mono_ns):
        """Sleeps while the word is WAITING, until a time of time.monotonic_ns(); may return without a reason."""
        if until_mono_ns <= time.monotonic_ns():
            return
        timespec = (ctypes.c_long * 2)(*divmod(until_mono_ns, 1_000_000_000))
        self._syscall(_SYS_FUTEX, ctypes.c_void_p(self._address), _FUTEX_WAIT_BITSET, WAITING, ctypes.byref(timespec),
                      None, ctypes.c_uint(_ANY))


class _End:
    def __init__(self, own, peer, capacity):
        self._mask = capacity - 1
        self.capacity = capacity
        self.fault = None  # why nothing passes any more, or None
        self._own = memoryview(own).cast("B")
        self._peer = memoryview(peer).cast("B")

    @staticmethod
    def _word(memory, offset):
        return memory[offset:offset + 8].cast("q")

    def _check(self, seen, low, high):
        if seen < low:
            self.fault = f"position moved backward: value={seen}, low={low}"
        elif seen > high:
            self.fault = f"position beyond the ring: value={seen}, high={high}"
        elif seen & 7:
            self.fault = f"position not a multiple of 8: value={seen}"
        return self.fault is None


class EventProducer(_End):
    """The end that puts records in. `fence` orders stores where the processor does not."""

    def __init__(self, own, peer, capacity, refused, fence=None):
        super().__init__(own, peer, capacity)
        self._tail_word = self._word(self._own, layout.TAIL_OFFSET)
        self._head_word = self._word(self._peer, layout.HEAD_OFFSET)
        self._refused = refused
        self._fence = None if _WORDS else fence
        self._position = 0
        self._head = 0

    @staticmethod
    def of_client(memory, fence=None):
        """The client's end of the ring to the server."""
        refused = memory.to_server[layout.REFUSED_OFFSET:layout.REFUSED_OFFSET + 64].cast("q")
        return EventProducer(memory.to_server, memory.to_client, memory.to_server_capacity, refused, fence)

    def offer(self, event):
        """Puts in a record; False, counted, when there is no room or it is too long."""
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

    def _has_room(self, needed):
        if self.fault is not None:
            return False
        seen = self._head_word[0]
        if not self._check(seen, self._head, self._position):
            self._head = self._position - self.capacity
            return False
        self._head = seen
        return needed <= self.capacity - (self._position - seen)

    def _refuse(self, reason):
        self._refused[reason] += 1
        return False

    def refused(self, reason):
        """Records that were refused for one reason."""
        return self._refused[reason]


class EventConsumer(_End):
    """The end that takes records out. `fence` orders loads where the processor does not."""

    def __init__(self, peer, own, capacity, fence=None):
        super().__init__(own, peer, capacity)
        self._tail_word = self._word(self._peer, layout.TAIL_OFFSET)
        self._head_word = self._word(self._own, layout.HEAD_OFFSET)
        self._data_words = self._peer[layout.DATA_OFFSET:layout.DATA_OFFSET + capacity].cast("q")
        self._fence = None if _WORDS else fence
        self._position = 0
        self._tail = 0

    @staticmethod
    def of_client(memory, fence=None):
        """The client's end of the ring to the client."""
        return EventConsumer(memory.to_client, memory.to_server, memory.to_client_capacity, fence)

    def poll(self, limit=64):
        """The next records, at most so many, as a list of Event; none waits only when it is empty."""
        events = []
        if self._position == self._tail and not self._read_tail():
            return events
        while len(events) < limit and self._position < self._tail:
            index = self._position & self._mask
            # one read for both: the producer may change them between two
            header = self._data_words[index >> 3]
            type = header >> 32
            length = ((header & 0xFFFFFFFF) ^ 0x80000000) - 0x80000000
            if not self._is_record(type, length, self.capacity - index):
                break
            self._position += records.aligned(length)
            if type != layout.PADDING_TYPE:
                at = layout.DATA_OFFSET + index + 8
                copy = self._peer[at:at + length - 8].tobytes()
                time_ns, source_id, port, message_length, flag_word = _BODY.unpack_from(copy)
                events.append(Event(type, copy[_BODY.size:], time_ns, source_id, port, message_length, flag_word))
        if self._fence is not None:
            self._fence()
        self._head_word[0] = self._position
        return events

    def is_empty(self):
        """Whether nothing waits."""
        return self._position == self._tail and not self._read_tail()

    def _read_tail(self):
        if self.fault is not None:
            return False
        seen = self._tail_word[0]
        if seen == self._tail or not self._check(seen, self._tail, self._position + self.capacity):
            return False
        if self._fence is not None:
            self._fence()
        self._tail = seen
        return True

    def _is_record(self, type, length, rest):
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
