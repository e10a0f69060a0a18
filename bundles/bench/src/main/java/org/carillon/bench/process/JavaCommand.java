package org.carillon.bench.process;

import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** How to start a JVM as the start script does: the flags of the shipped default profile, the classes of this one. */
public final class JavaCommand {
    /** Samples need room that the default profile does not have. */
    public static final String SAMPLE_HEAP = "-Xmx256m";

    private static final List<String> FALLBACK = List.of("-XX:+UseZGC", "-Xms8m", "-Xss512k",
            "--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow");
    private static final String VECTORS = "--add-modules=jdk.incubator.vector";

    private JavaCommand() {}

    /** With room for samples and vector instructions. */
    public static List<String> withVectors(Class<?> main) {
        return of(main, SAMPLE_HEAP, VECTORS);
    }

    /** @param flags more of the JVM; of two that contradict each other the last one counts. */
    public static List<String> of(Class<?> main, String... flags) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(profile());
        command.addAll(List.of(flags));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        return command;
    }

    /** Those of the distribution that this class comes from; without one, the same flags. */
    private static List<String> profile() {
        try {
            Path jar = Path.of(JavaCommand.class.getProtectionDomain().getCodeSource().getLocation().toURI());
            Path options = jar.resolveSibling("default.options");
            return Files.isReadable(options) ? List.of("@" + options) : FALLBACK;
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
