package org.carillon.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.foreign.ValueLayout;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import org.carillon.api.port.CarillonException;
import org.carillon.protocol.Change;
import org.carillon.protocol.DropReason;
import org.carillon.protocol.Event;
import org.carillon.protocol.EventType;
import org.carillon.protocol.RecordHandler;
import org.carillon.protocol.SessionMemory;
import org.carillon.protocol.SessionState;
import org.carillon.protocol.StatusCounter;
import org.junit.jupiter.api.Test;

class BorderTest {
    private final Rig rig = new Rig();
    private final BorderRig border = new BorderRig(rig, "far");

    @Test
    void shouldRouteFromTheBorderToTheBorderAndBetweenBothKindsOfRing() {
        int out = border.source("far:out");
        border.destination("far:in", 5);
        Rig.Receiver near = rig.receiver("near");
        Rig.Sender sender = rig.sender("keys");
        rig.patchbay.connections().connect("far:out", "far:in", null, false);
        rig.patchbay.connections().connect("far:out", "near", null, false);
        rig.patchbay.connections().connect("keys", "far:in", null, false);

        assertTrue(border.send(out, 0, 0x90, 60, 100));
        rig.work();
        sender.on(61);
        sender.ring.flush();
        rig.work();

        assertEquals(List.of("keyon 0 60 100 @5", "keyon 0 61 100 @5"), border.read());
        assertEquals(List.of("keyon 0 60 100"), near.read());
        assertEquals(SessionState.OPEN, border.state());
    }

    @Test
    void shouldReleaseWhatADeadClientHadStarted() {
        int out = border.source("far:out");
        Rig.Receiver near = rig.receiver("near");
        rig.patchbay.connections().connect("far:out", "near", null, false);
        border.send(out, 0, 0x91, 60, 100);
        border.send(out, 0, 0xB1, 64, 127);
        rig.work();

        border.send(out, 0, 0x91, 62, 100); // sent before it died: still heard, and released too
        rig.patchbay.detach(border.client);
        rig.work();

        assertEquals(List.of("keyon 1 60 100", "ctrlchange 1 64 127", "keyon 1 62 100", "keyoff 1 60 64",
                "keyoff 1 62 64", "ctrlchange 1 64 0"), near.read());
        assertEquals(List.of("CLOSED "), border.ends);
        assertEquals(SessionState.CLOSED, border.state());
        assertEquals(3, rig.status().count(StatusCounter.RELEASED));
    }

    @Test
    void shouldEndTheSessionOfAForgedTailAndNoOther() {
        BorderRig other = new BorderRig(rig, "innocent");
        int out = other.source("innocent:out");
        other.destination("innocent:in", 0);
        rig.patchbay.connections().connect("innocent:out", "innocent:in", null, false);
        border.toServer.set(ValueLayout.JAVA_LONG, SessionMemory.TAIL_OFFSET, 1L << 40);

        assertTrue(rig.agent.hasWork());
        rig.work();
        other.send(out, 0, 0x90, 60, 1);
        rig.work();

        assertEquals(SessionState.VIOLATED, border.state());
        assertEquals(1, border.ends.size());
        assertTrue(border.ends.getFirst().startsWith("VIOLATED ring to the server: position beyond the ring: value="),
                border.ends.toString());
        assertFalse(rig.agent.hasWork());
        assertEquals(List.of("keyon 0 60 1 @0"), other.read());
        assertEquals(SessionState.OPEN, other.state());
        assertEquals(List.of("innocent"), rig.status().sessions());
    }

