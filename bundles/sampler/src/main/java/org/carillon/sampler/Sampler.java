package org.carillon.sampler;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.carillon.platform.Grant;
import org.carillon.platform.Platform;
import org.carillon.sampler.instrument.Instrument;
import org.carillon.sampler.instrument.Program;
import org.carillon.sampler.instrument.Region;
import org.carillon.sampler.instrument.Sample;
import org.carillon.sampler.voice.Engine;
import org.carillon.sampler.voice.PatchSet;

/**
 * Sound from samples, as a plain object: messages in from any thread, frames out in the caller's audio callback.
 * Sixteen MIDI channels play one instrument, each its own program of it.
 * <p>
 * {@link #process}, {@link #render} and {@link #sendAt} belong to one audio thread at a time: they neither wait nor
 * allocate. All other methods may be called by any thread. The same messages at the same frames give the same bits,
 * whatever the size of the blocks.
 */
public final class Sampler implements BlockSource, AutoCloseable {
    private static final int NOTE_OFF = 0x80;
    private static final int NOTE_ON = 0x90;
    private static final int CONTROL_CHANGE = 0xB0;
    private static final int PROGRAM_CHANGE = 0xC0;
    private static final int PITCH_BEND = 0xE0;
    private static final int DATA_BITS = 7;
    private static final int MAX_DATA = 127;
    private static final Instrument NOTHING = Instrument.of("nothing", List.of());

    private final SamplerOptions options;
    private final Engine engine;
    private final AtomicLong xruns = new AtomicLong();
    private final Object control = new Object();
    private volatile Instrument instrument = NOTHING;
    private volatile boolean isClosed;
    /** 0: not asked for. */
    private volatile int priority;
    private volatile Grant realTime;
    /** The audio thread, as it was at its last block. */
    private Thread prioritised;

    private Sampler(SamplerOptions options) {
        this.options = options;
        int ringCapacity = Integer.highestOneBit(options.eventCapacity() * 2 - 1);
        engine = new Engine(options.sampleRateHz(), options.channels(), options.polyphony(), ringCapacity,
                new PatchSet(NOTHING, options.sampleRateHz()));
    }

    /** A sampler that is silent until it is given an instrument. All its memory is allocated here. */
    public static Sampler create(SamplerOptions options) {
        return new Sampler(options);
    }

    public SamplerOptions options() {
        return options;
    }

    /** One line for the log: how the voices are computed at the moment. */
    public String describe() {
        return options.describe(engine.kernelName());
    }

    /**
     * Waits until the voices run as fast as they can. Until then, for about the first second of a process, they run on
     * plain arrays and sound the same. Not for the audio thread.
     *
     * @return false when that took longer than the limit.
     */
    public boolean warmUp(Duration limit) throws InterruptedException {
        return Engine.warmUp(limit.toNanos());
    }

    /**
     * Asks for real-time priority for the audio thread: whichever thread renders the next block asks the system then,
     * once. A refusal is no error; {@link #realTime} tells.
     *
     * @param priority 1 to 99, the highest.
     */
    public void enableRealTime(int priority) {
        this.priority = Arguments.priority(priority);
    }

    /** What the system answered to {@link #enableRealTime}; empty until the audio thread has asked. */
    public Optional<Grant> realTime() {
        return Optional.ofNullable(realTime);
    }

    /**
     * Replaces the instrument with the next block; notes that sound ring out with what they have. Channels keep their
     * program numbers.
     */
    public void setInstrument(Instrument replacement) {
        Arguments.instrument(replacement);
        synchronized (control) {
            engine.play(new PatchSet(replacement, options.sampleRateHz()));
            instrument = replacement;
        }
    }

    /** What was set last. */
    public Instrument instrument() {
        return instrument;
    }

