package org.carillon.launcher.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.carillon.launcher.command.HelpExamples.Example;
import org.carillon.platform.Platform;
import org.carillon.protocol.control.Page;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/**
 * Every example that a verb prints in its help, typed into a shell as it stands, at a server in another process.
 * Examples are read out of the help, so that a verb without one, or one that does not work, is found here.
 */
@Timeout(900)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
final class HelpExamplesIT {
    /** What no test may do. */
    private static final Map<String, String> LEFT_OUT = Map.of("carillon fetch-sounds", "fetches from the network");
    /** What only one machine has, and what stands for it here. */
    private static final Map<String, String> STAND_INS = Map.of("/var/lib/carillon", "data-2", "PIANO.sf2", "built-in",
            "driver.jar --config org.example.echo~", "loopback.jar --config org.carillon.driver.loopback~",
            "alias keystation", "alias Gervill");
    private static final Set<Integer> DONE_OR_INTERRUPTED = Set.of(ExitCodes.DONE, 128 + 2);
    private static final String INSTALL = "carillon driver install";
    private static final Set<String> NEED_A_DRIVER = Set.of("carillon driver start", "carillon driver stop",
            "carillon driver rm");
    private static final String CONNECT = "carillon connect";
    private static final String DOWN = "carillon down";
    private static final String UP = "carillon up";

    private static final int AT_ONCE = 8;

    @TempDir
    private static Path folder;
    private static ExampleStage stage;

    /** An example that runs. */
    private record Running(Example example, String name, Process process) {
        /** The programs that a terminal would end, the shell around them left out. */
        private List<ProcessHandle> leaves() {
            return Stream.concat(Stream.of(process.toHandle()), process.descendants())
                    .filter(each -> each.children().findAny().isEmpty()).toList();
        }

        void interrupt() throws IOException, InterruptedException {
            for (ProcessHandle each : leaves()) {
                new ProcessBuilder("kill", "-INT", Long.toString(each.pid())).start().waitFor();
            }
        }

