package org.carillon.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.carillon.api.port.Kernel;
import org.carillon.protocol.Event;
import org.carillon.protocol.StatusCounter;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Panic: first what is known to sound, then everything. */
class PanicTest {
    private static final int SMALL_BYTES = 8192;

    private final Rig rig = new Rig();
    private final Rig.Sender keys = rig.sender("keys");
    private final Rig.Receiver synth = rig.receiver("synth");

    @BeforeEach
    void connect() {
        rig.patchbay.connections().connect("keys", "synth", null, false);
    }

    private static List<String> silence() {
        List<String> silence = new ArrayList<>();
        for (int channel = 0; channel < 16; channel++) {
            for (int controller : new int[]{64, 120, 123}) {
                silence.add("ctrlchange " + channel + " " + controller + " 0");
            }
        }
        return silence;
    }

    @Test
    void shouldReleaseAndSilenceEveryDestination() {
        Rig.Receiver idle = rig.receiver("idle");
        keys.on(60).send(0, 0xB1, 64, 127);
        rig.work();
        synth.readNew();
        rig.patchbay.panic();

        List<String> expected = new ArrayList<>(List.of("keyoff 0 60 64", "ctrlchange 1 64 0"));
        expected.addAll(silence());
        assertEquals(expected, synth.readNew());
        assertEquals(silence(), idle.readNew());
        assertEquals(1, rig.status().count(StatusCounter.PANICS));
        assertEquals(2, rig.status().count(StatusCounter.RELEASED));
    }

    @Test
    void shouldLeaveConnectionsAndPlayOn() {
        keys.note(0, 60, 1_000);
        rig.work();
        rig.patchbay.panic();
        synth.readNew();
        keys.note(0, 60, 5_000);
        rig.work();
        rig.advanceNs(1_000);
        assertEquals(List.of("keyon 0 60 100"), synth.readNew()); // the end owed to the first note is not the second's
        rig.advanceNs(4_000);
        assertEquals(List.of("keyoff 0 60 64"), synth.readNew());
    }

    @Test
    void shouldBreakOffASysexAndWhatWaitsBehindIt() {
        Rig.Sender other = rig.sender("other");
        rig.patchbay.connections().connect("other", "synth", null, false);
        other.on(61);
        rig.work();
        keys.sysex(Event.BEGIN, 8, 0xA1);
        rig.work();
        other.on(60).off(61);
        rig.work();
        synth.readNew();
        rig.patchbay.panic();
        rig.work();

        List<String> after = synth.readNew();
        assertEquals("sysex end incomplete 0 -", after.getFirst());
        assertFalse(after.contains("keyon 0 60 100"));
        assertTrue(after.containsAll(silence()));
        assertEquals("keyoff 0 61 0", after.getLast());
    }

    @Test
    void shouldPayTheRestWhenThereIsRoom() {
        Rig.Receiver small = rig.new Receiver("small", SMALL_BYTES, false);
        rig.patchbay.connections().connect("keys", "small", null, false);
        keys.on(60);
        for (int i = 0; i < SMALL_BYTES / Event.SHORT_LENGTH - 2; i++) {
            keys.send(0, 0xB0, 1, 1);
        }
        rig.work();
        rig.patchbay.panic();
        keys.on(61);
        rig.work();
        small.readNew();
        rig.work();
        keys.on(62);
        rig.work();

        List<String> expected = new ArrayList<>(List.of("keyoff 0 60 64"));
        expected.addAll(silence());
        expected.add("keyon 0 62 100");
        assertEquals(expected, small.readNew());
    }

    @Test
    void shouldNotSilenceWhatTheServerForwardsItself() {
        Client loops = rig.patchbay.attach("loops", Kernel.Role.DRIVER, null);
        rig.patchbay.addLoop(loops, "loop", SMALL_BYTES, 0);
        rig.patchbay.connections().connect("loop", "synth", null, false);
        rig.patchbay.panic();
        rig.work();

        assertEquals(silence(), synth.readNew());
    }
}
