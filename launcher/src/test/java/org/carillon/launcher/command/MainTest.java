package org.carillon.launcher.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

final class MainTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter error = new StringWriter();

    @Test
    void shouldSuggestTheNearestVerb() {
        assertEquals(ExitCodes.WRONG_USAGE, run("dmeo"));
        assertTrue(error.toString().contains("did you mean: demo"), error.toString());
    }

    @Test
    void shouldSuggestTheNearestOption() {
        assertEquals(ExitCodes.WRONG_USAGE, run("demo", "--exot"));
        assertTrue(error.toString().contains("did you mean: --exit"), error.toString());
    }

    @Test
    void shouldAskForAVerb() {
        assertEquals(ExitCodes.WRONG_USAGE, run());
        assertTrue(error.toString().contains("expected a verb"), error.toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "241", "x"})
    void shouldRefuseSecondsOutOfRange(String seconds) {
        assertEquals(ExitCodes.WRONG_USAGE, run("demo", "--seconds", seconds));
        assertTrue(error.toString().contains("--seconds"), error.toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"up", "demo", "play", "record", "render", "info", "doctor", "fetch-sounds", "codegen",
        "bench", "shell", "completion"})
    void shouldShowAnExampleOfEachVerb(String verb) {
        CommandLine line = Main.commandLine().getSubcommands().get(verb);
        assertTrue(line.getUsageMessage().contains("Example:" + System.lineSeparator() + "  carillon " + verb));
    }

    @Test
    void shouldPrintTheVersion() {
        assertEquals(ExitCodes.DONE, run("--version"));
        assertTrue(out.toString().startsWith("carillon "), out.toString());
    }

    private int run(String... arguments) {
        return Main.commandLine().setOut(new PrintWriter(out, true)).setErr(new PrintWriter(error, true))
                .execute(arguments);
    }
}
