package org.carillon.launcher.demo;

import java.util.Locale;

/** The logarithmic axis from 1 µs to 100 ms: which bar a value falls into, where it stands, what it is called. */
final class LatencyScale {
    static final int DECADES = 5;
    static final int BARS_PER_DECADE = 20;
    static final int BARS = DECADES * BARS_PER_DECADE;

    private static final double MIN_NS = 1_000;
    private static final double NS_PER_US = 1_000;
    private static final double NS_PER_MS = 1_000_000;

    private LatencyScale() {}

    /** Values beyond an end of the axis are counted in its outermost bar. */
    static int[] counts(long[] valuesNs) {
        int[] counts = new int[BARS];
        for (long valueNs : valuesNs) {
            int bar = (int) Math.floor(position(valueNs) * BARS);
            counts[Math.clamp(bar, 0, BARS - 1)]++;
        }
        return counts;
    }

    /** Where the value stands: 0 at the beginning of the axis, 1 at its end. */
    static double position(double valueNs) {
        double decades = Math.log10(Math.max(valueNs, MIN_NS) / MIN_NS);
        return Math.min(decades / DECADES, 1);
    }

    static double decadeNs(int decade) {
        return MIN_NS * Math.pow(10, decade);
    }

    /** Three digits and a unit, such as 4.21 µs or 13.0 ms. */
    static String text(double valueNs) {
        return valueNs < NS_PER_MS ? threeDigits(valueNs / NS_PER_US) + " µs"
                : threeDigits(valueNs / NS_PER_MS) + " ms";
    }

    private static String threeDigits(double value) {
        int decimals = value < 10 ? 2 : value < 100 ? 1 : 0;
        return String.format(Locale.ROOT, "%,." + decimals + "f", value);
    }

    /** The value without needless digits, for the axis. */
    static String tickText(double valueNs) {
        return valueNs < NS_PER_MS ? Math.round(valueNs / NS_PER_US) + " µs" : Math.round(valueNs / NS_PER_MS) + " ms";
    }
}
