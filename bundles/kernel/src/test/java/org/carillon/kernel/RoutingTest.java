package org.carillon.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import org.carillon.protocol.DropReason;
import org.carillon.protocol.Event;
import org.carillon.protocol.EventType;
import org.carillon.protocol.StatusCounter;
import org.junit.jupiter.api.Test;

class RoutingTest {
    private final Rig rig = new Rig();
    private final Rig.Sender sender = rig.sender("keys");
    private final Rig.Receiver receiver = rig.receiver("synth");

    @Test
    void shouldDeliverAlongAConnectionOnly() {
        Rig.Receiver other = rig.receiver("other");
        rig.patchbay.connections().connect("keys", "synth", null, false);
        sender.on(60);
        rig.work();

        assertEquals(List.of("keyon 0 60 100"), receiver.read());
        assertEquals(List.of(), other.read());
        assertEquals(1, rig.status().count(StatusCounter.EVENTS_OUT));
    }

    @Test
    void shouldFanOutInAscendingOrderOfDestinations() {
        List<String> order = new ArrayList<>();
        List<Rig.Receiver> receivers = new ArrayList<>();
        for (String name : List.of("c", "a", "b")) {
            receivers.add(rig.receiver(name));
        }
        for (String name : List.of("b", "c", "a")) {
            rig.patchbay.connections().connect("keys", name, null, false);
        }
        for (Connection connection : rig.patchbay.source(sender.id).connections) {
            order.add(connection.destinationName);
        }
        sender.on(60);
        rig.work();

        assertEquals(List.of("c", "a", "b"), order);
        receivers.forEach(r -> assertEquals(1, r.read().size()));
    }

    @Test
    void shouldKeepSendOrderWithinOneDeadline() {
        rig.patchbay.connections().connect("keys", "synth", null, false);
        long dateNs = rig.nowNs() + 1_000;
        sender.send(dateNs, 0x80, 60, 0).send(dateNs, 0x90, 60, 100).send(dateNs - 500, 0xB0, 7, 1);
        rig.work();
        assertEquals(List.of(), receiver.read());

        rig.advanceNs(1_000);
        assertEquals(List.of("ctrlchange 0 7 1", "keyoff 0 60 0", "keyon 0 60 100"), receiver.read());
        assertEquals(3, rig.status().count(StatusCounter.EVENTS_SCHEDULED));
    }

    @Test
    void shouldNotLetALateEventOvertakeAPendingOneOfAnEarlierDate() {
        rig.patchbay.connections().connect("keys", "synth", null, false);
        for (int i = 0; i < 600; i++) {
            sender.send(rig.nowNs() + 10, 0xB0, 1, i % 128);
        }
        rig.work();
        rig.page.clock().set(rig.nowNs() + 20, System.nanoTime(), 1e-12);
        sender.send(rig.nowNs() + 15, 0xB0, 2, 0);
        rig.work();

        assertEquals("ctrlchange 0 2 0", receiver.read().getLast());
        assertEquals(601, receiver.events.size());
    }

    @Test
    void shouldStampWhatIsSentForNowAndMarkItsDestination() {
        rig.patchbay.connections().connect("keys", "synth", null, false);
        sender.on(60);
        rig.work();

        receiver.ring.poll((type, buffer, index, length) -> {
            Event event = new Event().wrap(receiver.ring.segment(), index - (long) Event.RING_HEADER_LENGTH);
            assertEquals(rig.nowNs(), event.timeNs());
            assertEquals(3, event.destinationIndex());
            assertEquals(sender.id, event.sourceId());
        }, 1);
    }

    @Test
    void shouldCountWhatFindsNoRoomAndGoOn() {
        Rig.Receiver small = rig.new Receiver("small", 8192, false);
        rig.patchbay.connections().connect("keys", "small", null, false);
        rig.patchbay.connections().connect("keys", "synth", null, false);
        for (int i = 0; i < 500; i++) {
            sender.send(0, 0xB0, 1, 1);
        }
        rig.work();

        assertEquals(500, receiver.read().size());
        int arrived = small.read().size();
        assertEquals(500 - arrived, rig.dropped(DropReason.DESTINATION_FULL));
        assertFalse(arrived == 500);
    }

