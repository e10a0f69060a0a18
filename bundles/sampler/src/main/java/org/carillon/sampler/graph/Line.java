package org.carillon.sampler.graph;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.carillon.sampler.output.AudioOutput;
import org.carillon.sampler.output.JackOutput;
import org.carillon.sampler.output.JavaSoundOutput;
import org.carillon.sampler.output.NullOutput;
import org.carillon.sampler.output.OutputException;
import org.carillon.sampler.output.OutputListener;
import org.carillon.sampler.output.OutputOptions;
import org.carillon.sampler.output.OutputState;
import org.carillon.sampler.output.Outputs;

/** An open output with the seat for its audio thread, and what it has told last. */
final class Line implements OutputListener {
    final AudioOutput output;
    final Seat seat;
    /** Plays to nowhere because what is wished is not there. */
    final boolean isStandIn;
    private final Runnable onChange;
    private volatile OutputState state = OutputState.READY;
    private volatile String notice = "";
    private volatile boolean isReformatted;

    private Line(AudioOutput output, Seat seat, boolean isStandIn, Runnable onChange) {
        this.output = output;
        this.seat = seat;
        this.isStandIn = isStandIn;
        this.onChange = onChange;
    }

    /**
     * Opens what is wished; it takes blocks, and gets silence until it is given a source.
     *
     * @param onChange called when it has something to tell.
     * @throws OutputException when it is not there.
     */
    static Line open(SamplerSettings settings, AtomicBoolean isBusy, Runnable onChange) {
        OutputOptions options = settings.options();
        Supplier<AudioOutput> opener = switch (settings.way()) {
            case BEST -> () -> Outputs.best(options);
            case JACK -> () -> new JackOutput(options);
            case JAVASOUND -> () -> javaSound(options);
            case NONE -> () -> new NullOutput(options);
        };
        return new Line(opener.get(), new Seat(isBusy), false, onChange).start();
    }

    /** A Java without a desktop has no javax.sound. */
    private static AudioOutput javaSound(OutputOptions options) {
        try {
            return new JavaSoundOutput(options);
        } catch (LinkageError e) {
            throw new OutputException("this Java has no javax.sound: reason=" + e.getMessage(), e);
        }
    }

    /** Opens an output to nowhere, which nobody hears, whatever the garbage collector. */
    static Line standIn(SamplerSettings settings, int sampleRateHz, AtomicBoolean isBusy, Runnable onChange) {
        OutputOptions options = settings.options().withAnyCollector().withFormat(sampleRateHz,
                settings.options().blockFrames());
        return new Line(new NullOutput(options), new Seat(isBusy), true, onChange).start();
    }

    private Line start() {
        output.start(seat, this);
        return this;
    }

    @Override
    public void formatChanged(int sampleRateHz, int blockFrames) {
        seat.give(null); // what it had was made for another format
        isReformatted = true;
        onChange.run();
    }

    @Override
    public void stateChanged(OutputState newState, String newNotice) {
        notice = newNotice;
        state = newState;
        onChange.run();
    }

    OutputState state() {
        return state;
    }

    /** What it said last. */
    String notice() {
        return notice;
    }

    /** Whether its format has changed since the last time that this was asked. */
    boolean takeReformatted() {
        boolean was = isReformatted;
        isReformatted = false;
        return was;
    }

    void close() {
        seat.take();
        output.close();
    }
}
