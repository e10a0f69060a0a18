package org.carillon.sequencer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.carillon.sequencer.PlayerProgress.State;
import org.junit.jupiter.api.Test;

/** The player under a clock of the test's own; ticks are milliseconds. */
class PlayerTest {
    private static final long MS = 1_000_000;
    private static final long START_MS = Player.START_NS / MS;
    private static final long AHEAD_NS = PlayerOptions.DEFAULTS.lookAheadNs();
    /** 500 ticks in half a second. */
    private static final Division MILLISECONDS = Division.ofQuarter(500);

    private static final com.sun.management.ThreadMXBean THREADS = (com.sun.management.ThreadMXBean) ManagementFactory
            .getThreadMXBean();

    private final SentMessages out = new SentMessages();
    private final Player player = new Player();
    private long nowNs;

    private static Sequence song(TrackBuilder... tracks) {
        List<Track> built = new ArrayList<>();
        for (TrackBuilder track : tracks) {
            built.add(track.build());
        }
        return new Sequence(1, MILLISECONDS, built);
    }

    /** A note of 400 ms every 500 ms, from C on upwards. */
    private static TrackBuilder notes(int channel, int count) {
        TrackBuilder track = new TrackBuilder();
        for (int i = 0; i < count; i++) {
            track.add(i * 500L, 0x90 | channel, 60 + i, 100).add(i * 500L + 400, 0x80 | channel, 60 + i, 0);
        }
        return track.end(count * 500L);
    }

    private void runTo(long ms) {
        while (nowNs < ms * MS) {
            long againNs = player.advance(nowNs);
            nowNs = Math.min(ms * MS, Math.max(nowNs + MS, againNs));
            out.nowNs = nowNs;
        }
        player.advance(nowNs);
    }

    @Test
    void shouldSendEverythingWithItsDateAndNotTooEarly() {
        player.add(song(notes(0, 4)), out);
        player.play();
        runTo(3_000);

        assertEquals(List.of("20 903c64", "420 803c00", "520 903d64", "920 803d00", "1020 903e64", "1420 803e00",
                "1520 903f64", "1920 803f00"), out.words());
        out.messages.forEach(sent -> {
            assertTrue(sent.deadlineNs() - sent.sentNs() <= AHEAD_NS, sent.toString());
            assertTrue(sent.deadlineNs() - sent.sentNs() > 0, sent.toString());
        });
        assertEquals(State.ENDED, player.progress().state());
        assertEquals(2_000 * MS, player.progress().positionNs());
        assertEquals(8, player.progress().sent());
        assertEquals(Player.NEVER, player.advance(nowNs));
    }

    @Test
    void shouldSayWhereItIs() {
        player.add(song(notes(0, 40)), out);
        player.play();
        runTo(START_MS + 2_600);

        assertEquals(2_600 * MS, player.progress().positionNs());
        assertEquals("2:2:100", player.progress().place().toString());
        assertEquals(20_000 * MS, player.progress().durationNs());
    }

    @Test
    void shouldChangeTempoWhereWhatWasSentEnds() {
        player.add(song(notes(0, 8)), out);
        player.play();
        runTo(1_000); // sent until 1200, the last message is due at 1020
        player.tempo(200);
        runTo(6_000);

        assertEquals(List.of("1020 903e64", "1220 803e00", "1270 903f64", "1470 803f00"), out.words().subList(4, 8));
        assertEquals(16, out.messages.size());
        assertEquals(1_020 + (7 * 500 + 400 - 1_000) / 2, out.messages.getLast().deadlineNs() / MS);
        assertEquals(200.0, player.progress().tempoPercent());
    }

    @Test
    void shouldNotDriftAtAnOddTempo() {
        TrackBuilder track = new TrackBuilder();
        for (int i = 0; i < 10_000; i++) {
            track.add(i * 37L, 0xB0, 1, i & 0x7F);
        }
        player.add(song(track), out);
        player.tempo(73.3);
        player.play();
        runTo(600_000);

        assertEquals(10_000, out.messages.size());
        for (int i = 0; i < 10_000; i++) {
            assertEquals(Player.START_NS + i * 37L * MS * 100_000 / 73_300, out.messages.get(i).deadlineNs());
        }
    }

