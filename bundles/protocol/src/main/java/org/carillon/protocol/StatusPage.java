package org.carillon.protocol;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;
import java.nio.charset.StandardCharsets;

/**
 * What a server shows of itself to everybody who maps the page: one writer, the kernel's thread; any number of readers,
 * who ask nobody.
 *
 * <pre>
 *      0  int64 magic "CARILLON"          8  int32 version           12  int32 page length in bytes
 *     16  int32 state                    20  int32 process id        24  int64 started, mono ns
 *     32  int32 sessions, capacity       36  int32 ports, capacity   40  int32 connections, capacity
 *    128  the clock, 56 bytes: {@link ServerClock}
 *    256  int64 table sequence, odd while a table changes
 *    384  64 x int64 counters: 0-31 {@link StatusCounter}, 32-63 events dropped by {@link DropReason}
 *   1024  sessions, ports, connections: slots of the lengths below, one after the other
 *
 *   session     0 int32 id         4 int32 kind      24 name
 *   port        0 int32 id         4 int32 session    8 int64 events          16 int64 events dropped
 *              24 int32 direction 28 int32 traits    32 name
 *   connection  0 int32 id         4 int32 state      8 int64 events          16 int64 events dropped
 *              24 int32 source    28 int32 destination  32 int64 events filtered out
 *              bits 8-15 of the state: 1 a tap of a source, 2 a tap of a destination
 *              40 name of the source   168 name of the destination   296 filter words
 *   name        uint16 length in bytes, UTF-8
 * </pre>
 *
 * A slot is free while its id is 0. Ids and names change only under the table sequence: the writer makes it odd, a
 * release fence, the words, then even with release; a reader loads it with acquire, reads, an acquire fence, loads it
 * again, and starts over while it was odd or has changed. Counters change at any time, each a whole word.
 */
public final class StatusPage {
    public static final long MAGIC = 0x4E4F_4C4C_4952_4143L;
    public static final int VERSION = 1;

    /** States of the server. */
    public static final int STARTING = 0;
    public static final int READY = 1;
    public static final int STOPPED = 2;

    public static final int SESSION_CAPACITY = 256;
    public static final int PORT_CAPACITY = 1024;
    public static final int CONNECTION_CAPACITY = 2048;
    public static final int SESSION_LENGTH = 128;
    public static final int PORT_LENGTH = 192;
    public static final int CONNECTION_LENGTH = 640;
    /** The longest name of a port, in bytes of UTF-8. */
    public static final int MAX_NAME_LENGTH = 126;
    public static final int MAX_SESSION_NAME_LENGTH = 102;
    public static final int MAX_FILTER_LENGTH = 342;

    private static final int MAGIC_OFFSET = 0;
    private static final int VERSION_OFFSET = 8;
    private static final int LENGTH_OFFSET = 12;
    private static final int STATE_OFFSET = 16;
    private static final int PROCESS_ID_OFFSET = 20;
    private static final int STARTED_OFFSET = 24;
    private static final int CAPACITIES_OFFSET = 32;
    private static final int CLOCK_OFFSET = 128;
    private static final int SEQUENCE_OFFSET = 256;
    private static final int COUNTERS_OFFSET = 384;
    private static final int DROPS_OFFSET = COUNTERS_OFFSET + 32 * Long.BYTES;
    private static final int SESSIONS_OFFSET = 1024;
    private static final int PORTS_OFFSET = SESSIONS_OFFSET + SESSION_CAPACITY * SESSION_LENGTH;
    private static final int CONNECTIONS_OFFSET = PORTS_OFFSET + PORT_CAPACITY * PORT_LENGTH;
    public static final int LENGTH = CONNECTIONS_OFFSET + CONNECTION_CAPACITY * CONNECTION_LENGTH;

    /** Fields of slots; each table has its own meaning for them, drawn above. */
    public static final int ID = 0;
    public static final int SECOND = 4;
    public static final int EVENTS = 8;
    public static final int DROPPED = 16;
    public static final int SESSION_NAME = 24;
    public static final int PORT_DIRECTION = 24;
    public static final int PORT_TRAITS = 28;
    public static final int PORT_NAME = 32;
    public static final int CONNECTION_TAP_SHIFT = 8;
    public static final int CONNECTION_SOURCE = 24;
    public static final int CONNECTION_DESTINATION = 28;
    public static final int CONNECTION_FILTERED = 32;
    public static final int CONNECTION_SOURCE_NAME = 40;
    public static final int CONNECTION_DESTINATION_NAME = 168;
    public static final int CONNECTION_FILTER = 296;

    private static final VarHandle INT = Layouts.INT.varHandle();
    private static final VarHandle LONG = Layouts.LONG.varHandle();

    private final MemorySegment page;
    private final ServerClock clock;

    /** @param page at least {@link #LENGTH} bytes, aligned to 8; a new one is all zero. */
    public StatusPage(MemorySegment page) {
        if (page.byteSize() < LENGTH) {
            throw new IllegalArgumentException(
                    "status page too short: expected=" + LENGTH + ", lengthBytes=" + page.byteSize());
        }
        this.page = page;
        clock = new ServerClock(page.asSlice(CLOCK_OFFSET, ServerClock.LENGTH));
    }

