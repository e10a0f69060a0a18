package org.carillon.launcher.sound;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import org.carillon.api.port.CarillonException;
import org.carillon.sampler.Sampler;
import org.carillon.sampler.SamplerOptions;
import org.carillon.sampler.SamplerStatistics;
import org.carillon.sampler.format.WavWriter;
import org.carillon.sampler.graph.MessageList;
import org.carillon.sampler.graph.TimedSampler;
import org.carillon.sampler.instrument.Instrument;
import org.carillon.sampler.output.FrameSink;
import org.carillon.sampler.output.OutputException;
import org.carillon.sampler.output.OutputOptions;
import org.carillon.sampler.output.WavOutput;

/**
 * Sound into a file, off line, by the code that plays live. The same music, instrument and options give the same bytes.
 * The file ends when the last voice has died away, at most ten seconds after the music. It never clips: music that
 * would is made a second time with less gain, so that its peak is 1 dB below full scale.
 */
public final class WavRender {
    private static final int CHANNELS = 2;
    private static final long NS_PER_S = 1_000_000_000L;
    private static final int MAX_TAIL_S = 10;
    /** A file that says more is damaged. */
    private static final long MAX_MUSIC_NS = TimeUnit.HOURS.toNanos(24);
    /** The largest value that 16 bits can say. */
    private static final double FULL_SCALE = 32_767.0 / 32_768;
    private static final double LOWERED_PEAK_DBFS = -1;
    private static final int MIN_BLOCK_FRAMES = 16;

    private final Music music;
    private final Instrument instrument;
    private final RenderOptions options;
    private final LongConsumer progress;

    /** What is played; asked for once or twice, and the same each time. */
    public interface Music {
        /** Writes the messages into an empty list, and says how long the music is, nanoseconds. */
        long writeTo(MessageList list);
    }

    private record Pass(long musicNs, LevelMeter meter, long messages, boolean isCut, SamplerStatistics statistics) {}

    /** @param progress hears now and then how many frames of music have been made; again from 0 for a second pass. */
    public WavRender(Music music, Instrument instrument, RenderOptions options, LongConsumer progress) {
        this.music = music;
        this.instrument = instrument;
        this.options = options;
        this.progress = progress;
    }

    /**
     * Makes the file; until it is whole, one of that name stays as it was.
     *
     * @throws CarillonException where it cannot be written.
     */
    public Rendered to(Path file) {
        long startNs = System.nanoTime();
        boolean isPlain = !Files.exists(file) || Files.isRegularFile(file);
        Path target = file.toAbsolutePath();
        Path beside = isPlain
                ? target.resolveSibling("." + target.getFileName() + "." + ProcessHandle.current().pid() + "-"
                        + Long.toHexString(startNs))
                : target;
        if (isPlain) {
            beside.toFile().deleteOnExit(); // an end by Ctrl-C leaves nothing half done
        }
        try {
            double gainDb = options.gainDb();
            Pass pass = pass(beside, gainDb);
            boolean isLowered = pass.meter.peak() > FULL_SCALE;
            if (isLowered) {
                gainDb += LOWERED_PEAK_DBFS - pass.meter.peakDbfs();
                pass = pass(beside, gainDb);
            }
            if (isPlain) {
                Files.move(beside, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            }
            return new Rendered(file, options.sampleRateHz(), pass.musicNs, pass.meter.frames(),
                    System.nanoTime() - startNs, gainDb, isLowered, pass.meter, pass.messages, pass.isCut,
                    pass.statistics);
        } catch (IOException | UncheckedIOException e) {
            throw failed("WAV file must be writable: file=" + file + ", reason=" + e);
        } catch (OutputException e) {
            throw failed("sound cannot be made: file=" + file + ", reason=" + e.getMessage() + ", " + e.getCause());
        } finally {
            if (isPlain) {
                beside.toFile().delete();
            }
        }
    }

    private static CarillonException failed(String message) {
        return new CarillonException(CarillonException.Kind.FAILED, message);
    }

    private Pass pass(Path file, double gainDb) throws IOException {
        MessageList list = new MessageList();
        long musicNs = music.writeTo(list);
        if (musicNs > MAX_MUSIC_NS) {
            throw failed("music must be at most 24 hours long: seconds=" + musicNs / NS_PER_S);
        }
        long musicFrames = frames(Math.max(musicNs, list.endNs()));
        long limitFrames = musicFrames + (long) MAX_TAIL_S * options.sampleRateHz();
        Sampler sampler = Sampler.create(SamplerOptions.at(options.sampleRateHz()).withChannels(CHANNELS)
                .withPolyphony(options.polyphony()).withBlockFrames(options.blockFrames()));
        sampler.setInstrument(instrument);
        TimedSampler timed = TimedSampler.offLine(sampler, list);
        LevelMeter meter = new LevelMeter(CHANNELS);
        FrameSink sink = new Metered(new WavWriter(file, options.sampleRateHz(), CHANNELS, options.encoding()), meter,
                (float) LevelMeter.factor(gainDb));
        try (WavOutput output = new WavOutput(OutputOptions.named("render").withChannels(CHANNELS)
                .withFormat(options.sampleRateHz(), Math.max(MIN_BLOCK_FRAMES, options.blockFrames())), sink)) {
            output.start(timed);
            output.pullUntil(() -> {
                long frames = meter.frames();
                progress.accept(Math.min(frames, musicFrames));
                return frames >= musicFrames && timed.isSilent() || frames >= limitFrames;
            });
        }
        return new Pass(musicNs, meter, timed.messages(), !timed.isSilent(), sampler.statistics());
    }

    private long frames(long timeNs) {
        return timeNs / NS_PER_S * options.sampleRateHz()
                + Math.ceilDiv(timeNs % NS_PER_S * options.sampleRateHz(), NS_PER_S);
    }

    /** On its way into a file, sound is made louder or softer, and measured as it will be there. */
    private record Metered(WavWriter writer, LevelMeter meter, float factor) implements FrameSink {
        @Override
        public void write(float[] buffer, int frames) throws IOException {
            for (int i = 0; i < frames * CHANNELS; i++) {
                buffer[i] *= factor;
            }
            meter.add(buffer, frames);
            writer.write(buffer, frames);
        }

        @Override
        public void close() throws IOException {
            writer.close();
        }
    }
}
