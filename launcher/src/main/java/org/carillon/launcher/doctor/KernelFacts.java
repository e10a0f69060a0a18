package org.carillon.launcher.doctor;

import java.util.Arrays;
import java.util.Optional;

/** What the kernel was built with and started with. */
final class KernelFacts {
    private static final String NOT_SET = " is not set";

    private final Optional<String> configuration;
    private final Optional<String> commandLine;
    private final Optional<String> version;

    KernelFacts(Tree tree) {
        configuration = tree.readZipped("proc/config.gz").filter(KernelFacts::isConfiguration)
                .or(() -> tree.word("proc/sys/kernel/osrelease").flatMap(release -> tree.read("boot/config-" + release)
                        .or(() -> tree.read("lib/modules/" + release + "/config")))
                        .filter(KernelFacts::isConfiguration));
        commandLine = tree.word("proc/cmdline");
        version = tree.word("proc/version");
    }

    /** Whether an option was built in; empty where no configuration can be read. */
    Optional<Boolean> isBuilt(String option) {
        return configuration.map(text -> text.lines().anyMatch(line -> line.equals(option + "=y")));
    }

    /** Whether the configuration tells of an option at all, set or not. */
    boolean isMentioned(String option) {
        return configuration.map(text -> text.lines()
                .anyMatch(line -> line.startsWith(option + "=") || line.equals("# " + option + NOT_SET)))
                .orElse(false);
    }

    /** Whether the kernel's own version says so; empty where it cannot be read. */
    Optional<Boolean> isInVersion(String word) {
        return version.map(text -> Arrays.asList(text.split("\\s+")).contains(word));
    }

    /** Whether the start options can be read. */
    boolean hasOptions() {
        return commandLine.isPresent();
    }

    /** What stands behind {@code name=}, or an empty text for the bare word; the last one counts. */
    Optional<String> option(String name) {
        return commandLine.flatMap(line -> Arrays.stream(line.split("\\s+"))
                .filter(word -> word.equals(name) || word.startsWith(name + "="))
                .reduce((first, second) -> second)
                .map(word -> word.equals(name) ? "" : word.substring(name.length() + 1)));
    }

    private static boolean isConfiguration(String text) {
        return text.lines().anyMatch(line -> line.startsWith("CONFIG_") || line.startsWith("# CONFIG_")
                && line.endsWith(NOT_SET));
    }
}
