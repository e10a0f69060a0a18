package org.carillon.protocol;

import java.lang.foreign.MemorySegment;
import java.lang.invoke.VarHandle;

/**
 * The memory that a session shares with its client: two segments, made and sealed by the server, one each way. Each
 * word that changes stands alone in 128 bytes, so that no two threads write to one cache line or its neighbour.
 *
 * <pre>
 *   to the server: mapped read-write by both; the server trusts no word of it
 *      128  int64     tail of the ring to the server: bytes ever put in           client writes
 *      256  int64     head of the ring to the client: bytes ever taken out        client writes
 *      384  int32     the kernel's waiting word, see {@link Doorbell}                    server arms, client clears
 *      512  int32     the client's waiting word                                   client arms, server clears
 *      640  int64[8]  records the ring to the server refused, see {@link Refusal}        client writes
 *     1024  data of the ring to the server
 *
 *   to the client: mapped read-only by the client
 *        0  byte[8]   magic "CARISESS"                                            server writes all
 *        8  int32     version {@link #VERSION}
 *       12  int32     session id
 *       16  int32     capacity of the ring to the server, bytes of its data
 *       20  int32     capacity of the ring to the client
 *      128  int64     tail of the ring to the client
 *      256  int64     head of the ring to the server
 *      384  int32     state of the session, see {@link SessionState}
 *     1024  data of the ring to the client
 * </pre>
 *
 * So each ring has its tail and its data in its producer's segment, and its head in its consumer's. Positions are
 * counts of bytes that only grow; a record lies at its position modulo the capacity, as drawn in {@link Event}, and
 * never across the end: padding, a record of type {@link #PADDING_TYPE} that may be 8 bytes long, fills the rest.
 */
public final class SessionMemory {
    public static final int VERSION = 1;
    public static final int MAGIC_OFFSET = 0;
    public static final int VERSION_OFFSET = MAGIC_OFFSET + Long.BYTES;
    public static final int SESSION_ID_OFFSET = VERSION_OFFSET + Integer.BYTES;
    public static final int TO_SERVER_CAPACITY_OFFSET = SESSION_ID_OFFSET + Integer.BYTES;
    public static final int TO_CLIENT_CAPACITY_OFFSET = TO_SERVER_CAPACITY_OFFSET + Integer.BYTES;

    private static final int LINE_LENGTH = 128;
    /** In the producer's segment of a ring. */
    public static final int TAIL_OFFSET = LINE_LENGTH;
    /** In the consumer's segment of a ring. */
    public static final int HEAD_OFFSET = 2 * LINE_LENGTH;
    /** In the segment to the server. */
    public static final int KERNEL_WORD_OFFSET = 3 * LINE_LENGTH;
    /** In the segment to the server. */
    public static final int CLIENT_WORD_OFFSET = 4 * LINE_LENGTH;
    /** In the segment to the server. */
    public static final int REFUSED_OFFSET = 5 * LINE_LENGTH;
    /** In the segment to the client. */
    public static final int STATE_OFFSET = 3 * LINE_LENGTH;
    /** In both. */
    public static final int DATA_OFFSET = 8 * LINE_LENGTH;

    /** Room for as many reasons. */
    public static final int REFUSED_LENGTH = 8 * Long.BYTES;
    public static final int PADDING_TYPE = -1;
    /** Holds eight of the longest records. */
    public static final int MIN_CAPACITY = 8 * Event.MAX_LENGTH;
    public static final int DEFAULT_CAPACITY = 64 * 1024;
    public static final int MAX_CAPACITY = 16 * 1024 * 1024;

    /** The bytes "CARISESS" as a little-endian word. */
    static final long MAGIC = 0x5353_4553_4952_4143L;

    private static final VarHandle INT = Layouts.INT.varHandle();
    private static final VarHandle LONG = Layouts.LONG.varHandle();

    private final MemorySegment toServer;
    private final MemorySegment toClient;
    private final int sessionId;
    private final int toServerCapacityBytes;
    private final int toClientCapacityBytes;

    private SessionMemory(MemorySegment toServer, MemorySegment toClient, int sessionId, int toServerCapacityBytes,
            int toClientCapacityBytes) {
        this.toServer = toServer;
        this.toClient = toClient;
        this.sessionId = sessionId;
        this.toServerCapacityBytes = toServerCapacityBytes;
        this.toClientCapacityBytes = toClientCapacityBytes;
    }

    /** Whether a ring can have this capacity: a power of two within the limits. */
    public static boolean isCapacity(long capacityBytes) {
        return capacityBytes >= MIN_CAPACITY && capacityBytes <= MAX_CAPACITY && Long.bitCount(capacityBytes) == 1;
    }

    /**
     * Bytes of a segment whose ring has this capacity.
     *
     * @throws IllegalArgumentException when no ring can have it.
     */
    public static long lengthBytes(int capacityBytes) {
        if (!isCapacity(capacityBytes)) {
            throw new IllegalArgumentException("ring capacity must be a power of two from " + MIN_CAPACITY + " to "
                    + MAX_CAPACITY + " bytes: capacityBytes=" + capacityBytes);
        }
        return DATA_OFFSET + (long) capacityBytes;
    }

