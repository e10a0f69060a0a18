package org.carillon.sampler.output;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.carillon.platform.Platform;
import org.carillon.platform.WaitPoint;
import org.carillon.sampler.BlockSource;

/**
 * Takes blocks at the speed of sound and throws them away: for machines without a sound card, and for measuring.
 * <p>
 * Dates are counted in frames from the start, so it never drifts. Blocks whose time has passed altogether are left out,
 * as a sound card would have played nothing; that is what it counts as xruns of the backend.
 */
public final class NullOutput implements AudioOutput {
    private static final VarHandle WORD = ValueLayout.JAVA_INT.withOrder(ByteOrder.LITTLE_ENDIAN).varHandle();
    private static final int AWAKE = 0;
    private static final int WAITING = 1;
    private static final long SLACK_NS = 1;

    private final StateNotice notice = new StateNotice();
    private final AtomicLong leftOut = new AtomicLong();
    private final OutputOptions options;
    private final WaitPoint waitPoint;
    private final MemorySegment word;
    private volatile Renderer renderer;
    private volatile boolean isClosing;
    private AudioThread thread;

    /** @throws OutputException when the garbage collector does not allow live sound. */
    public NullOutput(OutputOptions options) {
        Collectors.check(options);
        this.options = options;
        waitPoint = Platform.current().newWaitPoint();
        word = waitPoint.word();
    }

    @Override
    public String name() {
        return "none, at the speed of sound";
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
        AudioThread.checkFirst(renderer, isClosing);
        renderer = new Renderer(source, options.channels(), options.blockFrames());
        notice.listenTo(listener);
        notice.change(OutputState.RUNNING, "blocks are taken and thrown away: sampleRateHz=" + sampleRateHz()
                + ", blockFrames=" + blockFrames());
        thread = AudioThread.start("audio-null", options.fifoPriority(), this::run);
    }

    @Override
    public OutputState state() {
        return notice.state();
    }

    @Override
    public OutputStatistics statistics() {
        return AudioThread.statistics(renderer, leftOut.get(), 0);
    }

    @Override
    public Optional<Throwable> failure() {
        Renderer current = renderer;
        return current == null ? notice.failure() : current.failure().or(notice::failure);
    }

    @Override
    public synchronized void close() {
        isClosing = true;
        WORD.setVolatile(word, 0L, AWAKE);
        waitPoint.wake();
        if (thread != null) {
            thread.join();
        }
        notice.change(OutputState.CLOSED, "ended");
    }

    private void run() {
        Platform.current().timerSlack(SLACK_NS); // the priority, when given, makes it needless
        waitPoint.warmUp();
        int rateHz = options.sampleRateHz();
        int frames = options.blockFrames();
        long originNs = System.nanoTime();
        long frame = frames;
        while (!isClosing) {
            long dueNs = originNs + FrameTime.toNs(frame, rateHz);
            sleepUntil(dueNs);
            renderer.render(frames, rateHz, dueNs);
            frame += frames;
            long blocksBehind = (System.nanoTime() - originNs - FrameTime.toNs(frame, rateHz))
                    / FrameTime.toNs(frames, rateHz);
            if (blocksBehind > 0) {
                frame += blocksBehind * frames;
                leftOut.setOpaque(leftOut.getPlain() + 1);
            }
        }
    }

    private void sleepUntil(long dueNs) {
        while (!isClosing && dueNs - System.nanoTime() > 0) {
            WORD.setVolatile(word, 0L, WAITING);
            if (!isClosing) {
                waitPoint.await(dueNs);
            }
        }
    }
}
