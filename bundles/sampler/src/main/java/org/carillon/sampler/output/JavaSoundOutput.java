package org.carillon.sampler.output;

import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioSystem;
import javax.sound.sampled.DataLine;
import javax.sound.sampled.LineUnavailableException;
import javax.sound.sampled.SourceDataLine;
import org.carillon.sampler.BlockSource;

/**
 * Sound by {@code javax.sound.sampled}, 16 bits, at the default card: the last resort. It needs the module
 * {@code java.desktop}, and cannot tell xruns; a buffer found empty is counted as one. A card that goes away is looked
 * for until it returns.
 */
public final class JavaSoundOutput implements AudioOutput {
    private static final int BITS = 16;
    private static final int BUFFER_BLOCKS = 4;
    private static final long RETRY_NS = TimeUnit.MILLISECONDS.toNanos(500);
    private static final int FOLLOW_SHIFT = 4;

    private final StateNotice notice = new StateNotice();
    private final AtomicLong emptied = new AtomicLong();
    private final AtomicLong interruptions = new AtomicLong();
    private final OutputOptions options;
    private final AudioFormat format;
    private final LineOpener opener;
    private final byte[] bytes;
    private volatile SourceDataLine line;
    private volatile Renderer renderer;
    private volatile boolean isClosing;
    private AudioThread thread;
    private long dueNs;

    /** Opens a line of the system. */
    interface LineOpener {
        SourceDataLine open(AudioFormat format, int bufferBytes) throws LineUnavailableException;
    }

    /** @throws OutputException when no card can be opened, or the garbage collector does not allow live sound. */
    public JavaSoundOutput(OutputOptions options) {
        this(options, JavaSoundOutput::openDefault);
    }

    JavaSoundOutput(OutputOptions options, LineOpener opener) {
        Collectors.check(options);
        this.options = options;
        this.opener = opener;
        format = new AudioFormat(options.sampleRateHz(), BITS, options.channels(), true, false);
        bytes = new byte[options.blockFrames() * format.getFrameSize()];
        try {
            line = opener.open(format, bytes.length * BUFFER_BLOCKS);
        } catch (LineUnavailableException | IllegalArgumentException e) {
            throw new OutputException("no sound card that Java can open: format=" + format + ", reason="
                    + e.getMessage(), e);
        }
    }

    private static SourceDataLine openDefault(AudioFormat format, int bufferBytes) throws LineUnavailableException {
        var opened = (SourceDataLine) AudioSystem.getLine(new DataLine.Info(SourceDataLine.class, format));
        opened.open(format, bufferBytes);
        return opened;
    }

    @Override
    public String name() {
        return "javax.sound, " + format;
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
        notice.change(OutputState.RUNNING, "sound goes to the card: " + name());
        thread = AudioThread.start("audio-javasound", options.fifoPriority(), this::run);
    }

    @Override
    public OutputState state() {
        return notice.state();
    }

    @Override
    public OutputStatistics statistics() {
        return AudioThread.statistics(renderer, emptied.get(), interruptions.get());
    }

    @Override
    public Optional<Throwable> failure() {
        Renderer current = renderer;
        return current == null ? notice.failure() : current.failure().or(notice::failure);
    }

    @Override
    public synchronized void close() {
        isClosing = true;
        SourceDataLine open = line;
        if (open != null) {
            open.stop(); // ends a write that waits
            open.close();
        }
        if (thread != null) {
            LockSupport.unpark(thread.thread());
            thread.join();
        }
        notice.change(OutputState.CLOSED, "ended");
    }

    private void run() {
        while (!isClosing) {
            SourceDataLine open = line == null ? reopen() : line;
            if (open == null) {
                LockSupport.parkNanos(this, RETRY_NS);
            } else {
                play(open);
                open.close();
                line = null;
                lose();
            }
        }
    }

    private void play(SourceDataLine open) {
        renderer.restart();
        dueNs = System.nanoTime();
        open.start();
        int written = bytes.length;
        boolean isFilled = false;
        while (!isClosing && written == bytes.length) {
            if (open.available() == open.getBufferSize() && isFilled) {
                emptied.setOpaque(emptied.getPlain() + 1);
            }
            isFilled = true;
            renderer.render(options.blockFrames(), options.sampleRateHz(), follow());
            toPcm(renderer.buffer(), bytes);
            written = open.write(bytes, 0, bytes.length);
        }
    }

    /** The card's pace, smoothed: a line takes blocks in bursts. */
    private long follow() {
        long periodNs = FrameTime.toNs(options.blockFrames(), options.sampleRateHz());
        long errorNs = System.nanoTime() - dueNs;
        dueNs += Math.abs(errorNs) > BUFFER_BLOCKS * periodNs ? errorNs : errorNs >> FOLLOW_SHIFT;
        long startNs = dueNs;
        dueNs += periodNs;
        return startNs;
    }

    private void lose() {
        if (!isClosing) {
            interruptions.incrementAndGet();
            notice.change(OutputState.GONE, "sound card is gone; looking for it: everyMs="
                    + TimeUnit.NANOSECONDS.toMillis(RETRY_NS));
        }
    }

    private SourceDataLine reopen() {
        try {
            line = opener.open(format, bytes.length * BUFFER_BLOCKS);
        } catch (LineUnavailableException | IllegalArgumentException e) {
            return null;
        }
        if (isClosing) { // close has not seen it
            line.close();
            return null;
        }
        notice.change(OutputState.RUNNING, "sound card is back: " + name());
        return line;
    }

    /** Little-endian, clipped at full scale, rounded to the nearest. */
    static void toPcm(float[] from, byte[] to) {
        for (int i = 0, at = 0; at < to.length; i++, at += 2) {
            int sample = Math.round(Math.clamp(from[i], -1f, 1f) * Short.MAX_VALUE);
            to[at] = (byte) sample;
            to[at + 1] = (byte) (sample >> Byte.SIZE);
        }
    }
}