    /**
     * Adds a sample to the first program. For many samples it is cheaper to make an {@link Instrument} of them.
     *
     * @param rootKey key on which it has its own pitch.
     */
    public void addSample(Sample sample, int rootKey, int loKey, int hiKey, int loVelocity, int hiVelocity) {
        Region.Builder region = Region.of(sample);
        region.rootKey = rootKey;
        region.loKey = loKey;
        region.hiKey = hiKey;
        region.loVelocity = loVelocity;
        region.hiVelocity = hiVelocity;
        Region added = region.build();
        synchronized (control) {
            List<Program> programs = new ArrayList<>(instrument.programs());
            Program first = programs.getFirst();
            List<Region> regions = new ArrayList<>(first.regions());
            regions.add(added);
            programs.set(0, new Program(first.bank(), first.number(), first.name(), regions));
            setInstrument(new Instrument(instrument.name(), programs));
        }
    }

    /**
     * Starts a note with the next block.
     *
     * @param channel  0 to 15, here and below.
     * @param key      0 to 127.
     * @param velocity 1 to 127; 0 ends the note.
     * @return false, and counted, when too many messages wait; here and below.
     */
    public boolean noteOn(int channel, int key, int velocity) {
        return send(NOTE_ON | Arguments.channel(channel), key, velocity);
    }

    public boolean noteOff(int channel, int key) {
        return send(NOTE_OFF | Arguments.channel(channel), key, 0);
    }

    /** Controller 0 to 127 gets a value of 0 to 127. */
    public boolean controlChange(int channel, int controller, int value) {
        return send(CONTROL_CHANGE | Arguments.channel(channel), controller, value);
    }

    /** Program 0 to 127 of the bank that controllers 0 and 32 have chosen. */
    public boolean programChange(int channel, int program) {
        return send(PROGRAM_CHANGE | Arguments.channel(channel), program, 0);
    }

    /** Pitch wheel, -8,192 to 8,191. */
    public boolean pitchBend(int channel, int value) {
        int raw = Arguments.rawBend(value);
        return send(PITCH_BEND | Arguments.channel(channel), raw & MAX_DATA, raw >>> DATA_BITS);
    }

    /**
     * Any MIDI 1.0 message but system exclusive, for the next block's first frame. Does not wait and does not allocate.
     * What a sampler has no use for is accepted and does nothing.
     *
     * @param status 128 to 255.
     * @param data1  0 to 127; 0 where the message has none, and so data2.
     */
    public boolean send(int status, int data1, int data2) {
        return !isClosed && engine.offer(status, data1, data2);
    }

    /**
     * A message for an exact frame of the block that this audio thread renders next, or of a later one. Messages of
     * one frame keep their order; those of {@link #send} come before them.
     *
     * @param frame counted from the first frame of that block.
     * @return false, and counted, when 1,024 wait already.
     */
    public boolean sendAt(int frame, int status, int data1, int data2) {
        return !isClosed && engine.schedule(frame, status, data1, data2);
    }

    /**
     * Renders the next frames, in the caller's audio callback.
     *
     * @param buffer interleaved, overwritten; full scale is ±1, and nothing is clipped.
     * @param frames any number that the buffer has room for.
     */
    public void process(float[] buffer, int frames) {
        Objects.checkFromIndexSize(0, frames * options.channels(), buffer.length);
        if (isClosed) {
            Arrays.fill(buffer, 0, frames * options.channels(), 0);
            return;
        }
        if (priority != 0) {
            prioritise();
        }
        engine.process(buffer, frames);
    }

    private void prioritise() {
        Thread thread = Thread.currentThread();
        if (thread != prioritised) {
            prioritised = thread;
            realTime = Platform.current().fifo(priority);
        }
    }

    @Override
    public void render(float[] buffer, int frames, long startNs) {
        process(buffer, frames);
    }

    /** Whether no voice was left at the end of the last block, not even one that fades out. */
    public boolean isSilent() {
        return engine.isSilent();
    }

    /** Tells that the output was too late, so that it shows in the statistics. */
    public void addXruns(long count) {
        xruns.addAndGet(count);
    }

    /** A look that the audio thread does not notice. */
    public SamplerStatistics statistics() {
        return new SamplerStatistics(engine.frames(), xruns.get(), engine.activeVoices(), engine.peakVoices(),
                engine.stolenVoices(), engine.droppedMessages());
    }

    /** Silent from the next block on; what is sent is refused. */
    @Override
    public void close() {
        isClosed = true;
    }
}
