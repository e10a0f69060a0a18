package org.carillon.sampler;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;

/** What can be measured in a piece of audio. */
final class Signal {
    private Signal() {}

    static double rms(float[] signal) {
        double sum = 0;
        for (float value : signal) {
            sum += value * value;
        }
        return Math.sqrt(sum / signal.length);
    }

    static double peak(float[] signal) {
        double peak = 0;
        for (float value : signal) {
            peak = Math.max(peak, Math.abs(value));
        }
        return peak;
    }

    /** A golden that is silent proves nothing. */
    static float[] audible(float[] signal) {
        assertTrue(rms(signal) > 1e-3, "silent: rms=" + rms(signal));
        return signal;
    }

    static float[] part(float[] signal, int from, int to) {
        return Arrays.copyOfRange(signal, from, to);
    }

    /** Every other value, of interleaved stereo. */
    static float[] side(float[] signal, int side) {
        float[] values = new float[signal.length / 2];
        for (int i = 0; i < values.length; i++) {
            values[i] = signal[i * 2 + side];
        }
        return values;
    }

    static double decibels(double ratio) {
        return 20 * Math.log10(ratio);
    }

    static double cents(double ratio) {
        return 1_200 * Math.log(ratio) / Math.log(2);
    }

    /** The biggest step between neighbours. */
    static double steepest(float[] signal) {
        double steepest = 0;
        for (int i = 1; i < signal.length; i++) {
            steepest = Math.max(steepest, Math.abs(signal[i] - signal[i - 1]));
        }
        return steepest;
    }

    /** The biggest second difference: a click, which a smooth tone has not. */
    static double sharpest(float[] signal) {
        double sharpest = 0;
        for (int i = 2; i < signal.length; i++) {
            sharpest = Math.max(sharpest, Math.abs(signal[i] - 2 * signal[i - 1] + signal[i - 2]));
        }
        return sharpest;
    }

    /** Frequency of a steady sine: its zeros counted, then how its phase moves between windows ever farther apart. */
    static double frequency(float[] signal, int rateHz) {
        int window = signal.length / 4;
        double estimate = crossings(signal) * rateHz / 2.0 / signal.length;
        for (int hop : new int[]{window / 4, window, 2 * window}) {
            double turned = phase(signal, hop, window, estimate, rateHz) - phase(signal, 0, window, estimate, rateHz);
            double expected = 2 * Math.PI * estimate * hop / rateHz;
            double rest = Math.IEEEremainder(turned - expected, 2 * Math.PI);
            estimate += rest * rateHz / (2 * Math.PI * hop);
        }
        return estimate;
    }

    private static int crossings(float[] signal) {
        int crossings = 0;
        for (int i = 1; i < signal.length; i++) {
            crossings += signal[i - 1] < 0 != signal[i] < 0 ? 1 : 0;
        }
        return crossings;
    }

    private static double phase(float[] signal, int from, int window, double hz, int rateHz) {
        double real = 0;
        double imaginary = 0;
        for (int i = 0; i < window; i++) {
            double weight = 0.5 - 0.5 * Math.cos(2 * Math.PI * (i + 0.5) / window);
            double angle = 2 * Math.PI * hz * i / rateHz;
            real += signal[from + i] * weight * Math.cos(angle);
            imaginary -= signal[from + i] * weight * Math.sin(angle);
        }
        return Math.atan2(imaginary, real);
    }

    /** How far the signal stands above all in it that is not a sine of this frequency. */
    static double sineToRestDb(float[] signal, double hz, int rateHz) {
        double[][] sums = new double[2][3]; // least squares for a cosine and a sine
        for (int i = 0; i < signal.length; i++) {
            double angle = 2 * Math.PI * hz * i / rateHz;
            double cos = Math.cos(angle);
            double sin = Math.sin(angle);
            sums[0][0] += cos * cos;
            sums[0][1] += cos * sin;
            sums[0][2] += cos * signal[i];
            sums[1][1] += sin * sin;
            sums[1][2] += sin * signal[i];
        }
        double determinant = sums[0][0] * sums[1][1] - sums[0][1] * sums[0][1];
        double a = (sums[0][2] * sums[1][1] - sums[1][2] * sums[0][1]) / determinant;
        double b = (sums[1][2] * sums[0][0] - sums[0][2] * sums[0][1]) / determinant;
        double rest = 0;
        double whole = 0;
        for (int i = 0; i < signal.length; i++) {
            double angle = 2 * Math.PI * hz * i / rateHz;
            double sine = a * Math.cos(angle) + b * Math.sin(angle);
            whole += sine * sine;
            rest += (signal[i] - sine) * (signal[i] - sine);
        }
        return 10 * Math.log10(whole / rest);
    }
}
