package org.carillon.sampler.format;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Optional;
import org.carillon.sampler.instrument.Sample;

/**
 * Reads WAV files: RIFF/WAVE (Multimedia Programming Interface 1.0) and RF64 (EBU Tech 3306). What a header says about
 * lengths is believed as far as the bytes are there. Not for the audio thread: it reads files and allocates.
 */
public final class WavReader {
    private static final int MAX_CHANNELS = 2;
    /** What a sample may hold; floats beyond it are a fault of the file, and would hurt ears. */
    private static final float MAX_VALUE = 1_000;
    private static final int BLOCK_BYTES = 1 << 16;
    private static final int DS64_DATA_LENGTH_OFFSET = 8;
    private static final int DS64_LENGTH = 24;

    private final RiffFile file;
    private final Notices notices = new Notices();
    private RiffFile.Chunk format;
    private RiffFile.Chunk data;
    private RiffFile.Chunk sampler;
    private RiffFile.Chunk instrument;
    /** Of chunk {@code ds64}; -1 where there is none. */
    private long longDataLength = -1;

    private WavReader(RiffFile file) {
        this.file = file;
    }

    /**
     * Reads a file.
     *
     * @throws FormatException where there is nothing to play.
     * @throws IOException     where the file system fails.
     */
    public static Wav read(Path file) throws IOException {
        try (RiffFile riff = RiffFile.open(file)) {
            return new WavReader(riff).read();
        }
    }

    private Wav read() throws IOException {
        findChunks(declaredEnd());
        if (format == null || data == null) {
            throw file.wrong(RiffFile.FORM_LENGTH, "expected chunks \"fmt \" and \"data\": fmt=" + (format != null)
                    + ", data=" + (data != null));
        }
        WavFormat wanted = WavFormat.read(file, format);
        Sample sample = decode(wanted);
        WavMarks marks = new WavMarks(file, notices, sample.frames());
        if (instrument != null) {
            marks.readInstrument(instrument);
        }
        if (sampler != null) {
            marks.readSampler(sampler);
        }
        return new Wav(sample, Optional.ofNullable(marks.root()), marks.loops(), Optional.ofNullable(marks.zone()),
                notices.list());
    }

    /** Checks the form; where the file ends by its own word. */
    private long declaredEnd() throws IOException {
        ByteBuffer form = file.read(0, RiffFile.FORM_LENGTH);
        String id = RiffFile.id(form, 0);
        boolean known = id.equals("RIFF") || id.equals("RF64") || id.equals("BW64");
        if (!known || !RiffFile.id(form, RiffFile.HEADER_LENGTH).equals("WAVE")) {
            throw file.wrong(0, "expected a RIFF or RF64 file of form WAVE");
        }
        return RiffFile.HEADER_LENGTH + (form.getInt(RiffFile.LENGTH_OFFSET) & RiffFile.MAX_UINT32);
    }

    private void findChunks(long declaredEnd) throws IOException {
        RiffFile.Chunk chunk = file.chunk(RiffFile.FORM_LENGTH, file.size());
        for (int i = 0; chunk != null && i < RiffFile.MAX_CHUNKS; i++) {
            // the next chunk stands where the data really ends, which its own header may not know
            long next = take(chunk, declaredEnd).next();
            chunk = file.chunk(next, file.size());
        }
    }

    private RiffFile.Chunk take(RiffFile.Chunk chunk, long declaredEnd) throws IOException {
        switch (chunk.id()) {
            case "ds64" -> readLengths(chunk);
            case "fmt " -> format = format == null ? chunk : format;
            case "smpl" -> sampler = sampler == null ? chunk : sampler;
            case "inst" -> instrument = instrument == null ? chunk : instrument;
            case "data" -> {
                if (data == null) {
                    data = there(chunk, declaredEnd);
                    return data;
                }
            }
            default -> {
                // names, cues, pictures and the like do not sound
            }
        }
        return chunk;
    }

