package org.carillon.client;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.carillon.platform.ipc.ServerPaths;

/**
 * How a client meets its server.
 *
 * @param name        of the program, for lists and log lines.
 * @param socket      of the server.
 * @param timeLimitNs of each request.
 * @param command     that starts a server: a program and what stands before its verb; empty where opening a session
 *                    must never start one.
 * @param upOptions   of its verb, beside the one that has the server end with its last session.
 */
public record ClientOptions(String name, Path socket, long timeLimitNs, List<String> command, List<String> upOptions) {
    /** Environment variable that names the program that starts a server. */
    public static final String COMMAND_VARIABLE = "CARILLON_COMMAND";
    public static final long DEFAULT_TIME_LIMIT_NS = TimeUnit.SECONDS.toNanos(5);

    private static final String COMMAND = "carillon";

    public ClientOptions {
        Objects.requireNonNull(socket, "socket");
        command = List.copyOf(command);
        upOptions = List.copyOf(upOptions);
        if (name.isBlank() || timeLimitNs < 1_000) {
            throw new IllegalArgumentException("client must have a name and a time limit of at least 1 us: name=" + name
                    + ", timeLimitNs=" + timeLimitNs);
        }
    }

    /**
     * The usual ones: the server that {@link ServerPaths} finds, five seconds for a request, and the command that
     * {@code CARILLON_COMMAND} names, else {@code carillon} of the search path.
     */
    public static ClientOptions named(String name) {
        String command = System.getenv().getOrDefault(COMMAND_VARIABLE, "");
        return new ClientOptions(name, ServerPaths.find(), DEFAULT_TIME_LIMIT_NS,
                List.of(command.isBlank() ? COMMAND : command), List.of());
    }

    /** The same with another server. */
    public ClientOptions at(Path otherSocket) {
        return new ClientOptions(name, otherSocket, timeLimitNs, command, upOptions);
    }

    /** The same with another limit for requests. */
    public ClientOptions within(long otherTimeLimitNs) {
        return new ClientOptions(name, socket, otherTimeLimitNs, command, upOptions);
    }

    /** The same with another command; none for never starting a server. */
    public ClientOptions startedBy(String... otherCommand) {
        return new ClientOptions(name, socket, timeLimitNs, List.of(otherCommand), upOptions);
    }

    /** The same with further options for a server that is started, such as {@code --data FOLDER}. */
    public ClientOptions startedWith(List<String> otherUpOptions) {
        return new ClientOptions(name, socket, timeLimitNs, command, otherUpOptions);
    }
}
