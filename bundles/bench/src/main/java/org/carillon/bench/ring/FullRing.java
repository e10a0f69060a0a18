package org.carillon.bench.ring;

import java.lang.foreign.Arena;
import java.util.Arrays;
import org.carillon.protocol.Doorbell;
import org.carillon.protocol.EventConsumer;
import org.carillon.protocol.EventProducer;
import org.carillon.protocol.EventType;
import org.carillon.protocol.RecordHandler;
import org.carillon.protocol.Refusal;
import org.carillon.protocol.SessionMemory;

/** What a send into a full ring costs, whose consumer has stopped, beside one that succeeds. */
final class FullRing {
    /** Sends between two looks at the clock, which costs as much as a send. */
    private static final int BATCH = 8;
    private static final double QUANTILE = 0.99;

    private final SessionMemory memory = SharedMemory.own(Arena.ofAuto());
    private final EventProducer out = memory.clientProducer(new Doorbell(memory.kernelWord(), () -> {}));
    private final EventConsumer in = memory.serverConsumer();
    private final RecordHandler drop = (type, segment, offset, length) -> true;

    /** Takes so many samples of each, in turn: the ring is filled, refused, and emptied again. */
    String measure(int samples) {
        long[] taken = new long[samples];
        long[] refused = new long[samples];
        int count = 0;
        while (count < samples) {
            int from = count;
            while (count < samples && out.freeBytes() >= BATCH * 32) {
                taken[count++] = batch(true);
            }
            while (out.freeBytes() >= 32) {
                send();
            }
            for (int i = from; i < count; i++) {
                refused[i] = batch(false);
            }
            while (!in.isEmpty()) {
                in.poll(drop, Integer.MAX_VALUE);
            }
        }
        if (out.refused(Refusal.FULL) != (long) samples * BATCH) {
            throw new IllegalStateException("refusals were not counted: refused=" + out.refused(Refusal.FULL));
        }
        return "{\"taken\":" + quantile(taken) + ",\"refused\":" + quantile(refused) + "}";
    }

    private long batch(boolean expected) {
        long startNs = System.nanoTime();
        boolean right = true;
        for (int i = 0; i < BATCH; i++) {
            right &= send() == expected;
        }
        long passedNs = System.nanoTime() - startNs;
        if (!right) {
            throw new IllegalStateException("send did what it must not: expected=" + expected);
        }
        return passedNs;
    }

    private boolean send() {
        return out.offer(EventType.KEY_ON, 1, 2, 3);
    }

    private static double quantile(long[] valuesNs) {
        Arrays.sort(valuesNs);
        return valuesNs[(int) (QUANTILE * (valuesNs.length - 1))] / (double) BATCH;
    }
}
