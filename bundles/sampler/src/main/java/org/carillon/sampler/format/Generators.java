package org.carillon.sampler.format;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.carillon.sampler.instrument.Sample;

/**
 * The sounds that SFZ names with an asterisk. A wave is one period, made for an octave of keys with no partial that
 * would lie above 20 kHz there; full scale is not exceeded by what the missing partials leave of a jump.
 */
final class Generators {
    /** An octave of keys. */
    static final int BAND_KEYS = 12;
    private static final int SAMPLE_RATE_HZ = 48_000;
    private static final double MAX_PARTIAL_HZ = 20_000;
    private static final int MAX_PARTIALS = 512;
    private static final int MIN_PERIOD_FRAMES = 64;
    private static final int FRAMES_OF_PARTIAL = 8;
    private static final int NOISE_FRAMES = 1 << 17;
    /** The same noise each time, so that the same song gives the same bytes. */
    private static final long NOISE_SEED = 1;
    private static final int A4_KEY = 69;
    private static final double A4_HZ = 440;
    private static final int CENTS = 100;
    /** A sum of partials passes a jump by 9 percent of it; 18 percent of the amplitude. */
    private static final double JUMP_GAIN = 0.84;

    private final Map<String, Wav> made = new HashMap<>();

    static boolean isWave(String name) {
        return List.of("*sine", "*saw", "*square", "*triangle").contains(name);
    }

    static boolean isKnown(String name) {
        return isWave(name) || isUnpitched(name);
    }

    static boolean isUnpitched(String name) {
        return name.equals("*noise") || name.equals("*silence");
    }

    /** The sound for the octave of a key; all keys have the same noise. */
    Wav sound(String name, int key) {
        int band = isWave(name) ? key / BAND_KEYS : 0;
        return made.computeIfAbsent(name + band, _ -> switch (name) {
            case "*noise" -> sound(name, noise(), Optional.empty());
            case "*silence" -> sound(name, new float[MIN_PERIOD_FRAMES], Optional.empty());
            default -> wave(name, band);
        });
    }

    private static Wav wave(String name, int band) {
        double topHz = A4_HZ * Math.pow(2, ((band + 1) * BAND_KEYS - 1 - A4_KEY) / 12.0);
        int partials = Math.clamp((long) (MAX_PARTIAL_HZ / topHz), 1, MAX_PARTIALS);
        int frames = Integer.highestOneBit(Math.max(MIN_PERIOD_FRAMES, partials * FRAMES_OF_PARTIAL) * 2 - 1);
        double[] sine = new double[frames];
        for (int i = 0; i < frames; i++) {
            sine[i] = Math.sin(2 * Math.PI * i / frames);
        }
        int sounding = name.equals("*sine") ? 1 : partials;
        float[] period = new float[frames];
        for (int i = 0; i < frames; i++) {
            double sum = 0;
            for (int partial = 1; partial <= sounding; partial++) {
                sum += weight(name, partial) * sine[(int) ((long) i * partial % frames)];
            }
            period[i] = (float) sum;
        }
        double key = A4_KEY + BAND_KEYS * Math.log((double) SAMPLE_RATE_HZ / frames / A4_HZ) / Math.log(2);
        int rootKey = (int) Math.floor(key);
        return sound(name, period, Optional.of(new Wav.Root(rootKey, (key - rootKey) * CENTS)));
    }

    /** Fourier coefficient of a wave of amplitude 1. */
    private static double weight(String name, int partial) {
        boolean isOdd = (partial & 1) != 0;
        return switch (name) {
            case "*saw" -> JUMP_GAIN * 2 / Math.PI / partial;
            case "*square" -> isOdd ? JUMP_GAIN * 4 / Math.PI / partial : 0;
            case "*triangle" -> isOdd
                    ? 8 / (Math.PI * Math.PI) / partial / partial * ((partial & 2) == 0 ? 1 : -1)
                    : 0;
            default -> partial == 1 ? 1 : 0;
        };
    }

    private static float[] noise() {
        Random random = new Random(NOISE_SEED);
        float[] frames = new float[NOISE_FRAMES];
        for (int i = 0; i < frames.length; i++) {
            frames[i] = random.nextFloat() * 2 - 1;
        }
        return frames;
    }

    private static Wav sound(String name, float[] frames, Optional<Wav.Root> root) {
        return new Wav(new Sample(name, SAMPLE_RATE_HZ, frames), root, List.of(new Wav.Loop(0, frames.length)),
                Optional.empty(), List.of());
    }
}
