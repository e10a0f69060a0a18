package org.carillon.stress;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.agrona.concurrent.ControlledMessageHandler;
import org.agrona.concurrent.ControlledMessageHandler.Action;
import org.carillon.api.ring.LocalRing;
import org.carillon.protocol.Doorbell;
import org.carillon.protocol.Event;
import org.carillon.protocol.EventType;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.L_Result;

/** As {@link LocalRingStress} for records that are copied in, of lengths that let the ring wrap with padding. */
@JCStressTest
@Outcome(id = "NONE", expect = Expect.ACCEPTABLE, desc = "nothing is published yet")
@Outcome(id = "WHOLE", expect = Expect.ACCEPTABLE, desc = "the next record is there with all its bytes")
@Outcome(id = "TORN", expect = Expect.FORBIDDEN, desc = "a record is visible before its bytes, or not in order")
@State
public class LongRecordStress {
    private static final Rounds ROUNDS = new Rounds();

    private static final class Rounds {
        private static final int LENGTHS = 7;

        private final LocalRing ring = new LocalRing(LocalRing.MIN_CAPACITY,
                new Doorbell(Arena.global().allocate(Doorbell.WORD_LENGTH, 8), () -> {}));
        private final MemorySegment record = Arena.global().allocate(Event.MAX_LENGTH, Event.ALIGNMENT);
        private final Event written = new Event().wrap(record, 0);
        private final Event read = new Event();
        private final ControlledMessageHandler handler = (type, buffer, index, length) -> {
            whole = isNext(index - Event.RING_HEADER_LENGTH);
            return Action.CONTINUE;
        };
        private long produced;
        private long consumed;
        private boolean whole;

        private static int words(long number) {
            return 1 + (int) (number % LENGTHS);
        }

        void produce() {
            long next = produced + 1;
            int words = words(next);
            for (int i = 0; i < words; i++) {
                written.taskWord(i, next + i);
            }
            if (ring.offer(record, 0, Event.HEADER_LENGTH + words * Long.BYTES, EventType.TEXT, next, ~next)) {
                produced = next;
            }
        }

        private boolean isNext(int offset) {
            long next = ++consumed;
            int words = words(next);
            read.wrap(ring.segment(), offset);
            boolean right = read.timeNs() == next && read.word() == ~next
                    && read.payloadLength() == words * Long.BYTES;
            for (int i = 0; right && i < words; i++) {
                right = read.taskWord(i) == next + i;
            }
            return right;
        }

        String consume() {
            if (ring.controlledPoll(handler, 1) == 0) {
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
