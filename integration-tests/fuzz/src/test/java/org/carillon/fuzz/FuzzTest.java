package org.carillon.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs Jazzer's own program, in a JVM for each target: its JUnit engine is made for an older JUnit. */
class FuzzTest {
    private static final int SECONDS = Boolean.getBoolean("carillon.full") ? 600 : 10;
    private static final int SLACK_S = 120;
    private static final int NOTHING_FOUND = 0;
    private static final int FOUND = 77;

    private record Run(int exitCode, String output) {}

    @ParameterizedTest
    @ValueSource(classes = {FilterWordsTarget.class, KernelBorderTarget.class, RingTarget.class, MidiFileTarget.class,
        WavTarget.class, SfzTarget.class, SoundFontTarget.class, RawMidiTarget.class, ConfigurationTarget.class,
        SchemaTarget.class, ControlTarget.class, ReplyTarget.class, HandshakeTarget.class})
    void shouldFindNothing(Class<?> target) throws IOException, InterruptedException {
        Run run = jazzer(target);

        assertEquals(NOTHING_FOUND, run.exitCode(), run.output());
        assertTrue(run.output().contains("Done "), run.output());
    }

    @Test
    void shouldSeeAFinding() throws IOException, InterruptedException {
        Run run = jazzer(PlantedTarget.class);

        assertEquals(FOUND, run.exitCode(), run.output());
        assertTrue(run.output().contains("planted"), run.output());
    }

    private static Run jazzer(Class<?> target) throws IOException, InterruptedException {
        Path folder = Files.createDirectories(Path.of("target", "fuzz", target.getSimpleName()).toAbsolutePath());
        Path corpus = Files.createDirectories(folder.resolve("corpus"));
        Path output = folder.resolve("output.txt");
        Process process = new ProcessBuilder(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m", "--enable-native-access=ALL-UNNAMED",
                "--add-exports=java.base/jdk.internal.misc=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow",
                "-XX:+EnableDynamicAgentLoading", "-cp", System.getProperty("java.class.path"),
                "com.code_intelligence.jazzer.Jazzer", "--target_class=" + target.getName(),
                "--instrumentation_includes=org.carillon.**", "--reproducer_path=" + folder,
                "-artifact_prefix=" + folder + "/", "-max_total_time=" + SECONDS, "-seed=1", "-rss_limit_mb=0",
                corpus.toString())).directory(folder.toFile()).redirectErrorStream(true)
                .redirectOutput(output.toFile()).start();
        if (!process.waitFor(SECONDS + SLACK_S, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IOException("jazzer did not end: target=" + target.getSimpleName());
        }
        return new Run(process.exitValue(), Files.readString(output));
    }
}
