package org.carillon.fuzz;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.carillon.sampler.format.FormatException;
import org.carillon.sampler.format.InstrumentLoader;
import org.carillon.sampler.format.Loaded;
import org.carillon.sampler.instrument.Program;
import org.carillon.sampler.instrument.Region;

/** Files of an instrument in a folder of their own; what comes of them is either whole or a {@link FormatException}. */
final class InstrumentFile {
    /** Floats that come of a byte of a file: one of 8 bits gives one, and frames of sound fonts may be shared. */
    private static final long MAX_FLOATS_OF_BYTE = 8;
    /** Sounds that the reader makes itself, and samples of a sound font that may always be shared. */
    private static final long FREE_FLOATS = 2 << 20;
    private static final int MAX_NOTICES = 1_001;

    private final Path folder;

    InstrumentFile() {
        try {
            folder = Files.createTempDirectory("instrument");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Runtime.getRuntime().addShutdownHook(new Thread(this::delete));
    }

    void write(String name, byte[] bytes) {
        try {
            Files.write(folder.resolve(name), bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void load(String name, long fileBytes) {
        try {
            check(InstrumentLoader.load(folder.resolve(name)), fileBytes);
        } catch (FormatException e) {
            if (!e.getMessage().contains(": ") || !e.getMessage().startsWith(folder.toString())) {
                throw new IllegalStateException("a message must name its file: message=" + e.getMessage(), e);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void check(Loaded loaded, long fileBytes) {
        long floats = loaded.instrument().programs().stream().flatMap(program -> program.regions().stream())
                .map(region -> region.with().sample).distinct()
                .mapToLong(sample -> (long) sample.frames() * sample.channels().length).sum();
        if (floats > fileBytes * MAX_FLOATS_OF_BYTE + FREE_FLOATS || loaded.notices().size() > MAX_NOTICES) {
            throw new IllegalStateException("a small file filled the memory: floats=" + floats + ", fileBytes="
                    + fileBytes + ", notices=" + loaded.notices().size());
        }
        for (Program program : loaded.instrument().programs()) {
            program.regions().forEach(InstrumentFile::check);
        }
    }

    private static void check(Region region) {
        Region.Builder r = region.with();
        boolean isWhole = r.startFrame >= 0 && r.startFrame < r.endFrame && r.endFrame <= r.sample.frames()
                && r.loopStartFrame >= 0 && r.loopStartFrame < r.loopEndFrame && r.loopEndFrame <= r.endFrame
                && r.loKey >= 0 && r.loKey <= r.hiKey && r.hiKey <= 127 && r.loVelocity >= 0
                && r.loVelocity <= r.hiVelocity && r.hiVelocity <= 127 && r.loChannel <= r.hiChannel
                && r.sequencePosition <= r.sequenceLength && Double.isFinite(r.tuneCents) && r.cutoffHz >= 0
                && Double.isFinite(r.volumeDb) && Math.abs(r.pan) <= 1;
        if (!isWhole) {
            throw new IllegalStateException("a region must lie in its sample: frames=" + r.startFrame + ".."
                    + r.endFrame + ", loop=" + r.loopStartFrame + ".." + r.loopEndFrame + ", keys=" + r.loKey + ".."
                    + r.hiKey + ", velocities=" + r.loVelocity + ".." + r.hiVelocity);
        }
    }

    /** A chunk of RIFF; now and then its header lies. */
    static byte[] chunk(FuzzedDataProvider data, String id, byte[] content) {
        ByteArrayOutputStream chunk = new ByteArrayOutputStream();
        chunk.writeBytes(id.getBytes(StandardCharsets.ISO_8859_1));
        put(chunk, 4, seldom(data) ? data.consumeInt() : content.length);
        chunk.writeBytes(content);
        if ((content.length & 1) != 0) {
            chunk.write(0);
        }
        return chunk.toByteArray();
    }

    /** Once in some twenty times, for one byte of the input; never when that is used up. */
    static boolean seldom(FuzzedDataProvider data) {
        return data.consumeByte((byte) 0, (byte) 20) == 20;
    }

    /** A number, little-endian. */
    static void put(ByteArrayOutputStream bytes, int lengthBytes, long value) {
        for (int i = 0; i < lengthBytes; i++) {
            bytes.write((int) (value >> i * Byte.SIZE));
        }
    }

    private void delete() {
        try (var files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
            Files.delete(folder);
        } catch (IOException e) {
            // the system's folder for such files is emptied by the system
        }
    }
}
