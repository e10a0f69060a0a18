package org.carillon.sampler.output;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.carillon.sampler.BlockSource;

/**
 * Keeps the sound in a sink, off line: as fast as it can be made, the first frame at time 0. Blocks are taken on the
 * thread that calls {@link #pull} and on no other, with any garbage collector. A block that the source fails to make
 * ends the pull, for a file with a hole is worth nothing.
 */
public final class WavOutput implements AudioOutput {
    private final StateNotice notice = new StateNotice();
    private final OutputOptions options;
    private final FrameSink sink;
    private volatile Renderer renderer;
    private long frame;

    /** @param sink closed with this output. */
    public WavOutput(OutputOptions options, FrameSink sink) {
        this.options = options;
        this.sink = sink;
    }

    @Override
    public String name() {
        return "off line";
    }

    @Override
    public int sampleRateHz() {
        return options.sampleRateHz();
    }

    @Override
    public int channels() {
        return options.channels();
    }

    @Override
    public int blockFrames() {
        return options.blockFrames();
    }

    @Override
    public synchronized void start(BlockSource source, OutputListener listener) {
        AudioThread.checkFirst(renderer, state() == OutputState.CLOSED);
        renderer = new Renderer(source, options.channels(), options.blockFrames());
        notice.listenTo(listener);
        notice.change(OutputState.RUNNING, "sound is kept off line");
    }

    /**
     * Takes so many frames from the source and keeps them; the last block may be shorter.
     *
     * @throws UncheckedIOException when the sink fails.
     * @throws OutputException      when the source fails.
     */
    public synchronized void pull(long frames) {
        long end = frame + frames;
        while (frame < end) {
            pullBlock((int) Math.min(options.blockFrames(), end - frame));
        }
    }

    /** Takes whole blocks until told, asked after each; otherwise as {@link #pull}. */
    public synchronized void pullUntil(BooleanSupplier isDone) {
        do {
            pullBlock(options.blockFrames());
        } while (!isDone.getAsBoolean());
    }

    @Override
    public OutputState state() {
        return notice.state();
    }

    @Override
    public OutputStatistics statistics() {
        return AudioThread.statistics(renderer, 0, 0);
    }

    @Override
    public Optional<Throwable> failure() {
        Renderer current = renderer;
        return current == null ? notice.failure() : current.failure().or(notice::failure);
    }

    @Override
    public synchronized void close() {
        if (state() == OutputState.CLOSED) {
            return;
        }
        notice.change(OutputState.CLOSED, "ended: frames=" + frame);
        try {
            sink.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void pullBlock(int frames) {
        if (state() != OutputState.RUNNING) {
            throw new IllegalStateException("output must be running to pull: state=" + state());
        }
        Renderer current = renderer;
        current.restart(); // nobody calls at a rate here, so none can be late
        current.render(frames, options.sampleRateHz(), FrameTime.toNs(frame, options.sampleRateHz()));
        if (current.failure().isPresent()) {
            throw new OutputException("source failed: frame=" + frame, current.failure().get());
        }
        try {
            sink.write(current.buffer(), frames);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        frame += frames;
    }
}
