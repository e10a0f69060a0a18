package org.carillon.platform.jack;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT_UNALIGNED;

import java.lang.foreign.MemorySegment;

/** A port of a client. Its samples are read and written within {@link JackCycle#run} only. */
public final class JackPort {
    /** What flows through a port. */
    public enum Kind {
        /** 32-bit floating-point samples, one channel. */
        AUDIO("32 bit float mono audio"),
        /** MIDI messages with their frame. */
        MIDI("8 bit raw midi");

        final String type;

        Kind(String type) {
            this.type = type;
        }
    }

    /** Which way it flows, as its own client sees it. */
    public enum Way {
        /** The client reads. */
        INPUT(0x1),
        /** The client writes. */
        OUTPUT(0x2);

        final long flag;

        Way(long flag) {
            this.flag = flag;
        }
    }

    static final long PHYSICAL_FLAG = 0x4;

    private final long handle;
    private final String name;

    JackPort(long handle, String name) {
        this.handle = handle;
        this.name = name;
    }

    /** The whole name, {@code client:port}. */
    public String name() {
        return name;
    }

    /**
     * Writes one channel out of interleaved samples to an audio output.
     *
     * @param frames as the cycle was told.
     */
    public void write(float[] interleaved, int channel, int channels, int frames) {
        long address = buffer(frames);
        if (channels == 1) {
            MemorySegment.copy(interleaved, 0, LibJack.MEMORY, JAVA_FLOAT_UNALIGNED, address, frames);
            return;
        }
        int from = channel;
        for (int frame = 0; frame < frames; frame++) {
            LibJack.MEMORY.set(JAVA_FLOAT_UNALIGNED, address + ((long) frame << 2), interleaved[from]);
            from += channels;
        }
    }

    /** Writes silence to an audio output. */
    public void silence(int frames) {
        long address = buffer(frames);
        for (int frame = 0; frame < frames; frame++) {
            LibJack.MEMORY.set(JAVA_FLOAT_UNALIGNED, address + ((long) frame << 2), 0);
        }
    }

    /**
     * Reads an audio input into one channel of interleaved samples.
     *
     * @param frames as the cycle was told.
     */
    public void read(float[] interleaved, int channel, int channels, int frames) {
        long address = buffer(frames);
        int to = channel;
        for (int frame = 0; frame < frames; frame++) {
            interleaved[to] = LibJack.MEMORY.get(JAVA_FLOAT_UNALIGNED, address + ((long) frame << 2));
            to += channels;
        }
    }

    /**
     * Where the port's buffer of this cycle stands in memory: for audio {@code frames} floats. The address holds for
     * one cycle; PipeWire changes it.
     */
    public long buffer(int frames) {
        try {
            return (long) LibJack.PORT_GET_BUFFER.invokeExact(handle, frames);
        } catch (Throwable thrown) {
            throw LibJack.unexpected(thrown);
        }
    }

    long handle() {
        return handle;
    }
}