    @Test
    void shouldLoopWithoutHoleOrHangingNote() {
        player.add(song(notes(0, 8)), out);
        player.loop(500 * MS, 1_250 * MS); // ends inside the third note
        player.play();
        runTo(3_000);
        player.noLoop();
        runTo(8_000);

        assertEquals(List.of("20 903c64", "420 803c00", "520 903d64", "920 803d00", "1020 903e64", "1270 803e40",
                "1270 903d64", "1670 803d00", "1770 903e64", "2020 803e40", "2020 903d64"), out.words().subList(0, 11));
        assertEquals(3, player.progress().loops());
        assertEquals(Map.of(), out.sounding());
        assertEquals(State.ENDED, player.progress().state());
        assertTrue(out.words().getLast().endsWith("804300"), out.words().toString());
    }

    @Test
    void shouldRepeatAll() {
        player.add(song(notes(0, 2)), out);
        player.loop();
        player.play();
        runTo(START_MS + 10_000);

        assertEquals(10, player.progress().loops());
        assertEquals(START_MS + 10_000, out.messages.get(40).deadlineNs() / MS);
        assertEquals("903c64", out.messages.get(40).message());
    }

    @Test
    void shouldSetChannelsWhereItIsLocated() {
        TrackBuilder track = new TrackBuilder().add(0, 0xB1, 0, 2).add(0, 0xB1, 32, 1).add(0, 0xC1, 40, 0)
                .add(0, 0xB1, 101, 0).add(0, 0xB1, 100, 0).add(0, 0xB1, 6, 12).add(10, 0xE1, 0, 80).add(10, 0xB1, 7, 90)
                .add(20, 0x91, 60, 100).add(20, 0xB1, 64, 127).add(900, 0x81, 60, 0).add(1_000, 0x91, 61, 100)
                .add(1_100, 0xB1, 7, 50).add(1_400, 0x81, 61, 0);
        player.add(song(track), out);
        player.locate(BarPosition.parse("1:2"));
        player.play();
        runTo(START_MS);

        assertEquals(List.of("20 b10002", "20 b12001", "20 c128", "20 b1075a", "20 b1407f", "20 b16500", "20 b16400",
                "20 b1060c", "20 b12600", "20 e10050"), out.words());
        runTo(3_000);
        assertEquals(List.of("420 813c00", "520 913d64", "620 b10732", "920 813d00", "920 b14000", "920 e10040"),
                out.words().subList(10, 16));
        out.messages.clear();
        player.play();
        runTo(3_100);
        assertEquals(List.of("3020 b10764"), out.words().subList(0, 1)); // volume as devices start with
    }

    @Test
    void shouldEndWhatSoundsWhenItIsLocated() {
        TrackBuilder track = new TrackBuilder().add(0, 0x90, 60, 100).add(0, 0xB0, 64, 127).add(5_000, 0x80, 60, 0)
                .add(5_000, 0xB0, 64, 0).add(6_000, 0x90, 61, 1).add(6_100, 0x80, 61, 0);
        player.add(song(track), out);
        player.play();
        runTo(1_000);
        player.locate(2_000 * MS);
        runTo(1_001);
        player.locate(6_000 * MS);
        runTo(3_000);

        assertEquals(List.of("20 903c64", "20 b0407f", "1000 803c40", "1000 b04000", "1000 b0407f", "1001 b04000",
                "1001 903d01", "1101 803d00"), out.words());
    }

    @Test
    void shouldLeaveNothingSoundingWhenItStopsWhereverThatIs() {
        for (long atMs = 1; atMs < 2_000; atMs += 37) {
            SentMessages sent = new SentMessages();
            Player any = new Player();
            any.add(song(notes(0, 8).add(100, 0xB0, 64, 127).add(150, 0xE0, 0, 100)), sent);
            any.play();
            for (long now = 0; now <= atMs; now++) {
                any.advance(now * MS);
            }
            any.stop();
            any.advance(atMs * MS);

            assertEquals(Map.of(), sent.sounding(), "atMs=" + atMs);
            String all = sent.words().toString();
            assertEquals(all.contains("b0407f"), all.contains("b04000"), all);
            assertEquals(all.contains("e00064"), all.contains("e00040"), all);
            assertEquals(State.STOPPED, any.progress().state());
            assertEquals(0, any.progress().positionNs());
        }
    }

