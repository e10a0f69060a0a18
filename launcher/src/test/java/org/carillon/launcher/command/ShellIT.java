package org.carillon.launcher.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.carillon.launcher.Program;
import org.carillon.launcher.command.VerbServer.Said;
import org.carillon.platform.Platform;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The shell as a program, with its input from a file and at a terminal, and a server in another process. */
@Timeout(300)
final class ShellIT {
    @TempDir
    private static Path folder;
    private static VerbServer server;

    @BeforeAll
    static void start() throws Exception {
        assumeTrue(Platform.current().isNative(), "needs native calls");
        server = new VerbServer(folder, "left", "Big Synth");
    }

    @AfterAll
    static void end() {
        if (server != null) {
            server.close();
        }
    }

    @Test
    void shouldRunTheLinesOfItsInput() throws Exception {
        Said said = shell("""
                # a remark

                connect left 'Big Synth' --filter "ch 1"
                carillon ls -c --plain
                up
                disconnect left Big\\ Synth
                send left on C4 x
                """);

        assertEquals(ExitCodes.WRONG_USAGE, said.exitCode(), said.error()); // of the last line
        List<String> lines = said.out().lines().toList();
        assertTrue(lines.getFirst().endsWith("left --> Big Synth"), said.out());
        assertEquals("left --> Big Synth", lines.get(1));
        assertEquals("disconnected: 1", lines.get(2));
        assertEquals(3, lines.size(), said.out()); // no prompt
        assertTrue(said.error().contains("up --detach"), said.error());
        assertFalse(said.error().contains("WARNING"), said.error());
    }

    @Test
    void shouldEndWithExitAndTellWhatItDoesNotUnderstand() throws Exception {
        assertEquals(ExitCodes.DONE, shell("status\nexit\nnonsense\n").exitCode());
        Said said = shell("conect left 'Big Synth'\nls \"left\n");
        assertEquals(ExitCodes.WRONG_USAGE, said.exitCode());
        assertTrue(said.error().contains("did you mean: connect"), said.error());
        assertTrue(said.error().contains("quotation mark"), said.error());
        assertTrue(shell("help connect\n").out().startsWith("Usage: carillon connect"));
    }

    @Test
    void shouldRunVerbsWithAHostOfTheirOwnAsPrograms() throws Exception {
        Path configuration = Files.writeString(folder.resolve("org.carillon.driver.loopback~x.cfg.json"),
                "{\"name\": \"x\"}");
        Said said = shell("info nothing.mid\nconfig check '" + configuration + "'\n");

        assertEquals(ExitCodes.DONE, said.exitCode(), said.error());
        assertTrue(said.error().contains("nothing.mid"), said.error());
        assertTrue(said.out().contains("findings=0"), said.out());
    }

    @Test
    void shouldCompleteInterruptAndRememberAtATerminal() throws Exception {
        List<String> steps = List.of("expect carillon>",
                "type conn\\tle\\tbi\\t\\r", "expect left --> Big Synth", "expect carillon>",
                "type tap left --plain\\r", "expect on C4 100", "type \\x03", "expect carillon>",
                "type log --follow\\r", "expect info", "type \\x03", "expect carillon>",
                "type stat\\x03", "expect carillon>",
                "type disconnect --all\\r", "expect disconnected: 1", "expect carillon>", "type \\x04");

        CompletableFuture<Said> shell = CompletableFuture.supplyAsync(() -> atTerminal(steps));
        VerbServer.await(() -> shell.isDone() || server.done("ls", "-c").contains("tap of source"));
        server.said("send", "left", "on", "C4", "100");

        Said said = shell.get();
        assertEquals(ExitCodes.DONE, said.exitCode(), said.out() + said.error());
        assertFalse(said.out().contains("WARNING"), said.out());
        assertFalse(server.done("client", "ls", "--plain").contains("carillon-tap"));
        List<String> history = Files.readAllLines(folder.resolve("state/carillon/history"));
        assertTrue(history.stream().anyMatch(line -> line.endsWith("tap left --plain")), history.toString());
    }

    private static Said shell(String input) throws Exception {
        return server.program(environment(), input, command());
    }

    private static Said atTerminal(List<String> steps) {
        try {
            return server.atTerminal(environment(), steps, command());
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static String[] command() throws Exception {
        List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java")
                .toString()));
        command.addAll(List.of(Program.command("shell")));
        return command.toArray(String[]::new);
    }

    private static Map<String, String> environment() {
        return Map.of("XDG_STATE_HOME", folder.resolve("state").toString(), "TERM", "xterm", "NO_COLOR", "1",
                "JAVA_HOME", System.getProperty("java.home"), "XDG_CACHE_HOME", folder.resolve("cache").toString());
    }
}
