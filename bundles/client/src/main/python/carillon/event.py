"""One event record, as it lies in a ring. All words are little-endian.

     0        4        8                16       20   21   22       24
     +--------+--------+----------------+--------+----+----+--------+---------
     | length |  type  |    time_ns     |sourceId|port| ml | flags  | data ...
     +--------+--------+----------------+--------+----+----+--------+---------
"""

import struct

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

BEGIN = 1
END = 2
INCOMPLETE = 4

NOTE = 256
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
SYSEX = 273
TASK = 384
DEFERRED_TASK = 385
QUARTER_FRAME = 386
SEQUENCE_NUMBER = 390
TEXT = 391
PORT_PREFIX = 405
UMP64 = 416

_FIRST = ("note keyon keyoff keypress ctrlchange progchange chanpress pitchwheel songpos songsel clock start continue "
          "stop tune activesens reset sysex").split()
_META = ("seqnum text copyright seqname instrname lyric marker cuepoint chanprefix endtrack tempo smpteoffset timesign "
         "keysign specific portprefix").split()
TYPE_NAMES = {NOTE + i: name for i, name in enumerate(_FIRST)}
TYPE_NAMES.update({SEQUENCE_NUMBER + i: name for i, name in enumerate(_META)})
TYPE_NAMES.update({TASK: "task", DEFERRED_TASK: "deferredtask", QUARTER_FRAME: "quarterframe", UMP64: "ump"})
SHORT_TYPES = frozenset([*range(KEY_ON, SYSEX), QUARTER_FRAME, UMP64])

_CHANNEL_TYPES = {0x80: KEY_OFF, 0x90: KEY_ON, 0xA0: KEY_PRESS, 0xB0: CONTROL_CHANGE, 0xC0: PROGRAM_CHANGE,
                  0xD0: CHANNEL_PRESS, 0xE0: PITCH_WHEEL}
_SYSTEM_TYPES = {0xF0: SYSEX, 0xF1: QUARTER_FRAME, 0xF2: SONG_POSITION, 0xF3: SONG_SELECT, 0xF6: TUNE, 0xF8: CLOCK,
                 0xFA: START, 0xFB: CONTINUE, 0xFC: STOP, 0xFE: ACTIVE_SENSING, 0xFF: RESET}

assert HEADER.size == HEADER_LENGTH


def aligned(length):
    """Bytes that a record of this length takes in a ring."""
    return (length + 7) & -8


def type_of_status(status):
    """The type of a MIDI 1.0 message by its status byte, or -1."""
    return _SYSTEM_TYPES.get(status, -1) if status >= 0xF0 else _CHANNEL_TYPES.get(status & 0xF0, -1)


class Event:
    """A record as a value: what came out of a ring, or goes into one."""

    __slots__ = ("type", "time_ns", "source_id", "port", "message_length", "flag_word", "payload")

    def __init__(self, type, payload=b"", time_ns=0, source_id=0, port=0, message_length=0, flag_word=0):
        self.type = type
        self.time_ns = time_ns  # deadline going out, 0 for now; time stamp coming in
        self.source_id = source_id
        self.port = port  # MidiShare's port number, 0 to 255
        self.message_length = message_length
        self.flag_word = flag_word  # bits 0-2 flags, 3-7 hops, 8-15 index of the destination
        self.payload = bytes(payload)  # a short message: status, data 1, data 2, zeros, eight bytes in all

    @staticmethod
    def message(status, data1=0, data2=0, time_ns=0, source_id=0, port=0):
        """A complete MIDI 1.0 message that is not system exclusive."""
        type = type_of_status(status)
        if type in (-1, SYSEX):
            raise ValueError(f"expected the status byte of a short message: status={status}")
        length = {PROGRAM_CHANGE: 2, CHANNEL_PRESS: 2, SONG_SELECT: 2, QUARTER_FRAME: 2}.get(
            type, 1 if status >= 0xF4 else 3)
        data = bytes((status, data1, data2))[:length]
        return Event(type, data + bytes(8 - length), time_ns, source_id, port, length)

    @property
    def flags(self):
        """BEGIN, END, INCOMPLETE."""
        return self.flag_word & 7

    @property
    def hops(self):
        """How many ports of the server have forwarded it."""
        return self.flag_word >> 3 & 31

    @property
    def destination_index(self):
        """Which of its receiver's destinations it is for."""
        return self.flag_word >> 8

    @property
    def duration_ns(self):
        """Of a whole note."""
        return struct.unpack_from("<q", self.payload, 8)[0]

    @property
    def task_words(self):
        """Of a task: what it is, and three arguments."""
        return struct.unpack_from("<4q", self.payload, 0)

    def to_bytes(self):
        """The record without padding."""
        return HEADER.pack(HEADER_LENGTH + len(self.payload), self.type, self.time_ns, self.source_id, self.port,
                           self.message_length, self.flag_word) + self.payload

    @staticmethod
    def from_bytes(record):
        """The event of a record's bytes, which must be as long as it says."""
        length, type, time_ns, source_id, port, message_length, flag_word = HEADER.unpack_from(record)
        return Event(type, record[HEADER_LENGTH:length], time_ns, source_id, port, message_length, flag_word)

    def __repr__(self):
        return f"Event({TYPE_NAMES.get(self.type, self.type)}, {self.payload.hex()}, time_ns={self.time_ns})"
