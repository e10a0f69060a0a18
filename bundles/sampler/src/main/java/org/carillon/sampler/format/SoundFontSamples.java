package org.carillon.sampler.format;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.Map;
import org.carillon.sampler.instrument.Sample;

/** The samples of a sound font, made into floats when the first region asks for them. */
final class SoundFontSamples {
    /** A header of table {@code shdr}, with places counted from the first frame of the sample. */
    record Header(Sample sample, int loopStart, int loopEnd, int rootKey, int correctionCents, long place) {}

    private static final int START_OFFSET = 20;
    private static final int END_OFFSET = 24;
    private static final int LOOP_START_OFFSET = 28;
    private static final int LOOP_END_OFFSET = 32;
    private static final int RATE_OFFSET = 36;
    private static final int ROOT_KEY_OFFSET = 40;
    private static final int CORRECTION_OFFSET = 41;
    private static final int TYPE_OFFSET = 44;
    private static final int TYPE_ROM = 0x8000;
    private static final int TYPE_COMPRESSED = 0x10;
    private static final int MAX_SAMPLE_RATE_HZ = 768_000;
    private static final int DEFAULT_ROOT_KEY = 60;
    private static final int MAX_KEY = 127;
    private static final int BLOCK_FRAMES = 1 << 15;
    private static final float SCALE_16 = 0x1p15f;
    private static final float SCALE_24 = 0x1p23f;
    /** Headers may share frames; a font that turns a few of them into thousands of samples is an attack. */
    private static final int MAX_OVERLAP = 4;
    private static final int OVERLAP_FREE_FRAMES = 1 << 20;

    private final SoundFontTables tables;
    private final SoundFontNotices notices;
    private final RiffFile.Chunk high;
    /** The lower 8 bits of 24; null where there are none. */
    private final RiffFile.Chunk low;
    private final long frames;
    private final Map<Integer, Header> headers = new HashMap<>();
    private final Map<Long, Sample> samples = new HashMap<>();
    private long madeFrames;

    SoundFontSamples(SoundFontTables tables, RiffFile.Chunk high, RiffFile.Chunk low, SoundFontNotices notices) {
        this.tables = tables;
        this.notices = notices;
        this.high = high;
        frames = high.length() / Short.BYTES;
        boolean isWhole = low != null && low.length() >= frames;
        if (low != null && !isWhole) {
            notices.add(Notice.Kind.WRONG, low.start(),
                    "lower bits are left out, expected a byte for each frame: bytes="
                            + low.length() + ", frames=" + frames);
        }
        this.low = isWhole ? low : null;
    }

    /** The sample of a header; null where there is none to play, which is said. */
    Header header(int index, long usedAt) throws IOException {
        if (index >= tables.samples.size() - 1) {
            notices.add(Notice.Kind.WRONG, usedAt, "region is left out, expected an index into table shdr: index="
                    + index + ", records=" + tables.samples.size());
            return null;
        }
        if (!headers.containsKey(index)) {
            headers.put(index, make(index));
        }
        return headers.get(index);
    }

    private Header make(int index) throws IOException {
        SoundFontTables.Table table = tables.samples;
        long place = table.placeOf(index);
        String name = table.name(index);
        int type = table.at(index, TYPE_OFFSET);
        if ((type & (TYPE_ROM | TYPE_COMPRESSED)) != 0) {
            notices.add(Notice.Kind.NOT_HONOURED, place, "regions are left out, expected samples in the file and not "
                    + "compressed: sample=" + name + ", type=" + type);
            return null;
        }
        long start = table.longAt(index, START_OFFSET);
        long end = table.longAt(index, END_OFFSET);
        long rateHz = table.longAt(index, RATE_OFFSET);
        if (end > frames) {
            notices.add(Notice.Kind.WRONG, place, "sample ends behind the data, it is cut there: sample=" + name
                    + ", end=" + end + ", frames=" + frames);
            end = frames;
        }
        if (start >= end || rateHz == 0 || rateHz > MAX_SAMPLE_RATE_HZ) {
            notices.add(Notice.Kind.WRONG, place, "regions are left out, expected a sample with frames and a rate of 1 "
                    + "to 768000 Hz: sample=" + name + ", start=" + start + ", end=" + end + ", frames=" + frames
                    + ", sampleRateHz=" + rateHz);
            return null;
        }
        Sample sample = sample(name, start, end, (int) rateHz, place);
        int rootKey = table.byteAt(index, ROOT_KEY_OFFSET);
        return new Header(sample, relative(table.longAt(index, LOOP_START_OFFSET), start),
                relative(table.longAt(index, LOOP_END_OFFSET), start), rootKey > MAX_KEY ? DEFAULT_ROOT_KEY : rootKey,
                (byte) table.byteAt(index, CORRECTION_OFFSET), place);
    }

    private static int relative(long frame, long start) {
        return Math.clamp(frame - start, Integer.MIN_VALUE / 2, Integer.MAX_VALUE / 2);
    }

    private Sample sample(String name, long start, long end, int rateHz, long place) throws IOException {
        // two headers with the same frames share them where nothing else differs
        long key = (start << Integer.SIZE | end) * 31 + rateHz;
        Sample known = samples.get(key);
        if (known != null && known.frames() == end - start && known.sampleRateHz() == rateHz
                && known.name().equals(name)) {
            return known;
        }
        madeFrames += end - start;
        if (madeFrames > frames * MAX_OVERLAP + OVERLAP_FREE_FRAMES) {
            throw tables.file.wrong(place, "expected samples that share fewer frames: sampleFrames=" + madeFrames
                    + ", frames=" + frames);
        }
        float[][] channels = tables.file.allocate(1, end - start, high.start() + start * Short.BYTES);
        fill(channels[0], start);
        Sample sample = new Sample(name, rateHz, channels);
        samples.put(key, sample);
        return sample;
    }

    private void fill(float[] frames, long start) throws IOException {
        ByteBuffer words = ByteBuffer.allocate(BLOCK_FRAMES * Short.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        ByteBuffer bytes = ByteBuffer.allocate(low == null ? 0 : BLOCK_FRAMES);
        for (int first = 0; first < frames.length; first += BLOCK_FRAMES) {
            int count = Math.min(BLOCK_FRAMES, frames.length - first);
            tables.file.read(high.start() + (start + first) * Short.BYTES, words.clear().limit(count * Short.BYTES));
            if (low == null) {
                for (int i = 0; i < count; i++) {
                    frames[first + i] = words.getShort(i * Short.BYTES) / SCALE_16;
                }
            } else {
                tables.file.read(low.start() + start + first, bytes.clear().limit(count));
                for (int i = 0; i < count; i++) {
                    frames[first + i] = (words.getShort(i * Short.BYTES) << Byte.SIZE | bytes.get(i) & 0xFF) / SCALE_24;
                }
            }
        }
    }
}
