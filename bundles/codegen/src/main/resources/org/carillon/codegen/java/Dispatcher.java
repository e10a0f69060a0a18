// made by carillon codegen; changes here are lost
package $package$;

import java.lang.foreign.MemorySegment;
import java.util.Objects;

/** Reads requests, has them answered and writes the replies. What is wrong with a request is a reply, too. */
public final class $schema$Dispatcher {
    /** A segment for replies must have room for this much at least, in bytes, or refusals do not fit. */
    public static final int MIN_REPLY_LENGTH = 2048;

    private final $schema$Handler handler;

    /** One for each handler; it belongs to the thread that dispatches. */
    public $schema$Dispatcher($schema$Handler handler) {
        this.handler = Objects.requireNonNull(handler, "handler");
    }

    /**
     * Answers one request. Throws nothing, whatever the bytes of the request are and whatever the handler does, except
     * errors of the JVM.
     *
     * @param right of the caller.
     * @param request where the request lies: {@code length} bytes from {@code offset}.
     * @param reply where the reply goes, from {@code replyOffset} to its end.
     * @return the length of the reply in bytes: the id of its class, and the value; 0 where nobody waits for one.
     */
    public long dispatch(int requestId, WireRight right, MemorySegment request, long offset, long length,
            MemorySegment reply, long replyOffset) {
        $schema$Request known = $schema$Request.of(requestId);
        try {
            if (known == null) {
                throw new WireRefusal(WireRefusal.WRONG_USAGE, "expected a request that is known: id="
                        + Integer.toUnsignedString(requestId));
            }
            if (!right.holds(known.right())) {
                throw new WireRefusal(WireRefusal.REFUSED, "expected the right to " + word(known.right())
                        + ": request=" + known.word() + ", right=" + word(right));
            }
            WireMessage answer = answer(known, request, offset, length);
            return known.isOneWay() ? 0 : written(answer, reply, replyOffset);
        } catch (WireException e) {
            return refuse(known, WireRefusal.WRONG_USAGE, e.getMessage(), null, reply, replyOffset);
        } catch (WireRefusal e) {
            return refuse(known, e.code(), e.getMessage(), null, reply, replyOffset);
        } catch (RuntimeException e) {
            return refuse(known, WireRefusal.FAILED, "expected no " + e.getClass().getSimpleName() + ": request="
                    + (known == null ? "unknown" : known.word()) + ", reason=" + e.getMessage(), e, reply, replyOffset);
        }
    }

    private static String word(WireRight right) {
        return right.name().toLowerCase(java.util.Locale.ROOT);
    }

    private WireMessage answer($schema$Request known, MemorySegment request, long offset, long length)
            throws WireException, WireRefusal {
        return switch (known) {
$cases$
        };
    }

    private static long written(WireMessage answer, MemorySegment reply, long offset) throws WireRefusal {
        long length = WireReply.HEADER_LENGTH + answer.encodedLength();
        if (length > reply.byteSize() - offset) {
            throw new WireRefusal(WireRefusal.FAILED, "expected a shorter reply: length=" + length + ", limit="
                    + (reply.byteSize() - offset));
        }
        return WireReply.write(answer, reply, offset);
    }

    private long refuse($schema$Request known, String code, String message, RuntimeException cause,
            MemorySegment reply, long offset) {
        Refused refused = WireReply.refused(code, message);
        try {
            handler.refused(known, refused, cause);
        } catch (RuntimeException e) {
            refused = WireReply.refused(code, message + ", and then reason=" + e.getMessage());
        }
        return known != null && known.isOneWay() ? 0 : WireReply.write(refused, reply, offset);
    }
}
