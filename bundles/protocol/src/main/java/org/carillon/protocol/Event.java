package org.carillon.protocol;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * One event record, read and written in place: a flyweight without state but segment and offset.
 *
 * <pre>
 *   0        4        8                16       20   21   22       24                32
 *   +--------+--------+----------------+--------+----+----+--------+----------------+
 *   | length |  type  |     timeNs     |sourceId|port| ml | flags  |      data      |  short message: 32 bytes
 *   +--------+--------+----------------+--------+----+----+--------+----------------+
 *
 *   length    int32   bytes of the record with these 24 of header, without padding to 8
 *   type      int32   {@link EventType}
 *   timeNs    int64   deadline on the way out, time stamp on the way in; server time; 0 going out means now
 *   sourceId  int32   port that the event came from, set by its sender, checked by the kernel
 *   port      uint8   MidiShare's port number, 0 to 255, a value of the event that filters look at
 *   ml        uint8   message length: valid bytes of data in a short message
 *   flags     uint16  bits 0-2 {@link #BEGIN} {@link #END} {@link #INCOMPLETE};
 *                     bits 3-7 how many ports of the server have forwarded it, set by the kernel;
 *                     bits 8-15 which of its receiver's destinations the record is for, set by the kernel
 *
 *   data, short:   status, data 1, data 2, zeros; or a MIDI 2.0 word pair, first word in the low half
 *   data, note:    0x90 + channel, pitch, velocity, release velocity, 4 zeros, int64 durationNs       (40 bytes)
 *   data, task:    int64 what, int64 argument 1, int64 argument 2, int64 argument 3                   (56 bytes)
 *   data, meta:    the bytes of the meta event, up to {@link #MAX_PAYLOAD_LENGTH}
 *   data, SysEx:   bytes of the message in order, 0xF0 and 0xF7 included, up to {@link #MAX_PAYLOAD_LENGTH} a record;
 *                  the first has BEGIN, the last END, one that is both has both; all have the same sourceId and
 *                  deadline; INCOMPLETE beside END says that the message was cut and 0xF7 is missing
 * </pre>
 *
 * The first eight bytes are those of an Agrona ring's record, so a record lies in a ring as it lies here.
 */
public final class Event {
    public static final int LENGTH_OFFSET = 0;
    public static final int TYPE_OFFSET = LENGTH_OFFSET + Integer.BYTES;
    public static final int TIME_NS_OFFSET = TYPE_OFFSET + Integer.BYTES;
    public static final int SOURCE_ID_OFFSET = TIME_NS_OFFSET + Long.BYTES;
    public static final int PORT_OFFSET = SOURCE_ID_OFFSET + Integer.BYTES;
    public static final int MESSAGE_LENGTH_OFFSET = PORT_OFFSET + Byte.BYTES;
    public static final int FLAGS_OFFSET = MESSAGE_LENGTH_OFFSET + Byte.BYTES;
    public static final int DATA_OFFSET = FLAGS_OFFSET + Short.BYTES;
    public static final int DURATION_NS_OFFSET = DATA_OFFSET + Long.BYTES;

    /** Length and type: what a ring writes by itself. */
    public static final int RING_HEADER_LENGTH = TIME_NS_OFFSET;
    /** Bytes before the data. */
    public static final int HEADER_LENGTH = DATA_OFFSET;
    public static final int SHORT_LENGTH = HEADER_LENGTH + Long.BYTES;
    public static final int NOTE_LENGTH = SHORT_LENGTH + Long.BYTES;
    public static final int TASK_LENGTH = HEADER_LENGTH + 4 * Long.BYTES;
    public static final int ALIGNMENT = Long.BYTES;
    /** The longest record, so that rings of 8 KiB and more can hold it. */
    public static final int MAX_LENGTH = 1024;
    public static final int MAX_PAYLOAD_LENGTH = MAX_LENGTH - HEADER_LENGTH;
    /** The longest system exclusive message, all its records together. */
    public static final int MAX_SYSEX_LENGTH = 16 * 1024 * 1024;

    /** First record of a system exclusive message. */
    public static final int BEGIN = 1;
    /** Last record of a system exclusive message. */
    public static final int END = 2;
    /** With {@link #END}: the message was cut. */
    public static final int INCOMPLETE = 4;

    private static final int FLAGS_MASK = BEGIN | END | INCOMPLETE;
    /** How many forwarding ports a record may pass; the next drops it. */
    public static final int MAX_HOPS = 31;

    /** Where the parts of the word at {@link #SOURCE_ID_OFFSET} stand. */
    private static final int PORT_SHIFT = 32;
    private static final int MESSAGE_LENGTH_SHIFT = 40;
    private static final int FLAGS_SHIFT = 48;
    private static final int HOPS_SHIFT = 51;
    private static final int DESTINATION_SHIFT = 56;
    private static final long DESTINATION_MASK = 0xFFL << DESTINATION_SHIFT;

    private MemorySegment segment;
    private long offset;

    /** Points this flyweight at a record. */
    public Event wrap(MemorySegment segment, long offset) {
        this.segment = segment;
        this.offset = offset;
        return this;
    }

    /** The memory that the record lies in. */
    public MemorySegment segment() {
        return segment;
    }

    /** Where in its memory the record starts. */
    public long offset() {
        return offset;
    }

    /** Bytes of the record with its header. */
    public int lengthBytes() {
        return segment.get(Layouts.INT, offset + LENGTH_OFFSET);
    }

    public int type() {
        return segment.get(Layouts.INT, offset + TYPE_OFFSET);
    }

    /** Writes length and type, which a ring writes by itself. */
    public Event header(int lengthBytes, int type) {
        segment.set(Layouts.INT, offset + LENGTH_OFFSET, lengthBytes);
        segment.set(Layouts.INT, offset + TYPE_OFFSET, type);
        return this;
    }

    /** Server time: deadline going out, time stamp coming in. */
    public long timeNs() {
        return segment.get(Layouts.LONG, offset + TIME_NS_OFFSET);
    }

    public Event timeNs(long timeNs) {
        segment.set(Layouts.LONG, offset + TIME_NS_OFFSET, timeNs);
        return this;
    }

    public int sourceId() {
        return segment.get(Layouts.INT, offset + SOURCE_ID_OFFSET);
    }

    /** MidiShare's port number of the event, 0 to 255. */
    public int port() {
        return segment.get(ValueLayout.JAVA_BYTE, offset + PORT_OFFSET) & 0xFF;
    }

    /** Valid bytes of data of a short message. */
    public int messageLength() {
        return segment.get(ValueLayout.JAVA_BYTE, offset + MESSAGE_LENGTH_OFFSET) & 0xFF;
    }

    /** {@link #BEGIN}, {@link #END}, {@link #INCOMPLETE}. */
    public int flags() {
        return segment.get(Layouts.SHORT, offset + FLAGS_OFFSET) & FLAGS_MASK;
    }

    /** Which of its receiver's destinations the record is for, 0 to 255. */
    public int destinationIndex() {
        return segment.get(ValueLayout.JAVA_BYTE, offset + FLAGS_OFFSET + 1) & 0xFF;
    }

    /** Source, port, message length, flags and destination as the one word they share. */
    public long word() {
        return segment.get(Layouts.LONG, offset + SOURCE_ID_OFFSET);
    }

    public Event word(long word) {
        segment.set(Layouts.LONG, offset + SOURCE_ID_OFFSET, word);
        return this;
    }

    /** The eight bytes of a short message, the first of them lowest. */
    public long data() {
        return segment.get(Layouts.LONG, offset + DATA_OFFSET);
    }

    public Event data(long data) {
        segment.set(Layouts.LONG, offset + DATA_OFFSET, data);
        return this;
    }

    /** One byte of the data, from 0. */
    public int data(int index) {
        return segment.get(ValueLayout.JAVA_BYTE, offset + DATA_OFFSET + index) & 0xFF;
    }

    /** The status byte of a MIDI 1.0 message. */
    public int status() {
        return data(0);
    }

    /** The channel of a channel message, 0 to 15. */
    public int channel() {
        return data(0) & 0xF;
    }

    /** Duration of a whole note. */
    public long durationNs() {
        return segment.get(Layouts.LONG, offset + DURATION_NS_OFFSET);
    }

    public Event durationNs(long durationNs) {
        segment.set(Layouts.LONG, offset + DURATION_NS_OFFSET, durationNs);
        return this;
    }

    /** A word of a task: 0 what it is, 1 to 3 its arguments. */
    public long taskWord(int index) {
        return segment.get(Layouts.LONG, offset + DATA_OFFSET + (long) index * Long.BYTES);
    }

    public Event taskWord(int index, long value) {
        segment.set(Layouts.LONG, offset + DATA_OFFSET + (long) index * Long.BYTES, value);
        return this;
    }

    /** Bytes after the header, as the record's length says. */
    public int payloadLength() {
        return lengthBytes() - HEADER_LENGTH;
    }

    /** Copies payload bytes out. */
    public void payload(byte[] target, int targetIndex, int lengthBytes) {
        MemorySegment.copy(segment, ValueLayout.JAVA_BYTE, offset + DATA_OFFSET, target, targetIndex, lengthBytes);
    }

    /** Bytes that a record of this length takes in a ring. */
    public static int aligned(int lengthBytes) {
        return (lengthBytes + (ALIGNMENT - 1)) & -ALIGNMENT;
    }

    /** The word at {@link #SOURCE_ID_OFFSET} from its parts. */
    public static long word(int sourceId, int port, int messageLength, int flags) {
        return (sourceId & 0xFFFF_FFFFL) | (port & 0xFFL) << PORT_SHIFT
                | (messageLength & 0xFFL) << MESSAGE_LENGTH_SHIFT | (long) (flags & FLAGS_MASK) << FLAGS_SHIFT;
    }

    public static int sourceId(long word) {
        return (int) word;
    }

    public static int port(long word) {
        return (int) (word >>> PORT_SHIFT) & 0xFF;
    }

    public static int flags(long word) {
        return (int) (word >>> FLAGS_SHIFT) & FLAGS_MASK;
    }

    /** How many forwarding ports a record has passed. */
    public static int hops(long word) {
        return (int) (word >>> HOPS_SHIFT) & MAX_HOPS;
    }

    /** The same word, forwarded once more, from another source. */
    public static long forwarded(long word, int sourceId) {
        return (word & ~0xFFFF_FFFFL | sourceId & 0xFFFF_FFFFL) + (1L << HOPS_SHIFT);
    }

    /** The same word with other flags. */
    public static long withFlags(long word, int flags) {
        return word & ~((long) FLAGS_MASK << FLAGS_SHIFT) | (long) flags << FLAGS_SHIFT;
    }

    /** The same word addressed to one of the receiver's destinations. */
    public static long toDestination(long word, int destinationIndex) {
        return (word & ~DESTINATION_MASK) | (long) destinationIndex << DESTINATION_SHIFT;
    }

    /** The data of a MIDI 1.0 message from its bytes. */
    public static long data(int status, int data1, int data2) {
        return (status & 0xFFL) | (data1 & 0xFFL) << 8 | (data2 & 0xFFL) << 16;
    }

    public static int status(long data) {
        return (int) data & 0xFF;
    }

    public static int data1(long data) {
        return (int) (data >>> 8) & 0xFF;
    }

    public static int data2(long data) {
        return (int) (data >>> 16) & 0xFF;
    }

    /**
     * Whether a record of this length and type can be what its type says, whoever wrote it: the check at the border.
     *
     * @param lengthBytes with header.
     */
    public static boolean isWellFormed(int type, int lengthBytes) {
        return switch (type) {
            case EventType.NOTE -> lengthBytes == NOTE_LENGTH;
            case EventType.TASK, EventType.DEFERRED_TASK -> lengthBytes == TASK_LENGTH;
            case EventType.SYSEX -> lengthBytes >= HEADER_LENGTH && lengthBytes <= MAX_LENGTH;
            default -> EventType.isShort(type)
                    ? lengthBytes == SHORT_LENGTH
                    : EventType.isSendable(type) && lengthBytes >= HEADER_LENGTH && lengthBytes <= MAX_LENGTH;
        };
    }

}