    @Test
    void shouldEndTheSessionOfAForgedHead() {
        border.destination("far:in", 0);
        Rig.Sender sender = rig.sender("keys");
        rig.patchbay.connections().connect("keys", "far:in", null, false);
        border.toServer.set(ValueLayout.JAVA_LONG, SessionMemory.HEAD_OFFSET, 8L);
        for (int i = 0; i < SessionMemory.MIN_CAPACITY / Event.SHORT_LENGTH + 1; i++) {
            sender.on(i % 100);
            sender.off(i % 100);
            rig.work();
        }

        border.toServer.set(ValueLayout.JAVA_LONG, SessionMemory.HEAD_OFFSET, 0L);
        sender.on(1);
        rig.work();
        rig.work();

        assertEquals(SessionState.VIOLATED, border.state());
        assertTrue(border.ends.getFirst().startsWith("VIOLATED ring to the client: position"),
                border.ends.toString());
    }

    @Test
    void shouldEndTheSessionThatSendsAsAnother() {
        Rig.Sender victim = rig.sender("victim");
        Rig.Receiver near = rig.receiver("near");
        rig.patchbay.connections().connect("victim", "near", null, false);

        border.send(victim.id, 0, 0x90, 60, 100);
        border.send(victim.id, 0, 0x90, 61, 100);
        rig.work();

        assertEquals(List.of("VIOLATED record of a source that is not the session's: sourceId=" + victim.id),
                border.ends);
        assertEquals(List.of(), near.read());
    }

    @Test
    void shouldEndTheSessionThatSendsWhatOnlyTheKernelMay() {
        for (int type : new int[]{EventType.OWED_NOTE_OFF, EventType.CHANGE, 77, EventType.NOTE}) {
            BorderRig hostile = new BorderRig(rig, "hostile");
            int out = hostile.source("hostile:out");
            hostile.record(type, Event.SHORT_LENGTH, Event.word(out, 0, 3, 0), 0);
            rig.work();

            assertEquals(List.of("VIOLATED record that no client may send: type=" + type + ", lengthBytes=32"),
                    hostile.ends);
        }
    }

    @Test
    void shouldDropBytesThatAreNoMessageAndGoOn() {
        int out = border.source("far:out");
        Rig.Receiver near = rig.receiver("near");
        rig.patchbay.connections().connect("far:out", "near", null, false);

        border.record(EventType.KEY_ON, Event.SHORT_LENGTH, Event.word(out, 0, 3, 0), Event.data(0x90, 200, 1));
        border.record(EventType.KEY_ON, Event.SHORT_LENGTH, Event.word(out, 0, 3, 0), Event.data(0xF0, 1, 1));
        border.record(EventType.NOTE, Event.NOTE_LENGTH, Event.word(out, 0, 3, 0), Event.data(0x80, 1, 1));
        border.record(EventType.KEY_ON, Event.SHORT_LENGTH, Event.word(out, 0, 255, 0), Event.data(0x90, 1, 1));
        rig.work();

        assertEquals(3, rig.dropped(DropReason.MALFORMED));
        assertEquals(List.of("keyon 0 1 1"), near.read());
        assertEquals(List.of(), border.ends);
    }

    @Test
    void shouldTakeNoWordFromTheClientForLengthHopsAndDestination() {
        int out = border.source("far:out");
        border.destination("far:in", 2);
        rig.patchbay.connections().connect("far:out", "far:in", null, false);
        List<Long> words = new ArrayList<>();
        RecordHandler keep = (type, segment, offset, length) -> words
                .add(new Event().wrap(segment, offset).word());

        border.record(EventType.KEY_ON, Event.SHORT_LENGTH, Event.word(out, 7, 255, 0) | 0xFFF8L << 48,
                Event.data(0x90, 1, 1));
        rig.work();
        border.consumer.poll(keep, 10);

        assertEquals(List.of(Event.toDestination(Event.word(out, 7, 3, 0), 2)), words);
    }

    @Test
    void shouldDropWhatComesLateFromASourceThatIsGone() {
        int out = border.source("far:out");
        int other = border.source("far:other");
        border.send(out, 0, 0x90, 60, 1);
        rig.patchbay.removePort(border.client, out);
        border.send(out, 0, 0x90, 61, 1);
        border.send(other, 0, 0x90, 61, 1);
        rig.work();

        assertEquals(1, rig.dropped(DropReason.SENDER_GONE));
        assertEquals(List.of(), border.ends);
        assertEquals(2, rig.status().count(StatusCounter.EVENTS_IN));
    }