    /** Writes the head of a new page. */
    public void begin(long processId, long startedMonoNs) {
        page.set(Layouts.INT, VERSION_OFFSET, VERSION);
        page.set(Layouts.INT, LENGTH_OFFSET, LENGTH);
        page.set(Layouts.INT, PROCESS_ID_OFFSET, (int) processId);
        page.set(Layouts.LONG, STARTED_OFFSET, startedMonoNs);
        page.set(Layouts.INT, CAPACITIES_OFFSET, SESSION_CAPACITY);
        page.set(Layouts.INT, CAPACITIES_OFFSET + Integer.BYTES, PORT_CAPACITY);
        page.set(Layouts.INT, CAPACITIES_OFFSET + 2 * Integer.BYTES, CONNECTION_CAPACITY);
        LONG.setRelease(page, (long) MAGIC_OFFSET, MAGIC);
    }

    /** The memory of the page, to hand to others. */
    public MemorySegment segment() {
        return page;
    }

    public ServerClock clock() {
        return clock;
    }

    /** {@link #STARTING}, {@link #READY} or {@link #STOPPED}. */
    public int state() {
        return (int) INT.getAcquire(page, (long) STATE_OFFSET);
    }

    public void state(int state) {
        INT.setRelease(page, (long) STATE_OFFSET, state);
    }

    /** When the server started, on {@link System#nanoTime()}. */
    public long startedMonoNs() {
        return page.get(Layouts.LONG, STARTED_OFFSET);
    }

    public int processId() {
        return page.get(Layouts.INT, PROCESS_ID_OFFSET);
    }

    public long counter(StatusCounter counter) {
        return (long) LONG.getOpaque(page, (long) COUNTERS_OFFSET + counter.ordinal() * Long.BYTES);
    }

    /** Sets a counter. The kernel's thread only. */
    public void counter(StatusCounter counter, long value) {
        LONG.setOpaque(page, (long) COUNTERS_OFFSET + counter.ordinal() * Long.BYTES, value);
    }

    public long dropped(DropReason reason) {
        return (long) LONG.getOpaque(page, (long) DROPS_OFFSET + reason.ordinal() * Long.BYTES);
    }

    /** Sets the count of events dropped for a reason. The kernel's thread only. */
    public void dropped(DropReason reason, long value) {
        LONG.setOpaque(page, (long) DROPS_OFFSET + reason.ordinal() * Long.BYTES, value);
    }

    /** Where the slot of a session starts in the page. */
    public static int sessionAt(int slot) {
        return SESSIONS_OFFSET + slot * SESSION_LENGTH;
    }

    public static int portAt(int slot) {
        return PORTS_OFFSET + slot * PORT_LENGTH;
    }

    public static int connectionAt(int slot) {
        return CONNECTIONS_OFFSET + slot * CONNECTION_LENGTH;
    }

    /** A 32-bit field of a slot, see the drawing. */
    public int intAt(int offset) {
        return (int) INT.getOpaque(page, (long) offset);
    }

    public void intAt(int offset, int value) {
        INT.setOpaque(page, (long) offset, value);
    }

    /** A 64-bit counter of a slot, see the drawing. */
    public long longAt(int offset) {
        return (long) LONG.getOpaque(page, (long) offset);
    }

    public void longAt(int offset, long value) {
        LONG.setOpaque(page, (long) offset, value);
    }

    public String nameAt(int offset) {
        int length = Short.toUnsignedInt(page.get(Layouts.SHORT, offset));
        byte[] bytes = new byte[Math.min(length, MAX_FILTER_LENGTH)];
        MemorySegment.copy(page, ValueLayout.JAVA_BYTE, offset + (long) Short.BYTES, bytes, 0, bytes.length);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /** Writes a name, cut at a whole character where it is too long. */
    public void nameAt(int offset, String name, int maxLength) {
        byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
        int length = bytes.length;
        if (length > maxLength) {
            length = maxLength;
            while ((bytes[length] & 0xC0) == 0x80) {
                length--;
            }
        }
        page.set(Layouts.SHORT, offset, (short) length);
        MemorySegment.copy(bytes, 0, page, ValueLayout.JAVA_BYTE, offset + (long) Short.BYTES, length);
    }

    /** Sets all bytes of a slot to zero. The kernel's thread only, between {@link #beginChange} and its end. */
    public void clear(int offset, int lengthBytes) {
        page.asSlice(offset, lengthBytes).fill((byte) 0);
    }

    /** The tables are about to change. The kernel's thread only. */
    public void beginChange() {
        LONG.setOpaque(page, (long) SEQUENCE_OFFSET, (long) LONG.getOpaque(page, (long) SEQUENCE_OFFSET) + 1);
        VarHandle.releaseFence();
    }

    /** The tables have changed. */
    public void endChange() {
        LONG.setRelease(page, (long) SEQUENCE_OFFSET, (long) LONG.getOpaque(page, (long) SEQUENCE_OFFSET) + 1);
    }

    /** The sequence of the tables, waited for until it is even: what a reader in the server starts with. */
    public long beginRead() {
        while (true) {
            long sequence = sequence();
            if ((sequence & 1) == 0) {
                return sequence;
            }
            Thread.onSpinWait();
        }
    }

    /** The sequence as it is: odd while the tables change, and for ever where the server died in doing so. */
    public long sequence() {
        return (long) LONG.getAcquire(page, (long) SEQUENCE_OFFSET);
    }

    /** Whether what was read since {@link #beginRead}, or since an even {@link #sequence}, is whole. */
    public boolean isStill(long sequence) {
        VarHandle.acquireFence();
        return (long) LONG.getOpaque(page, (long) SEQUENCE_OFFSET) == sequence;
    }
}
