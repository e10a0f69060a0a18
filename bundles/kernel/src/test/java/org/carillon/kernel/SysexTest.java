package org.carillon.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.carillon.api.ring.LocalRing;
import org.carillon.protocol.DropReason;
import org.carillon.protocol.Event;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** One system exclusive message at a time per destination. */
class SysexTest {
    private static final int MIDDLE = 0;

    private final Rig rig = new Rig();
    private final Rig.Sender first = rig.sender("first");
    private final Rig.Sender second = rig.sender("second");
    private final Rig.Receiver receiver = rig.receiver("synth");

    @BeforeEach
    void connect() {
        rig.patchbay.connections().connect("first", "synth", null, false);
        rig.patchbay.connections().connect("second", "synth", null, false);
    }

    private List<String> newEvents() {
        rig.work();
        return receiver.readNew();
    }

    @Test
    void shouldLetOthersWaitAndRealTimePass() {
        first.sysex(Event.BEGIN, 8, 0xA1);
        rig.work();
        second.sysex(Event.BEGIN, 8, 0xB1).on(60).sysex(Event.END, 8, 0xB2).send(0, 0xF8, 0, 0);
        assertEquals(List.of("sysex begin 8 a1", "clock 8 0 0"), newEvents());
        first.sysex(Event.END, 8, 0xA2);

        assertEquals(List.of("sysex end 8 a2", "sysex begin 8 b1", "sysex end 8 b2", "keyon 0 60 100"), newEvents());
    }

    @Test
    void shouldKeepLateMessagesWholeWhenTheyWereQueuedInPart() {
        first.sysex(Event.BEGIN, 8, 0xA1);
        rig.work();
        second.sysex(Event.BEGIN, 8, 0xB1);
        rig.work();
        first.sysex(Event.END, 8, 0xA2);
        rig.work();
        first.on(61).sysex(Event.BEGIN | Event.END, 8, 0xA3);
        rig.work();
        second.sysex(Event.END, 8, 0xB2);

        assertEquals(List.of("sysex begin 8 a1", "sysex end 8 a2", "sysex begin 8 b1", "sysex end 8 b2",
                "keyon 0 61 100", "sysex begin end 8 a3"), newEvents());
    }

    @Test
    void shouldCutAMessageWhoseNextPieceDoesNotCome() {
        first.sysex(Event.BEGIN, 8, 0xA1);
        rig.work();
        second.on(60);
        rig.work();
        rig.advanceNs(SysexGate.LIMIT_NS);

        assertEquals(List.of("sysex begin 8 a1", "sysex end incomplete 0 -", "keyon 0 60 100"), newEvents());
        assertEquals(1, rig.dropped(DropReason.SYSEX_CUT));
        first.sysex(Event.END, 8, 0xA2);
        assertEquals(List.of(), newEvents());
    }

    /** Its pieces come in time, and there is no end of them. */
    @Test
    void shouldCutAMessageThatTricklesWhileOthersWait() {
        first.sysex(Event.BEGIN, 8, 0xA1);
        rig.work();
        trickle(20, 8);
        assertEquals(0, rig.dropped(DropReason.SYSEX_CUT));
        second.on(60);

        assertTrue(trickle(20, 8).contains("keyon 0 60 100"));
        assertEquals(1, rig.dropped(DropReason.SYSEX_CUT));
    }

    @Test
    void shouldLetAMessageEndThatComesAsFastAsACable() {
        first.sysex(Event.BEGIN, 8, 0xA1);
        rig.work();
        second.on(60);
        trickle(50, 300);
        assertEquals(0, rig.dropped(DropReason.SYSEX_CUT));
        first.sysex(Event.END, 8, 0xA3);

        assertTrue(newEvents().contains("keyon 0 60 100"));
    }

    /** What comes while ten pieces a second do. */
    private List<String> trickle(int pieces, int lengthBytes) {
        List<String> come = new ArrayList<>();
        for (int piece = 0; piece < pieces; piece++) {
            first.sysex(0, lengthBytes, 0xA2);
            rig.work();
            rig.advanceNs(SysexGate.LIMIT_NS / 10);
            come.addAll(newEvents());
        }
        return come;
    }

