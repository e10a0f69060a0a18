package org.carillon.protocol;

import java.util.Arrays;

/**
 * What a record is. The low byte is MidiShare's type code (GRAME, MidiShare developer documentation, table of event
 * types), so that type filters of 256 bits serve both; {@value #BASE} is added because a record in a ring needs a type
 * above zero.
 */
public final class EventType {
    /** Added to every code. */
    public static final int BASE = 0x100;

    /** A note with its duration; stays whole for destinations that take whole notes. */
    public static final int NOTE = BASE;
    public static final int KEY_ON = BASE + 1;
    public static final int KEY_OFF = BASE + 2;
    public static final int KEY_PRESS = BASE + 3;
    public static final int CONTROL_CHANGE = BASE + 4;
    public static final int PROGRAM_CHANGE = BASE + 5;
    public static final int CHANNEL_PRESS = BASE + 6;
    public static final int PITCH_WHEEL = BASE + 7;
    public static final int SONG_POSITION = BASE + 8;
    public static final int SONG_SELECT = BASE + 9;
    public static final int CLOCK = BASE + 10;
    public static final int START = BASE + 11;
    public static final int CONTINUE = BASE + 12;
    public static final int STOP = BASE + 13;
    public static final int TUNE = BASE + 14;
    public static final int ACTIVE_SENSING = BASE + 15;
    public static final int RESET = BASE + 16;
    /** A piece of a system exclusive message, see {@link Event#BEGIN} and {@link Event#END}. */
    public static final int SYSEX = BASE + 17;
    /** A task: a timed event to the session that sent it, never to anybody else. */
    public static final int TASK = BASE + 128;
    /** A deferred task: like a task, but the session runs it when it chooses to. */
    public static final int DEFERRED_TASK = BASE + 129;
    public static final int QUARTER_FRAME = BASE + 130;
    /** First of the meta events of Standard MIDI Files; their payload is the file's own. */
    public static final int SEQUENCE_NUMBER = BASE + 134;
    public static final int TEXT = BASE + 135;
    public static final int COPYRIGHT = BASE + 136;
    public static final int SEQUENCE_NAME = BASE + 137;
    public static final int INSTRUMENT_NAME = BASE + 138;
    public static final int LYRIC = BASE + 139;
    public static final int MARKER = BASE + 140;
    public static final int CUE_POINT = BASE + 141;
    public static final int CHANNEL_PREFIX = BASE + 142;
    public static final int END_OF_TRACK = BASE + 143;
    public static final int TEMPO = BASE + 144;
    public static final int SMPTE_OFFSET = BASE + 145;
    public static final int TIME_SIGNATURE = BASE + 146;
    public static final int KEY_SIGNATURE = BASE + 147;
    public static final int SEQUENCER_SPECIFIC = BASE + 148;
    public static final int PORT_PREFIX = BASE + 149;
    /** A MIDI 2.0 channel voice message: one 64-bit pair of words (Universal MIDI Packet, M2-104-UM). */
    public static final int UMP64 = BASE + 160;
    /** Something of the server has changed, told to a session that watches; a short record, see {@link Change}. */
    public static final int CHANGE = BASE + 161;
    /** The note-off that the kernel owes for a whole note; it never leaves the kernel. */
    public static final int OWED_NOTE_OFF = BASE + 200;

    private static final String[] NAMES = new String[256];
    private static final boolean[] SHORT = new boolean[256];

