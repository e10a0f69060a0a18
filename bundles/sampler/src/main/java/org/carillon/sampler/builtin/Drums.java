package org.carillon.sampler.builtin;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.carillon.sampler.instrument.Envelope;
import org.carillon.sampler.instrument.LoopMode;
import org.carillon.sampler.instrument.Region;
import org.carillon.sampler.instrument.Sample;

/** A set of drums on the keys of General MIDI: skins are falling sines, wires and cymbals are filtered noise. */
final class Drums {
    private static final long SEED = 1;
    private static final int HI_HAT = 1;
    private static final int FIRST_KEY = 27;
    private static final int LAST_KEY = 87;
    private static final Envelope SHORT = new Envelope(0, 0, 0, 0, 1, 0.1);

    /** What a drum is made of; times in seconds. */
    private record Recipe(double hz, double fallTo, double skin, double skinS, double noise, double noiseS,
            double brightness) {}

    private Drums() {}

    static List<Region> regions() {
        Map<Recipe, Sample> samples = new HashMap<>();
        List<Region> regions = new ArrayList<>();
        for (int key = FIRST_KEY; key <= LAST_KEY; key++) {
            Recipe recipe = recipe(key);
            Region.Builder region = Region.of(samples.computeIfAbsent(recipe,
                    made -> new Sample("drum " + made.hz, Zones.RATE_HZ, frames(made))));
            region.loKey = key;
            region.hiKey = key;
            region.rootKey = key;
            region.tuneCents = cents(key);
            region.keyTrackCents = 0;
            region.loopMode = LoopMode.ONE_SHOT;
            region.amplitude = SHORT;
            if (key == 42 || key == 44 || key == 46) { // closed, by foot, open: one pair of cymbals
                region.group = HI_HAT;
                region.offBy = HI_HAT;
            }
            regions.add(region.build());
        }
        return regions;
    }

    private static Recipe recipe(int key) {
        return switch (key) {
            case 35, 36 -> new Recipe(110, 45, 1, 0.14, 0.15, 0.006, 0.3);
            case 38, 40 -> new Recipe(210, 170, 0.5, 0.07, 0.8, 0.09, 0.6);
            case 37, 75, 76, 77 -> new Recipe(1_000, 900, 1, 0.02, 0.3, 0.005, 0.7);
            case 39 -> new Recipe(900, 900, 0.1, 0.02, 1, 0.07, 0.4);
            case 41, 43, 45, 47, 48, 50 -> new Recipe(130, 100, 1, 0.18, 0.1, 0.02, 0.3);
            case 42, 44, 69, 70 -> new Recipe(7_000, 7_000, 0.05, 0.02, 1, 0.03, 1);
            case 46 -> new Recipe(7_000, 7_000, 0.05, 0.1, 1, 0.16, 1);
            case 49, 52, 55, 57 -> new Recipe(5_000, 5_000, 0.05, 0.25, 1, 0.3, 0.9);
            case 51, 53, 59 -> new Recipe(3_100, 3_100, 0.3, 0.2, 0.6, 0.2, 1);
            case 54, 58, 82 -> new Recipe(6_200, 6_200, 0.4, 0.1, 1, 0.08, 1);
            case 56, 67, 68 -> new Recipe(800, 800, 1, 0.07, 0.1, 0.01, 0.5);
            default -> new Recipe(320, 290, 1, 0.09, 0.2, 0.015, 0.5);
        };
    }

    /** Drums of one kind differ in pitch. */
    private static double cents(int key) {
        return switch (key) {
            case 41, 43, 45, 47, 48, 50 -> 110 * (key - 45);
            case 37, 75, 76, 77 -> 150 * (key % 5 - 2);
            case 56, 67, 68 -> key == 56 ? -500 : 200 * (67 - key);
            case 27, 28, 29, 30, 31, 32, 33, 34, 60, 61, 62, 63, 64, 65, 66, 71, 72, 73, 74, 78, 79, 80, 81 ->
                60 * (key % 16 - 8);
            default -> 0;
        };
    }

    private static float[] frames(Recipe recipe) {
        double seconds = 5 * Math.max(recipe.skinS, recipe.noiseS);
        double[] sum = new double[(int) (seconds * Zones.RATE_HZ)];
        Random random = new Random(SEED);
        double turns = 0;
        double dark = 0;
        double skin = recipe.skin;
        double noise = recipe.noise;
        double skinShrink = StrictMath.exp(-1 / (recipe.skinS * Zones.RATE_HZ));
        double noiseShrink = StrictMath.exp(-1 / (recipe.noiseS * Zones.RATE_HZ));
        double fall = 1;
        double fallShrink = StrictMath.exp(-1 / (0.03 * Zones.RATE_HZ));
        for (int i = 0; i < sum.length; i++) {
            double hz = recipe.fallTo + (recipe.hz - recipe.fallTo) * fall;
            turns += hz / Zones.RATE_HZ;
            double white = random.nextDouble() * 2 - 1;
            dark += (white - dark) * 0.25;
            sum[i] = skin * Sine.at(turns) + noise * (dark + (white - 2 * dark) * recipe.brightness);
            skin *= skinShrink;
            noise *= noiseShrink;
            fall *= fallShrink;
        }
        float[] frames = Struck.shaped(sum);
        Zones.normalise(frames);
        return frames;
    }
}
