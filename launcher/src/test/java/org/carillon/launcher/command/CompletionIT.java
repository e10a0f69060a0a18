package org.carillon.launcher.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.carillon.launcher.Program;
import org.carillon.launcher.command.VerbServer.Said;
import org.carillon.platform.Platform;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Keys typed at real shells, whose command prints the words that it got, and a server in another process. */
@Timeout(300)
final class CompletionIT {
    private static final String PROMPT = "type here: ";

    @TempDir
    private static Path folder;
    private static VerbServer server;

    @BeforeAll
    static void start() throws Exception {
        assumeTrue(Platform.current().isNative(), "needs native calls");
        server = new VerbServer(folder, "left", "Big Synth", "Kurz:weil 1");
        server.said("connect", "left", "Big Synth");
        Path bin = Files.createDirectories(folder.resolve("bin"));
        Path real = Program.distribution().resolve("bin/carillon");
        Path command = Files.writeString(bin.resolve("carillon"), "#!/bin/sh\n[ \"${1:-}\" = __complete ] && exec "
                + real + " \"$@\"\nprintf '<%s>' \"$@\"\necho .\n");
        Files.setPosixFilePermissions(command, PosixFilePermissions.fromString("rwx------"));
        Files.writeString(folder.resolve("some file.jar"), "");
        for (String shell : List.of("bash", "zsh", "fish")) {
            Files.writeString(folder.resolve("carillon." + shell), script(shell));
        }
    }

    @AfterAll
    static void end() {
        if (server != null) {
            server.close();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"bash", "zsh", "fish"})
    void shouldCompleteWhatIsTyped(String shell) throws Exception {
        List<String> steps = new ArrayList<>(setUp(shell));
        steps.addAll(List.of(
                "type carillon conn\\tBi\\tle\\t\\r", "expect <connect><Big Synth><left>.",
                "type carillon connect --f\\t'ch 1' kurz\\tbig\\t\\r",
                "expect <connect><--filter><ch 1><Kurz:weil 1><Big Synth>.",
                "type carillon tap Kurz:w\\t\\r", "expect <tap><Kurz:weil 1>.",
                "type carillon tap \"Kurz:we\\t\\r", "expect <tap><Kurz:weil 1>.",
                "type carillon disconnect lef\\tbi\\t\\r", "expect <disconnect><left><Big Synth>.",
                "type carillon log --level w\\t\\r", "expect <log><--level><warning>.",
                "type carillon driver inst\\tsome\\t\\r", "expect <driver><install><some file.jar>.",
                "type carillon client kick nob\\t\\r", "expect <client><kick><nob>.",
                "type exit\\r"));

        Said said = server.atTerminal(environment(server.socket()), steps, command(shell));

        assertEquals(0, said.exitCode(), said.out() + said.error());
    }

    @ParameterizedTest
    @ValueSource(strings = {"bash", "zsh", "fish"})
    void shouldCompleteWordsAloneAndStartNothingWhereNoServerIs(String shell) throws Exception {
        Path socket = folder.resolve("none/control");
        List<String> steps = new ArrayList<>(setUp(shell));
        steps.addAll(List.of("type carillon disc\\tle\\t\\r", "expect <disconnect><le>.", "type exit\\r"));

        Said said = server.atTerminal(environment(socket), steps, command(shell));

        assertEquals(0, said.exitCode(), said.out() + said.error());
        assertFalse(Files.exists(socket.getParent()));
        assertFalse(said.out().contains("unreachable"), said.out());
    }

    @Test
    void shouldAnswerInLinesWithDescriptionsAndByExitCode() throws Exception {
        Said ports = complete("words", "connect", "");
        assertEquals(0, ports.exitCode(), ports.error());
        assertTrue(ports.out().lines().anyMatch("Kurz:weil 1\tsource of loopback Kurz:weil 1"::equals), ports.out());
        assertTrue(complete("words", "connect", "").out().contains("Big Synth")); // of the archive of classes now
        assertEquals(10, complete("words", "play", "").exitCode());
        assertEquals(11, complete("words", "up", "--data", "").exitCode());
        assertEquals(2, complete().exitCode());
        assertEquals("weil\\ 1\n", complete("bash", "carillon tap Kurz:", " \t\n\"'@><=;|&(:").out());
        assertEquals("Kurz:weil 1\n", complete("bash", "carillon tap \"Kurz:", " \t\n\"'@><=;|&(:").out());
    }

    @Test
    void shouldShipTheScriptsWhereShellsLookForThem() throws Exception {
        for (var each : Map.of("bash", "share/bash-completion/completions/carillon", "zsh",
                "share/zsh/site-functions/_carillon", "fish", "share/fish/vendor_completions.d/carillon.fish")
                .entrySet()) {
            assertEquals(script(each.getKey()),
                    Files.readString(Program.distribution().resolve(each.getValue())));
        }
    }

    private static String script(String shell) {
        StringWriter out = new StringWriter();
        assertEquals(ExitCodes.DONE, Main.commandLine().setOut(new PrintWriter(out)).execute("completion", shell));
        return out.toString();
    }

    private static Said complete(String... words) throws Exception {
        List<String> command = new ArrayList<>(List.of(Program.distribution().resolve("bin/carillon").toString(),
                "__complete"));
        command.addAll(List.of(words));
        return server.program(environment(server.socket()), "", command.toArray(String[]::new));
    }

    private static Map<String, String> environment(Path socket) {
        return Map.of("PATH", folder.resolve("bin") + ":" + System.getenv("PATH"), "CARILLON_SERVER", socket.toString(),
                "HOME", folder.toString(), "XDG_CACHE_HOME", folder.resolve("cache").toString(), "TERM", "xterm",
                "JAVA_HOME", System.getProperty("java.home"), "LC_ALL", "C.UTF-8");
    }

    private static String[] command(String shell) {
        return switch (shell) {
            case "bash" -> new String[]{"bash", "--norc", "--noprofile", "-i"};
            case "zsh" -> new String[]{"zsh", "-f", "-i"};
            default -> new String[]{"fish", "--no-config", "-i"};
        };
    }

    /** A prompt is typed in two parts, so that it is seen when it is in force and not when it is typed. */
    private static List<String> setUp(String shell) {
        List<String> steps = new ArrayList<>();
        if (shell.equals("zsh")) {
            steps.add("type autoload -U compinit; compinit -u -D\\r");
        }
        steps.add("type source ./carillon." + shell + "\\r");
        steps.add(shell.equals("fish")
                ? "type function fish_prompt; echo -n 'type ''here: '; end\\r"
                : "type PS1='type ''here: '\\r");
        steps.add("expect " + PROMPT.strip());
        return steps;
    }
}