    @Test
    void shouldGoOnWhereItWasHeld() {
        player.add(song(notes(0, 4).add(50, 0xE0, 0, 100)), out);
        player.play();
        runTo(600);
        player.pause();
        runTo(5_000);
        assertEquals(State.PAUSED, player.progress().state());
        assertEquals(580 * MS, player.progress().positionNs());
        assertEquals(Map.of(), out.sounding());
        player.play();
        runTo(9_000);

        assertEquals(List.of("600 803d40", "600 e00040", "5020 e00064", "5340 803d00", "5440 903e64"),
                out.words().subList(4, 9));
        assertEquals(State.ENDED, player.progress().state());
    }

    @Test
    void shouldMuteAndSoloTracks() {
        Part part = player.add(song(notes(0, 8), notes(1, 8).add(1_100, 0xB1, 7, 1), notes(2, 8)), out);
        player.play();
        runTo(600);
        part.mute(1, true);
        runTo(1_600);
        part.mute(1, false);
        part.solo(2, true);
        runTo(2_600);
        part.solo(2, false);
        runTo(9_000);

        assertTrue(out.words().contains("600 813d40"), out.words().toString());
        assertTrue(out.words().contains("1120 b10701"));
        assertEquals(List.of("20", "520", "3020", "3520"), starts("91"));
        assertEquals(List.of("20", "520", "1020", "1520", "3020", "3520"), starts("90"));
        assertEquals(8, starts("92").size());
        assertEquals(Map.of(), out.sounding());
        assertThrows(IllegalArgumentException.class, () -> part.mute(3, true));
    }

    private List<String> starts(String status) {
        return out.words().stream().filter(word -> word.contains(" " + status)).map(word -> word.split(" ")[0])
                .toList();
    }

    @Test
    void shouldPlaySeveralAtOnce() {
        SentMessages second = new SentMessages();
        player.add(song(notes(0, 2)), out);
        player.add(song(notes(5, 2)), second);
        player.play();
        runTo(700);
        SentMessages late = new SentMessages();
        player.add(song(notes(6, 4)), late);
        runTo(3_000);

        assertEquals(List.of("20 953c64", "420 853c00", "520 953d64", "920 853d00"), second.words());
        assertEquals(4, out.messages.size());
        assertEquals("1020 963e64", late.words().stream().filter(word -> word.contains(" 96")).findFirst().get());
        assertEquals(State.ENDED, player.progress().state());
    }

    @Test
    void shouldPlayThePiecesOfFormat2InOrderOrOne() {
        Sequence pieces = new Sequence(2, MILLISECONDS,
                List.of(notes(0, 2).build(), notes(1, 1).addTempo(0, 250_000).build()));
        SentMessages one = new SentMessages();
        player.add(pieces, out);
        player.add(pieces, 1, one);
        player.play();
        runTo(4_000);

        assertEquals(List.of("20 903c64", "420 803c00", "520 903d64", "920 803d00", "1020 913c64", "1220 813c00"),
                out.words());
        assertEquals(List.of("20 913c64", "220 813c00"), one.words());
        assertThrows(IllegalArgumentException.class, () -> player.add(pieces, 2, one));
    }

    @Test
    void shouldSendAllOfWhatAFileCanHold() {
        TrackBuilder track = new TrackBuilder().add(0, FileBytes.hex("F0 7D 01 F7")).add(10, FileBytes.hex("F0 7D"))
                .add(20, FileBytes.hex("F7 F8")).add(30, FileBytes.hex("F7 02 03")).add(40, FileBytes.hex("F7 F7"))
                .add(50, FileBytes.hex("F7 F2 01 02 FA 90 3C 40 F0 05 F7")).add(60, FileBytes.hex("F7"))
                .add(70, FileBytes.hex("F7 F4")).add(80, FileBytes.hex("F0 01 90 02 F7"))
                .add(90, FileBytes.hex("F0 01"));
        player.add(song(track), out);
        player.play();
        runTo(1_000);

        assertEquals(List.of("20 f07d01f7", "40 f8", "60 f07d0203f7", "70 f20102", "70 fa", "70 903c40", "70 f005f7",
                "110 803c40"), out.words());
        assertEquals(3, player.progress().skipped());
    }

