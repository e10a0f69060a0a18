package org.carillon.fuzz;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.reflect.Proxy;
import org.carillon.protocol.control.ControlDispatcher;
import org.carillon.protocol.control.ControlHandler;
import org.carillon.protocol.control.ControlRequest;
import org.carillon.protocol.control.WireMessage;
import org.carillon.protocol.control.WireRefusal;
import org.carillon.protocol.control.WireRight;

/**
 * Requests of any bytes: they are read or refused, nothing is thrown, a reply is never longer than its place, and what
 * was read is written again as the same bytes.
 */
public final class ControlTarget {
    private static final ControlRequest[] REQUESTS = ControlRequest.values();
    private static final WireRight[] RIGHTS = WireRight.values();
    private static final int REPLY_LENGTH = ControlDispatcher.MIN_REPLY_LENGTH;

    private ControlTarget() {}

    /** Called by Jazzer with the bytes of its choice. */
    public static void fuzzerTestOneInput(FuzzedDataProvider data) {
        int id = data.consumeBoolean() ? REQUESTS[data.consumeInt(0, REQUESTS.length - 1)].id() : data.consumeInt();
        WireRight right = RIGHTS[data.consumeInt(0, RIGHTS.length - 1)];
        byte[] bytes = data.consumeRemainingAsBytes();
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment request = arena.allocate(Math.max(1, bytes.length), Long.BYTES);
            MemorySegment.copy(bytes, 0, request, ValueLayout.JAVA_BYTE, 0, bytes.length);
            MemorySegment reply = arena.allocate(REPLY_LENGTH, Long.BYTES);
            long length = new ControlDispatcher(handler(bytes, arena)).dispatch(id, right, request, 0, bytes.length,
                    reply, 0);
            if (length < 0 || length > REPLY_LENGTH) {
                throw new IllegalStateException("reply is longer than its place: length=" + length);
            }
        }
    }

    private static ControlHandler handler(byte[] sent, Arena arena) {
        return (ControlHandler) Proxy.newProxyInstance(ControlHandler.class.getClassLoader(),
                new Class<?>[]{ControlHandler.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("refused")) {
                        if (arguments[2] != null) {
                            throw new IllegalStateException("a request met an error", (Throwable) arguments[2]);
                        }
                        return null;
                    }
                    check((WireMessage) arguments[0], sent, arena);
                    if (method.getReturnType() == void.class) {
                        return null;
                    }
                    throw new WireRefusal(WireRefusal.FAILED, "x".repeat(sent.length));
                });
    }

    private static void check(WireMessage request, byte[] sent, Arena arena) {
        MemorySegment again = arena.allocate(Math.max(1, request.encodedLength()), Long.BYTES);
        long length = request.encode(again, 0);
        if (length != sent.length || MemorySegment.mismatch(again, 0, length, MemorySegment.ofArray(sent), 0,
                length) >= 0) {
            throw new IllegalStateException("what was read is not what was sent: request=" + request);
        }
    }
}