    private void readLengths(RiffFile.Chunk chunk) throws IOException {
        if (chunk.length() >= DS64_LENGTH) {
            longDataLength = file.read(chunk.start(), DS64_LENGTH).getLong(DS64_DATA_LENGTH_OFFSET);
        }
    }

    /** The data that is there, whatever the header says. */
    private RiffFile.Chunk there(RiffFile.Chunk chunk, long declaredEnd) {
        long rest = file.size() - chunk.start();
        long declared = chunk.declared();
        if (declared == RiffFile.MAX_UINT32 && longDataLength >= 0) {
            declared = longDataLength;
        } else if (declared == RiffFile.MAX_UINT32 || declared == 0 && rest > 0 && declaredEnd <= chunk.start()) {
            return said(chunk, rest, "header was never finished, the rest of the file is read: dataBytes=" + declared);
        } else if (rest > RiffFile.MAX_UINT32 && (rest - declared) % (RiffFile.MAX_UINT32 + 1) == 0
                && rest != declared) {
            return said(chunk, rest, "header cannot count beyond 4 GB, the rest of the file is read: dataBytes="
                    + declared);
        }
        if (declared > rest) {
            return said(chunk, rest, "file ends before its data, what is there is read: dataBytes=" + declared);
        }
        return new RiffFile.Chunk(chunk.id(), chunk.start(), declared, declared);
    }

    private RiffFile.Chunk said(RiffFile.Chunk chunk, long length, String text) {
        notices.add(Notice.Kind.WRONG, file.at(chunk.start() - RiffFile.HEADER_LENGTH), text + ", readBytes=" + length);
        return new RiffFile.Chunk(chunk.id(), chunk.start(), length, length);
    }

    private Sample decode(WavFormat wanted) throws IOException {
        int frameBytes = wanted.frameBytes();
        long frames = data.length() / frameBytes;
        if (frames == 0) {
            throw file.wrong(data.start(), "expected at least one frame: dataBytes=" + data.length());
        }
        if (data.length() % frameBytes != 0) {
            notices.add(Notice.Kind.WRONG, file.at(data.start() + frames * frameBytes),
                    "last frame is cut off and left out: bytes=" + data.length() % frameBytes);
        }
        if (wanted.channels() > MAX_CHANNELS) {
            notices.add(Notice.Kind.NOT_HONOURED, file.at(format.start()),
                    "only the first two channels are read: channels=" + wanted.channels());
        }
        float[][] channels = file.allocate(Math.min(wanted.channels(), MAX_CHANNELS), frames, data.start());
        long silenced = fill(channels, wanted);
        if (silenced > 0) {
            notices.add(Notice.Kind.WRONG, file.at(data.start()),
                    "values that are no numbers of -1000 to 1000 are read as silence: values=" + silenced);
        }
        return new Sample(file.file().toString(), wanted.sampleRateHz(), channels);
    }

    /** Returns how many values were no sound. */
    private long fill(float[][] channels, WavFormat wanted) throws IOException {
        int frameBytes = wanted.frameBytes();
        int blockFrames = Math.max(1, BLOCK_BYTES / frameBytes);
        ByteBuffer block = ByteBuffer.allocate(blockFrames * frameBytes).order(ByteOrder.LITTLE_ENDIAN);
        long silenced = 0;
        int total = channels[0].length;
        for (int first = 0; first < total; first += blockFrames) {
            int frames = Math.min(blockFrames, total - first);
            file.read(data.start() + (long) first * frameBytes, block.clear().limit(frames * frameBytes));
            for (int channel = 0; channel < channels.length; channel++) {
                int index = channel * wanted.coding().lengthBytes();
                for (int i = first; i < first + frames; i++, index += frameBytes) {
                    float value = wanted.coding().at(block, index);
                    if (Math.abs(value) <= MAX_VALUE) {
                        channels[channel][i] = value;
                    } else {
                        silenced++;
                    }
                }
            }
        }
        return silenced;
    }
}
