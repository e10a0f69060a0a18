package org.carillon.sampler.graph;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.carillon.sampler.Sampler;
import org.carillon.sampler.instrument.Instrument;
import org.carillon.sampler.output.OutputException;
import org.carillon.sampler.output.OutputState;

/**
 * Makes a sampler sound as its configuration says: fetches the instrument, opens the output, replaces either when it
 * must. While the output is not there, the sampler plays to nowhere, so that it stands right when the output returns.
 * One thread of its own does all this; others only tell it that something has changed.
 */
final class Stage {
    private static final System.Logger LOG = System.getLogger(Stage.class.getName());
    private static final long RETRY_NS = 2_000_000_000L;
    private static final long REST_NS = RETRY_NS / 4;
    private static final long COMING_LIMIT_NS = 10_000_000_000L;
    private static final long RING_OUT_NS = 500_000_000L;
    private static final long LOOK_NS = 20_000_000L;
    private static final long JOIN_LIMIT_MS = 4_000;

    private final RingFeed feed;
    private final ChannelMemory memory;
    private final StagePort port;
    private final AtomicBoolean isBusy = new AtomicBoolean();
    private final Object loading = new Object();
    private final Thread thread;
    private volatile SamplerSettings wanted;
    private volatile boolean isClosing;
    private boolean isLoading;

    // of its thread; volatile for those who look
    private volatile Playing playing;
    private volatile Instrument instrument;
    private volatile String instrumentTrouble = "";
    private volatile String outputTrouble = "";
    private SamplerSettings fetchedFor;
    private SamplerSettings openedFor;
    private Line coming;
    private long comingSinceNs;
    private long nextTryNs = System.nanoTime();

    /** What sounds at the moment, in one piece. */
    record Playing(Line line, Sampler sampler, TimedSampler timed, Fader fader, long formerMessages,
            long formerLateMessages) {}

    /** @param port shown as soon as it can be played. */
    Stage(SamplerSettings settings, RingFeed feed, ChannelMemory memory, StagePort port) {
        this.feed = feed;
        this.memory = memory;
        this.port = port;
        wanted = settings;
        thread = Thread.ofPlatform().daemon().name("sampler-" + settings.name()).start(this::run);
    }

    /** Takes another configuration; any thread. */
    void change(SamplerSettings settings) {
        wanted = settings;
        LockSupport.unpark(thread);
    }

