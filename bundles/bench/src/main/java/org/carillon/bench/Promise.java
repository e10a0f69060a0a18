package org.carillon.bench;

import java.util.List;
import java.util.Locale;

/**
 * What a benchmark promises of one of its counters, whatever the machine: never a time. A benchmark that breaks one
 * ends with exit code 1 and says which.
 *
 * @param figure name of the counter.
 * @param least  smallest value that keeps the promise.
 * @param most   greatest value that keeps it.
 */
public record Promise(String figure, double least, double most) {
    /** Counts what must never happen. */
    public static Promise zero(String figure) {
        return new Promise(figure, 0, 0);
    }

    /** Counts attempts, of which there must be enough to mean something. */
    public static Promise atLeast(String figure, double least) {
        return new Promise(figure, least, Double.POSITIVE_INFINITY);
    }

    /** Counts what must not grow beyond this; it may shrink. */
    public static Promise atMost(String figure, double most) {
        return new Promise(figure, Double.NEGATIVE_INFINITY, most);
    }

    /** Whether it is kept: not, where the report has no such figure. */
    boolean isKept(List<Figure> figures) {
        double value = value(figures);
        return value >= least && value <= most;
    }

    /** {@code promise kept: lost value=0, expected=0}, or broken. */
    String describe(List<Figure> figures) {
        double value = value(figures);
        return "promise " + (isKept(figures) ? "kept: " : "broken: ") + figure + " value="
                + (Double.isNaN(value) ? "none" : number(value)) + ", expected=" + expected();
    }

    private double value(List<Figure> figures) {
        return figures.stream().filter(each -> each.name().equals(figure)).mapToDouble(Figure::value).findFirst()
                .orElse(Double.NaN);
    }

    private String expected() {
        if (least == most) {
            return number(least);
        }
        if (least == Double.NEGATIVE_INFINITY) {
            return "at most " + number(most);
        }
        return most == Double.POSITIVE_INFINITY ? "at least " + number(least) : number(least) + " to " + number(most);
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, value == Math.rint(value) ? "%.0f" : "%.2f", value);
    }
}
