package org.carillon.stress;

import java.lang.foreign.Arena;
import org.agrona.concurrent.MessageHandler;
import org.carillon.api.ring.LocalRing;
import org.carillon.protocol.Doorbell;
import org.carillon.protocol.EventType;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.L_Result;

/**
 * The commit of a record against the load of its length in {@code poll}. One ring serves all rounds, and so wraps; its
 * producer and its consumer are always the same actors.
 */
@JCStressTest
@Outcome(id = "NONE", expect = Expect.ACCEPTABLE, desc = "nothing is published yet")
@Outcome(id = "WHOLE", expect = Expect.ACCEPTABLE, desc = "the next record is there with all its bytes")
@Outcome(id = "TORN", expect = Expect.FORBIDDEN, desc = "a record is visible before its bytes, or not in order")
@State
public class LocalRingStress {
    private static final Rounds ROUNDS = new Rounds();

    private static final class Rounds {
        private final LocalRing ring = new LocalRing(LocalRing.MIN_CAPACITY,
                new Doorbell(Arena.global().allocate(Doorbell.WORD_LENGTH, 8), () -> {}));
        private final MessageHandler handler = (type, buffer, index, length) -> whole = isNext(type,
                buffer.getLong(index), buffer.getLong(index + 8), buffer.getLong(index + 16));
        private long produced;
        private long consumed;
        private boolean whole;

        void produce() {
            long next = produced + 1;
            if (ring.offer(EventType.KEY_ON, next, ~next, next * 3)) {
                produced = next;
            }
        }

        private boolean isNext(int type, long timeNs, long word, long data) {
            long next = ++consumed;
            return type == EventType.KEY_ON && timeNs == next && word == ~next && data == next * 3;
        }

        String consume() {
            if (ring.poll(handler, 1) == 0) {
                return "NONE";
            }
            return whole ? "WHOLE" : "TORN";
        }
    }

    @Actor
    public void producer() {
        ROUNDS.produce();
    }

    @Actor
    public void consumer(L_Result result) {
        result.r1 = ROUNDS.consume();
    }
}
