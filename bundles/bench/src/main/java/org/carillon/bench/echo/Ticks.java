package org.carillon.bench.echo;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.carillon.bench.process.Reading;

/** What clients counted that were called each millisecond. */
final class Ticks {
    private static final String LATE = "us";
    /** The last class holds all that is later. */
    private static final int LATEST_US = 20_000;

    private final long[] late = new long[LATEST_US + 1];
    private long sent;
    private long received;
    private long missed;
    private double serverLoad;

    /**
     * Of clients that ran at the same time.
     *
     * @throws IllegalStateException when the call-backs of one have ended before their time.
     */
    static Ticks of(List<Reading> readings) {
        Ticks ticks = new Ticks();
        for (Reading reading : readings) {
            if (reading.get("stopped") > 0) {
                throw new IllegalStateException("a client was called no more: client=" + readings.indexOf(reading));
            }
            ticks.sent += (long) reading.get("sent");
            ticks.received += (long) reading.get("received");
            ticks.missed += (long) reading.get("missed");
            ticks.serverLoad += reading.get("cpuNs") / reading.get("wallNs") / readings.size();
            for (Map.Entry<String, Double> each : reading.values().entrySet()) {
                if (each.getKey().startsWith(LATE)) {
                    ticks.late[Integer.parseInt(each.getKey().substring(LATE.length()))] += each.getValue();
                }
            }
        }
        return ticks;
    }

    /** Adds those of another round; the load stays. */
    void add(Ticks other) {
        sent += other.sent;
        received += other.received;
        missed += other.missed;
        Arrays.setAll(late, us -> late[us] + other.late[us]);
    }

    long sent() {
        return sent;
    }

    long lost() {
        return sent - received;
    }

    /** Call-backs that were left out because the one before came more than a millisecond late. */
    long missed() {
        return missed;
    }

    /** Processor time of the server by time on the wall. */
    double serverLoad() {
        return serverLoad;
    }

    /** Whole microseconds, rounded up, from the date of an event to its reader, over all clients. */
    double lateUs(double quantile) {
        long before = (long) (quantile * (Arrays.stream(late).sum() - 1));
        int us = 0;
        for (long count = late[0]; count <= before && us < LATEST_US; count += late[us]) {
            us++;
        }
        return us + 1;
    }
}
