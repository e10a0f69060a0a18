package org.carillon.fuzz;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.carillon.sequencer.BarMap;
import org.carillon.sequencer.MidiFile;
import org.carillon.sequencer.MidiFileException;
import org.carillon.sequencer.MidiFileReader;
import org.carillon.sequencer.MidiFileWriter;
import org.carillon.sequencer.Player;
import org.carillon.sequencer.Sequence;
import org.carillon.sequencer.SequenceSummary;
import org.carillon.sequencer.TempoMap;

/**
 * Standard MIDI Files of any bytes: either a sequence that can be written, read again equal, counted and played, or a
 * {@link MidiFileException}.
 */
public final class MidiFileTarget {
    private static final byte[] HEADER = "MThd\0\0\0\6".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] TRACK = "MTrk".getBytes(StandardCharsets.US_ASCII);
    /** What files are made of, so that they come about sooner than by chance. */
    private static final byte[][] PIECES = {{0, (byte) 0xFF, 0x2F, 0}, {0, (byte) 0x90, 60, 100}, {96, 60, 0},
        {0, (byte) 0xFF, 0x51, 3, 7, (byte) 0xA1, 0x20}, {0, (byte) 0xF0, 3, 1, 2, (byte) 0xF7}, {0, (byte) 0xF0, 1, 5},
        {10, (byte) 0xF7, 2, 6, (byte) 0xF7}, {(byte) 0xFF, (byte) 0xFF, (byte) 0xFF, 0x7F, (byte) 0xC0, 1},
        {0, (byte) 0xFF, 0x58, 4, 3, 2, 24, 8}, {0, (byte) 0xF2, 1, 2}, TRACK, HEADER};
    private static final int MAX_DAMAGE = 400;
    private static final long SECOND_NS = 1_000_000_000L;

    private MidiFileTarget() {}

    /** Called by Jazzer with the bytes of its choice. */
    public static void fuzzerTestOneInput(FuzzedDataProvider data) {
        byte[] bytes = data.consumeBoolean() ? file(data) : data.consumeRemainingAsBytes();
        try {
            MidiFile file = MidiFileReader.read(bytes, "fuzz.mid");
            Sequence sequence = file.sequence();
            require(file.damage().size() < MAX_DAMAGE, "damage must be bounded");
            require(file.damage().stream().allMatch(d -> d.offset() >= 0 && d.offset() <= bytes.length),
                    "damage must lie in the file");
            byte[] written = MidiFileWriter.toBytes(sequence);
            Sequence again = MidiFileReader.read(written, "again.mid").sequence();
            require(again.equals(sequence), "what is written must read as it was");
            require(Arrays.equals(written, MidiFileWriter.toBytes(again)), "there must be one way to write a sequence");
            use(sequence);
        } catch (MidiFileException e) {
            require(e.getMessage().contains("fuzz.mid") && e.offset() >= 0 && e.offset() <= bytes.length,
                    "a refusal must say where: " + e.getMessage());
        }
    }

    private static byte[] file(FuzzedDataProvider data) {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        file.writeBytes(HEADER);
        file.writeBytes(data.consumeBytes(6));
        while (data.remainingBytes() > 0) {
            file.writeBytes(TRACK);
            byte[] track = track(data);
            int length = data.consumeProbabilityDouble() < 0.7 ? track.length : data.consumeInt();
            for (int shift = 24; shift >= 0; shift -= 8) {
                file.write(length >> shift);
            }
            file.writeBytes(track);
        }
        return file.toByteArray();
    }

    private static byte[] track(FuzzedDataProvider data) {
        ByteArrayOutputStream track = new ByteArrayOutputStream();
        int pieces = data.consumeInt(0, 20);
        for (int i = 0; i < pieces; i++) {
            track.writeBytes(data.consumeProbabilityDouble() < 0.8 ? data.pickValue(PIECES) : data.consumeBytes(6));
        }
        return track.toByteArray();
    }

    private static void use(Sequence sequence) {
        require(SequenceSummary.of(sequence).durationNs() >= 0, "music must not end before it starts");
        TempoMap tempos = TempoMap.of(sequence);
        BarMap bars = BarMap.of(sequence);
        sequence.tracks().forEach(track -> {
            require(tempos.tickAt(tempos.timeNs(track.endTick())) >= 0, "there must be a tick");
            require(bars.tick(bars.position(track.endTick())) >= 0, "there must be a place");
        });
        Player player = new Player();
        player.add(sequence, new Receiver());
        player.play();
        long nowNs = 0;
        for (int i = 0; i < 100 && nowNs < 100 * SECOND_NS; i++) {
            long nextNs = player.advance(nowNs);
            require(nextNs > nowNs, "the player must not stand still");
            nowNs = Math.min(nextNs, nowNs + SECOND_NS);
        }
        player.stop();
        player.advance(nowNs);
    }

    private static void require(boolean holds, String what) {
        if (!holds) {
            throw new IllegalStateException(what);
        }
    }
}
