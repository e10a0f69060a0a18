// One event record, as it lies in a ring. Little-endian machines; C++17; g++ 9 or clang 10 and newer.
#ifndef CARILLON_EVENT_HPP
#define CARILLON_EVENT_HPP

#include <cstddef>
#include <cstdint>
#include <cstring>

static_assert(__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__, "the layout is little-endian, and read in place");

namespace carillon {

// What a record is: MidiShare's type code plus 256.
enum EventType : std::int32_t {
    NOTE = 256,  // a whole note with its duration
    KEY_ON = 257,
    KEY_OFF = 258,
    KEY_PRESS = 259,
    CONTROL_CHANGE = 260,
    PROGRAM_CHANGE = 261,
    CHANNEL_PRESS = 262,
    PITCH_WHEEL = 263,
    SONG_POSITION = 264,
    SONG_SELECT = 265,
    CLOCK = 266,
    START = 267,
    CONTINUE = 268,
    STOP = 269,
    TUNE = 270,
    ACTIVE_SENSING = 271,
    RESET = 272,
    SYSEX = 273,          // a piece of a system exclusive message
    TASK = 384,           // a timed event to the session that sent it
    DEFERRED_TASK = 385,  // a task that its session runs when it chooses to
    QUARTER_FRAME = 386,
    SEQUENCE_NUMBER = 390,  // the meta events of Standard MIDI Files, up to PORT_PREFIX
    TEXT = 391,
    COPYRIGHT = 392,
    SEQUENCE_NAME = 393,
    INSTRUMENT_NAME = 394,
    LYRIC = 395,
    MARKER = 396,
    CUE_POINT = 397,
    CHANNEL_PREFIX = 398,
    END_OF_TRACK = 399,
    TEMPO = 400,
    SMPTE_OFFSET = 401,
    TIME_SIGNATURE = 402,
    KEY_SIGNATURE = 403,
    SEQUENCER_SPECIFIC = 404,
    PORT_PREFIX = 405,
    UMP64 = 416,   // a MIDI 2.0 channel voice message: one pair of words (Universal MIDI Packet, M2-104-UM)
    CHANGE = 417,  // something of the server has changed, told to a session that watches: see Change
};

// What a record of type CHANGE tells: byte 0 of its data is one of these, the upper half of its data the id of the port,
// connection or session.
enum class Change : std::uint8_t {
    PORT_CAME,
    PORT_GONE,
    CONNECTION_CAME,
    CONNECTION_CHANGED,
    CONNECTION_GONE,
    SESSION_CAME,
    SESSION_GONE
};

// Bits of what can be watched.
constexpr std::uint32_t WATCH_PORTS = 1;
constexpr std::uint32_t WATCH_CONNECTIONS = 2;
constexpr std::uint32_t WATCH_SESSIONS = 4;

constexpr std::int32_t HEADER_LENGTH = 24;  // bytes before the data
constexpr std::int32_t SHORT_LENGTH = 32;
constexpr std::int32_t NOTE_LENGTH = 40;
constexpr std::int32_t TASK_LENGTH = 56;
constexpr std::int32_t MAX_LENGTH = 1024;  // the longest record
constexpr std::int32_t MAX_PAYLOAD_LENGTH = MAX_LENGTH - HEADER_LENGTH;
constexpr std::int32_t MAX_SYSEX_LENGTH = 16 * 1024 * 1024;  // all records of a message together

// Flags of a piece of a system exclusive message.
constexpr std::uint16_t BEGIN = 1;
constexpr std::uint16_t END = 2;
constexpr std::uint16_t INCOMPLETE = 4;  // with END: the message was cut

// Where an event comes from, and more, in one word: source id, MidiShare's port, message length, flags.
struct Word {
    std::int32_t source_id;
    std::uint8_t port;            // MidiShare's port number, 0 to 255
    std::uint8_t message_length;  // valid bytes of data in a short message
    std::uint16_t flags;          // bits 0-2 BEGIN, END, INCOMPLETE; 3-7 hops; 8-15 index of the destination
};

// The record. What follows `data` belongs to longer ones, and is reached by `payload`.
struct Event {
    std::int32_t length;  // bytes with this header, without padding to 8
    std::int32_t type;
    std::int64_t time_ns;  // server time: deadline going out, 0 for now; time stamp coming in
    Word word;
    std::uint8_t data[8];  // a short message: status, data 1, data 2, zeros; or a MIDI 2.0 word pair

