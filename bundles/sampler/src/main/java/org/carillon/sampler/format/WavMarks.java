package org.carillon.sampler.format;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * What a WAV file says about playing it. Chunk {@code smpl}:
 *
 * <pre>
 *  0 uint32 manufacturer  4 uint32 product  8 uint32 periodNs  12 uint32 rootKey
 * 16 uint32 fraction, of 2^32 a semitone  20 uint32 smpteFormat  24 uint32 smpteOffset  28 uint32 loops
 * 32 uint32 extraLength, then for each loop:
 *  0 uint32 id  4 uint32 type  8 uint32 firstFrame  12 uint32 lastFrame
 * 16 uint32 fraction  20 uint32 plays, 0 for ever
 * </pre>
 * Chunk {@code inst}:
 *
 * <pre>
 *  0 uint8 rootKey  1 int8 tuneCents  2 int8 gainDb  3 uint8 loKey  4 uint8 hiKey
 *  5 uint8 loVelocity  6 uint8 hiVelocity
 * </pre>
 */
final class WavMarks {
    private static final int ROOT_KEY_OFFSET = 12;
    private static final int FRACTION_OFFSET = 16;
    private static final int LOOP_COUNT_OFFSET = 28;
    private static final int SAMPLER_LENGTH = 36;
    private static final int LOOP_TYPE_OFFSET = 4;
    private static final int LOOP_FIRST_OFFSET = 8;
    private static final int LOOP_LAST_OFFSET = 12;
    private static final int LOOP_PLAYS_OFFSET = 20;
    private static final int LOOP_LENGTH = 24;
    /** More than any editor writes. */
    private static final int MAX_LOOPS = 64;
    private static final int FORWARD = 0;
    private static final double CENTS_OF_FRACTION = 100 / 0x1p32;

    private static final int INSTRUMENT_LENGTH = 7;
    private static final int MAX_DATA = 127;

    private final RiffFile file;
    private final Notices notices;
    private final int frames;
    private final List<Wav.Loop> loops = new ArrayList<>();
    private Wav.Root root;
    private Wav.Zone zone;

    WavMarks(RiffFile file, Notices notices, int frames) {
        this.file = file;
        this.notices = notices;
        this.frames = frames;
    }

    Wav.Root root() {
        return root;
    }

    Wav.Zone zone() {
        return zone;
    }

    List<Wav.Loop> loops() {
        return loops;
    }

    void readInstrument(RiffFile.Chunk chunk) throws IOException {
        if (chunk.length() < INSTRUMENT_LENGTH) {
            wrong(chunk.start(), "chunk \"inst\" is left out, expected 7 bytes: bytes=" + chunk.length());
            return;
        }
        ByteBuffer bytes = file.read(chunk.start(), INSTRUMENT_LENGTH);
        int key = bytes.get(0) & 0xFF;
        int loKey = bytes.get(3) & 0xFF;
        int hiKey = bytes.get(4) & 0xFF;
        int loVelocity = bytes.get(5) & 0xFF;
        int hiVelocity = bytes.get(6) & 0xFF;
        if (key > MAX_DATA || loKey > hiKey || hiKey > MAX_DATA || loVelocity > hiVelocity || hiVelocity > MAX_DATA) {
            wrong(chunk.start(), "chunk \"inst\" is left out, expected keys and velocities of 0 to 127, the lower "
                    + "first: key=" + key + ", keys=" + loKey + ".." + hiKey + ", velocities=" + loVelocity + ".."
                    + hiVelocity);
            return;
        }
        // cents to add when playing, so the sample itself lies as much on the other side
        root = new Wav.Root(key, -bytes.get(1));
        zone = new Wav.Zone(loKey, hiKey, loVelocity, hiVelocity, bytes.get(2));
    }

    void readSampler(RiffFile.Chunk chunk) throws IOException {
        if (chunk.length() < SAMPLER_LENGTH) {
            wrong(chunk.start(), "chunk \"smpl\" is left out, expected 36 bytes: bytes=" + chunk.length());
            return;
        }
        ByteBuffer bytes = file.read(chunk.start(), SAMPLER_LENGTH);
        long key = bytes.getInt(ROOT_KEY_OFFSET) & RiffFile.MAX_UINT32;
        if (key <= MAX_DATA) {
            root = new Wav.Root((int) key,
                    (bytes.getInt(FRACTION_OFFSET) & RiffFile.MAX_UINT32) * CENTS_OF_FRACTION);
        } else {
            wrong(chunk.start() + ROOT_KEY_OFFSET, "root key is left out, expected 0 to 127: rootKey=" + key);
        }
        long declared = bytes.getInt(LOOP_COUNT_OFFSET) & RiffFile.MAX_UINT32;
        long there = Math.min(declared, (chunk.length() - SAMPLER_LENGTH) / LOOP_LENGTH);
        if (there < declared || there > MAX_LOOPS) {
            wrong(chunk.start() + LOOP_COUNT_OFFSET, "chunk \"smpl\" has fewer loops than it says, or more than 64: "
                    + "loops=" + declared + ", read=" + Math.min(there, MAX_LOOPS));
        }
        for (int i = 0; i < Math.min(there, MAX_LOOPS); i++) {
            readLoop(chunk.start() + SAMPLER_LENGTH + (long) i * LOOP_LENGTH);
        }
    }

    private void readLoop(long offset) throws IOException {
        ByteBuffer bytes = file.read(offset, LOOP_LENGTH);
        long first = bytes.getInt(LOOP_FIRST_OFFSET) & RiffFile.MAX_UINT32;
        long last = bytes.getInt(LOOP_LAST_OFFSET) & RiffFile.MAX_UINT32;
        int type = bytes.getInt(LOOP_TYPE_OFFSET);
        int plays = bytes.getInt(LOOP_PLAYS_OFFSET);
        if (first > last || first >= frames) {
            wrong(offset, "loop is left out, expected it within the sample: firstFrame=" + first + ", lastFrame=" + last
                    + ", frames=" + frames);
            return;
        }
        if (last >= frames) {
            wrong(offset, "loop ends behind the sample, it is cut there: lastFrame=" + last + ", frames=" + frames);
        }
        if (type != FORWARD) {
            notHonoured(offset, "loop plays forward: loopType=" + type);
        }
        if (plays != 0) {
            notHonoured(offset, "loop plays for ever: plays=" + Integer.toUnsignedString(plays));
        }
        loops.add(new Wav.Loop((int) first, (int) Math.min(last + 1, frames)));
    }

    private void wrong(long offset, String text) {
        notices.add(Notice.Kind.WRONG, file.at(offset), text);
    }

    private void notHonoured(long offset, String text) {
        notices.add(Notice.Kind.NOT_HONOURED, file.at(offset), text);
    }
}