    /**
     * Writes the head of a session's new memory. Server only, before the client has it.
     *
     * @param toServer zeros, as long as {@link #lengthBytes} says; both are writable and aligned to 8.
     * @param toClient the same.
     * @throws IllegalArgumentException when one of them is not as long as a capacity asks for.
     */
    public static SessionMemory create(MemorySegment toServer, MemorySegment toClient, int sessionId) {
        int toServerCapacityBytes = capacityBytes("to-server", toServer);
        int toClientCapacityBytes = capacityBytes("to-client", toClient);
        toClient.set(Layouts.LONG, MAGIC_OFFSET, MAGIC);
        toClient.set(Layouts.INT, VERSION_OFFSET, VERSION);
        toClient.set(Layouts.INT, SESSION_ID_OFFSET, sessionId);
        toClient.set(Layouts.INT, TO_SERVER_CAPACITY_OFFSET, toServerCapacityBytes);
        toClient.set(Layouts.INT, TO_CLIENT_CAPACITY_OFFSET, toClientCapacityBytes);
        return new SessionMemory(toServer, toClient, sessionId, toServerCapacityBytes, toClientCapacityBytes);
    }

    private static int capacityBytes(String name, MemorySegment segment) {
        long capacityBytes = segment.byteSize() - DATA_OFFSET;
        if (!isCapacity(capacityBytes)) {
            throw new IllegalArgumentException("session memory must be a capacity and " + DATA_OFFSET
                    + " bytes long: segment=" + name + ", lengthBytes=" + segment.byteSize());
        }
        return (int) capacityBytes;
    }

    /**
     * Checks the head of a session's memory. Client only.
     *
     * @param toServer may be longer than asked for, as mappings are.
     * @param toClient the same; may be read-only.
     * @throws IllegalArgumentException when it is not such memory, of another version, or shorter than it says.
     */
    public static SessionMemory open(MemorySegment toServer, MemorySegment toClient) {
        if (toClient.byteSize() < DATA_OFFSET) {
            throw new IllegalArgumentException("session memory must be longer than its head: segment=to-client"
                    + ", lengthBytes=" + toClient.byteSize());
        }
        long magic = toClient.get(Layouts.LONG, MAGIC_OFFSET);
        int version = toClient.get(Layouts.INT, VERSION_OFFSET);
        if (magic != MAGIC || version != VERSION) {
            throw new IllegalArgumentException("expected session memory of version " + VERSION + ": magic=0x"
                    + Long.toHexString(magic) + ", version=" + version);
        }
        int toServerCapacityBytes = toClient.get(Layouts.INT, TO_SERVER_CAPACITY_OFFSET);
        int toClientCapacityBytes = toClient.get(Layouts.INT, TO_CLIENT_CAPACITY_OFFSET);
        checkFits("to-server", toServer, toServerCapacityBytes);
        checkFits("to-client", toClient, toClientCapacityBytes);
        return new SessionMemory(toServer, toClient, toClient.get(Layouts.INT, SESSION_ID_OFFSET),
                toServerCapacityBytes, toClientCapacityBytes);
    }

    private static void checkFits(String name, MemorySegment segment, int capacityBytes) {
        if (segment.byteSize() < lengthBytes(capacityBytes)) {
            throw new IllegalArgumentException("session memory must be as long as its capacity says: segment=" + name
                    + ", lengthBytes=" + segment.byteSize() + ", capacityBytes=" + capacityBytes);
        }
    }

    /** The session that the memory belongs to. */
    public int sessionId() {
        return sessionId;
    }

    /** Bytes that the ring to the server holds when it is full. */
    public int toServerCapacityBytes() {
        return toServerCapacityBytes;
    }

    /** Bytes that the ring to the client holds when it is full. */
    public int toClientCapacityBytes() {
        return toClientCapacityBytes;
    }

    /** The server's end of the ring to the server; to be made once, for its whole life. */
    public EventConsumer serverConsumer() {
        return new EventConsumer(toServer, toClient, toServerCapacityBytes);
    }

    /**
     * The server's end of the ring to the client; to be made once.
     *
     * @param clientBell over {@link #clientWord}, wakes the client.
     */
    public EventProducer serverProducer(Doorbell clientBell) {
        return new EventProducer(toClient, toServer, toClientCapacityBytes, EventProducer.newCounts(), clientBell);
    }

    /** The client's end of the ring to the client; to be made once. */
    public EventConsumer clientConsumer() {
        return new EventConsumer(toClient, toServer, toClientCapacityBytes);
    }

    /**
     * The client's end of the ring to the server; to be made once.
     *
     * @param kernelBell over {@link #kernelWord}, wakes the kernel.
     */
    public EventProducer clientProducer(Doorbell kernelBell) {
        return new EventProducer(toServer, toClient, toServerCapacityBytes,
                toServer.asSlice(REFUSED_OFFSET, REFUSED_LENGTH), kernelBell);
    }

    /** The word that the kernel sleeps on: 4 bytes, see {@link Doorbell}. */
    public MemorySegment kernelWord() {
        return toServer.asSlice(KERNEL_WORD_OFFSET, Doorbell.WORD_LENGTH);
    }

    /** The word that the client sleeps on: 4 bytes, see {@link Doorbell}. */
    public MemorySegment clientWord() {
        return toServer.asSlice(CLIENT_WORD_OFFSET, Doorbell.WORD_LENGTH);
    }

    /** What became of the session. Any thread of either side; pairs with {@link #state(SessionState)}. */
    public SessionState state() {
        return SessionState.of((int) INT.getAcquire(toClient, (long) STATE_OFFSET));
    }

    /** Tells the client what became of the session. Server only, any one thread at a time. */
    public void state(SessionState state) {
        INT.setRelease(toClient, (long) STATE_OFFSET, state.ordinal());
    }

    /** Records that found no way into the ring to the server, as the client counts them: not to be trusted. */
    public long refused(Refusal reason) {
        return (long) LONG.getOpaque(toServer, REFUSED_OFFSET + (long) reason.ordinal() * Long.BYTES);
    }
}