    /** Lets what sounds end, for half a second at most, and closes the output. Any thread; some seconds at most. */
    void close() {
        isClosing = true;
        synchronized (loading) {
            if (isLoading) {
                thread.interrupt();
            }
        }
        LockSupport.unpark(thread);
        try {
            thread.join(JOIN_LIMIT_MS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    Playing playing() {
        return playing;
    }

    /** Name of what it plays; empty for nothing. */
    String instrumentName() {
        Instrument now = instrument;
        return now == null ? "" : now.name();
    }

    /** What is otherwise than it should be, one line; empty for nothing. */
    String trouble() {
        String one = instrumentTrouble;
        String two = outputTrouble;
        return one.isEmpty() || two.isEmpty() ? one + two : one + "; " + two;
    }

    private void run() {
        while (!isClosing) {
            try {
                step();
            } catch (RuntimeException e) {
                LOG.log(Level.ERROR, "sampler fails, trying again: name=" + wanted.name(), e);
                nextTryNs = System.nanoTime() + RETRY_NS;
            }
            if (!isClosing) {
                LockSupport.parkNanos(this, isSettled() ? REST_NS : LOOK_NS);
            }
        }
        end();
    }

    private boolean isSettled() {
        return playing != null && coming == null && wanted == fetchedFor;
    }

    private void step() {
        SamplerSettings now = wanted;
        if (fetchedFor == null || !now.hasInstrumentOf(fetchedFor)) {
            fetch(now);
        }
        fetchedFor = now;
        if (openedFor != null && !now.hasOutputOf(openedFor)) {
            reopen();
        }
        openedFor = now;
        lookAfterOutput(now);
        if (playing != null && !isClosing) {
            playing.fader.set(now.gainDb());
            port.show(now.name());
        }
    }

    private void fetch(SamplerSettings settings) {
        try {
            synchronized (loading) {
                isLoading = !isClosing;
            }
            if (isLoading) {
                Instrument fetched = InstrumentShelf.fetch(settings);
                instrument = fetched;
                instrumentTrouble = "";
                if (playing != null) {
                    playing.sampler.setInstrument(fetched);
                }
                LOG.log(Level.INFO, "sampler has an instrument: name=" + settings.name() + ", instrument="
                        + fetched.name() + ", programs=" + fetched.programs().size());
            }
        } catch (IOException | RuntimeException e) {
            instrumentTrouble = "instrument cannot be loaded, " + (instrument == null
                    ? "the sampler is silent"
                    : "the one before stays") + ": name=" + settings.name() + ", reason=" + e.getMessage();
            if (!isClosing) {
                LOG.log(Level.ERROR, instrumentTrouble);
            }
        } finally {
            synchronized (loading) {
                isLoading = false;
                Thread.interrupted();
            }
        }
    }

    /** For another output: the old one goes first, for it may have the name or the device. */
    private void reopen() {
        drop();
        if (playing != null) {
            standIn();
        }
        outputTrouble = "";
        nextTryNs = System.nanoTime();
    }

    private void lookAfterOutput(SamplerSettings settings) {
        if (playing != null && playing.line.state() == OutputState.GONE) {
            trouble("output is gone, looking for it", playing.line.notice());
            standIn();
            nextTryNs = System.nanoTime() + RETRY_NS / 4;
        }
        if (playing != null && playing.line.takeReformatted()) {
            seat(playing.line);
        }
        boolean isMissing = playing == null || playing.line.isStandIn;
        if (isMissing && coming == null && System.nanoTime() - nextTryNs >= 0) {
            open(settings);
        }
        if (coming != null) {
            welcome();
        }
    }

    private void open(SamplerSettings settings) {
        try {
            coming = Line.open(settings, isBusy, this::wake);
            comingSinceNs = System.nanoTime();
        } catch (OutputException e) {
            trouble("nothing is heard yet", e.getMessage());
            nextTryNs = System.nanoTime() + RETRY_NS;
            if (playing == null) {
                standIn();
            }
        }
    }

    private void wake() {
        LockSupport.unpark(thread);
    }

    /** Gives the turn to an output that has come, or gives it up. */
    private void welcome() {
        OutputState state = coming.state();
        if (state == OutputState.RUNNING) {
            Line former = playing == null ? null : playing.line;
            Line line = coming;
            coming = null;
            line.takeReformatted();
            seat(line);
            if (former != null) {
                former.close();
            }
            outputTrouble = "";
            LOG.log(Level.INFO, "sampler is heard: name=" + wanted.name() + ", output=" + line.output.name() + ", "
                    + line.notice());
        } else if (state != OutputState.READY || System.nanoTime() - comingSinceNs > COMING_LIMIT_NS) {
            drop();
            trouble("output does not begin, trying again", "state=" + state);
            nextTryNs = System.nanoTime() + RETRY_NS;
            if (playing == null) {
                standIn();
            }
        }
    }

    private void drop() {
        if (coming != null) {
            coming.close();
            coming = null;
        }
    }

    /** Plays to nowhere in the place of an output that is not there. */
    private void standIn() {
        Playing former = playing;
        int rateHz = former == null ? wanted.options().sampleRateHz() : former.sampler.options().sampleRateHz();
        seat(Line.standIn(wanted, rateHz, isBusy, this::wake));
        if (former != null) {
            former.line.close();
        }
    }

    /** Makes the audio thread of a line the one that plays; a sampler of another rate is made anew. */
    private void seat(Line line) {
        Playing former = playing;
        int rateHz = line.output.sampleRateHz();
        boolean isOther = former == null || former.sampler.options().sampleRateHz() != rateHz
                || former.sampler.options().polyphony() != wanted.polyphony();
        Sampler sampler = isOther ? Sampler.create(wanted.voices(rateHz)) : former.sampler;
        if (isOther && instrument != null) {
            sampler.setInstrument(instrument);
        }
        if (former != null && !former.line.seat.take()) {
            LOG.log(Level.ERROR, "audio thread does not come back from a block: output=" + former.line.output.name());
        }
        if (isOther) {
            memory.restore(sampler);
        }
        TimedSampler timed = TimedSampler.live(sampler, feed, line.output.blockFrames());
        Fader fader = new Fader(timed, sampler.options().channels(), rateHz, wanted.gainDb());
        playing = former == null
                ? new Playing(line, sampler, timed, fader, 0, 0)
                : new Playing(line, sampler, timed, fader, former.formerMessages + former.timed.messages(),
                        former.formerLateMessages + former.timed.lateMessages());
        line.seat.give(fader);
    }

    /** Says what is wrong, once until it is heard again; what follows from it is of no interest. */
    private void trouble(String what, String reason) {
        String line = "sampler: " + what + ": name=" + wanted.name() + ", reason=" + reason;
        if (outputTrouble.isEmpty()) {
            outputTrouble = line;
            LOG.log(Level.WARNING, line);
        } else {
            LOG.log(Level.DEBUG, line);
        }
    }

    private void end() {
        drop();
        Playing last = playing;
        if (last != null) {
            long startNs = System.nanoTime();
            while (!last.timed.isSilent() && System.nanoTime() - startNs < RING_OUT_NS) {
                LockSupport.parkNanos(LOOK_NS);
            }
            last.line.close();
        }
    }
}