    @Test
    void shouldCutAMessageWhoseSenderGoes() {
        first.sysex(Event.BEGIN, 8, 0xA1);
        rig.work();
        rig.patchbay.detach(first.client);

        assertEquals(List.of("sysex begin 8 a1", "sysex end incomplete 0 -"), newEvents());
    }

    @Test
    void shouldCutAMessageThatAnotherOfTheSameSenderFollows() {
        first.sysex(Event.BEGIN, 8, 0xA1).sysex(Event.BEGIN | Event.END, 8, 0xA2);

        assertEquals(List.of("sysex begin 8 a1", "sysex end incomplete 0 -", "sysex begin end 8 a2"), newEvents());
    }

    @Test
    void shouldCountPiecesWithoutBeginning() {
        first.sysex(MIDDLE, 8, 0xA1).sysex(Event.END, 8, 0xA2);
        assertEquals(List.of(), newEvents());
        assertEquals(4, rig.dropped(DropReason.SYSEX_ORPHAN) * 2);
    }

    @Test
    void shouldDropWhatFindsNoPlaceInTheQueueAndKeepTheRestWhole() {
        first.sysex(Event.BEGIN, 8, 0xA1);
        rig.work();
        second.sysex(Event.BEGIN, 1000, 0xB1);
        for (int i = 0; i < 20; i++) {
            second.sysex(MIDDLE, 1000, 0xB2);
            rig.work();
        }
        second.sysex(Event.END, 8, 0xB3).on(60);
        rig.work();
        first.sysex(Event.END, 8, 0xA2);

        assertEquals(List.of("sysex begin 8 a1", "sysex end 8 a2", "keyon 0 60 100"), newEvents());
        assertEquals(1, rig.dropped(DropReason.SYSEX_QUEUE_FULL));
    }

    @Test
    void shouldHoldASenderBackWhileThereIsNoRoomAndLoseNothing() {
        Rig.Receiver small = rig.new Receiver("small", LocalRing.MIN_CAPACITY, false);
        Rig.Sender sender = rig.sender("long");
        rig.patchbay.connections().connect("long", "small", null, false);
        int pieces = 200;
        int sent = 0;
        int received = 0;
        while (received < pieces) {
            if (sent < pieces && sender.ring.freeBytes() > 4096) {
                sender.sysex(sent == 0 ? Event.BEGIN : sent == pieces - 1 ? Event.END : MIDDLE, 1000, sent & 0x7F);
                sent++;
            }
            rig.work();
            if (sent % 7 == 0 || sent == pieces) {
                for (String event : small.readNew()) {
                    assertTrue(event.endsWith(" 1000 " + Integer.toHexString(received & 0x7F)), event);
                    received++;
                }
            }
        }
        assertEquals(0, rig.status().droppedInAll());
    }

    @Test
    void shouldCutWhenThereIsNoRoomForTooLong() {
        Rig.Receiver small = rig.new Receiver("small", LocalRing.MIN_CAPACITY, false);
        Rig.Sender sender = rig.sender("long");
        rig.patchbay.connections().connect("long", "small", null, false);
        sender.sysex(Event.BEGIN, 1000, 1);
        for (int i = 0; i < 12; i++) {
            sender.sysex(MIDDLE, 1000, 2);
        }
        rig.work();
        rig.advanceNs(SysexGate.LIMIT_NS);
        assertEquals(1, rig.dropped(DropReason.SYSEX_CUT));
        small.read();
        rig.work();
        assertEquals("sysex end incomplete 0 -", small.read().getLast());
    }

    @Test
    void shouldCutAMessageLongerThanTheLimit() {
        int pieces = Event.MAX_SYSEX_LENGTH / 1000 + 2;
        for (int i = 0; i < pieces; i++) {
            first.sysex(i == 0 ? Event.BEGIN : MIDDLE, 1000, 3);
            rig.work();
            receiver.read();
            if (receiver.events.size() > 2) {
                receiver.events.subList(0, receiver.events.size() - 1).clear();
            }
        }
        rig.work();
        assertEquals("sysex end incomplete 0 -", receiver.read().getLast());
        assertEquals(1, rig.dropped(DropReason.SYSEX_TOO_LONG));
    }
}
