package org.carillon.fuzz;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.carillon.api.port.Kernel;
import org.carillon.api.ring.LocalRing;
import org.carillon.kernel.Client;
import org.carillon.kernel.KernelAgent;
import org.carillon.protocol.Doorbell;
import org.carillon.protocol.DropReason;
import org.carillon.protocol.Event;
import org.carillon.protocol.EventType;
import org.carillon.protocol.StatusPage;
import org.carillon.scheduler.TimeScheduler;

/**
 * Records of any type, length and content in a session's ring: the kernel throws nothing, reads every one of them, and
 * another session's notes arrive between them as if nothing were.
 */
public final class KernelBorderTarget {
    private static final int MAX_RECORDS = 64;
    private static final int TURNS = 1_000;
    private static final long LIMIT_NS = 5_000_000_000L;
    private static final int WITNESS_DESTINATION = 5;

    private KernelBorderTarget() {}

    /** Called by Jazzer with the bytes of its choice. */
    public static void fuzzerTestOneInput(FuzzedDataProvider data) {
        try (Arena arena = Arena.ofConfined()) {
            new Rig(arena).run(data);
        }
    }

    /** A kernel with a hostile session and two that know nothing of it. */
    private static final class Rig {
        private final MemorySegment record;
        private final StatusPage page;
        private final KernelAgent agent;
        private final LocalRing hostile;
        private final LocalRing hostileReceived;
        private final LocalRing sender;
        private final LocalRing receiver;
        private final Client hostileClient;
        private final int hostileSource;
        private final int senderSource;
        private final Event event = new Event();
        private int malformed;
        private int expected;
        private int received;

        Rig(Arena arena) {
            record = arena.allocate(Event.MAX_LENGTH, Event.ALIGNMENT);
            page = new StatusPage(arena.allocate(StatusPage.LENGTH, 128));
            page.clock().set(1_000_000_000L, System.nanoTime(), 1.0);
            Doorbell bell = new Doorbell(arena.allocate(Doorbell.WORD_LENGTH, 8), () -> {});
            agent = new KernelAgent(page, bell);
            agent.schedulerCame(new TimeScheduler(TimeScheduler.MIN_CAPACITY));
            hostile = new LocalRing(LocalRing.DEFAULT_CAPACITY, bell);
            hostileReceived = new LocalRing(LocalRing.MIN_CAPACITY, bell);
            sender = new LocalRing(LocalRing.MIN_CAPACITY, bell);
            receiver = new LocalRing(LocalRing.DEFAULT_CAPACITY, bell);
            hostileClient = agent.patchbay().attach("hostile", Kernel.Role.SESSION, hostileReceived);
            hostileSource = agent.patchbay().addSource(hostileClient, "hostile:out", hostile);
            agent.patchbay().addDestination(hostileClient, "hostile:in", hostileReceived, 0, false);
            agent.patchbay().addLoop(hostileClient, "hostile:loop", LocalRing.MIN_CAPACITY, 1_000);
            Client innocent = agent.patchbay().attach("innocent", Kernel.Role.SESSION, receiver);
            senderSource = agent.patchbay().addSource(innocent, "innocent:out", sender);
            agent.patchbay().addDestination(innocent, "innocent:in", receiver, WITNESS_DESTINATION, false);
            agent.patchbay().connections().connect("innocent:out", "innocent:in", null, false);
            agent.patchbay().connections().connect("hostile:out", "hostile:in", null, false);
            agent.patchbay().connections().connect("hostile:out", "hostile:loop", null, false);
            agent.patchbay().connections().connect("hostile:loop", "hostile:loop", null, true);
        }

        void run(FuzzedDataProvider data) {
            for (int i = 0; i < MAX_RECORDS && data.remainingBytes() > 0; i++) {
                offer(data);
                if (i % 4 == 0) {
                    witness();
                }
            }
            witness();
            check();
            agent.patchbay().detach(hostileClient);
            witness();
            check();
        }

        private void offer(FuzzedDataProvider data) {
            int type = data.consumeProbabilityDouble() < 0.9
                    ? data.consumeInt(EventType.BASE, EventType.BASE + 255)
                    : data.consumeInt(1, Integer.MAX_VALUE);
            int lengthBytes = data.consumeProbabilityDouble() < 0.7
                    ? usualLength(type, data)
                    : data.consumeInt(Event.HEADER_LENGTH, Event.MAX_LENGTH);
            int source = data.consumeBoolean() ? hostileSource : data.consumeInt(-1, 12);
            long time = data.consumeBoolean() ? data.consumeInt(0, 10) : data.consumeLong();
            byte[] bytes = data.consumeBytes(lengthBytes - Event.HEADER_LENGTH);
            record.asSlice(Event.DATA_OFFSET).fill((byte) 0);
            MemorySegment.copy(bytes, 0, record, ValueLayout.JAVA_BYTE, Event.DATA_OFFSET, bytes.length);
            long word = source & 0xFFFF_FFFFL | data.consumeLong() << Integer.SIZE;
            if (hostile.offer(record, 0, lengthBytes, type, time, word) && !Event.isWellFormed(type, lengthBytes)) {
                malformed++;
            }
        }

        private static int usualLength(int type, FuzzedDataProvider data) {
            return switch (type) {
                case EventType.NOTE -> Event.NOTE_LENGTH;
                case EventType.TASK, EventType.DEFERRED_TASK -> Event.TASK_LENGTH;
                default -> EventType.isShort(type)
                        ? Event.SHORT_LENGTH
                        : data.consumeInt(Event.HEADER_LENGTH, Event.MAX_LENGTH);
            };
        }

        private void witness() {
            sender.offer(EventType.CONTROL_CHANGE, 1, Event.word(senderSource, 0, 3, 0),
                    Event.data(0xB0, 1, expected & 0x7F));
            expected++;
            for (int turn = 0; turn < TURNS; turn++) {
                if (agent.doWork() == 0) {
                    break;
                }
            }
            receiver.poll((type, buffer, index, length) -> {
                event.wrap(receiver.segment(), index - (long) Event.RING_HEADER_LENGTH);
                require(type == EventType.CONTROL_CHANGE && event.data(2) == (received & 0x7F)
                        && event.sourceId() == senderSource && event.destinationIndex() == WITNESS_DESTINATION,
                        "another session's event arrived changed");
                received++;
            }, Integer.MAX_VALUE);
            require(received == expected, "another session's event did not arrive");
            hostileReceived.poll((type, buffer, index, length) -> require(
                    EventType.isSendable(type) && Event.isWellFormed(type, length + Event.RING_HEADER_LENGTH),
                    "a record that cannot be came through"), 3);
        }

        /** Counters are published once a millisecond at most, at the end of a turn with work. */
        private void check() {
            require(sender.isEmpty(), "another session's ring was not read");
            boolean all = hostile.isEmpty();
            long untilNs = System.nanoTime() + LIMIT_NS;
            while (all && page.dropped(DropReason.MALFORMED) != malformed) {
                require(System.nanoTime() - untilNs < 0, "malformed records were not counted");
                witness();
            }
            require(page.dropped(DropReason.MALFORMED) <= malformed, "a good record was counted as malformed");
        }

        private static void require(boolean holds, String what) {
            if (!holds) {
                throw new IllegalStateException(what);
            }
        }
    }
}
