package org.carillon.protocol;

import java.lang.foreign.MemorySegment;

/**
 * The head of every packet of the control channel; what follows is a value of a generated class. Requests and their
 * values are those of {@code control.json}.
 *
 * <pre>
 *   0          4          8
 *   +----------+----------+----------------------------
 *   |correlation|   id    | value
 *   +----------+----------+----------------------------
 *
 *   correlation  uint32   chosen by the client, repeated in the reply; 0 asks for no reply
 *   id           uint32   of a request: which; of a reply: the id of its class, that of Refused included
 * </pre>
 *
 * One packet is one message, at most {@link #MAX_LENGTH} bytes. Replies come in the order of the requests.
 */
public final class ControlPacket {
    public static final int CORRELATION_OFFSET = 0;
    public static final int ID_OFFSET = CORRELATION_OFFSET + Integer.BYTES;
    public static final int VALUE_OFFSET = ID_OFFSET + Integer.BYTES;
    public static final int MAX_LENGTH = 64 * 1024;
    /** Of the schema and all layouts; server and client must have the same. */
    public static final int PROTOCOL_VERSION = 1;

    private ControlPacket() {}

    /** What ties a reply to its request; 0 asks for none. */
    public static int correlation(MemorySegment packet) {
        return packet.get(Layouts.INT, CORRELATION_OFFSET);
    }

    public static void correlation(MemorySegment packet, int correlation) {
        packet.set(Layouts.INT, CORRELATION_OFFSET, correlation);
    }

    /** Of the request, or of the reply's class. */
    public static int id(MemorySegment packet) {
        return packet.get(Layouts.INT, ID_OFFSET);
    }

    public static void id(MemorySegment packet, int id) {
        packet.set(Layouts.INT, ID_OFFSET, id);
    }

    /** Of a Hello, whose first four bytes are its protocol version, whatever follows: in all versions. */
    public static int version(MemorySegment packet) {
        return packet.get(Layouts.INT, VALUE_OFFSET);
    }
}
