package org.carillon.deploy;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Which files it is time to look at. Whatever happens to a file only says that it has changed; what to do is seen from
 * the file itself once it has rested, so the order of events for one file does not matter. One thread.
 */
final class Quiet {
    private final long quietNs;
    /** In the order of their first event. */
    private final Map<String, Long> dueNs = new LinkedHashMap<>();

    Quiet(long quietNs) {
        this.quietNs = quietNs;
    }

    /** Something happened to a file: its rest begins anew. */
    void changed(String file, long nowNs) {
        dueNs.put(file, nowNs + quietNs);
    }

    /** Looks at a file again after a while, or when it changes. */
    void later(String file, long nowNs, long delayNs) {
        dueNs.put(file, nowNs + delayNs);
    }

    /** Whether a file waits to be looked at. */
    boolean isWaiting(String file) {
        return dueNs.containsKey(file);
    }

    /** Takes out what has rested long enough. */
    List<String> due(long nowNs) {
        List<String> files = new ArrayList<>();
        dueNs.forEach((file, atNs) -> {
            if (nowNs - atNs >= 0) {
                files.add(file);
            }
        });
        files.forEach(dueNs::remove);
        return files;
    }

    /** Nanoseconds until the next file is due, at most the limit. */
    long waitNs(long nowNs, long limitNs) {
        long waitNs = limitNs;
        for (long atNs : dueNs.values()) {
            waitNs = Math.min(waitNs, Math.max(0, atNs - nowNs));
        }
        return waitNs;
    }
}
