package $package$;

import java.io.IOException;
import java.lang.foreign.MemorySegment;

/** A reply: the id of its class, and the value. */
final class WireReply {
    static final int HEADER_LENGTH = 4;
    private static final int MAX_MESSAGE_LENGTH = 300;
    /** Halves of pairs, which are no Unicode. */
    private static final String LONE = "\\p{Cs}";

    private WireReply() {}

    static long write(WireMessage answer, MemorySegment segment, long offset) {
        long length = answer.encode(segment, offset + HEADER_LENGTH);
        segment.set(WireWriter.INT32, offset, answer.classId());
        return HEADER_LENGTH + length;
    }

    /** A refusal short enough for every segment that is meant for replies. */
    static Refused refused(String code, String message) {
        String words = message == null ? "" : message;
        String cut = words.substring(0, Math.min(words.length(), MAX_MESSAGE_LENGTH));
        return new Refused(code.replaceAll(LONE, "?"), cut.replaceAll(LONE, "?"));
    }

    /** Returns once the reply is known to be of the class that was asked for; its value follows the header. */
    static void check(MemorySegment reply, int classId) throws IOException {
        if (reply.byteSize() < HEADER_LENGTH) {
            throw new WireException(0, "expected the class of a reply: length=" + reply.byteSize());
        }
        int found = reply.get(WireWriter.INT32, 0);
        if (found == classId) {
            return;
        }
        if (found == Refused.CLASS_ID) {
            Refused refused = Refused.decode(reply, HEADER_LENGTH, reply.byteSize() - HEADER_LENGTH);
            throw new WireRefusal(refused.code(), refused.message());
        }
        throw new WireException(0, "expected a reply of another class: expected=" + Integer.toUnsignedString(classId)
                + ", class=" + Integer.toUnsignedString(found));
    }
}
