package org.carillon.launcher;

import java.lang.System.Logger.Level;

/** The host's log. It is made when something is said for the first time: a start that goes well does not pay for it. */
final class HostLog {
    private HostLog() {}

    /** Writes a line; {@code {0}} and so on stand for the values. */
    static void log(Level level, String message, Object... values) {
        System.getLogger("org.carillon.launcher").log(level, message, values);
    }
}
