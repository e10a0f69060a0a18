package org.carillon.launcher.command;

import java.io.IOException;
import java.io.PrintWriter;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.carillon.launcher.command.client.KeptServer;
import org.carillon.launcher.command.complete.TypedLine;
import org.carillon.launcher.command.shell.Prompt;
import org.carillon.platform.ipc.ServerPaths;
import picocli.CommandLine;

/**
 * Runs the lines of a prompt. Verbs that talk to a server run here; those with a host, a heap or an end of their own
 * run as programs, as in any shell.
 */
final class ShellVerbs {
    private static final Set<String> PROGRAMS = Set.of("bench", "demo", "doctor", "fetch-sounds", "info", "play",
            "record", "render", "up", "driver check");
    private static final Set<String> ENDINGS = Set.of("exit", "quit");
    private static final String COMMAND = "carillon";
    private static final String HELP = "help";
    private static final String REMARK = "#";
    /** What a shell says of a program that Ctrl-C has ended. */
    private static final int INTERRUPTED = 130;
    private static final long GRACE_MS = 1_000;

    private final KeptServer server;
    private final Path socket;
    private final Prompt prompt;
    private volatile boolean isInterrupted;

    /** @param socket null for the usual one. */
    ShellVerbs(KeptServer server, Path socket, Prompt prompt) {
        this.server = server;
        this.socket = socket;
        this.prompt = prompt;
    }

    /** Runs lines until their end. @return the exit code of the last. */
    int run() throws IOException {
        int code = ExitCodes.DONE;
        for (String line = prompt.next(); line != null; line = prompt.next()) {
            TypedLine typed = TypedLine.of(line);
            List<String> words = typed.allWords();
            if (!words.isEmpty() && words.getFirst().equals(COMMAND)) {
                words = words.subList(1, words.size());
            }
            if (words.isEmpty() || words.getFirst().startsWith(REMARK)) {
                continue;
            }
            if (words.size() == 1 && ENDINGS.contains(words.getFirst())) {
                return code;
            }
            code = typed.quote() == 0
                    ? run(words)
                    : refuse("a quotation mark must have its other one: line=" + line.strip());
        }
        return code;
    }

    private int run(List<String> words) {
        String verb = words.getFirst();
        if (verb.equals(HELP)) {
            return execute(Stream.concat(words.stream().skip(1), Stream.of("--help")).toList());
        }
        boolean isHelp = words.contains("--help") || words.contains("-h");
        if (verb.equals("shell") && !isHelp) {
            return refuse("this is the shell; 'help' lists its verbs, 'exit' ends it");
        }
        if (verb.equals("up") && !isHelp && !words.contains("--detach")) {
            return refuse("up stays for as long as its server does; type here: up --detach, or in another terminal: "
                    + "carillon " + String.join(" ", words));
        }
        boolean isProgram = PROGRAMS.contains(verb)
                || words.size() > 1 && PROGRAMS.contains(verb + " " + words.get(1));
        return isProgram && !isHelp ? program(words) : execute(words);
    }

    private int refuse(String message) {
        prompt.error().println("carillon: " + message);
        prompt.error().flush();
        return ExitCodes.WRONG_USAGE;
    }

    /** Runs a verb here. */
    private int execute(List<String> words) {
        CommandLine line = Main.commandLine(server).setOut(prompt.out()).setErr(prompt.error());
        line.setExecutionExceptionHandler((error, command, parsed) -> isInterrupted
                ? INTERRUPTED
                : Main.report(error, command.getErr()));
        isInterrupted = false;
        Thread verb = Thread.currentThread();
        CountDownLatch ended = new CountDownLatch(1);
        try (Prompt.Watch _ = prompt.onInterrupt(() -> interrupt(verb, ended))) {
            int code = line.execute(words.toArray(String[]::new));
            return isInterrupted ? INTERRUPTED : code;
        } finally {
            ended.countDown();
            Thread.interrupted();
            prompt.out().flush();
            prompt.error().flush();
        }
    }

    /** Tells a verb to end; one that does not loses its sessions. */
    private void interrupt(Thread verb, CountDownLatch ended) {
        isInterrupted = true;
        verb.interrupt();
        Thread.ofPlatform().daemon().name("carillon-interrupt").start(() -> {
            try {
                if (!ended.await(GRACE_MS, TimeUnit.MILLISECONDS)) {
                    server.close();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    /** Runs a verb as a program, which Ctrl-C at a terminal reaches by itself. */
    private int program(List<String> words) {
        prompt.out().flush();
        List<String> command = new ArrayList<>(List.of(server.command()));
        command.addAll(words);
        ProcessBuilder builder = new ProcessBuilder(command).inheritIO();
        if (!prompt.isTerminal()) {
            builder.redirectInput(Redirect.from(Path.of("/dev/null").toFile())); // the lines are this shell's
        }
        if (socket != null) {
            builder.environment().put(ServerPaths.VARIABLE, socket.toAbsolutePath().toString());
        }
        try (Prompt.Watch _ = prompt.onInterrupt(() -> {})) {
            return awaited(builder.start());
        } catch (IOException e) {
            PrintWriter out = prompt.error();
            out.println("carillon: program cannot be run: program=" + server.command() + ", reason=" + e.getMessage());
            out.flush();
            return ExitCodes.FAILED;
        }
    }

    private static int awaited(Process program) {
        while (true) {
            try {
                return program.waitFor();
            } catch (InterruptedException _) { // the program is told by itself, and says when it has ended
                Thread.interrupted();
            }
        }
    }
}