    @Test
    void shouldLetNoSessionFillTheScheduler() {
        int out = border.source("far:out");
        border.destination("far:in", 0);
        rig.patchbay.connections().connect("far:out", "far:in", null, false);
        for (int i = 0; i < BorderRig.PENDING_LIMIT + 3; i++) {
            border.send(out, rig.nowNs() + 1_000_000, 0x90, i, 1);
        }
        rig.work();
        assertEquals(3, rig.dropped(DropReason.QUOTA));
        assertEquals(BorderRig.PENDING_LIMIT, rig.agent.pending());

        rig.advanceNs(1_000_000);
        assertEquals(BorderRig.PENDING_LIMIT, border.read().size());
        border.send(out, rig.nowNs() + 1_000_000, 0x90, 1, 1);
        rig.work();
        assertEquals(3, rig.dropped(DropReason.QUOTA));
    }

    @Test
    void shouldEndTheSessionThatDoesNotLetTheKernelSleep() {
        BorderInlet inlet = rig.patchbay.borders()[0];
        int wakes = 0;
        while (!rig.agent.hasWork() && wakes < 10_000_000) {
            inlet.arm();
            border.toServer.set(ValueLayout.JAVA_INT, SessionMemory.KERNEL_WORD_OFFSET, wakes++ % 2 == 0 ? 0 : -1);
            inlet.disarm();
        }
        rig.work();

        assertTrue(wakes > 100_000, "wakes=" + wakes);
        assertEquals(List.of("VIOLATED kernel is woken for nothing: wakesInASecond=100001"), border.ends);
    }

    @Test
    void shouldTakeOutWhatADeadSessionHadWaiting() {
        int out = border.source("far:out");
        Rig.Receiver near = rig.receiver("near");
        Rig.Sender sender = rig.sender("keys");
        rig.patchbay.connections().connect("far:out", "near", null, false);
        rig.patchbay.connections().connect("keys", "near", null, false);
        for (int round = 0; round < 1_000; round++) { // more than one array of handles, most of them stale
            border.send(out, rig.nowNs() + 1_000, 0x90, 1, 0);
            border.send(out, rig.nowNs() + 1_000, 0x90, 2, 0);
            rig.advanceNs(1_000);
        }
        border.send(out, Long.MAX_VALUE - 1, 0x90, 60, 1);
        border.send(out, rig.nowNs() + 1_000_000, 0x90, 61, 1);
        sender.send(rig.nowNs() + 1_000_000, 0x90, 62, 1);
        rig.work();
        near.readNew();
        assertEquals(3, rig.agent.pending());

        rig.patchbay.detach(border.client);
        rig.work();

        assertEquals(1, rig.agent.pending());
        assertEquals(2, rig.dropped(DropReason.SENDER_GONE));
        rig.advanceNs(1_000_000);
        assertEquals(List.of("keyon 0 62 1"), near.readNew());
    }

    @Test
    void shouldTakeBackOnlyItsOwnTasks() {
        KernelProxy proxy = new KernelProxy(rig.agent, rig.page, rig.bell,
                new ConnectionMemory(new DataFile(null, ConnectionMemory.FILE)));
        assertEquals(Client.NO_TASK, border.client.forgetTask(1));
        long ticket = border.client.rememberTask(border.client.nextTicket(), 77);

        assertEquals(77, border.client.forgetTask(ticket));
        assertEquals(Client.NO_TASK, border.client.forgetTask(ticket));
        assertEquals(-1, border.client.rememberTask(border.client.nextTicket(), -1));
        assertEquals(-1, proxy.statusDescriptor());
    }

