package org.carillon.launcher.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.eclipsesource.json.Json;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URISyntaxException;
import java.nio.file.Path;
import org.carillon.launcher.doctor.Doctor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code carillon doctor} on recorded systems. */
final class DoctorCommandTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter error = new StringWriter();

    private static String folder(String name) throws URISyntaxException {
        return Path.of(Doctor.class.getResource(name).toURI()).toString();
    }

    private int run(String... arguments) {
        return Main.commandLine().setOut(new PrintWriter(out, true)).setErr(new PrintWriter(error, true))
                .execute(arguments);
    }

    @ParameterizedTest
    @CsvSource({"good, 0", "bad, 1", "empty, 0", "garbled, 0"})
    void shouldTellByItsExitCodeWhetherAnythingFails(String system, int exitCode) throws Exception {
        assertEquals(exitCode, run("doctor", "--sysroot", folder(system)), out.toString());
        assertTrue(out.toString().lines().reduce((first, second) -> second).orElse("").startsWith("next: "));
        assertFalse(out.toString().contains("\033"), "escape sequences although nobody looks");
    }

    @ParameterizedTest
    @CsvSource({"good, 0", "bad, 1"})
    void shouldSayTheSameAsJson(String system, int exitCode) throws Exception {
        assertEquals(exitCode, run("doctor", "--json", "--sysroot", folder(system)));
        assertEquals(1, out.toString().lines().count(), out.toString());
        assertEquals("unknown", Json.parse(out.toString()).asObject().get("measured").asObject().getString("verdict",
                ""));
        assertEquals("", error.toString());
    }

    @Test
    void shouldRefuseASystemThatIsNotThere() {
        assertEquals(ExitCodes.NO_SUCH_NAME, run("doctor", "--sysroot", "/nonexistent/system"));
        assertTrue(error.toString().contains("sysroot=/nonexistent/system"), error.toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"--seconds=-1", "--seconds=601", "--seconds=x", "--print=poem", "--print=limits --json"})
    void shouldRefuseWhatItDoesNotUnderstand(String options) {
        assertEquals(ExitCodes.WRONG_USAGE, run(("doctor " + options).split(" ")));
        assertFalse(error.toString().isEmpty());
        assertEquals("", out.toString());
    }

    @Test
    void shouldShowAnExample() {
        assertTrue(Main.commandLine().getSubcommands().get("doctor").getUsageMessage()
                .contains("Example:" + System.lineSeparator() + "  carillon doctor"));
    }
}
