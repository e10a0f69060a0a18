package org.carillon.sequencer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class MapsTest {
    private static final long SECOND_NS = 1_000_000_000L;
    private static final int BAR_3_4 = 0x58;

    private static Sequence sequence(int ticks, TrackBuilder track) {
        return new Sequence(0, Division.ofQuarter(ticks), List.of(track.build()));
    }

    @Test
    void shouldNotDriftOverManyTempos() {
        Random random = new Random(5);
        TrackBuilder builder = new TrackBuilder();
        BigInteger units = BigInteger.ZERO;
        long tick = 0;
        int tempo = Midi.DEFAULT_TEMPO_US;
        for (int i = 0; i < 20_000; i++) {
            long next = tick + 1 + random.nextInt(50);
            units = units.add(BigInteger.valueOf((next - tick) * tempo));
            tick = next;
            tempo = 100_000 + random.nextInt(1_000_000);
            builder.addTempo(tick, tempo);
        }
        TempoMap map = TempoMap.of(sequence(97, builder));

        assertEquals(units.multiply(BigInteger.valueOf(1_000)).divide(BigInteger.valueOf(97)).longValueExact(),
                map.timeNs(tick));
        for (long t = 0; t < tick; t += 37) {
            assertEquals(t, map.tickAt(map.timeNs(t)));
            assertEquals(t, map.tickAt(map.timeNs(t + 1) - 1));
        }
    }

    @Test
    void shouldGoOnWithTheTempoOfTheFileAndTheLastOfOneTick() {
        TempoMap map = TempoMap.of(sequence(480, new TrackBuilder().addTempo(480, 1).addTempo(480, 1_000_000)));

        assertEquals(SECOND_NS / 2, map.timeNs(480));
        assertEquals(SECOND_NS / 2 + SECOND_NS, map.timeNs(960));
        assertEquals(500_000, map.tempoUs(479));
        assertEquals(1_000_000, map.tempoUs(480));
        assertEquals(60, map.slowestBpm());
        assertEquals(120, map.fastestBpm());
        assertEquals(1, map.changes());
    }

    @Test
    void shouldTakeTicksAsPartsOfFrames() {
        List<Track> tracks = List.of(new TrackBuilder().addTempo(0, 1).build());
        assertEquals(SECOND_NS, TempoMap.of(new Sequence(0, Division.ofFrames(25, 40), tracks)).timeNs(1_000));
        assertEquals(SECOND_NS, TempoMap.of(new Sequence(0, Division.ofFrames(24, 10), tracks)).timeNs(240));
        assertEquals(SECOND_NS, TempoMap.of(new Sequence(0, Division.ofFrames(30, 80), tracks)).timeNs(2_400));
        TempoMap drop = TempoMap.of(new Sequence(0, Division.ofFrames(29, 80), tracks));
        assertEquals(1_001 * SECOND_NS, drop.timeNs(30_000 * 80));
        for (long t = 0; t < 100_000; t += 13) {
            assertEquals(t, drop.tickAt(drop.timeNs(t)));
        }
        assertEquals("80 ticks per frame, 29.97 frames per second", Division.ofFrames(29, 80).words());
    }

    @Test
    void shouldStayAtTheEndOfTime() {
        for (Division division : List.of(Division.ofQuarter(1), Division.ofQuarter(32_767), Division.ofFrames(29, 1),
                Division.ofFrames(30, 255))) {
            TempoMap map = TempoMap.of(division, new TrackBuilder().addTempo(0, Midi.MAX_TEMPO_US).end(5).build());
            assertTrue(map.timeNs(Long.MAX_VALUE) > 0);
            assertTrue(map.tickAt(Long.MAX_VALUE) > 0);
            assertTrue(BarMap.of(division, new TrackBuilder().build()).position(Long.MAX_VALUE).bar() > 0);
        }
    }

    private static void assertPlace(BarMap map, String place, long tick) {
        assertEquals(place, map.position(tick).toString());
        assertEquals(tick, map.tick(BarPosition.parse(place)));
    }

    @Test
    void shouldCountBarsAndBeats() {
        BarMap map = BarMap.of(sequence(480, new TrackBuilder().addMeta(4 * 480, BAR_3_4, (byte) 3, (byte) 2)
                .addMeta((4 + 2 * 3 + 1) * 480, BAR_3_4, (byte) 6, (byte) 3)));

        assertPlace(map, "1:1", 0);
        assertPlace(map, "1:4:479", 4 * 480 - 1);
        assertPlace(map, "2:1", 4 * 480);
        assertPlace(map, "3:1", 7 * 480);
        assertPlace(map, "4:1", 10 * 480);
        assertPlace(map, "5:1", 11 * 480); // the signature stands inside bar 4
        assertPlace(map, "5:6", 11 * 480 + 5 * 240);
        assertPlace(map, "6:1:7", 11 * 480 + 6 * 240 + 7);
        assertEquals("3/4", map.signature(5_000));
        assertEquals("6/8", map.signature(6_000));
        assertEquals("4/4", BarMap.of(sequence(480, new TrackBuilder())).signature(0));
    }

    @Test
    void shouldCountBeatsThatAreNoWholeTicks() {
        BarMap map = BarMap.of(sequence(5, new TrackBuilder().addMeta(0, BAR_3_4, (byte) 7, (byte) 3)));
        for (long tick = 0; tick < 1_000; tick++) {
            assertEquals(tick, map.tick(map.position(tick)));
        }
        assertEquals("2:1", map.position(18).toString()); // seven eighths are 17.5 ticks
    }

    @Test
    void shouldRefuseWhatIsNoPlace() {
        for (String words : List.of("", "2", "0:1", "1:0", "-1:1", "1:1:1:1", "a:b", "99999999999:1")) {
            assertThrows(IllegalArgumentException.class, () -> BarPosition.parse(words), words);
        }
        assertThrows(IllegalArgumentException.class, () -> Division.ofQuarter(0));
        assertThrows(IllegalArgumentException.class, () -> new Division(0xE700));
    }

    @Test
    void shouldSumASequenceUp() {
        Track first = new TrackBuilder().addText(0, 3, "one").addTempo(0, 1_000_000).add(0, 0xC1, 40, 0)
                .add(0, 0x91, 60, 100).add(480, 0x91, 60, 0).add(480, FileBytes.hex("F0 01 F7")).end(960).build();
        Track second = new TrackBuilder().addTempo(0, 500_000).add(0, 0x90, 60, 1).end(1_920).build();

        SequenceSummary together = SequenceSummary.of(
                new Sequence(1, Division.ofQuarter(480), List.of(first, second)));
        SequenceSummary apart = SequenceSummary.of(new Sequence(2, Division.ofQuarter(480), List.of(first, second)));

        assertEquals(2 * SECOND_NS, together.durationNs());
        assertEquals(2 * SECOND_NS + 2 * SECOND_NS, apart.durationNs());
        assertEquals(2, together.notes());
        assertEquals(8, together.events());
        assertEquals("[1, 2] [40] 2:1", together.channels() + " " + together.programs() + " " + together.end());
        assertEquals("one 1 [2]", together.tracks().getFirst().name() + " " + together.tracks().getFirst().sysex() + " "
                + together.tracks().getFirst().channels());
        assertEquals("60.0 120.0", apart.slowestBpm() + " " + apart.fastestBpm());
    }
}
