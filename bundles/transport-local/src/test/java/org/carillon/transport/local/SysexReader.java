package org.carillon.transport.local;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.carillon.api.session.EventHandler;
import org.carillon.api.session.Session;
import org.carillon.protocol.Event;

/** Puts system exclusive messages together again, and notes whatever comes between their pieces. */
final class SysexReader implements EventHandler {
    private static final long LIMIT_NS = 60_000_000_000L;
    private static final int NOBODY = -1;

    private final byte[] piece = new byte[Event.MAX_PAYLOAD_LENGTH];
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final List<String> mixed = new ArrayList<>();
    private final Map<Integer, Integer> bySource = new HashMap<>();
    private final Predicate<byte[]> whole;
    private byte[] last;
    private boolean isWhole = true;
    private int sender = NOBODY;
    private int messages;
    private int incomplete;

    /** @param whole what every complete message must be. */
    SysexReader(Predicate<byte[]> whole) {
        this.whole = whole;
    }

    void readUntil(Session session, BooleanSupplier condition) {
        long untilNs = System.nanoTime() + LIMIT_NS;
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - untilNs >= 0) {
                throw new AssertionError("it does not come: messages=" + messages + ", bytes=" + bytes.size());
            }
            if (session.poll(this, 1_000) == 0) {
                session.await(System.nanoTime() + 10_000_000);
            }
        }
    }

    @Override
    public void onEvent(Event event) {
        boolean begins = (event.flags() & Event.BEGIN) != 0;
        if (begins == (sender != NOBODY) || !begins && event.sourceId() != sender) {
            mixed.add("from " + event.sourceId() + " within " + sender);
        }
        sender = event.sourceId();
        event.payload(piece, 0, event.payloadLength());
        bytes.write(piece, 0, event.payloadLength());
        if ((event.flags() & Event.END) != 0) {
            end((event.flags() & Event.INCOMPLETE) != 0);
        }
    }

    private void end(boolean cut) {
        if (cut) {
            incomplete++;
        } else {
            messages++;
            bySource.merge(sender, 1, Integer::sum);
            last = bytes.toByteArray();
            isWhole &= whole.test(last);
        }
        bytes.reset();
        sender = NOBODY;
    }

    int messages() {
        return messages;
    }

    int incomplete() {
        return incomplete;
    }

    int from(int sourceId) {
        return bySource.getOrDefault(sourceId, 0);
    }

    boolean isWhole() {
        return isWhole;
    }

    List<String> mixed() {
        return mixed;
    }

    byte[] last() {
        return last;
    }
}
