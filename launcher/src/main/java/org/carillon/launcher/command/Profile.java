package org.carillon.launcher.command;

import java.io.PrintWriter;
import java.util.Map;
import org.carillon.launcher.HostOptions;
import org.carillon.platform.Grant;
import org.carillon.platform.Platform;
import picocli.CommandLine.Option;

/** How the server is to run: with the rights of any program, or with those of a real-time one. */
public final class Profile {
    private static final int PRIORITY = 60;

    @Option(names = "--realtime", description = "Fixed heap and locked memory, real-time priority for the time thread; "
            + "says what the system refuses, and goes on without it.")
    private boolean realtime;

    /**
     * Asks the system for what the profile needs.
     *
     * @param out for what the system answers.
     * @return the options with what the server itself must ask for.
     */
    public HostOptions apply(HostOptions options, PrintWriter out) {
        if (!realtime) {
            return options;
        }
        Grant memory = Platform.current().lockMemory();
        out.println("carillon: " + memory.message());
        out.flush();
        return options.configuration("org.carillon.kernel", Map.of("realtimePriority", PRIORITY));
    }
}