    static {
        String[] first = {"note", "keyon", "keyoff", "keypress", "ctrlchange", "progchange", "chanpress", "pitchwheel",
            "songpos", "songsel", "clock", "start", "continue", "stop", "tune", "activesens", "reset", "sysex"};
        System.arraycopy(first, 0, NAMES, 0, first.length);
        NAMES[code(TASK)] = "task";
        NAMES[code(DEFERRED_TASK)] = "deferredtask";
        NAMES[code(QUARTER_FRAME)] = "quarterframe";
        String[] meta = {"seqnum", "text", "copyright", "seqname", "instrname", "lyric", "marker", "cuepoint",
            "chanprefix", "endtrack", "tempo", "smpteoffset", "timesign", "keysign", "specific", "portprefix"};
        System.arraycopy(meta, 0, NAMES, code(SEQUENCE_NUMBER), meta.length);
        NAMES[code(UMP64)] = "ump";
        Arrays.fill(SHORT, code(KEY_ON), code(SYSEX), true);
        SHORT[code(QUARTER_FRAME)] = true;
        SHORT[code(UMP64)] = true;
    }

    private EventType() {}

    /** MidiShare's code of a type, 0 to 255. */
    public static int code(int type) {
        return type & 0xFF;
    }

    /** The name of a type in filters and tables, or null where the code is not in use. */
    public static String name(int type) {
        return NAMES[code(type)];
    }

    /** The type with this name, or -1. */
    public static int named(String name) {
        for (int code = 0; code < NAMES.length; code++) {
            if (name.equalsIgnoreCase(NAMES[code])) {
                return BASE + code;
            }
        }
        return -1;
    }

    /** Channel voice messages of MIDI 1.0 and whole notes: the types that have a channel. */
    public static boolean hasChannel(int type) {
        return type >= NOTE && type <= PITCH_WHEEL;
    }

    /** System real-time messages: the only ones that may pass a system exclusive message at a destination. */
    public static boolean isRealTime(int type) {
        return type >= CLOCK && type <= RESET && type != TUNE;
    }

    /** Tasks and deferred tasks. */
    public static boolean isTask(int type) {
        return type == TASK || type == DEFERRED_TASK;
    }

    /** Types whose records are {@link Event#SHORT_LENGTH} bytes long, whatever they hold. */
    public static boolean isShort(int type) {
        return (type & ~0xFF) == BASE && SHORT[code(type)];
    }

    /** Types that a client may send: everything that is drawn here except the kernel's own. */
    public static boolean isSendable(int type) {
        return (type & ~0xFF) == BASE && NAMES[code(type)] != null;
    }

    /**
     * The type of a complete MIDI 1.0 message by its status byte.
     *
     * @return the type, or -1 where the byte starts no message that a record can hold.
     */
    public static int ofStatus(int status) {
        return switch (status & 0xF0) {
            case 0x80 -> KEY_OFF;
            case 0x90 -> KEY_ON;
            case 0xA0 -> KEY_PRESS;
            case 0xB0 -> CONTROL_CHANGE;
            case 0xC0 -> PROGRAM_CHANGE;
            case 0xD0 -> CHANNEL_PRESS;
            case 0xE0 -> PITCH_WHEEL;
            case 0xF0 -> ofSystemStatus(status & 0xFF);
            default -> -1;
        };
    }

    private static int ofSystemStatus(int status) {
        return switch (status) {
            case 0xF0 -> SYSEX;
            case 0xF1 -> QUARTER_FRAME;
            case 0xF2 -> SONG_POSITION;
            case 0xF3 -> SONG_SELECT;
            case 0xF6 -> TUNE;
            case 0xF8 -> CLOCK;
            case 0xFA -> START;
            case 0xFB -> CONTINUE;
            case 0xFC -> STOP;
            case 0xFE -> ACTIVE_SENSING;
            case 0xFF -> RESET;
            default -> -1;
        };
    }

    /** Bytes of a MIDI 1.0 message of this type with its status byte; 0 for types that are no such message. */
    public static int messageLength(int type) {
        return switch (type) {
            case KEY_ON, KEY_OFF, KEY_PRESS, CONTROL_CHANGE, PITCH_WHEEL, SONG_POSITION -> 3;
            case PROGRAM_CHANGE, CHANNEL_PRESS, SONG_SELECT, QUARTER_FRAME -> 2;
            case CLOCK, START, CONTINUE, STOP, TUNE, ACTIVE_SENSING, RESET -> 1;
            default -> 0;
        };
    }
}