        void kill() {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    @BeforeAll
    static void start() throws IOException {
        assumeTrue(Platform.current().isNative(), "needs native calls");
        stage = new ExampleStage(folder);
    }

    @AfterAll
    static void end() {
        if (stage != null) {
            stage.close();
        }
    }

    private static List<Example> examples() {
        return HelpExamples.verbs(Main.commandLine()).stream().flatMap(verb -> HelpExamples.of(verb).stream())
                .filter(example -> !LEFT_OUT.containsKey(example.verb())).toList();
    }

    @Test
    @Order(1)
    void shouldShowAnExampleOfEachVerb() {
        List<CommandLine> verbs = HelpExamples.verbs(Main.commandLine());

        assertTrue(verbs.size() >= 35, "verbs=" + verbs.size());
        for (CommandLine verb : verbs) {
            String name = verb.getCommandSpec().qualifiedName();
            assertTrue(HelpExamples.of(verb).stream().anyMatch(example -> example.line().contains(name)), name);
        }
    }

    @Test
    @Order(2)
    void shouldRunExamplesThatEndByThemselves() throws Exception {
        List<String> failures = new ArrayList<>();
        for (Example example : examples()) {
            if (!example.holds() && !example.verb().equals(DOWN)) {
                judge(run(example, stage.socket()), Set.of(ExitCodes.DONE), failures);
            }
        }
        assertEquals(List.of(), failures);
    }

    /** They only look, so all of them may run at once. */
    @Test
    @Order(3)
    void shouldRunExamplesThatAPersonEnds() throws Exception {
        List<Example> holding = examples().stream().filter(example -> example.holds() && !example.verb().equals(UP))
                .toList();
        assertTrue(holding.size() >= 10, "holding=" + holding);
        List<String> failures = new ArrayList<>();
        for (int from = 0; from < holding.size(); from += AT_ONCE) {
            List<Running> running = new ArrayList<>();
            for (Example example : holding.subList(from, Math.min(from + AT_ONCE, holding.size()))) {
                running.add(run(example, stage.socket()));
            }
            for (Running each : running) {
                endAsAPersonWould(each);
                judge(each, DONE_OR_INTERRUPTED, failures);
            }
        }
        assertEquals(List.of(), failures);
    }

    /** Servers of their own. */
    @Test
    @Order(4)
    void shouldRunExamplesThatStartAServer() throws Exception {
        List<String> failures = new ArrayList<>();
        for (Example example : examples()) {
            if (example.verb().equals(UP)) {
                Path socket = folder.resolve("up-" + Math.abs(example.line().hashCode()) + "/control");
                Running running = run(example, socket);
                endAsAPersonWould(running);
                judge(running, DONE_OR_INTERRUPTED, failures);
                Running down = run(new Example(DOWN, DOWN, false), socket);
                judge(down, Set.of(example.line().contains("--detach") ? ExitCodes.DONE : ExitCodes.UNREACHABLE),
                        failures);
            }
        }
        assertEquals(List.of(), failures);
    }

    @Test
    @Order(5)
    void shouldRunTheExampleThatEndsTheServer() throws Exception {
        List<String> failures = new ArrayList<>();
        for (Example example : examples()) {
            if (example.verb().equals(DOWN)) {
                judge(run(example, stage.socket()), Set.of(ExitCodes.DONE), failures);
            }
        }
        assertEquals(List.of(), failures);
        assertTrue(stage.server().waitFor(60, TimeUnit.SECONDS), "server does not end");
    }

    private static Running run(Example example, Path socket) throws IOException {
        String line = example.line();
        for (Map.Entry<String, String> each : STAND_INS.entrySet()) {
            line = line.replace(each.getKey(), each.getValue());
        }
        if (!example.verb().equals(DOWN)) {
            if (example.verb().equals(INSTALL)) {
                stage.removeDrivers();
            } else if (NEED_A_DRIVER.contains(example.verb())) {
                stage.addDriver();
            }
            boolean isConnected = !example.verb().equals(CONNECT);
            stage.restore(isConnected);
            line = line.replace("'#7'", "'#" + stage.victimId() + "'");
            line = isConnected ? line.replace("'#3'", "'#" + stage.connectionId() + "'") : line;
        }
        String name = example.line().replaceAll("[^a-zA-Z0-9]+", "-") + "-" + Math.abs(socket.hashCode());
        return new Running(example, name, stage.start(line, socket, name));
    }

    /** Waits until it has ended, or has begun what goes on: it has said something, or has a session. */
    private static void endAsAPersonWould(Running running) throws IOException, InterruptedException {
        boolean isServer = running.example.verb().equals(UP);
        ExampleStage.await(() -> !running.process.isAlive() || hasBegun(running, isServer), running.example.line());
        boolean isLimited = running.process.isAlive() && !running.process.waitFor(1, TimeUnit.SECONDS);
        if (isLimited) {
            running.interrupt();
        }
    }

    private static boolean hasBegun(Running running, boolean isServer) {
        try {
            if (isServer) {
                return Files.readString(folder.resolve(running.name + ".out")).contains("ready");
            }
            List<Long> pids = running.leaves().stream().map(ProcessHandle::pid).toList();
            return Files.size(folder.resolve(running.name + ".out")) > 0
                    || Files.size(folder.resolve(running.name + ".err")) > 0 || Stream.of(stage.client()
                            .ask(to -> to.sessions(new Page(0, 256, "")).sessions()))
                            .anyMatch(session -> pids.contains((long) session.processId()));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static void judge(Running running, Set<Integer> expected, List<String> failures)
            throws IOException, InterruptedException {
        boolean hasEnded = running.process.waitFor(ExampleStage.LIMIT_NS, TimeUnit.NANOSECONDS);
        if (!hasEnded) {
            running.kill();
        }
        if (!hasEnded || !expected.contains(running.process.exitValue())) {
            failures.add(running.example.line() + ": " + (hasEnded
                    ? "exit code " + running.process.exitValue()
                    : "does not end") + ": " + stage.said(running.name));
        }
    }
}
