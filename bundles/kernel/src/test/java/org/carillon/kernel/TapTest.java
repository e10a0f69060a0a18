package org.carillon.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;
import org.agrona.concurrent.MessageHandler;
import org.carillon.api.port.CarillonException;
import org.carillon.api.port.ConnectionInfo;
import org.carillon.api.port.ConnectionInfo.Tap;
import org.carillon.api.port.Direction;
import org.carillon.protocol.DropReason;
import org.carillon.protocol.Event;
import org.carillon.protocol.StatusCounter;
import org.junit.jupiter.api.Test;

/** A tap copies, and nobody notices it but who reads it. */
class TapTest {
    private static final int SMALL_BYTES = 8192;
    private static final int MORE_THAN_SMALL = 400;

    private final Rig rig = new Rig();
    private final Rig.Sender keys = rig.sender("keys");
    private final Rig.Receiver synth = rig.receiver("synth");
    private final Rig.Receiver look = rig.receiver("look");

    private ConnectionInfo tapInfo() {
        return rig.status().connections().stream().filter(each -> each.tap() != Tap.NONE).findFirst().orElseThrow();
    }

    @Test
    void shouldCopyWhatComesFromASource() {
        rig.patchbay.connections().connect("keys", "synth", null, false);
        rig.patchbay.connections().tap(Direction.SOURCE, "keys", "look", null);
        keys.on(60).off(60);
        rig.work();

        assertEquals(List.of("keyon 0 60 100", "keyoff 0 60 0"), synth.read());
        assertEquals(List.of("keyon 0 60 100", "keyoff 0 60 0"), look.read());
        assertEquals(Tap.OF_SOURCE, tapInfo().tap());
        assertEquals(2, tapInfo().events());
    }

    @Test
    void shouldCopyWhatWentToADestinationReleasesIncluded() {
        rig.patchbay.connections().connect("keys", "synth", Rig.filter(t -> t.mapPitch(p -> p + 2)), false);
        rig.patchbay.connections().tap(Direction.DESTINATION, "synth", "look", null);
        keys.on(60).sysex(Event.BEGIN | Event.END, 8, 0xA1);
        rig.work();
        rig.patchbay.connections().disconnect("keys", "synth");
        rig.work();

        assertEquals(List.of("keyon 0 62 100", "sysex begin end 8 a1", "keyoff 0 62 64"), look.read());
        assertEquals(synth.read(), look.read());
        assertEquals(Tap.OF_DESTINATION, tapInfo().tap());
        assertEquals("synth", tapInfo().source());
    }

    @Test
    void shouldLetNoteOffsFollowNoteOnsThroughItsFilter() {
        rig.patchbay.connections().tap(Direction.SOURCE, "keys", "look",
                Rig.filter(t -> t.mapVelocity(v -> v < 50 ? -1 : v)));
        keys.send(0, 0x90, 60, 10).off(60).on(61).off(61);
        rig.work();

        assertEquals(List.of("keyon 0 61 100", "keyoff 0 61 0"), look.read());
    }

    @Test
    void shouldReleaseNothing() {
        rig.patchbay.connections().tap(Direction.SOURCE, "keys", "look", null);
        keys.on(60);
        rig.work();
        rig.patchbay.connections().untap(Direction.SOURCE, "keys", "look");
        rig.work();

        assertEquals(List.of("keyon 0 60 100"), look.read());
        assertEquals(0, rig.status().count(StatusCounter.RELEASED));
        assertEquals(List.of(), rig.status().connections());
    }

    @Test
    void shouldDropAndCountApartWhatFindsNoRoom() {
        rig.new Receiver("small", SMALL_BYTES, false);
        rig.patchbay.connections().connect("keys", "synth", null, false);
        rig.patchbay.connections().tap(Direction.DESTINATION, "synth", "small", null);
        for (int i = 0; i < MORE_THAN_SMALL; i++) {
            keys.send(0, 0xB0, 1, i & 0x7F);
        }
        rig.work();

        assertEquals(MORE_THAN_SMALL, synth.read().size());
        long room = SMALL_BYTES * 3 / 4 / Event.SHORT_LENGTH;
        assertTrue(tapInfo().events() >= room && tapInfo().events() <= room + 1, "events=" + tapInfo().events());
        assertEquals(MORE_THAN_SMALL - tapInfo().events(), tapInfo().dropped());
        assertEquals(tapInfo().dropped(), rig.status().count(StatusCounter.TAP_DROPS));
        assertEquals(0, rig.status().droppedInAll());
    }

    @Test
    void shouldLeaveRoomForConnections() {
        Rig.Receiver small = rig.new Receiver("small", SMALL_BYTES, false);
        Rig.Sender other = rig.sender("other");
        rig.patchbay.connections().tap(Direction.SOURCE, "keys", "small", null);
        rig.patchbay.connections().connect("other", "small", null, false);
        for (int i = 0; i < MORE_THAN_SMALL; i++) {
            keys.send(0, 0xB0, 1, 1);
        }
        other.on(60);
        rig.work();

        assertTrue(small.read().contains("keyon 0 60 100"));
        assertEquals(0, rig.status().droppedInAll());
    }

