package org.carillon.bench.sound;

import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** How to start a JVM as the start script does: the flags of the shipped default profile, the classes of this one. */
final class JavaCommand {
    private static final List<String> FALLBACK = List.of("-XX:+UseZGC", "-Xms8m", "-Xss512k",
            "--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow");
    /** Samples need room that the default profile does not have. */
    private static final String HEAP = "-Xmx256m";
    private static final String VECTORS = "--add-modules=jdk.incubator.vector";

    private JavaCommand() {}

    static List<String> withVectors(Class<?> main) {
        return of(main, List.of(VECTORS));
    }

    static List<String> of(Class<?> main) {
        return of(main, List.of("-Dcarillon.sampler.kernel=plain"));
    }

    private static List<String> of(Class<?> main, List<String> flags) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(profile());
        command.add(HEAP);
        command.addAll(flags);
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
