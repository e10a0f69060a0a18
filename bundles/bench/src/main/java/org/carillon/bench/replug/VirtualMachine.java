package org.carillon.bench.replug;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.carillon.bench.Peers;

/** The machine, by its script: real ALSA and USB for programs of this system. */
final class VirtualMachine {
    private static final List<String> SCRIPTS = List.of("machine.sh", "init.sh");
    private static final String[] PACKAGES = {"qemu-system-x86", "busybox-static", "cpio", "kmod"};
    private static final String LOG = "log";
    /** The machine's own words and the program's begin with these. */
    private static final String NEWS = "(machine|replug): .*";

    private final Path folder;
    private final PrintStream progress;

    /** @param folder empty, for scripts and log; the machine may write to {@link #share}. */
    VirtualMachine(Path folder, PrintStream progress) throws IOException {
        this.folder = folder;
        this.progress = progress;
        Files.createDirectory(share());
        for (String script : SCRIPTS) {
            try (InputStream in = VirtualMachine.class.getResourceAsStream(script)) {
                Files.copy(in, folder.resolve(script));
            }
        }
    }

    /** What the machine knows as {@code /share}. */
    Path share() {
        return folder.resolve("share");
    }

    /** Gets what it needs, as root from the system's packages too; otherwise the message says what to type. */
    void prepare() throws IOException, InterruptedException {
        if (System.getProperty("user.name", "").equals("root")) {
            Peers.need(progress, PACKAGES);
        }
        if (run("prepare") != 0) {
            throw new IllegalStateException("this benchmark needs its virtual machine: " + lastLines(2));
        }
    }

    /** Runs the lines of a shell script in it; true when they have gone well. */
    boolean runs(Path home, String command) throws IOException, InterruptedException {
        Files.writeString(share().resolve("command"), command);
        return run("run", home.toString(), System.getProperty("java.home"), share().toString()) == 0;
    }

    private int run(String... arguments) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder("sh", folder.resolve(SCRIPTS.getFirst()).toString());
        builder.command().addAll(List.of(arguments));
        Process process = builder.redirectErrorStream(true).start();
        Thread end = new Thread(() -> end(process));
        Runtime.getRuntime().addShutdownHook(end);
        try (BufferedReader lines = process.inputReader(); Writer log = Files.newBufferedWriter(log())) {
            process.outputWriter().close();
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                log.append(line).append('\n').flush();
                if (line.matches(NEWS)) {
                    progress.println(line);
                }
            }
            return process.waitFor();
        } finally {
            end(process);
            forget(end);
        }
    }

    /** Ends the script and the machine itself. */
    private static void end(Process process) {
        process.descendants().forEach(ProcessHandle::destroy);
        process.destroy();
    }

    private static void forget(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            return; // this process ends, and the hook has run
        }
    }

    /** All that was said by the last run. */
    private Path log() {
        return folder.resolve(LOG);
    }

    /** The end of what it said. */
    String lastLines(int count) throws IOException {
        List<String> lines = Files.readAllLines(log());
        return String.join("\n", lines.subList(Math.max(0, lines.size() - count), lines.size()));
    }
}
