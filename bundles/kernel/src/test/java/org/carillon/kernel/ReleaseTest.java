package org.carillon.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import org.carillon.api.filter.CompiledFilter;
import org.carillon.protocol.StatusCounter;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a connection started, its end releases: exactly, once, at the same destination. */
class ReleaseTest {
    private static final CompiledFilter UP_TWO = Rig.filter(t -> t.mapPitch(p -> p + 2));

    private final Rig rig = new Rig();
    private final Rig.Sender sender = rig.sender("keys");
    private final Rig.Receiver receiver = rig.receiver("synth");

    @BeforeEach
    void connect() {
        rig.patchbay.connections().connect("keys", "synth", UP_TWO.copy(), false);
    }

    private List<String> newEvents() {
        rig.work();
        return receiver.readNew();
    }

    @Test
    void shouldReleaseNotesPedalsAndBendsAtDisconnect() {
        sender.on(60).on(64).off(60).send(0, 0xB1, 64, 127).send(0, 0xE0, 0, 0x50);
        newEvents();
        rig.patchbay.connections().disconnect("keys", "synth");

        assertEquals(List.of("keyoff 0 66 64", "ctrlchange 1 64 0", "pitchwheel 0 0 64"), newEvents());
        assertEquals(3, rig.status().count(StatusCounter.RELEASED));
    }

    @Test
    void shouldReleaseAsManyNoteOffsAsThereWereNoteOns() {
        sender.on(60).on(60);
        newEvents();
        rig.patchbay.connections().disconnect("keys", "synth");

        assertEquals(List.of("keyoff 0 62 64", "keyoff 0 62 64"), newEvents());
    }

    @Test
    void shouldReleaseWhenTheSourceGoes() {
        sender.on(60);
        newEvents();
        rig.patchbay.detach(sender.client);

        assertEquals(List.of("keyoff 0 62 64"), newEvents());
    }

    @Test
    void shouldReleaseNothingThatHasEnded() {
        sender.on(60).off(60).send(0, 0xB0, 64, 127).send(0, 0xB0, 64, 0).send(0, 0xE0, 1, 0x40).send(0, 0xE0, 0, 0x40);
        newEvents();
        rig.patchbay.connections().disconnect("keys", "synth");

        assertEquals(List.of(), newEvents());
    }

    @Test
    void shouldEndANoteAsItBeganWhenTheFilterChanges() {
        sender.on(60);
        newEvents();
        rig.patchbay.connections().filter("keys", "synth", Rig.filter(t -> t.mapPitch(p -> p + 5)));
        sender.off(60).on(60);

        assertEquals(List.of("keyoff 0 62 0", "keyon 0 65 100"), newEvents());
    }

    @Test
    void shouldEndTheOldNoteWhenTheSameKeySoundsElsewhere() {
        sender.on(60);
        newEvents();
        rig.patchbay.connections().filter("keys", "synth", null);
        sender.on(60);

        assertEquals(List.of("keyoff 0 62 64", "keyon 0 60 100"), newEvents());
    }

    @Test
    void shouldRejectTheNoteOffOfARejectedNoteOn() {
        rig.patchbay.connections().filter("keys", "synth", Rig.filter(t -> t.mapVelocity(v -> v < 50 ? -1 : v)));
        sender.send(0, 0x90, 60, 10).off(60).send(0, 0x90, 61, 100).off(61);

        assertEquals(List.of("keyon 0 61 100", "keyoff 0 61 0"), newEvents());
    }

    @Test
    void shouldApplyTheDestinationsOwnFilterAfterTheConnections() {
        rig.patchbay.ports().filter("synth", Rig.filter(t -> t.mapPitch(p -> p == 62 ? 100 : -1)));
        sender.on(60).on(62).off(60).off(62);

        assertEquals(List.of("keyon 0 100 100", "keyoff 0 100 0"), newEvents());
    }

    @Test
    void shouldTreatNoteOnWithoutVelocityAsNoteOff() {
        sender.on(60).send(0, 0x90, 60, 0);
        assertEquals(List.of("keyon 0 62 100", "keyon 0 62 0"), newEvents());
        rig.patchbay.connections().disconnect("keys", "synth");
        assertEquals(List.of(), newEvents());
    }

    @Test
    void shouldOweWhatFindsNoRoom() {
        Rig.Receiver small = rig.new Receiver("small", 8192, false);
        rig.patchbay.connections().connect("keys", "small", null, false);
        sender.on(60);
        for (int i = 0; i < 400; i++) {
            sender.send(0, 0xB0, 1, 1);
        }
        sender.off(60);
        rig.work();
        int sounding = 0;
        for (int i = 0; i < 3; i++) {
            for (String event : small.readNew()) {
                sounding += event.startsWith("keyon") ? 1 : event.startsWith("keyoff") ? -1 : 0;
            }
            rig.work();
        }
        assertEquals(0, sounding);
    }

    @Test
    void shouldExpandWholeNotesAndEndThemWithTheConnection() {
        sender.note(0, 60, 1_000).note(0, 64, 5_000);
        assertEquals(List.of("keyon 0 62 100", "keyon 0 66 100"), newEvents());
        rig.advanceNs(1_000);
        assertEquals(List.of("keyoff 0 62 64"), newEvents());
        rig.patchbay.connections().disconnect("keys", "synth");
        assertEquals(List.of("keyoff 0 66 64"), newEvents());
        rig.patchbay.connections().connect("keys", "synth", null, false);
        rig.advanceNs(10_000);
        assertEquals(List.of(), newEvents());
    }

    @Test
    void shouldLeaveNotesWholeForDestinationsThatTakeThem() {
        Rig.Receiver whole = rig.new Receiver("whole", 8192, true);
        rig.patchbay.connections().connect("keys", "whole", UP_TWO.copy(), false);
        sender.note(0, 60, 1_000);
        rig.work();

        assertEquals(List.of("note 62 for 1000"), whole.read());
    }

    @Test
    void shouldLeaveNothingSoundingWhateverHappens() {
        Random random = new Random(42);
        int[] sounding = new int[128];
        for (int step = 0; step < 20_000; step++) {
            int pitch = 40 + random.nextInt(20);
            switch (random.nextInt(12)) {
                case 0 -> rig.patchbay.connections().filter("keys", "synth",
                        Rig.filter(t -> t.mapPitch(p -> p + pitch - 50)));
                case 1 -> {
                    rig.patchbay.connections().disconnect("keys", "synth");
                    rig.patchbay.connections().connect("keys", "synth", UP_TWO.copy(), false);
                }
                case 2 -> sender.note(0, pitch, random.nextInt(2_000));
                case 3 -> rig.advanceNs(random.nextInt(1_000));
                case 4, 5, 6, 7 -> sender.on(pitch);
                default -> sender.off(pitch);
            }
            rig.work();
            count(receiver.readNew(), sounding);
        }
        rig.patchbay.connections().disconnect("keys", "synth");
        count(newEvents(), sounding);
        for (int pitch = 0; pitch < sounding.length; pitch++) {
            assertTrue(sounding[pitch] <= 0, "pitch=" + pitch + ", sounding=" + sounding[pitch]);
        }
    }

    private static void count(List<String> events, int[] sounding) {
        for (String event : events) {
            String[] words = event.split(" ");
            int pitch = Integer.parseInt(words[2]);
            sounding[pitch] += words[0].equals("keyon") ? 1 : words[0].equals("keyoff") ? -1 : 0;
        }
    }
}
