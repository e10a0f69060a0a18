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
 * The release store of the head against its acquire load when the ring is full: what the consumer reads is read before
 * its room is used again. The ring is always full but for what the consumer took last.
 */
@JCStressTest
@Outcome(id = "NONE", expect = Expect.ACCEPTABLE, desc = "the producer has not filled the room yet")
@Outcome(id = "RIGHT", expect = Expect.ACCEPTABLE, desc = "the oldest record, with all its bytes")
@Outcome(id = "OVERWRITTEN", expect = Expect.FORBIDDEN, desc = "a newer record was written over one being read")
@Outcome(id = "FAULT", expect = Expect.FORBIDDEN, desc = "a good peer is taken for a hostile one")
@State
public class EventRoomStress {
    private static final Rounds ROUNDS = new Rounds();

    private static final class Rounds {
        private static final int LENGTH = 64;

        private final SessionMemory memory = SessionMemory.create(segment(), segment(), 1);
        private final EventProducer producer = memory.clientProducer(new Doorbell(memory.kernelWord(), () -> {}));
        private final EventConsumer consumer = memory.serverConsumer();
        private final MemorySegment record = Arena.global().allocate(LENGTH, 8);
        private final Event event = new Event();
        private final RecordHandler handler = (type, segment, offset, length) -> right = isNext(
                event.wrap(segment, offset));
        private long produced;
        private long consumed;
        private boolean right;

        Rounds() {
            while (offerNext()) {
                Thread.onSpinWait();
            }
        }

        private static MemorySegment segment() {
            return Arena.global().allocate(SessionMemory.lengthBytes(SessionMemory.MIN_CAPACITY), 128);
        }

        private boolean offerNext() {
            long next = produced + 1;
            Event made = new Event().wrap(record, 0).data(next);
            for (int word = 1; word < 4; word++) {
                made.taskWord(word, next);
            }
            if (!producer.offer(record, 0, LENGTH, EventType.SYSEX, next, next)) {
                return false;
            }
            produced = next;
            return true;
        }

        void produce() {
            offerNext();
            if (producer.fault() != RingFault.NONE) {
                throw new IllegalStateException(producer.describeFault());
            }
        }

        private boolean isNext(Event read) {
            long next = ++consumed;
            return read.timeNs() == next && read.word() == next && read.taskWord(0) == next
                    && read.taskWord(1) == next && read.taskWord(2) == next && read.taskWord(3) == next;
        }

        String consume() {
            right = true;
            int count = consumer.poll(handler, 1);
            if (consumer.fault() != RingFault.NONE) {
                return "FAULT";
            }
            return count == 0 ? "NONE" : right ? "RIGHT" : "OVERWRITTEN";
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