    @Test
    void shouldLoseNothingWhenThereIsNoRoom() {
        player.add(song(notes(0, 8)), out);
        out.room = 3;
        player.play();
        runTo(1_500);
        assertEquals(3, out.messages.size());
        assertTrue(out.refused > 100 && player.progress().retries() == out.refused, "refused=" + out.refused);
        out.room = Integer.MAX_VALUE;
        runTo(9_000);

        assertEquals(16, out.messages.size());
        assertEquals(Map.of(), out.sounding());
        assertEquals(0, player.progress().slips());
    }

    @Test
    void shouldPutTheMusicOffWhenItComesMuchTooLate() {
        player.add(song(notes(0, 8)), out);
        player.play();
        runTo(100);
        nowNs = 60_000 * MS;
        runTo(70_000);

        assertEquals(1, player.progress().slips());
        assertEquals(List.of("20 903c64", "60000 803c00", "60100 903d64"), out.words().subList(0, 3));
    }

    @Test
    void shouldHoldBackWhatTheServerHasNoRoomFor() {
        TrackBuilder track = new TrackBuilder();
        for (int i = 0; i < 20_000; i++) {
            track.add(i / 100, 0xB0, 1, i & 0x7F);
        }
        Player paced = new Player(new PlayerOptions(AHEAD_NS, 1_000));
        paced.add(song(track), out);
        paced.play();
        int most = 0;
        for (long now = 0; now < 1_000; now++) {
            long at = now * MS;
            out.nowNs = at;
            paced.advance(at);
            most = Math.max(most, (int) out.messages.stream().filter(sent -> sent.deadlineNs() > at).count());
        }

        assertEquals(20_000, out.messages.size());
        assertEquals(1_000, most);
    }

    @Test
    void shouldSendLongMessagesWhenTheyAreDue() {
        byte[] dump = new byte[Sender.AHEAD_BYTES + 1];
        dump[0] = (byte) Midi.SYSEX;
        dump[dump.length - 1] = (byte) Midi.SYSEX_END;
        player.add(song(new TrackBuilder().add(500, dump).add(510, 0x90, 60, 1).add(520, 0x80, 60, 1)), out);
        player.play();
        runTo(2_000);

        assertEquals(520 * MS, out.messages.get(0).deadlineNs());
        assertTrue(out.messages.get(0).sentNs() >= 520 * MS);
        assertEquals(List.of("530 903c01", "540 803c01"), out.words().subList(1, 3));
    }

    /** Allocation of an advance is the same however many messages it sends. */
    @Test
    void shouldNotAllocateForAMessage() {
        allocated(10);
        long few = allocated(10);
        long many = allocated(1_000);

        assertTrue(many < 2 * few, "few=" + few + ", many=" + many);
    }

    private static long allocated(int perMs) {
        TrackBuilder track = new TrackBuilder();
        for (int i = 0; i < 400 * perMs; i++) {
            track.add(i / perMs, 0xB0, 1, i & 0x7F);
        }
        SilentSource source = new SilentSource();
        Player any = new Player(new PlayerOptions(AHEAD_NS, 65_536));
        any.add(song(track), source);
        any.play();
        any.advance(0);
        long beforeBytes = THREADS.getThreadAllocatedBytes(Thread.currentThread().threadId());
        for (long now = 1; now < 500; now++) {
            any.advance(now * MS);
        }
        long bytes = THREADS.getThreadAllocatedBytes(Thread.currentThread().threadId()) - beforeBytes;
        assertEquals(400L * perMs, source.sent);
        return bytes;
    }

    @Test
    void shouldRefuseWhatCannotBe() {
        assertThrows(IllegalArgumentException.class, () -> player.tempo(0));
        assertThrows(IllegalArgumentException.class, () -> player.tempo(Double.NaN));
        assertThrows(IllegalArgumentException.class, () -> player.locate(-1));
        assertThrows(IllegalArgumentException.class, () -> player.loop(5, 6));
        assertThrows(IllegalArgumentException.class, () -> new PlayerOptions(1, 1_024));
        player.play();
        runTo(1_000);
        assertEquals(State.ENDED, player.progress().state());
    }
}
