package org.carillon.launcher.command.client;

import com.eclipsesource.json.JsonArray;
import com.eclipsesource.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.HdrHistogram.Histogram;

/** Many durations: how they are spread, as numbers and as a picture made of letters. */
final class Durations {
    private static final long HIGHEST_NS = 3_600_000_000_000L;
    private static final double NS_PER_US = 1e3;
    private static final int DIGITS = 3;
    private static final int WIDTH = 40;
    private static final long[] STEPS = {1, 2, 5};

    private final Histogram histogram = new Histogram(HIGHEST_NS, DIGITS);
    private double changeSumNs;
    private long lastNs = -1;
    private long leastNs = Long.MAX_VALUE;
    private long mostNs;

    /** One line of the picture. */
    private record Row(long fromNs, long toNs, long count) {}

    /** Adds one; negative ones count as 0. */
    void add(long durationNs) {
        long addedNs = Math.clamp(durationNs, 0, HIGHEST_NS);
        histogram.recordValue(addedNs);
        leastNs = Math.min(leastNs, addedNs);
        mostNs = Math.max(mostNs, addedNs);
        if (lastNs >= 0) {
            changeSumNs += Math.abs(addedNs - lastNs);
        }
        lastNs = addedNs;
    }

    long count() {
        return histogram.getTotalCount();
    }

    /** How much one differs from the one before, in the mean: nanoseconds. */
    double jitterNs() {
        return count() < 2 ? 0 : changeSumNs / (count() - 1);
    }

    /** Microseconds that so many percent do not exceed. */
    double percentileUs(double percent) {
        long valueNs = percent <= 0 ? leastNs : percent >= 100 ? mostNs : histogram.getValueAtPercentile(percent);
        return count() == 0 ? 0 : Math.clamp(valueNs, leastNs, mostNs) / NS_PER_US;
    }

    JsonObject json() {
        return new JsonObject().add("count", count()).add("min_us", percentileUs(0)).add("p50_us", percentileUs(50))
                .add("p99_us", percentileUs(99)).add("max_us", percentileUs(100))
                .add("jitter_us", jitterNs() / NS_PER_US);
    }

    /** Numbers of the picture. */
    JsonArray jsonRows() {
        JsonArray rows = new JsonArray();
        rows().forEach(row -> rows.add(new JsonObject().add("from_us", row.fromNs / NS_PER_US)
                .add("to_us", row.toNs / NS_PER_US).add("count", row.count)));
        return rows;
    }

    String words() {
        return String.format(Locale.ROOT, "us: min %.1f, p50 %.1f, p99 %.1f, max %.1f, jitter %.1f", percentileUs(0),
                percentileUs(50), percentileUs(99), percentileUs(100), jitterNs() / NS_PER_US);
    }

    /** A line for each step of 1, 2, 5, 10 and so on, from the least to the most. */
    String picture() {
        List<Row> rows = rows();
        long most = rows.stream().mapToLong(Row::count).max().orElse(1);
        StringBuilder picture = new StringBuilder();
        for (Row row : rows) {
            int length = (int) Math.ceilDiv(row.count * WIDTH, Math.max(1, most));
            picture.append(String.format(Locale.ROOT, "%10s .. %-10s |%s %d%n", words(row.fromNs), words(row.toNs),
                    "#".repeat(length), row.count));
        }
        return picture.toString();
    }

    private List<Row> rows() {
        List<Row> rows = new ArrayList<>();
        long fromNs = 0;
        for (long decade = 1_000; count() > 0 && fromNs <= mostNs; decade *= 10) {
            for (long step : STEPS) {
                long toNs = decade * step;
                if (toNs > leastNs && fromNs <= mostNs) {
                    rows.add(new Row(fromNs, toNs, histogram.getCountBetweenValues(fromNs, toNs - 1)));
                }
                fromNs = toNs;
            }
        }
        return rows;
    }

    private static String words(long durationNs) {
        if (durationNs < 1_000_000) {
            return durationNs / 1_000 + " us";
        }
        return durationNs < 1_000_000_000 ? durationNs / 1_000_000 + " ms" : durationNs / 1_000_000_000 + " s";
    }
}
