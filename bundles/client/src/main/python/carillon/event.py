"""One event record, as it lies in a ring. All words are little-endian.

     0        4        8                16       20   21   22       24
     +--------+--------+----------------+--------+----+----+--------+---------
     | length |  type  |    time_ns     |sourceId|port| ml | flags  | data ...
     +--------+--------+----------------+--------+----+----+--------+---------
"""

from __future__ import annotations

import enum
import struct
from typing import Dict, Optional, Tuple

HEADER = struct.Struct("<iiqiBBH")
LENGTH_OFFSET = 0
TYPE_OFFSET = 4
TIME_NS_OFFSET = 8
SOURCE_ID_OFFSET = 16
PORT_OFFSET = 20
MESSAGE_LENGTH_OFFSET = 21
FLAGS_OFFSET = 22
HEADER_LENGTH = 24
SHORT_LENGTH = 32
NOTE_LENGTH = 40
TASK_LENGTH = 56
MAX_LENGTH = 1024
MAX_PAYLOAD_LENGTH = MAX_LENGTH - HEADER_LENGTH
MAX_SYSEX_LENGTH = 16 * 1024 * 1024  # all records of a message together

# flags of a piece of a system exclusive message
BEGIN = 1
END = 2
INCOMPLETE = 4  # with END: the message was cut

NOTE = 256  # a note with its duration; comes to destinations that take whole notes
KEY_ON = 257
KEY_OFF = 258
KEY_PRESS = 259
CONTROL_CHANGE = 260
PROGRAM_CHANGE = 261
CHANNEL_PRESS = 262
PITCH_WHEEL = 263
SONG_POSITION = 264
SONG_SELECT = 265
CLOCK = 266
START = 267
CONTINUE = 268
STOP = 269
TUNE = 270
ACTIVE_SENSING = 271
RESET = 272
SYSEX = 273  # a piece of a system exclusive message
TASK = 384  # a timed event to the session that sent it
DEFERRED_TASK = 385  # a task that its session runs when it chooses to
QUARTER_FRAME = 386
SEQUENCE_NUMBER = 390  # the meta events of Standard MIDI Files, up to PORT_PREFIX
TEXT = 391
COPYRIGHT = 392
SEQUENCE_NAME = 393
INSTRUMENT_NAME = 394
LYRIC = 395
MARKER = 396
CUE_POINT = 397
CHANNEL_PREFIX = 398
END_OF_TRACK = 399
TEMPO = 400
SMPTE_OFFSET = 401
TIME_SIGNATURE = 402
KEY_SIGNATURE = 403
SEQUENCER_SPECIFIC = 404
PORT_PREFIX = 405
UMP64 = 416  # a MIDI 2.0 channel voice message: one 64-bit pair of words
CHANGE = 417  # something of the server has changed, told to a session that watches: see Change


class Change(enum.IntEnum):
    """What an event of type CHANGE tells; Event.changed_id says of which port, connection or session."""

    PORT_CAME = 0
    PORT_GONE = 1
    CONNECTION_CAME = 2
    CONNECTION_CHANGED = 3  # its state or its filter is another
    CONNECTION_GONE = 4
    SESSION_CAME = 5
    SESSION_GONE = 6


# bits of what can be watched
WATCH_PORTS = 1
WATCH_CONNECTIONS = 2
WATCH_SESSIONS = 4

_FIRST = ("note keyon keyoff keypress ctrlchange progchange chanpress pitchwheel songpos songsel clock start continue "
          "stop tune activesens reset sysex").split()
_META = ("seqnum text copyright seqname instrname lyric marker cuepoint chanprefix endtrack tempo smpteoffset timesign "
         "keysign specific portprefix").split()
TYPE_NAMES = {NOTE + i: name for i, name in enumerate(_FIRST)}
TYPE_NAMES.update({SEQUENCE_NUMBER + i: name for i, name in enumerate(_META)})
TYPE_NAMES.update({TASK: "task", DEFERRED_TASK: "deferredtask", QUARTER_FRAME: "quarterframe", UMP64: "ump",
                   CHANGE: "change"})
SHORT_TYPES = frozenset([*range(KEY_ON, SYSEX), QUARTER_FRAME, UMP64])

_CHANNEL_TYPES = {0x80: KEY_OFF, 0x90: KEY_ON, 0xA0: KEY_PRESS, 0xB0: CONTROL_CHANGE, 0xC0: PROGRAM_CHANGE,
                  0xD0: CHANNEL_PRESS, 0xE0: PITCH_WHEEL}
_SYSTEM_TYPES = {0xF0: SYSEX, 0xF1: QUARTER_FRAME, 0xF2: SONG_POSITION, 0xF3: SONG_SELECT, 0xF6: TUNE, 0xF8: CLOCK,
                 0xFA: START, 0xFB: CONTINUE, 0xFC: STOP, 0xFE: ACTIVE_SENSING, 0xFF: RESET}

assert HEADER.size == HEADER_LENGTH


_TWO_BYTES = frozenset([PROGRAM_CHANGE, CHANNEL_PRESS, SONG_SELECT, QUARTER_FRAME])
_ONE_BYTE = frozenset([CLOCK, START, CONTINUE, STOP, TUNE, ACTIVE_SENSING, RESET])
_NOTE = struct.Struct("<4B4xq")
_TASK = struct.Struct("<4q")


def aligned(length: int) -> int:
    """Bytes that a record of this length takes in a ring."""
    return (length + 7) & -8


def type_of_status(status: int) -> int:
    """The type of a MIDI 1.0 message by its status byte, or -1."""
    return _SYSTEM_TYPES.get(status, -1) if status >= 0xF0 else _CHANNEL_TYPES.get(status & 0xF0, -1)


