package org.carillon.deploy;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Drivers that did not come back from a call. No thread can be killed, so what hung once is not opened again under its
 * symbolic name or from its file before the server restarts. Any thread asks; the owner of the notes adds.
 */
final class Fence {
    private static final String NAME = "fenced name ";
    private static final String FILE = "fenced file ";

    private final RunNotes notes;
    /** By symbolic name. */
    private final ConcurrentHashMap<String, String> reasons = new ConcurrentHashMap<>();
    private final Set<Long> bundleIds = ConcurrentHashMap.newKeySet();

    Fence(RunNotes notes) {
        this.notes = notes;
    }

    /** Takes up what was fenced before this bundle was started anew. */
    void recall(String symbolicName, long bundleId) {
        String reason = notes.get(NAME + symbolicName);
        if (!reason.isEmpty()) {
            reasons.put(symbolicName, reason);
            bundleIds.add(bundleId);
        }
    }

    /** No driver of this bundle is opened from now on. Any thread. */
    void close(long bundleId) {
        bundleIds.add(bundleId);
    }

    void add(String file, String symbolicName, long bundleId, String reason) {
        reasons.put(symbolicName, reason);
        bundleIds.add(bundleId);
        notes.put(NAME + symbolicName, reason);
        notes.put(FILE + file, reason);
    }

    boolean holds(long bundleId) {
        return bundleIds.contains(bundleId);
    }

    /** Why nothing is taken from a file any more, or empty. Owner only. */
    String reasonOf(String file) {
        return notes.get(FILE + file);
    }

    void check(String symbolicName) throws Trouble {
        String reason = reasons.get(symbolicName);
        if (reason != null) {
            throw new Trouble(Trouble.Kind.FENCED, reason);
        }
    }
}