    @Test
    void shouldTellWhoWatches() {
        rig.patchbay.watch(border.client, Change.PORTS | Change.CONNECTIONS);

        Rig.Receiver near = rig.receiver("near");
        int connection = rig.patchbay.connections().connect("keys", "near", null, false);
        Rig.Sender keys = rig.sender("keys");
        rig.patchbay.connections().disconnect("keys", "near");
        rig.patchbay.removePort(near.client, near.id);
        rig.patchbay.watch(border.client, 0);
        rig.patchbay.removePort(keys.client, keys.id);

        assertEquals(List.of("PORT_CAME " + near.id, "CONNECTION_CAME " + connection, "PORT_CAME " + keys.id,
                "CONNECTION_CHANGED " + connection, "CONNECTION_CHANGED " + connection,
                "CONNECTION_GONE " + connection, "PORT_GONE " + near.id), border.read());
    }

    @Test
    void shouldCountTheChangesThatOneWhoWatchesHasNoRoomFor() {
        rig.patchbay.watch(border.client, Change.PORTS);
        int changes = 0;
        while (rig.dropped(DropReason.WATCHER_FULL) < 4) {
            Rig.Receiver near = rig.receiver("near");
            rig.patchbay.removePort(near.client, near.id);
            rig.patchbay.detach(near.client);
            changes += 2;
        }
        assertEquals(changes - 4, border.read().size());
    }

    @Test
    void shouldCountWhatTheClientCouldNotSendAsFarAsThatIsLikely() {
        int out = border.source("far:out");
        while (border.send(out, 0, 0x90, 1, 0)) {
            Thread.onSpinWait();
        }
        assertEquals(1, rig.dropped(DropReason.SOURCE_FULL));

        border.toServer.set(ValueLayout.JAVA_LONG, SessionMemory.REFUSED_OFFSET, Long.MIN_VALUE);
        assertEquals(1, rig.dropped(DropReason.SOURCE_FULL));
        border.toServer.set(ValueLayout.JAVA_LONG, SessionMemory.REFUSED_OFFSET, Long.MAX_VALUE);
        assertEquals(1, rig.dropped(DropReason.SOURCE_FULL));
    }

    @Test
    void shouldRefuseMoreThanTheKernelCanSleepOn() {
        for (int i = 1; i < Patchbay.BORDER_LIMIT; i++) {
            new BorderRig(rig, "far " + i);
        }

        CarillonException refused = assertThrows(CarillonException.class, () -> new BorderRig(rig, "one too many"));

        assertEquals("no more sessions of other processes: limit=126, name=one too many", refused.getMessage());
        assertEquals(CarillonException.Kind.REFUSED, refused.kind());
        rig.patchbay.kick("far");
        assertEquals(List.of("KICKED ended by request"), border.ends);
        new BorderRig(rig, "one again");
    }

    @Test
    void shouldAllocateNothingForAMillionEvents() {
        int out = border.source("far:out");
        border.destination("far:in", 0);
        rig.patchbay.connections().connect("far:out", "far:in", null, false);
        RecordHandler sink = (type, segment, offset, length) -> true;
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        turns(out, sink, 2_000);
        long least = Long.MAX_VALUE;
        int rounds = 0;
        // the first rounds also pay for whatever the JVM links and compiles meanwhile
        for (; rounds < 5 && least > 0; rounds++) {
            long before = threads.getCurrentThreadAllocatedBytes();
            turns(out, sink, 31_250);
            least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
        }

        assertEquals(0, least);
        assertEquals((2_000 + rounds * 31_250) * 32, rig.status().count(StatusCounter.EVENTS_OUT));
    }

    private void turns(int out, RecordHandler sink, int count) {
        for (int turn = 0; turn < count; turn++) {
            for (int i = 0; i < 32; i++) {
                border.send(out, 1, i < 16 ? 0x90 : 0x80, 40 + i % 16, 64);
            }
            rig.agent.doWork();
            while (border.consumer.poll(sink, 64) > 0) {
                Thread.onSpinWait();
            }
        }
    }
}
