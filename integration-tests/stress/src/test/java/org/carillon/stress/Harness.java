package org.carillon.stress;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** Runs jcstress in a JVM of its own, and reads what it says in the end. */
final class Harness {
    private static final boolean FULL = Boolean.getBoolean("carillon.full");
    private static final long LIMIT_MIN = FULL ? 120 : 5;
    private static final String TEST_CLASSES = File.separator + "test-classes";
    private static final String JVM_ARGUMENTS = "--enable-native-access=ALL-UNNAMED "
            + "--add-exports=java.base/jdk.internal.misc=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow";
    private static final List<String> SANITY = List.of("-m", "sanity", "-sc", "false", "-jvmArgs", JVM_ARGUMENTS);
    /** One form of the JVM; the full run takes all that jcstress knows. */
    private static final List<String> QUICK = List.of("-m", "quick", "-sc", "false", "-iters", "4", "-time", "500",
            "-jvmArgs", JVM_ARGUMENTS);
    private static final List<String> THOROUGH = List.of("-m", "default", "-jvmArgsPrepend", JVM_ARGUMENTS);

    private Harness() {}

    /**
     * Runs cases.
     *
     * @param pattern of their class names.
     * @param planted whether they are the tests' own.
     * @return what jcstress wrote.
     */
    static String run(String pattern, boolean planted) throws IOException, InterruptedException {
        Path folder = Files
                .createDirectories(Path.of("target", "jcstress", planted ? "planted" : "cases").toAbsolutePath());
        Path output = folder.resolve("output.txt");
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp", classPath(planted), "org.openjdk.jcstress.Main", "-t", pattern, "-r",
                        folder.toString()));
        command.addAll(planted ? SANITY : FULL ? THOROUGH : QUICK);
        Process process = new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true)
                .redirectOutput(output.toFile()).start();
        if (!process.waitFor(LIMIT_MIN, TimeUnit.MINUTES)) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
            throw new IOException("jcstress did not end: limitMin=" + LIMIT_MIN + ", pattern=" + pattern);
        }
        return Files.readString(output);
    }

    /** Both folders of classes hold a list of cases, and jcstress reads the first it finds. */
    private static String classPath(boolean planted) {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> planted || !entry.endsWith(TEST_CLASSES))
                .collect(Collectors.joining(File.pathSeparator));
    }
}
