package org.carillon.api.driver;

/**
 * A file of the drivers folder as it was seen at one moment.
 *
 * @param file         name of the file in the folder.
 * @param symbolicName of the bundle in it; empty while that is not known.
 * @param version      of the bundle; empty while that is not known.
 * @param reason       why it is in this state, or what keeps it from being used; empty where there is nothing to say.
 */
public record DriverInfo(String file, String symbolicName, String version, State state, String reason) {
    /** How a driver fares. */
    public enum State {
        /** Something is being done with it, or its file is not whole yet. */
        PENDING,
        /** Its bundle runs. */
        ACTIVE,
        /** It was stopped by request; another file of the name, a request or a restart of the server starts it. */
        STOPPED,
        /** It cannot be used. */
        FAILED,
        /** A call did not come back: it is not touched again before the server restarts. */
        FENCED,
        /** Its file is gone, and so is the driver. */
        ABSENT
    }
}
