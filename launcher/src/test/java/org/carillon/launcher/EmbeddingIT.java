package org.carillon.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** A host inside a program that knows nothing but the jars of lib/. */
final class EmbeddingIT {
    private static final String BUNDLES = "../bundles/10/";

    @Test
    void shouldPlayOneNoteInsideAnotherProgram() throws Exception {
        Program hello = Program.java("--add-exports", "java.base/jdk.internal.misc=ALL-UNNAMED", "-cp", classPath(),
                HelloHost.class.getName());

        assertEquals(0, hello.exitCode(), hello.error());
        assertEquals(List.of("90 3c 64", "80 3c 00"), hello.out().lines().toList().stream()
                .map(line -> line.startsWith("80") ? "80 3c 00" : line).toList(), hello.out() + hello.error());
    }

    @Test
    void shouldNameTheMissingFlag() throws Exception {
        Program hello = Program.java("-cp", classPath(), HelloHost.class.getName());

        assertEquals(1, hello.exitCode());
        assertTrue(hello.error().contains("--add-exports java.base/jdk.internal.misc=ALL-UNNAMED"), hello.error());
    }

    @Test
    void shouldNameEveryJarOfTheClassPathInTheManifest() throws IOException {
        Set<String> jars = jars().stream().map(jar -> jar.getFileName().toString())
                .collect(Collectors.toCollection(TreeSet::new));
        Path launcher = Program.launcher(Program.distribution());
        jars.remove(launcher.getFileName().toString());

        try (JarFile jar = new JarFile(launcher.toFile())) {
            String named = jar.getManifest().getMainAttributes().getValue("Class-Path");
            Set<String> all = new TreeSet<>(List.of(named.strip().split("\\s+")));
            Set<String> bundles = all.stream().filter(name -> name.startsWith(BUNDLES))
                    .collect(Collectors.toCollection(TreeSet::new));
            bundles.forEach(bundle -> assertTrue(Files.exists(launcher.resolveSibling(bundle)), bundle));
            assertEquals(3, bundles.size(), "configuration, sequencer and sampler, which lie there once");
            all.removeAll(bundles);
            assertEquals(jars, all);
        }
    }

    private static String classPath() throws IOException, URISyntaxException {
        Path tests = Path.of(HelloHost.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        return jars().stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator)) + File.pathSeparator
                + tests;
    }

    private static List<Path> jars() throws IOException {
        try (var files = Files.list(Program.distribution().resolve("lib"))) {
            return files.filter(file -> file.toString().endsWith(".jar")).toList();
        }
    }
}
