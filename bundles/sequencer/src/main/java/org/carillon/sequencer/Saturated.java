package org.carillon.sequencer;

/** Arithmetic of numbers from 0 on that stops at the end of the range: damaged files hold dates of any size. */
final class Saturated {
    private Saturated() {}

    static long add(long a, long b) {
        long sum = a + b;
        return sum < 0 ? Long.MAX_VALUE : sum;
    }

    static long multiply(long a, long b) {
        return Math.multiplyHigh(a, b) == 0 && a * b >= 0 ? a * b : Long.MAX_VALUE;
    }

    /** {@code a * numerator / denominator}, rounded down; denominator times numerator must fit. */
    static long scale(long a, long numerator, long denominator) {
        return add(multiply(a / denominator, numerator), a % denominator * numerator / denominator);
    }
}
