package org.carillon.sampler.output;

/**
 * What is wished of an output. Made by {@link #named} and the {@code with} methods.
 *
 * @param name          of the client, as others see it.
 * @param channels      1 to 64.
 * @param sampleRateHz  8 000 to 384 000; a sound server has its own.
 * @param blockFrames   16 to 8 192; a sound server has its own.
 * @param server        name of the JACK server; empty for the default.
 * @param connectTo     regular expression for the JACK inputs to connect to, in order; empty for the hardware's,
 *                      {@link #UNCONNECTED} for none.
 * @param anyCollector  true to run live under a garbage collector that stops the audio thread.
 * @param fifoPriority  wished real-time priority of the output's own audio thread, 1 to 99; 0 for none. A sound server
 *                      sets its own.
 */
public record OutputOptions(String name, int channels, int sampleRateHz, int blockFrames, String server,
        String connectTo, boolean anyCollector, int fifoPriority) {
    /** For {@link #connectTo}: leave connections to others. */
    public static final String UNCONNECTED = "-";

    /** Checks every value. */
    public OutputOptions {
        check("channels", channels, 1, 64);
        check("sampleRateHz", sampleRateHz, 8_000, 384_000);
        check("blockFrames", blockFrames, 16, 8_192);
        check("fifoPriority", fifoPriority, 0, 99);
        if (name.isBlank()) {
            throw new IllegalArgumentException("output needs a name: name=" + name);
        }
    }

    /** Stereo, 48 kHz, 256 frames, default server, connected to the hardware, priority 70. */
    public static OutputOptions named(String name) {
        return new OutputOptions(name, 2, 48_000, 256, "", "", false, 70);
    }

    /** The same with so many channels. */
    public OutputOptions withChannels(int wanted) {
        return new OutputOptions(name, wanted, sampleRateHz, blockFrames, server, connectTo, anyCollector,
                fifoPriority);
    }

    /** The same with another rate and block. */
    public OutputOptions withFormat(int wantedRateHz, int wantedBlockFrames) {
        return new OutputOptions(name, channels, wantedRateHz, wantedBlockFrames, server, connectTo, anyCollector,
                fifoPriority);
    }

    /** The same at another JACK server. */
    public OutputOptions withServer(String wanted) {
        return new OutputOptions(name, channels, sampleRateHz, blockFrames, wanted, connectTo, anyCollector,
                fifoPriority);
    }

    /** The same, connected to other inputs. */
    public OutputOptions withConnectTo(String wanted) {
        return new OutputOptions(name, channels, sampleRateHz, blockFrames, server, wanted, anyCollector,
                fifoPriority);
    }

    /** The same under any garbage collector, whatever is heard of it. */
    public OutputOptions withAnyCollector() {
        return new OutputOptions(name, channels, sampleRateHz, blockFrames, server, connectTo, true, fifoPriority);
    }

    /** The same with another priority. */
    public OutputOptions withFifoPriority(int wanted) {
        return new OutputOptions(name, channels, sampleRateHz, blockFrames, server, connectTo, anyCollector, wanted);
    }

    private static void check(String what, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(
                    "output needs " + what + " from " + least + " to " + most + ": " + what + "=" + value);
        }
    }
}
