package org.carillon.fuzz;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Comparator;
import org.carillon.protocol.control.ControlClient;
import org.carillon.protocol.control.WireChannel;
import org.carillon.protocol.control.WireMessage;

/**
 * A server that answers whatever it likes: a client gets a value that, written again, is the same bytes, or an error
 * that it can handle.
 */
public final class ReplyTarget {
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final int HEADER_LENGTH = Integer.BYTES;
    private static final Method[] REQUESTS = Arrays.stream(ControlClient.class.getDeclaredMethods())
            .filter(method -> WireMessage.class.isAssignableFrom(method.getReturnType()))
            .sorted(Comparator.comparing(Method::getName)).toArray(Method[]::new);

    private ReplyTarget() {}

    /** Called by Jazzer with the bytes of its choice. */
    public static void fuzzerTestOneInput(FuzzedDataProvider data) throws ReflectiveOperationException {
        Method request = data.pickValue(REQUESTS);
        boolean isRightClass = data.consumeInt(0, 20) < 20;
        byte[] bytes = data.consumeRemainingAsBytes();
        MemorySegment reply = MemorySegment.ofArray(bytes);
        if (isRightClass && bytes.length >= HEADER_LENGTH) {
            reply.set(INT, 0, request.getReturnType().getField("CLASS_ID").getInt(null));
        }
        try {
            WireMessage answer = (WireMessage) request.invoke(new ControlClient(new Channel(reply)), (Object) null);
            checkSame(answer, bytes);
        } catch (InvocationTargetException e) {
            if (!(e.getCause() instanceof IOException)) {
                throw new IllegalStateException("expected an error of the channel", e.getCause());
            }
        }
    }

    private static void checkSame(WireMessage answer, byte[] bytes) {
        byte[] again = new byte[(int) answer.encodedLength()];
        answer.encode(MemorySegment.ofArray(again), 0);
        if (!Arrays.equals(bytes, HEADER_LENGTH, bytes.length, again, 0, again.length)) {
            throw new IllegalStateException("expected the same bytes: value=" + answer);
        }
    }

    /** Hears nothing, and has one answer. */
    private record Channel(MemorySegment reply) implements WireChannel {
        @Override
        public MemorySegment call(int requestId, WireMessage request) {
            return reply;
        }

        @Override
        public void send(int requestId, WireMessage request) {
            throw new IllegalStateException("one-way requests have no answer");
        }
    }
}
