package org.carillon.launcher.sound;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.carillon.api.session.Session;
import org.carillon.api.session.Sessions;
import org.carillon.sampler.BlockSource;
import org.carillon.sampler.Sampler;
import org.carillon.sampler.SamplerOptions;
import org.carillon.sampler.SamplerStatistics;
import org.carillon.sampler.graph.TimedSampler;
import org.carillon.sampler.instrument.Instrument;
import org.carillon.sampler.output.AudioOutput;
import org.carillon.sampler.output.OutputListener;
import org.carillon.sampler.output.OutputState;
import org.carillon.sampler.output.OutputStatistics;

/** A sampler as a destination of the server, heard at once. */
public final class LiveSound implements AutoCloseable {
    private static final String SESSION = "sampler";
    private static final String PORT = "in";
    private static final long STEP_NS = TimeUnit.MILLISECONDS.toNanos(2);
    private static final long RUNNING_LIMIT_NS = TimeUnit.SECONDS.toNanos(5);

    private final Session session;
    private final String destination;
    private final SessionFeed feed;
    private final Instrument instrument;
    private final AudioOutput output;
    private final LevelMeter meter;
    private final float factor;
    /** Made anew when a sound server comes back with another rate; the output does not render meanwhile. */
    private volatile Stage stage;

    private record Stage(Sampler sampler, TimedSampler timed) {}

    /**
     * Begins; returns when the output plays, or some seconds later.
     *
     * @param output opened, not started; closed with this.
     * @param gainDb louder, or softer where negative; nothing keeps it from clipping.
     */
    public LiveSound(Sessions sessions, Instrument instrument, AudioOutput output, double gainDb) {
        this.instrument = instrument;
        factor = (float) LevelMeter.factor(gainDb);
        this.output = output;
        session = sessions.open(SESSION);
        destination = session.destination(PORT).name();
        feed = new SessionFeed(session);
        meter = new LevelMeter(output.channels());
        stage = stage(output.sampleRateHz(), output.blockFrames());
        BlockSource source = this::render;
        output.start(source, new OutputListener() {
            @Override
            public void formatChanged(int sampleRateHz, int blockFrames) {
                stage = stage(sampleRateHz, blockFrames);
            }
        });
        await(() -> output.state() == OutputState.RUNNING, RUNNING_LIMIT_NS);
    }

    private Stage stage(int sampleRateHz, int blockFrames) {
        Sampler sampler = Sampler.create(SamplerOptions.at(sampleRateHz).withChannels(output.channels())
                .withBlockFrames(blockFrames));
        sampler.setInstrument(instrument);
        return new Stage(sampler, TimedSampler.live(sampler, feed, blockFrames));
    }

    private void render(float[] buffer, int frames, long startNs) {
        stage.timed.render(buffer, frames, startNs);
        for (int i = 0; i < frames * output.channels(); i++) {
            buffer[i] *= factor;
        }
        meter.add(buffer, frames);
    }

    /** The port to send to. */
    public String destination() {
        return destination;
    }

    /** Where the sound goes. */
    public String outputName() {
        return output.name();
    }

    /** Of the sampler, since it last began. */
    public SamplerStatistics statistics() {
        return stage.sampler.statistics();
    }

    /** Of the output. */
    public OutputStatistics outputStatistics() {
        return output.statistics();
    }

    /** Messages that came too late for their frame. */
    public long lateMessages() {
        return stage.timed.lateMessages();
    }

    /** How loud it was; looked at after the end. */
    public LevelMeter meter() {
        return meter;
    }

    /** Waits until no voice sounds, or the time is over. */
    public void awaitSilence(long limitNs) {
        await(() -> stage.sampler.isSilent(), limitNs);
    }

    private static void await(BooleanSupplier condition, long limitNs) {
        long untilNs = System.nanoTime() + limitNs;
        while (!condition.getAsBoolean() && System.nanoTime() - untilNs < 0) {
            LockSupport.parkNanos(STEP_NS);
        }
    }

    /** Ends the sound, then the port. */
    @Override
    public void close() {
        output.close();
        session.close();
    }
}
