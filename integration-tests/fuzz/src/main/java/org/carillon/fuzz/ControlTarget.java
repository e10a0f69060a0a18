package org.carillon.fuzz;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import java.lang.foreign.MemorySegment;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import org.carillon.protocol.control.ControlDispatcher;
import org.carillon.protocol.control.ControlHandler;
import org.carillon.protocol.control.ControlRequest;
import org.carillon.protocol.control.Refused;
import org.carillon.protocol.control.WireException;
import org.carillon.protocol.control.WireMessage;
import org.carillon.protocol.control.WireRefusal;
import org.carillon.protocol.control.WireRight;

/**
 * Requests of any bytes at the server's dispatcher: each is answered, and what was taken for a request is one, since
 * its values written again are the same bytes.
 */
public final class ControlTarget {
    private static final int HEADER_LENGTH = 4;
    private static final int SLACK = 3;

    private final byte[] bytes;
    private final MemorySegment reply = MemorySegment.ofArray(new byte[ControlDispatcher.MIN_REPLY_LENGTH]);
    private boolean isRefused;

    private ControlTarget(byte[] bytes) {
        this.bytes = bytes;
    }

    /** Called by Jazzer with the bytes of its choice. */
    public static void fuzzerTestOneInput(FuzzedDataProvider data) {
        WireRight right = data.pickValue(WireRight.values());
        ControlRequest request = data.pickValue(ControlRequest.values());
        int id = data.consumeInt(0, 20) == 0 ? data.consumeInt() : request.id();
        new ControlTarget(data.consumeRemainingAsBytes()).ask(id, right);
    }

    private void ask(int id, WireRight right) {
        ControlHandler handler = (ControlHandler) Proxy.newProxyInstance(ControlTarget.class.getClassLoader(),
                new Class<?>[]{ControlHandler.class}, (proxy, method, values) -> {
                    if (values[0] instanceof WireMessage message) {
                        checkSame(message);
                        throw new WireRefusal("NO", message.toString());
                    }
                    isRefused = true;
                    if (values[2] instanceof RuntimeException cause) {
                        throw new AssertionError("expected no failure", cause);
                    }
                    return null;
                });
        byte[] padded = Arrays.copyOf(bytes, bytes.length + SLACK);
        long length = new ControlDispatcher(handler).dispatch(id, right, MemorySegment.ofArray(padded), 0, bytes.length,
                reply, 0);
        ControlRequest known = ControlRequest.of(id);
        if (!isRefused || (length == 0) != (known != null && known.isOneWay())) {
            throw new IllegalStateException("expected a refusal: id=" + id + ", length=" + length);
        }
        if (length > 0) {
            checkRefusal(length);
        }
    }

    private void checkSame(WireMessage message) {
        byte[] again = new byte[(int) message.encodedLength()];
        message.encode(MemorySegment.ofArray(again), 0);
        if (!Arrays.equals(bytes, again)) {
            throw new AssertionError("expected the same bytes: value=" + message);
        }
    }

    private void checkRefusal(long length) {
        try {
            Refused.decode(reply, HEADER_LENGTH, length - HEADER_LENGTH);
        } catch (WireException e) {
            throw new IllegalStateException("expected a refusal that can be read", e);
        }
    }
}
