package org.carillon.kernel;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.carillon.api.filter.CompiledFilter;
import org.carillon.api.filter.FilterTables;
import org.carillon.api.port.Kernel;
import org.carillon.api.ring.LocalRing;
import org.carillon.api.status.StatusSnapshot;
import org.carillon.protocol.Doorbell;
import org.carillon.protocol.DropReason;
import org.carillon.protocol.Event;
import org.carillon.protocol.EventType;
import org.carillon.protocol.StatusPage;
import org.carillon.scheduler.TimeScheduler;

/** A real agent, run turn by turn on the test's thread, with a clock that stands still until it is told to go. */
final class Rig {
    private static final double STANDING_STILL = 1e-12;

    final StatusPage page = new StatusPage(Arena.ofAuto().allocate(StatusPage.LENGTH, 4096));
    final Doorbell bell = new Doorbell(Arena.ofAuto().allocate(Doorbell.WORD_LENGTH, 8), () -> {});
    final KernelAgent agent;
    final Patchbay patchbay;
    private long nowNs = 1_000_000_000L;

    Rig() {
        setClock();
        agent = new KernelAgent(page, bell);
        patchbay = agent.patchbay();
        agent.schedulerCame(new TimeScheduler(4096));
    }

    long nowNs() {
        return nowNs;
    }

    void advanceNs(long ns) {
        nowNs += ns;
        setClock();
        work();
    }

    private void setClock() {
        page.clock().set(nowNs, System.nanoTime(), STANDING_STILL);
    }

    /** Turns until nothing is left to do. */
    void work() {
        for (int turn = 0; turn < 10_000; turn++) {
            if (agent.doWork() == 0) {
                agent.publish();
                return;
            }
        }
        throw new AssertionError("the agent does not come to rest");
    }

    StatusSnapshot status() {
        agent.publish();
        return StatusSnapshot.of(page);
    }

    long dropped(DropReason reason) {
        return status().dropped().get(reason);
    }

    Sender sender(String name) {
        return new Sender(name);
    }

    Receiver receiver(String name) {
        return new Receiver(name, 4 * LocalRing.DEFAULT_CAPACITY, false);
    }

    static CompiledFilter filter(Consumer<FilterTables> words) {
        FilterTables tables = new FilterTables();
        words.accept(tables);
        return tables.compile("test");
    }

    /** A session with one source named like itself. */
    final class Sender {
        final Client client;
        final LocalRing ring = new LocalRing(4 * LocalRing.DEFAULT_CAPACITY, bell);
        final LocalRing received = new LocalRing(LocalRing.DEFAULT_CAPACITY, bell);
        final int id;
        private final MemorySegment record = Arena.ofAuto().allocate(Event.MAX_LENGTH, Event.ALIGNMENT);

        Sender(String name) {
            client = patchbay.attach("session of " + name, Kernel.Role.SESSION, received);
            id = patchbay.addSource(client, name, ring);
        }

        Sender send(long timeNs, int status, int data1, int data2) {
            int type = EventType.ofStatus(status);
            if (!ring.offer(type, timeNs, Event.word(id, 0, EventType.messageLength(type), 0),
                    Event.data(status, data1, data2))) {
                throw new AssertionError("the test's own ring is full");
            }
            return this;
        }

        Sender on(int pitch) {
            return send(0, 0x90, pitch, 100);
        }

        Sender off(int pitch) {
            return send(0, 0x80, pitch, 0);
        }

        Sender note(long timeNs, int pitch, long durationNs) {
            new Event().wrap(record, 0).data(Event.data(0x90, pitch, 100)).durationNs(durationNs);
            ring.offer(record, 0, Event.NOTE_LENGTH, EventType.NOTE, timeNs, Event.word(id, 0, 3, 0));
            return this;
        }

        Sender task(long timeNs, long what) {
            new Event().wrap(record, 0).taskWord(0, what);
            ring.offer(record, 0, Event.TASK_LENGTH, EventType.TASK, timeNs, Event.word(client.id, 0, 0, 0));
            return this;
        }

        /** One piece of a system exclusive message, filled with one byte. */
        Sender sysex(int flags, int lengthBytes, int fill) {
            record.asSlice(Event.DATA_OFFSET, lengthBytes).fill((byte) fill);
            ring.offer(record, 0, Event.HEADER_LENGTH + lengthBytes, EventType.SYSEX, 0, Event.word(id, 0, 0, flags));
            return this;
        }

        Sender record(int type, int lengthBytes, int sourceId) {
            ring.offer(record, 0, lengthBytes, type, 0, Event.word(sourceId, 0, 0, 0));
            return this;
        }
    }

    /** A session with one destination named like itself, and everything that has come to it, in words. */
    final class Receiver {
        final Client client;
        final LocalRing ring;
        final int id;
        final List<String> events = new ArrayList<>();
        private final Event event = new Event();

        Receiver(String name, int capacityBytes, boolean wholeNotes) {
            ring = new LocalRing(capacityBytes, bell);
            client = patchbay.attach("session of " + name, Kernel.Role.SESSION, ring);
            id = patchbay.addDestination(client, name, ring, 3, wholeNotes);
        }

        /** Reads what is in the ring; the words of everything read so far. */
        List<String> read() {
            while (ring.poll((type, buffer, index, length) -> events.add(words(type, index)), 1000) > 0) {
                Thread.onSpinWait();
            }
            return events;
        }

        List<String> readNew() {
            events.clear();
            return List.copyOf(read());
        }

        private String words(int type, int index) {
            event.wrap(ring.segment(), index - (long) Event.RING_HEADER_LENGTH);
            return switch (type) {
                case EventType.SYSEX -> "sysex" + flags(event.flags()) + " " + event.payloadLength() + " "
                        + (event.payloadLength() == 0 ? "-" : Integer.toHexString(event.data(0)));
                case EventType.NOTE -> "note " + event.data(1) + " for " + event.durationNs();
                case EventType.TASK -> "task " + event.taskWord(0);
                default -> EventType.name(type) + " " + event.channel() + " " + event.data(1) + " " + event.data(2);
            };
        }

        private static String flags(int flags) {
            return ((flags & Event.BEGIN) != 0 ? " begin" : "") + ((flags & Event.END) != 0 ? " end" : "")
                    + ((flags & Event.INCOMPLETE) != 0 ? " incomplete" : "");
        }

    }
}
