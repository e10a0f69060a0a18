package org.carillon.launcher;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** How a host is to start. Immutable: each method returns new options. */
public final class HostOptions {
    /** What {@link #without} calls the web console and all that only it needs. */
    public static final String WEB = "web";
    /** What {@link #without} calls all that a start does not wait for: hardware, sound, administration. */
    public static final String REST = "rest";

    private static final HostOptions DEFAULTS = new HostOptions(null, null, false, true, Map.of(), Set.of(), false);

    private final Path home;
    private final Path data;
    private final boolean temporary;
    private final boolean readsFiles;
    private final Map<String, Map<String, Object>> configurations;
    private final Set<String> without;
    private final boolean shell;

    private HostOptions(Path home, Path data, boolean temporary, boolean readsFiles,
            Map<String, Map<String, Object>> configurations, Set<String> without, boolean shell) {
        this.home = home;
        this.data = data;
        this.temporary = temporary;
        this.readsFiles = readsFiles;
        this.configurations = configurations;
        this.without = without;
        this.shell = shell;
    }

    /**
     * The distribution that the launcher's jar belongs to, with its configuration files. Its data is kept beside it or,
     * where that is not writable, in {@code carillon} of the user's state folder.
     */
    public static HostOptions defaults() {
        return DEFAULTS;
    }

    /** As {@link #defaults()}, with the data in a new temporary folder that goes when the host is closed. */
    public static HostOptions temporary() {
        return new HostOptions(null, null, true, true, Map.of(), Set.of(), false);
    }

    /** @param folder where {@code bundles/} and {@code config/} are. */
    public HostOptions home(Path folder) {
        return new HostOptions(Objects.requireNonNull(folder), data, temporary, readsFiles, configurations, without,
                shell);
    }

    /** @param folder that one host at a time writes to; it is made where it is missing. */
    public HostOptions data(Path folder) {
        return new HostOptions(home, Objects.requireNonNull(folder), false, readsFiles, configurations, without, shell);
    }

    /**
     * Configures a component: these values go before those of the file of that name, where there is one.
     *
     * @param pid    of the component; {@code factoryPid~name} for an instance of a factory.
     * @param values of the types that OSGi configurations have.
     */
    public HostOptions configuration(String pid, Map<String, ?> values) {
        Map<String, Map<String, Object>> more = new LinkedHashMap<>(configurations);
        more.put(pid, Map.copyOf(values));
        return new HostOptions(home, data, temporary, readsFiles, more, without, shell);
    }

    /** Takes no notice of the files in {@code config/}. */
    public HostOptions withoutConfigurationFiles() {
        return new HostOptions(home, data, temporary, false, configurations, without, shell);
    }

    /**
     * Reads commands from standard input, at a prompt on standard output. Without this nothing reads, and the commands
     * are there for those who call them.
     */
    public HostOptions shell() {
        return new HostOptions(home, data, temporary, readsFiles, configurations, without, true);
    }

    boolean hasShell() {
        return shell;
    }

    /**
     * @param bundle to leave out: its symbolic name, or the end of it, such as {@code filter}; {@value #WEB} for the
     *               web console with all that only it needs; {@value #REST} for all that a start does not wait for.
     */
    public HostOptions without(String bundle) {
        Set<String> more = new TreeSet<>(without);
        more.add(bundle);
        return new HostOptions(home, data, temporary, readsFiles, configurations, more, shell);
    }

    Optional<Path> home() {
        return Optional.ofNullable(home);
    }

    Optional<Path> data() {
        return Optional.ofNullable(data);
    }

    boolean isTemporary() {
        return temporary;
    }

    boolean readsFiles() {
        return readsFiles;
    }

    Map<String, Map<String, Object>> configurations() {
        return configurations;
    }

    Set<String> without() {
        return without;
    }
}
