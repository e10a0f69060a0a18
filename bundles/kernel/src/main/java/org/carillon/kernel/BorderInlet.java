package org.carillon.kernel;

import java.lang.foreign.MemorySegment;
import org.carillon.api.ring.BorderRings;
import org.carillon.protocol.DropReason;
import org.carillon.protocol.Event;
import org.carillon.protocol.EventConsumer;
import org.carillon.protocol.EventProducer;
import org.carillon.protocol.EventType;
import org.carillon.protocol.RecordHandler;
import org.carillon.protocol.Refusal;
import org.carillon.protocol.RingFault;
import org.carillon.protocol.SessionState;

/**
 * Reads the ring of a session of another process, which is not trusted: what no client that follows the rules can have
 * sent ends the session. What a client may well send by mistake, a data byte above 127, is dropped and counted.
 */
final class BorderInlet extends Inlet implements RecordHandler {
    private static final Refusal[] REFUSALS = Refusal.values();
    /** How many sources that are gone are remembered: records of them may still be on their way. */
    private static final int FORMER_CAPACITY = 64;
    /** Bytes 1 and 2 of the data of a MIDI 1.0 message have no upper bit. */
    private static final long UPPER_BITS = 0x80_8000L;
    private static final int NOTE_ON_LENGTH = 3;
    private static final long NS_PER_S = 1_000_000_000L;
    /**
     * In a second. A client that wakes without looking whether the kernel sleeps, as those without fences must, does it
     * once for each record at most; one that sends as fast as this finds the kernel awake.
     */
    private static final int MAX_IDLE_WAKES = 100_000;

    private final BorderRings rings;
    private final EventConsumer consumer;
    private final EventProducer producer;
    private final long[] refusedBefore = new long[REFUSALS.length];
    private final int[] former = new int[FORMER_CAPACITY];
    private int formerCount;
    private long idleSinceNs;
    private int idleWakes;
    /** What the client did that it must not, or null. */
    private String violation;
    private boolean ended;

    BorderInlet(Client client, KernelAgent agent) {
        super(client, Dates.DEADLINES, null, 0, agent);
        rings = client.border;
        consumer = rings.fromClient();
        producer = rings.toClient();
    }

    @Override
    int poll(int limit) {
        if (ended) {
            return 0;
        }
        int count = consumer.poll(this, limit);
        if (violation == null && consumer.fault() != RingFault.NONE) {
            violation = "ring to the server: " + consumer.describeFault();
        } else if (violation == null && producer.fault() != RingFault.NONE) {
            violation = "ring to the client: " + producer.describeFault();
        }
        if (violation != null) {
            agent.patchbay().detach(client, SessionState.VIOLATED, violation);
            return count + 1;
        }
        return count;
    }

    /** Twice: the first may end where the ring was filled to when it was last looked at. It may be filled on and on. */
    @Override
    void drain() {
        if (!ended && violation == null) {
            consumer.poll(this, Integer.MAX_VALUE);
            consumer.poll(this, Integer.MAX_VALUE);
        }
    }

    @Override
    void end() {
        ended = true;
    }

    /** Which word the kernel sleeps on for this session. */
    MemorySegment kernelWord() {
        return rings.kernelWord();
    }

    /** The kernel is about to sleep. */
    void arm() {
        rings.kernelBell().arm();
    }

    /**
     * The kernel is awake. A client that wakes it again and again and has nothing for it would not let it sleep any
     * more.
     */
    void disarm() {
        if (!rings.kernelBell().isArmed() && consumer.isEmpty()) {
            idleWake(System.nanoTime());
        }
        rings.kernelBell().disarm();
    }

    private void idleWake(long monoNs) {
        if (monoNs - idleSinceNs >= NS_PER_S) {
            idleSinceNs = monoNs;
            idleWakes = 0;
        }
        if (++idleWakes > MAX_IDLE_WAKES && violation == null) {
            violation = "kernel is woken for nothing: wakesInASecond=" + idleWakes;
        }
    }

    @Override
    boolean hasRecords() {
        return !ended && (violation != null || !consumer.isEmpty() || consumer.fault() != RingFault.NONE
                || producer.fault() != RingFault.NONE);
    }

    @Override
    void forget(SourcePort source) {
        super.forget(source);
        former[formerCount++ % FORMER_CAPACITY] = source.id;
    }

    @Override
    public boolean onRecord(int type, MemorySegment segment, long offset, int lengthBytes) {
        if (violation != null) {
            return false;
        }
        if (!Event.isWellFormed(type, lengthBytes)) {
            violation = "record that no client may send: type=" + type + ", lengthBytes=" + lengthBytes;
            return false;
        }
        Event event = agent.scratch.wrap(segment, offset);
        long timeNs = event.timeNs();
        long word = event.word();
        if (EventType.isTask(type)) {
            agent.scheduleTask(client, timeNs, segment, offset, lengthBytes);
            return true;
        }
        SourcePort source = source(Event.sourceId(word));
        if (source == null) {
            return foreign(Event.sourceId(word));
        }
        if (!isMessage(type, event)) {
            agent.drop(DropReason.MALFORMED);
            return true;
        }
        long own = Event.word(source.id, Event.port(word), messageLength(type), Event.flags(word));
        if (EventType.isShort(type)) {
            take(source, type, timeNs, own, event.data(), segment, offset);
            return true;
        }
        return take(source, type, timeNs, own, segment, offset, lengthBytes);
    }

    /** Whether the bytes are of the message that the type says; 64-bit words of MIDI 2.0 may be anything. */
    private static boolean isMessage(int type, Event event) {
        if (type == EventType.UMP64 || !EventType.isShort(type) && type != EventType.NOTE) {
            return true;
        }
        long data = event.data();
        int asType = type == EventType.NOTE ? EventType.KEY_ON : type;
        return (data & UPPER_BITS) == 0 && EventType.ofStatus(Event.status(data)) == asType;
    }

    /** The client's own word for it is not taken: drivers write as many bytes. */
    private static int messageLength(int type) {
        return switch (type) {
            case EventType.NOTE -> NOTE_ON_LENGTH;
            case EventType.UMP64 -> Long.BYTES;
            default -> EventType.messageLength(type);
        };
    }

    private boolean foreign(int sourceId) {
        for (int id : former) {
            if (id == sourceId && id != 0) {
                agent.drop(DropReason.SENDER_GONE);
                return true;
            }
        }
        violation = "record of a source that is not the session's: sourceId=" + sourceId;
        return false;
    }

    @Override
    long refused() {
        long sum = 0;
        for (long count : refusedBefore) {
            sum += count;
        }
        return sum;
    }

    /** The client counts; what cannot be a count that has grown is left out. */
    @Override
    void addRefused(long[] dropped) {
        if (ended) {
            return;
        }
        for (int i = 0; i < REFUSALS.length; i++) {
            long count = rings.refused(REFUSALS[i]);
            long grown = count - refusedBefore[i];
            if (count > 0 && grown > 0 && grown <= Integer.MAX_VALUE) {
                refusedBefore[i] = count;
                dropped[reason(REFUSALS[i]).ordinal()] += grown;
            }
        }
    }

    private static DropReason reason(Refusal refusal) {
        return switch (refusal) {
            case FULL -> DropReason.SOURCE_FULL;
            case LENGTH -> DropReason.MALFORMED;
            case ENDED -> DropReason.SENDER_GONE;
        };
    }
}
