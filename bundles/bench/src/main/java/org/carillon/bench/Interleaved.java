package org.carillon.bench;

import java.util.Arrays;

/**
 * Runs ours and a control alternately in one process, so that whatever disturbs the machine disturbs both, and takes
 * the medians.
 */
public final class Interleaved {
    public static final int DEFAULT_ROUNDS = 9;

    /** One round of one side. */
    @FunctionalInterface
    public interface Round {
        /** Runs; the cost of one operation in this round. */
        double run();
    }

    /** The middle round of each side. */
    public record Medians(double ours, double control) {}

    private Interleaved() {}

    /** Warms both up, then measures; which goes first changes from round to round. */
    public static Medians measure(int warmUpRounds, int rounds, Round ours, Round control) {
        double[] oursValues = new double[rounds];
        double[] controlValues = new double[rounds];
        for (int round = -warmUpRounds; round < rounds; round++) {
            double oursValue;
            double controlValue;
            if ((round & 1) == 0) {
                oursValue = ours.run();
                controlValue = control.run();
            } else {
                controlValue = control.run();
                oursValue = ours.run();
            }
            if (round >= 0) {
                oursValues[round] = oursValue;
                controlValues[round] = controlValue;
            }
        }
        return new Medians(median(oursValues), median(controlValues));
    }

    /** The middle value; of an even number the higher of the two. */
    public static double median(double... values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }
}
