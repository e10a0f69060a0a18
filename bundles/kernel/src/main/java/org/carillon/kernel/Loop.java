package org.carillon.kernel;

import java.util.HashSet;
import java.util.Set;

/** What would go round for ever: a way from a destination back to a port, through ports that the server forwards. */
final class Loop {
    private Loop() {}

    /**
     * Whether what goes to a destination can come to a port again, through ports that the server forwards and taps.
     *
     * @param target a source, or a destination that is tapped.
     */
    static boolean reaches(DestinationPort from, Object target) {
        return reaches(from, target, new HashSet<>());
    }

    private static boolean reaches(DestinationPort from, Object target, Set<DestinationPort> seen) {
        SourcePort next = from.forwardsTo;
        if (from == target || next != null && next == target) {
            return true;
        }
        return seen.add(from)
                && (anyReaches(from.taps(), target, seen)
                        || next != null && anyReaches(next.connections, target, seen));
    }

    private static boolean anyReaches(Connection[] through, Object target, Set<DestinationPort> seen) {
        for (Connection connection : through) {
            if (reaches(connection.destination, target, seen)) {
                return true;
            }
        }
        return false;
    }
}