    @Test
    void shouldHoldNoSysexBack() {
        rig.new Receiver("small", SMALL_BYTES, false);
        rig.patchbay.connections().connect("keys", "synth", null, false);
        rig.patchbay.connections().tap(Direction.SOURCE, "keys", "small", null);
        keys.sysex(Event.BEGIN, 900, 0xA1);
        for (int i = 0; i < 20; i++) {
            keys.sysex(0, 900, 0xA2);
        }
        keys.sysex(Event.END, 900, 0xA3);
        rig.work();

        assertEquals(22, synth.read().size());
        assertEquals(0, rig.status().droppedInAll());
        assertTrue(rig.status().count(StatusCounter.TAP_DROPS) > 0);
    }

    @Test
    void shouldBreakOffItsSysexForAConnection() {
        Rig.Sender other = rig.sender("other");
        rig.patchbay.connections().tap(Direction.SOURCE, "keys", "look", null);
        rig.patchbay.connections().connect("other", "look", null, false);
        keys.sysex(Event.BEGIN, 8, 0xA1);
        rig.work();
        other.send(0, 0xF8, 0, 0).on(60).sysex(Event.BEGIN | Event.END, 8, 0xB1);
        rig.work();
        keys.sysex(Event.END, 8, 0xA2);
        rig.work();

        assertEquals(List.of("sysex begin 8 a1", "clock 8 0 0", "sysex end incomplete 0 -", "keyon 0 60 100",
                "sysex begin end 8 b1"), look.read());
        assertEquals(0, rig.dropped(DropReason.SYSEX_CUT));
    }

    @Test
    void shouldNotWaitBehindASysex() {
        Rig.Sender other = rig.sender("other");
        rig.patchbay.connections().connect("other", "look", null, false);
        rig.patchbay.connections().tap(Direction.SOURCE, "keys", "look", null);
        other.sysex(Event.BEGIN, 8, 0xB1);
        rig.work();
        keys.on(60);
        rig.work();
        other.sysex(Event.END, 8, 0xB2);
        rig.work();

        assertEquals(List.of("sysex begin 8 b1", "sysex end 8 b2"), look.read());
        assertEquals(1, tapInfo().dropped());
    }

    @Test
    void shouldWaitForAbsentPorts() {
        rig.patchbay.connections().tap(Direction.DESTINATION, "later", "look", null);
        assertEquals(ConnectionInfo.State.WAITING, tapInfo().state());
        Rig.Receiver later = rig.receiver("later");
        rig.patchbay.connections().connect("keys", "later", null, false);
        keys.on(60);
        rig.work();
        assertEquals(List.of("keyon 0 60 100"), look.readNew());
        rig.patchbay.detach(later.client);
        assertEquals(ConnectionInfo.State.WAITING, tapInfo().state());
        rig.work();
        assertEquals(List.of("keyoff 0 60 64"), look.readNew());
    }

    @Test
    void shouldRefuseLoopsAndDoubles() {
        Client loops = rig.patchbay.attach("loops", org.carillon.api.port.Kernel.Role.DRIVER, null);
        rig.patchbay.addLoop(loops, "loop", SMALL_BYTES, 0);
        rig.patchbay.connections().connect("loop", "synth", null, false);
        assertThrows(CarillonException.class,
                () -> rig.patchbay.connections().tap(Direction.DESTINATION, "synth", "loop", null));
        assertThrows(CarillonException.class,
                () -> rig.patchbay.connections().tap(Direction.DESTINATION, "look", "look", null));
        assertThrows(CarillonException.class,
                () -> rig.patchbay.connections().tap(Direction.SOURCE, "loop", "loop", null));
        rig.patchbay.connections().tap(Direction.DESTINATION, "synth", "look", null);
        assertThrows(CarillonException.class,
                () -> rig.patchbay.connections().tap(Direction.DESTINATION, "look", "synth", null));
        assertThrows(CarillonException.class,
                () -> rig.patchbay.connections().tap(Direction.DESTINATION, "synth", "look", null));
        assertThrows(CarillonException.class,
                () -> rig.patchbay.connections().untap(Direction.SOURCE, "synth", "look"));
        assertEquals(2, rig.status().connections().size());
    }

    @Test
    void shouldNotAllocateWithRoomOrWithout() {
        rig.patchbay.connections().connect("keys", "synth", null, false);
        rig.patchbay.connections().tap(Direction.SOURCE, "keys", "look", Rig.filter(t -> t.mapPitch(p -> p + 1)));
        rig.new Receiver("small", SMALL_BYTES, false); // nobody reads it
        rig.patchbay.connections().tap(Direction.DESTINATION, "synth", "small", null);
        play(400_000);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long least = Long.MAX_VALUE;
        // the first measurement also pays for whatever the JVM links and compiles meanwhile
        for (int attempt = 0; attempt < 3 && least > 0; attempt++) {
            long before = threads.getCurrentThreadAllocatedBytes();
            play(400_000);
            least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
        }
        assertEquals(0, least);
        assertTrue(rig.status().count(StatusCounter.TAP_DROPS) > 400_000);
        assertEquals(0, rig.status().droppedInAll());
    }

    private void play(int events) {
        MessageHandler sink = (type, buffer, index, length) -> {};
        for (int i = 0; i < events; i += 64) {
            for (int k = 0; k < 64; k++) {
                keys.send(0, (k & 1) == 0 ? 0x90 : 0x80, 40 + (k >> 1), 100);
            }
            rig.agent.doWork();
            while (synth.ring.poll(sink, 64) + look.ring.poll(sink, 64) > 0) {
                Thread.onSpinWait();
            }
        }
    }
}
