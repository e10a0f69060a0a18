package org.carillon.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.carillon.sampler.Sampler;
import org.carillon.sampler.SamplerOptions;
import org.carillon.sampler.format.InstrumentLoader;
import org.carillon.sampler.graph.MessageList;
import org.carillon.sampler.graph.TimedSampler;
import org.carillon.sampler.instrument.Program;
import org.carillon.sampler.output.OutputOptions;
import org.carillon.sampler.output.WavOutput;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Plain notes of sound fonts beside FluidSynth, the player that most people know them from: the same pitch and the same
 * level, without reverb and chorus. FluidSynth's own level is measured first, with a font that asks for nothing: its
 * low-pass is always there and lifts what it lets through.
 */
@Timeout(60)
class FluidSynthIT {
    private static final int RATE_HZ = PlainFont.RATE_HZ;
    private static final Path FONT = Path.of("/usr/share/sounds/sf2/TimGM6mb.sf2");
    private static final Path FOLDER = Path.of("target", "fluidsynth");
    private static final Path PLAIN = FOLDER.resolve("plain.sf2");
    private static final int NOTE_TICKS = 2_000;
    private static final long NS_PER_TICK = 500_000;
    private static final double CENTS = 1;
    private static final double DECIBELS = 0.5;
    /** The sustained part, away from attack and release. */
    private static final int FROM = RATE_HZ * 3 / 10;
    private static final int TO = RATE_HZ * 9 / 10;
    /** Half of the amplitude's power on each side, as the mean of a sine; volume 100 follows a square law. */
    private static final double PLAIN_RMS = PlainFont.AMPLITUDE / 2 * Math.pow(100 / 127.0, 2);
    /** How much louder FluidSynth is with everything. */
    private static double theirGainDb;

    @BeforeAll
    static void measureTheirGain() throws IOException {
        Files.createDirectories(FOLDER);
        PlainFont.write(PLAIN);
        theirGainDb = decibels(rms(fluidSynth(PLAIN, 0, PlainFont.KEY, 127)), PLAIN_RMS);
        assertTrue(Math.abs(theirGainDb) < 3, "FluidSynth is far from its documented level: db=" + theirGainDb);
    }

    @Test
    void shouldPlayAPlainSampleAsItIs() throws IOException {
        float[] ours = ours(PLAIN, 0, PlainFont.KEY, 127);
        assertEquals(0, decibels(rms(ours), PLAIN_RMS), 0.01);
        assertEquals(PlainFont.HZ, pitchHz(ours, PlainFont.HZ), 1e-3);
    }

    /** Attenuation, pan, low-pass, resonance, coarse and fine tune, scale. */
    @ParameterizedTest
    @ValueSource(strings = {"48 100", "17 -250", "8 8500", "8 7500 9 100", "51 -3 52 37", "56 50"})
    void shouldHonourGenerators(String words) throws IOException {
        int[] generators = Arrays.stream(words.split(" ")).mapToInt(Integer::parseInt).toArray();
        Path font = FOLDER.resolve("generators.sf2");
        PlainFont.write(font, generators);
        for (int key : new int[]{57, 72}) {
            compare(font, 0, key, 127, 440);
        }
    }

    /** Piano, harpsichord, organ, accordion, guitars, bass, strings, brass, clarinet, flute, recorder, pads. */
    @ParameterizedTest
    @ValueSource(ints = {0, 6, 16, 22, 24, 28, 30, 34, 50, 56, 61, 71, 73, 74, 89, 92})
    void shouldSoundAsFluidSynth(int program) throws IOException {
        compare(FONT, program, 48, 127, 0);
        compare(FONT, program, 67, 127, 0);
        compare(FONT, program, 60, 70, 0);
    }

    /** @param nearHz where to look for the pitch; 0 for that of the key. */
    private static void compare(Path font, int program, int key, int velocity, double nearHz) throws IOException {
        float[] theirs = fluidSynth(font, program, key, velocity);
        float[] ours = ours(font, program, key, velocity);
        String note = "program=" + program + ", key=" + key + ", velocity=" + velocity;
        assertTrue(rms(theirs) > 1e-3 && rms(ours) > 1e-3,
                "silent: " + note + ", theirs=" + rms(theirs) + ", ours=" + rms(ours));

        double hz = nearHz == 0 ? 440 * Math.pow(2, (key - 69) / 12.0) : crossingsHz(theirs);
        double cents = 1_200 * Math.log(pitchHz(ours, hz) / pitchHz(theirs, hz)) / Math.log(2);
        assertEquals(0, cents, CENTS, "cents, " + note);
        assertEquals(theirGainDb, decibels(rms(theirs), rms(ours)), DECIBELS, "decibels, " + note);
    }

    private static double decibels(double one, double other) {
        return 20 * Math.log10(one / other);
    }