def message_length(status: int) -> int:
    """Bytes of a MIDI 1.0 message by its status byte; 0 where none starts with it, or it is system exclusive."""
    type = type_of_status(status)
    if type in (-1, SYSEX):
        return 0
    return 2 if type in _TWO_BYTES else 1 if type in _ONE_BYTE else 3


class Event:
    """A record as a value: what came out of a ring, or goes into one."""

    __slots__ = ("type", "time_ns", "source_id", "port", "message_length", "flag_word", "payload")

    def __init__(self, type: int, payload: bytes = b"", time_ns: int = 0, source_id: int = 0, port: int = 0,
                 message_length: int = 0, flag_word: int = 0) -> None:
        self.type = type
        self.time_ns = time_ns  # deadline going out, 0 for now; time stamp coming in
        self.source_id = source_id
        self.port = port  # MidiShare's port number, 0 to 255
        self.message_length = message_length
        self.flag_word = flag_word  # bits 0-2 flags, 3-7 hops, 8-15 index of the destination
        self.payload = payload  # a short message: status, data 1, data 2, zeros, eight bytes in all

    @staticmethod
    def message(status: int, data1: int = 0, data2: int = 0, time_ns: int = 0, source_id: int = 0,
                port: int = 0) -> Event:
        """A complete MIDI 1.0 message that is not system exclusive; ValueError where its bytes are none."""
        length = message_length(status)
        if length == 0:
            raise ValueError(f"expected the status byte of a short message: status={status}")
        data = bytes((status, data1, data2))[:length]
        return Event(type_of_status(status), data + bytes(8 - length), time_ns, source_id, port, length)

    @property
    def flags(self) -> int:
        """BEGIN, END, INCOMPLETE."""
        return self.flag_word & 7

    @property
    def hops(self) -> int:
        """How many ports of the server have forwarded it."""
        return self.flag_word >> 3 & 31

    @property
    def destination_index(self) -> int:
        """Which of its receiver's destinations it is for."""
        return self.flag_word >> 8

    @property
    def duration_ns(self) -> int:
        """Of a whole note."""
        return _NOTE.unpack(self.payload)[4]

    @property
    def task_words(self) -> Tuple[int, int, int, int]:
        """Of a task: what it is, and three arguments."""
        return _TASK.unpack(self.payload)

    @property
    def name(self) -> str:
        """Its type, in the words of filters."""
        return TYPE_NAMES.get(self.type, str(self.type))

    @property
    def status(self) -> int:
        """Status byte of a MIDI 1.0 message."""
        return self.payload[0]

    @property
    def data1(self) -> int:
        """First data byte of a MIDI 1.0 message: key, number of a controller or program, low half of a wheel."""
        return self.payload[1]

    @property
    def data2(self) -> int:
        """Second data byte of a MIDI 1.0 message: velocity, value, high half of a wheel."""
        return self.payload[2]

    @property
    def channel(self) -> int:
        """Of a channel message or a note, 0 to 15."""
        return self.payload[0] & 0xF

    @property
    def message_bytes(self) -> bytes:
        """The bytes of a MIDI message, as they go over a cable; of a piece of a system exclusive message the piece."""
        return self.payload[:self.message_length] if self.message_length else self.payload

    @property
    def change(self) -> Optional[Change]:
        """What an event of type CHANGE tells; None where a newer server tells what is unknown here."""
        number = self.payload[0]
        return Change(number) if number < len(Change) else None

    @property
    def changed_id(self) -> int:
        """Number of the port, connection or session that an event of type CHANGE is about."""
        return int.from_bytes(self.payload[4:8], "little", signed=True)

    def to_bytes(self) -> bytes:
        """The record without padding."""
        return HEADER.pack(HEADER_LENGTH + len(self.payload), self.type, self.time_ns, self.source_id, self.port,
                           self.message_length, self.flag_word) + self.payload

    @staticmethod
    def from_bytes(record: bytes) -> Event:
        """The event of a record's bytes, which must be as long as it says."""
        length, type, time_ns, source_id, port, message_length, flag_word = HEADER.unpack_from(record)
        return Event(type, record[HEADER_LENGTH:length], time_ns, source_id, port, message_length, flag_word)

    def __repr__(self) -> str:
        return f"Event({self.name}, {self.payload.hex()}, time_ns={self.time_ns})"


def note(channel: int, pitch: int, velocity: int, duration_ns: int, time_ns: int = 0, source_id: int = 0) -> Event:
    """A note that ends by itself, after so many nanoseconds; channel 0 to 15."""
    data = _NOTE.pack(0x90 | channel & 0xF, pitch & 0x7F, velocity & 0x7F, 0, duration_ns)
    return Event(NOTE, data, time_ns, source_id, 0, 3)


def task(deadline_ns: int, what: int, argument1: int = 0, argument2: int = 0, argument3: int = 0,
         type: int = TASK) -> Event:
    """A task, or a deferred one: what it is and three arguments, any numbers of 64 bits."""
    return Event(type, _TASK.pack(what, argument1, argument2, argument3), deadline_ns)


class SysexAssembler:
    """Puts the pieces of system exclusive messages together, one message at a time for each destination."""

    def __init__(self) -> None:
        self._pieces: Dict[int, bytearray] = {}

    def take(self, event: Event) -> Optional[bytes]:
        """The whole message, from F0 to F7, when an event is its last piece; None for every other event, and when the
        message was cut."""
        if event.type != SYSEX:
            return None
        index, flags = event.destination_index, event.flags
        if flags & BEGIN:
            self._pieces[index] = bytearray()
        pieces = self._pieces.get(index)
        if pieces is None:
            return None  # its beginning was lost
        pieces += event.payload
        if not flags & END:
            return None
        del self._pieces[index]
        return None if flags & INCOMPLETE else bytes(pieces)