    std::uint16_t flags() const { return word.flags & (BEGIN | END | INCOMPLETE); }
    int hops() const { return word.flags >> 3 & 31; }
    int destination_index() const { return word.flags >> 8; }
    int status() const { return data[0]; }
    int channel() const { return data[0] & 0xF; }
    const std::uint8_t* payload() const { return reinterpret_cast<const std::uint8_t*>(this) + HEADER_LENGTH; }
    std::int32_t payload_length() const { return length - HEADER_LENGTH; }
    // Of a whole note.
    std::int64_t duration_ns() const { return long_at(SHORT_LENGTH); }
    // A word of a task: 0 what it is, 1 to 3 its arguments.
    std::int64_t task_word(int index) const { return long_at(HEADER_LENGTH + 8 * index); }

private:
    std::int64_t long_at(int offset) const {
        std::int64_t value;
        std::memcpy(&value, reinterpret_cast<const char*>(this) + offset, sizeof value);
        return value;
    }
};

static_assert(sizeof(Word) == 8, "layout of Word");
static_assert(offsetof(Word, source_id) == 0, "layout of Word");
static_assert(offsetof(Word, port) == 4, "layout of Word");
static_assert(offsetof(Word, message_length) == 5, "layout of Word");
static_assert(offsetof(Word, flags) == 6, "layout of Word");
static_assert(sizeof(Event) == SHORT_LENGTH, "layout of Event");
static_assert(offsetof(Event, length) == 0, "layout of Event");
static_assert(offsetof(Event, type) == 4, "layout of Event");
static_assert(offsetof(Event, time_ns) == 8, "layout of Event");
static_assert(offsetof(Event, word) == 16, "layout of Event");
static_assert(offsetof(Event, data) == HEADER_LENGTH, "layout of Event");

// Bytes that a record of this length takes in a ring.
constexpr std::int64_t aligned(std::int64_t length) { return (length + 7) & -8; }

// The data of a short message from its bytes.
constexpr std::uint64_t message(int status, int data1 = 0, int data2 = 0) {
    return (status & 0xFFu) | (data1 & 0xFFu) << 8 | (data2 & 0xFFu) << 16;
}

// The name of a type in filters and tables, or null where the code is not in use.
inline const char* type_name(std::int32_t type) {
    static constexpr const char* first[] = {"note", "keyon", "keyoff", "keypress", "ctrlchange", "progchange",
        "chanpress", "pitchwheel", "songpos", "songsel", "clock", "start", "continue", "stop", "tune", "activesens",
        "reset", "sysex"};
    static constexpr const char* meta[] = {"seqnum", "text", "copyright", "seqname", "instrname", "lyric", "marker",
        "cuepoint", "chanprefix", "endtrack", "tempo", "smpteoffset", "timesign", "keysign", "specific", "portprefix"};
    if (type >= NOTE && type <= SYSEX) {
        return first[type - NOTE];
    }
    if (type >= SEQUENCE_NUMBER && type <= PORT_PREFIX) {
        return meta[type - SEQUENCE_NUMBER];
    }
    switch (type) {
        case TASK: return "task";
        case DEFERRED_TASK: return "deferredtask";
        case QUARTER_FRAME: return "quarterframe";
        case UMP64: return "ump";
        default: return nullptr;
    }
}

// Bytes of a MIDI 1.0 message by its status byte; 0 where none starts with it, or it is system exclusive.
constexpr int message_length(int status) {
    switch (status & 0xF0) {
        case 0x80: case 0x90: case 0xA0: case 0xB0: case 0xE0: return 3;
        case 0xC0: case 0xD0: return 2;
        case 0xF0: break;
        default: return 0;
    }
    switch (status) {
        case 0xF2: return 3;
        case 0xF1: case 0xF3: return 2;
        case 0xF6: case 0xF8: case 0xFA: case 0xFB: case 0xFC: case 0xFE: case 0xFF: return 1;
        default: return 0;
    }
}

// The type of a complete MIDI 1.0 message by its status byte, or -1.
constexpr std::int32_t type_of_status(int status) {
    switch (status & 0xF0) {
        case 0x80: return KEY_OFF;
        case 0x90: return KEY_ON;
        case 0xA0: return KEY_PRESS;
        case 0xB0: return CONTROL_CHANGE;
        case 0xC0: return PROGRAM_CHANGE;
        case 0xD0: return CHANNEL_PRESS;
        case 0xE0: return PITCH_WHEEL;
        case 0xF0: break;
        default: return -1;
    }
    switch (status) {
        case 0xF0: return SYSEX;
        case 0xF1: return QUARTER_FRAME;
        case 0xF2: return SONG_POSITION;
        case 0xF3: return SONG_SELECT;
        case 0xF6: return TUNE;
        case 0xF8: return CLOCK;
        case 0xFA: return START;
        case 0xFB: return CONTINUE;
        case 0xFC: return STOP;
        case 0xFE: return ACTIVE_SENSING;
        case 0xFF: return RESET;
        default: return -1;
    }
}

}  // namespace carillon

#endif
