package org.carillon.stress;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.carillon.protocol.Doorbell;
import org.carillon.protocol.Event;
import org.carillon.protocol.EventConsumer;
import org.carillon.protocol.EventProducer;
import org.carillon.protocol.EventType;
import org.carillon.protocol.RecordHandler;
import org.carillon.protocol.RingFault;
import org.carillon.protocol.SessionMemory;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.L_Result;

/**
 * The release store of the tail against its acquire load in {@code poll}: a record is there, all of it, before the tail
 * that publishes it. One ring serves all rounds, and so wraps; producer and consumer are always the same actors.
 */
@JCStressTest
@Outcome(id = "NONE", expect = Expect.ACCEPTABLE, desc = "nothing is published yet")
@Outcome(id = "WHOLE", expect = Expect.ACCEPTABLE, desc = "the next record is there with all its bytes")
@Outcome(id = "TORN", expect = Expect.FORBIDDEN, desc = "a record is visible before its bytes, or not in order")
@Outcome(id = "FAULT", expect = Expect.FORBIDDEN, desc = "a good peer is taken for a hostile one")
@State
public class EventRingStress {
    private static final Rounds ROUNDS = new Rounds();

    private static final class Rounds {
        private final SessionMemory memory = SessionMemory.create(segment(), segment(), 1);
        private final EventProducer producer = memory.clientProducer(new Doorbell(memory.kernelWord(), () -> {}));
        private final EventConsumer consumer = memory.serverConsumer();
        private final Event event = new Event();
        private final RecordHandler handler = (type, segment, offset, length) -> whole = isNext(type,
                event.wrap(segment, offset));
        private long produced;
        private long consumed;
        private boolean whole;

        private static MemorySegment segment() {
            return Arena.global().allocate(SessionMemory.lengthBytes(SessionMemory.MIN_CAPACITY), 128);
        }

        void produce() {
            long next = produced + 1;
            if (producer.offer(EventType.KEY_ON, next, ~next, next * 3)) {
                produced = next;
            }
        }

        private boolean isNext(int type, Event record) {
            long next = ++consumed;
            return type == EventType.KEY_ON && record.timeNs() == next && record.word() == ~next
                    && record.data() == next * 3;
        }

        String consume() {
            whole = true;
            int count = consumer.poll(handler, 1);
            if (consumer.fault() != RingFault.NONE) {
                return "FAULT";
            }
            return count == 0 ? "NONE" : whole ? "WHOLE" : "TORN";
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