    /** Of a sine, roughly. */
    private static double crossingsHz(float[] signal) {
        int crossings = 0;
        for (int i = 1; i < signal.length; i++) {
            crossings += signal[i - 1] < 0 != signal[i] < 0 ? 1 : 0;
        }
        return crossings * RATE_HZ / 2.0 / signal.length;
    }

    private static float[] ours(Path font, int program, int key, int velocity) throws IOException {
        Sampler sampler = Sampler.create(SamplerOptions.at(RATE_HZ));
        sampler.setInstrument(InstrumentLoader.load(font, Set.of(InstrumentLoader.program(0, program))).instrument());
        MessageList list = new MessageList().add(0, 0xC0, program, 0).add(0, 0x90, key, velocity)
                .add(NOTE_TICKS * NS_PER_TICK, 0x80, key, 64);
        float[] left = new float[TO];
        int[] frame = {0};
        try (WavOutput output = new WavOutput(OutputOptions.named("compared").withFormat(RATE_HZ, 64),
                (buffer, frames) -> {
                    for (int i = 0; i < frames; i++) {
                        left[frame[0]++] = buffer[2 * i];
                    }
                })) {
            output.start(TimedSampler.offLine(sampler, list));
            output.pull(TO);
        }
        return aligned(left);
    }

    private static float[] fluidSynth(Path font, int program, int key, int velocity) throws IOException {
        Path song = FOLDER.resolve("note.mid");
        Path sound = FOLDER.resolve("note.wav");
        Files.write(song, song(program, key, velocity));
        Files.deleteIfExists(sound);
        Process process = new ProcessBuilder("fluidsynth", "-n", "-i", "-q", "-R", "0", "-C", "0", "-g", "1", "-r",
                "" + RATE_HZ, "-O", "float", "-T", "wav", "-F", sound.toString(), font.toString(), song.toString())
                .redirectErrorStream(true).redirectOutput(FOLDER.resolve("output.txt").toFile()).start();
        try {
            assertTrue(process.waitFor(30, TimeUnit.SECONDS), "fluidsynth does not end");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return aligned(Arrays.copyOf(left(sound), TO));
    }

    private static float[] left(Path sound) throws IOException {
        Program whole = InstrumentLoader.load(sound).instrument().programs().getFirst();
        return whole.regions().getFirst().with().sample.channels()[0];
    }

    /** One track: a program, a note of a second at 120 beats a minute and 1000 ticks a beat. */
    private static byte[] song(int program, int key, int velocity) throws IOException {
        ByteArrayOutputStream track = new ByteArrayOutputStream();
        track.write(new byte[]{0, (byte) 0xC0, (byte) program, 0, (byte) 0x90, (byte) key, (byte) velocity,
            (byte) (0x80 | NOTE_TICKS >> 7), (byte) (NOTE_TICKS & 0x7F), (byte) 0x80, (byte) key, 64, 0, (byte) 0xFF,
            0x2F, 0});
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        file.write(new byte[]{'M', 'T', 'h', 'd', 0, 0, 0, 6, 0, 0, 0, 1, 3, (byte) 0xE8, 'M', 'T', 'r', 'k', 0, 0, 0,
            (byte) track.size()});
        track.writeTo(file);
        return file.toByteArray();
    }

    /** From the first frame that is heard on, its sustained part. */
    private static float[] aligned(float[] signal) {
        int first = 0;
        while (first < signal.length && Math.abs(signal[first]) < 1e-5) {
            first++;
        }
        return Arrays.copyOfRange(signal, Math.min(first + FROM, TO), TO);
    }

    private static double rms(float[] signal) {
        double sum = 0;
        for (float value : signal) {
            sum += value * value;
        }
        return Math.sqrt(sum / signal.length);
    }

    /** Frequency of the partial that is nearest to a frequency, by how its phase moves between windows. */
    private static double pitchHz(float[] signal, double hz) {
        int window = signal.length / 4;
        double estimate = hz;
        for (int hop : new int[]{window / 32, window / 4, window, 2 * window}) {
            double turned = phase(signal, hop, window, estimate) - phase(signal, 0, window, estimate);
            double expected = 2 * Math.PI * estimate * hop / RATE_HZ;
            estimate += Math.IEEEremainder(turned - expected, 2 * Math.PI) * RATE_HZ / (2 * Math.PI * hop);
        }
        return estimate;
    }

    private static double phase(float[] signal, int from, int window, double hz) {
        double real = 0;
        double imaginary = 0;
        for (int i = 0; i < window; i++) {
            double weight = 0.5 - 0.5 * Math.cos(2 * Math.PI * (i + 0.5) / window);
            double angle = 2 * Math.PI * hz * i / RATE_HZ;
            real += signal[from + i] * weight * Math.cos(angle);
            imaginary -= signal[from + i] * weight * Math.sin(angle);
        }
        return Math.atan2(imaginary, real);
    }
}
