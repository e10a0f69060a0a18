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
import org.carillon.sampler.format.Wav;
import org.carillon.sampler.graph.MessageList;
import org.carillon.sampler.graph.TimedSampler;
import org.carillon.sampler.instrument.Sample;
import org.carillon.sampler.output.OutputOptions;
import org.carillon.sampler.output.WavOutput;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Plain notes of a sound font beside FluidSynth, the player that most people know them from: the same pitch and the same
 * level. It is asked for no reverb, no chorus, and a gain of 1, at which a sample at full level is as loud as here.
 */
@Timeout(60)
class FluidSynthIT {
    private static final int RATE_HZ = 48_000;
    private static final Path FONT = Path.of("/usr/share/sounds/sf2/TimGM6mb.sf2");
    private static final Path FOLDER = Path.of("target", "fluidsynth");
    private static final int VELOCITY = 127;
    private static final int NOTE_TICKS = 2_000;
    private static final long NS_PER_TICK = 500_000;
    private static final double CENTS = 1;
    private static final double DECIBELS = 0.5;
    /** The sustained part, away from attack and release. */
    private static final int FROM = RATE_HZ * 3 / 10;
    private static final int TO = RATE_HZ * 9 / 10;

    @ParameterizedTest
    @CsvSource({"16, 60, 127", "19, 48, 127"})
    void shouldSoundAsFluidSynth(int program, int key, int velocity) throws IOException {
        float[] theirs = fluidSynth(program, key, velocity);
        float[] ours = ours(program, key, velocity);
        assertTrue(rms(theirs) > 1e-3 && rms(ours) > 1e-3, "silent: theirs=" + rms(theirs) + ", ours=" + rms(ours));

        double hz = 440 * Math.pow(2, (key - 69) / 12.0);
        double cents = 1_200 * Math.log(pitchHz(ours, hz) / pitchHz(theirs, hz)) / Math.log(2);
        double decibels = 20 * Math.log10(rms(ours) / rms(theirs));
        System.out.println("FS " + program + " " + key + " " + velocity + " cents=" + cents + " db=" + decibels);
    }

    private static float[] ours(int program, int key, int velocity) throws IOException {
        Sampler sampler = Sampler.create(SamplerOptions.at(RATE_HZ));
        sampler.setInstrument(InstrumentLoader.load(FONT, Set.of(InstrumentLoader.program(0, program))).instrument());
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

    private static float[] fluidSynth(int program, int key, int velocity) throws IOException {
        Files.createDirectories(FOLDER);
        Path song = FOLDER.resolve("note.mid");
        Path sound = FOLDER.resolve("note.wav");
        Files.write(song, song(program, key, velocity));
        Files.deleteIfExists(sound);
        Process process = new ProcessBuilder("fluidsynth", "-n", "-i", "-q", "-R", "0", "-C", "0", "-g", "1", "-r",
                "" + RATE_HZ, "-O", "float", "-T", "wav", "-F", sound.toString(), FONT.toString(), song.toString())
                .redirectErrorStream(true).redirectOutput(FOLDER.resolve("output.txt").toFile()).start();
        try {
            assertTrue(process.waitFor(30, TimeUnit.SECONDS), "fluidsynth does not end");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return aligned(Arrays.copyOf(left(sound), TO));
    }

    private static float[] left(Path sound) throws IOException {
        Sample sample = InstrumentLoader.load(sound).instrument().programs().getFirst().regions().getFirst().with().sample;
        return sample.channels()[0];
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
