package org.carillon.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.carillon.protocol.DropReason;
import org.carillon.protocol.Event;
import org.carillon.protocol.EventType;
import org.carillon.protocol.SessionMemory;
import org.carillon.scheduler.TimeScheduler;
import org.junit.jupiter.api.Test;

/** The server counts each event that is lost once, and no other; what a session may have waiting comes back to it. */
class ExactCountsTest {
    private static final long MS = 1_000_000;
    private static final int RING_RECORDS = SessionMemory.MIN_CAPACITY / Event.SHORT_LENGTH;

    private final Rig rig = new Rig();
    private final BorderRig border = new BorderRig(rig, "far");
    private final int out = border.source("far:out");
    private final int in = border.destination("far:in", 0);
    private final MemorySegment record = Arena.ofAuto().allocate(Event.NOTE_LENGTH, Event.ALIGNMENT);

    private void connect() {
        rig.patchbay.connections().connect("far:out", "far:in", null, false);
    }

    private void sendNote(int pitch) {
        new Event().wrap(record, 0).data(Event.data(0x90, pitch, 100)).durationNs(MS);
        assertTrue(border.producer.offer(record, 0, Event.NOTE_LENGTH, EventType.NOTE, 0, Event.word(out, 0, 3, 0)));
    }

    /** Until the ring to the client has no room. @return how many were lost. */
    private int fill() {
        int sent = 0;
        while (rig.dropped(DropReason.DESTINATION_FULL) == 0) {
            border.send(out, 0, 0xB0, 1, 1);
            rig.work();
            sent++;
        }
        assertTrue(sent <= RING_RECORDS + 1);
        return 1;
    }

    @Test
    void shouldNotCountANoteOffAsLostThatComesLater() {
        connect();
        sendNote(60);
        rig.work();
        int lost = fill();
        rig.advanceNs(2 * MS); // the note-off is due and finds no room

        assertEquals(lost, rig.dropped(DropReason.DESTINATION_FULL));
        border.read();
        rig.advanceNs(2 * MS);
        assertEquals("keyoff 0 60 64 @0", border.read().getFirst());
        assertEquals(lost, rig.dropped(DropReason.DESTINATION_FULL));
    }

    @Test
    void shouldNotCountNoteOffsAsLostThatWereReleased() {
        Rig.Receiver near = rig.receiver("near");
        rig.patchbay.connections().connect("far:out", "near", null, false);
        sendNote(60);
        rig.work();
        rig.patchbay.detach(border.client);
        rig.work();
        rig.advanceNs(2 * MS);

        assertEquals(2, near.read().size(), near.events.toString());
        assertEquals(0, rig.dropped(DropReason.SENDER_GONE));
    }

    @Test
    void shouldLetMoreWaitWhenANoteFoundNoRoom() {
        connect();
        int lost = fill();
        for (int i = 0; i < 2 * BorderRig.PENDING_LIMIT; i++) {
            sendNote(60);
            rig.work();
        }

        assertEquals(lost + 2 * BorderRig.PENDING_LIMIT, rig.dropped(DropReason.DESTINATION_FULL));
        assertEquals(0, rig.dropped(DropReason.QUOTA));
    }

    @Test
    void shouldLetMoreWaitWhenAConnectionHasEndedInMidNote() {
        for (int i = 0; i < 2 * BorderRig.PENDING_LIMIT; i++) {
            connect();
            sendNote(60);
            rig.work();
            rig.patchbay.connections().disconnect("far:out", "far:in");
            rig.advanceNs(2 * MS);
        }

        assertEquals(0, rig.dropped(DropReason.QUOTA));
    }

    @Test
    void shouldLetMoreWaitWhenNoSchedulerHasCome() {
        connect();
        fillScheduler();
        rig.agent.schedulerGone();
        rig.advanceNs(HandOver.LIMIT_NS + MS);
        assertEquals(BorderRig.PENDING_LIMIT, rig.dropped(DropReason.NO_SCHEDULER));

        rig.agent.schedulerCame(new TimeScheduler(1_024));
        fillScheduler();
        assertEquals(0, rig.dropped(DropReason.QUOTA));
    }

    private void fillScheduler() {
        for (int i = 0; i < BorderRig.PENDING_LIMIT; i++) {
            assertTrue(border.send(out, rig.nowNs() + 60_000 * MS, 0x90, 60, 100));
            rig.work();
        }
    }

    @Test
    void shouldLetMoreWaitWhenASourceHasGone() {
        for (int i = 0; i < 2 * BorderRig.PENDING_LIMIT; i++) {
            int source = border.source("far:brief");
            assertTrue(border.send(source, rig.nowNs() + MS, 0x90, 60, 100));
            rig.work();
            rig.patchbay.removePort(border.client, source);
            rig.advanceNs(2 * MS);
        }

        assertEquals(0, rig.dropped(DropReason.QUOTA));
        assertEquals(2 * BorderRig.PENDING_LIMIT, rig.dropped(DropReason.SENDER_GONE));
        assertTrue(in > 0);
    }
}