    @Test
    void shouldRefuseForeignAndMalformedRecords() {
        rig.patchbay.connections().connect("keys", "synth", null, false);
        Rig.Sender stranger = rig.sender("stranger");
        stranger.record(EventType.KEY_ON, Event.SHORT_LENGTH, sender.id);
        sender.record(EventType.NOTE, Event.SHORT_LENGTH, sender.id);
        sender.record(EventType.OWED_NOTE_OFF, Event.SHORT_LENGTH, sender.id);
        sender.record(7, Event.SHORT_LENGTH, sender.id);
        rig.work();

        assertEquals(List.of(), receiver.read());
        assertEquals(1, rig.dropped(DropReason.FOREIGN_SOURCE));
        assertEquals(3, rig.dropped(DropReason.MALFORMED));
    }

    @Test
    void shouldDropPendingEventsOfASessionThatIsGone() {
        rig.patchbay.connections().connect("keys", "synth", null, false);
        sender.send(rig.nowNs() + 1_000, 0x90, 60, 100).task(rig.nowNs() + 1_000, 7);
        rig.work();
        rig.patchbay.detach(sender.client);
        rig.advanceNs(1_000);

        assertEquals(List.of(), receiver.read());
        assertEquals(2, rig.dropped(DropReason.SENDER_GONE));
    }

    @Test
    void shouldBringTasksBackToTheirSenderOnTheGridOrAtTheirDate() {
        Rig.Receiver owner = rig.receiver("owner");
        LocalTask task = new LocalTask(owner.client);
        task.schedule(rig.nowNs() + 300, 1);
        task.schedule(rig.nowNs() - 5, 2);
        rig.advanceNs(300);
        assertEquals(List.of("task 1"), owner.readNew());
        rig.advanceNs(1_000_000);
        assertEquals(List.of("task 2"), owner.readNew());
    }

    /** Schedules tasks as a session's attachment does. */
    private final class LocalTask {
        private final Client client;

        LocalTask(Client client) {
            this.client = client;
        }

        void schedule(long dateNs, long what) {
            var record = java.lang.foreign.Arena.ofAuto().allocate(Event.TASK_LENGTH, Event.ALIGNMENT);
            new Event().wrap(record, 0).header(Event.TASK_LENGTH, EventType.TASK).timeNs(dateNs).taskWord(0, what);
            rig.agent.scheduleTask(client, dateNs, record, 0, Event.TASK_LENGTH);
        }
    }

    @Test
    void shouldAllocateNothingForAMillionEvents() {
        rig.patchbay.connections().connect("keys", "synth", Rig.filter(t -> t.mapPitch(p -> p + 1)), false);
        run(100_000);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long self = Thread.currentThread().threadId();
        long least = Long.MAX_VALUE;
        // the first measurement also pays for whatever the JVM links and compiles meanwhile
        for (int attempt = 0; attempt < 3 && least > 0; attempt++) {
            long before = threads.getThreadAllocatedBytes(self);
            run(1_000_000);
            least = Math.min(least, threads.getThreadAllocatedBytes(self) - before);
        }
        assertEquals(0, least);
    }

    private void run(int events) {
        org.agrona.concurrent.MessageHandler sink = (type, buffer, index, length) -> {};
        for (int i = 0; i < events; i += 64) {
            for (int k = 0; k < 64; k++) {
                sender.send(k < 32 ? 0 : rig.nowNs(), (k & 1) == 0 ? 0x90 : 0x80, 40 + (k >> 1), 100);
            }
            rig.agent.doWork();
            while (receiver.ring.poll(sink, 64) > 0) {
                Thread.onSpinWait();
            }
        }
    }
}
