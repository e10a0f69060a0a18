package org.carillon.filter;

import java.util.BitSet;

/** One respect in which events are judged: accepted is what words name, or everything, less what words take away. */
final class Dimension {
    private final BitSet accepted = new BitSet();
    private final BitSet rejected = new BitSet();

    void add(boolean accept, int low, int high) {
        (accept ? accepted : rejected).set(low, high + 1);
    }

    /** Whether no word has said anything. */
    boolean isOpen() {
        return accepted.isEmpty() && rejected.isEmpty();
    }

    boolean accepts(int point) {
        return (accepted.isEmpty() || accepted.get(point)) && !rejected.get(point);
    }

    /** Whether any point of a stretch is accepted. */
    boolean acceptsAny(int low, int high) {
        for (int point = low; point <= high; point++) {
            if (accepts(point)) {
                return true;
            }
        }
        return false;
    }
}
