package org.carillon.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.carillon.protocol.DropReason;
import org.carillon.scheduler.TimeScheduler;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A scheduler goes, another comes. */
class HandOverTest {
    private final Rig rig = new Rig();
    private final Rig.Sender sender = rig.sender("keys");
    private final Rig.Receiver receiver = rig.receiver("synth");

    @BeforeEach
    void connect() {
        rig.patchbay.connections().connect("keys", "synth", null, false);
    }

    @Test
    void shouldGivePendingEventsToTheNextSchedulerInOrder() {
        sender.send(rig.nowNs() + 100, 0xB0, 1, 1).send(rig.nowNs() + 50, 0xB0, 1, 2);
        rig.work();
        rig.agent.schedulerGone();
        sender.send(rig.nowNs() + 100, 0xB0, 1, 3);
        rig.advanceNs(10);
        rig.agent.schedulerCame(new TimeScheduler(4096));
        rig.advanceNs(90);

        assertEquals(List.of("ctrlchange 0 1 2", "ctrlchange 0 1 1", "ctrlchange 0 1 3"), receiver.read());
        assertEquals(0, rig.status().droppedInAll());
    }

    @Test
    void shouldCountWhatIsPendingWhenNoSchedulerComesAndEndNotes() {
        sender.note(0, 60, 10_000_000_000L).send(rig.nowNs() + 100, 0xB0, 1, 1);
        rig.work();
        rig.agent.schedulerGone();
        rig.advanceNs(HandOver.LIMIT_NS);
        sender.send(rig.nowNs() + 100, 0xB0, 1, 3);
        rig.work();

        assertEquals(List.of("keyon 0 60 100", "keyoff 0 60 64"), receiver.read());
        assertEquals(2, rig.dropped(DropReason.NO_SCHEDULER));
    }

    @Test
    void shouldNotTakeAHandleForOneOfTheSchedulerBefore() {
        long before = rig.agent.scheduleOwedNoteOff(null, rig.nowNs() + 100, 1, 0);
        assertTrue(rig.agent.cancel(before));
        rig.agent.schedulerCame(new TimeScheduler(4096));
        long after = rig.agent.scheduleOwedNoteOff(null, rig.nowNs() + 100, 1, 0);

        assertFalse(rig.agent.cancel(before));
        assertTrue(rig.agent.cancel(after));
    }

    @Test
    void shouldGoOnWithoutASchedulerForWhatIsDueNow() {
        rig.agent.schedulerGone();
        sender.on(60);
        rig.work();
        assertEquals(List.of("keyon 0 60 100"), receiver.read());
    }

    @Test
    void shouldNotLetAnEventOvertakeAHeldOneOfAnEarlierDate() {
        sender.send(rig.nowNs() + 50, 0x90, 60, 100);
        rig.work();
        rig.agent.schedulerGone();
        rig.advanceNs(100);
        sender.off(60);
        rig.work();
        assertEquals(List.of(), receiver.read());
        rig.agent.schedulerCame(new TimeScheduler(4096));
        rig.work();

        assertEquals(List.of("keyon 0 60 100", "keyoff 0 60 0"), receiver.read());
    }
}
