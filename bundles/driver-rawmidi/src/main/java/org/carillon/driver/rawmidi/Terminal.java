package org.carillon.driver.rawmidi;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** Terminals that carry MIDI: pseudo terminals and serial lines. */
final class Terminal {
    private static final long LIMIT_S = 2;
    /** Fields of {@code /proc/self/stat} behind the name of the process (Linux, proc(5)). */
    private static final int SESSION_FIELD = 3;
    private static final int TERMINAL_FIELD = 4;

    private Terminal() {}

    /** Whether a file is a terminal, by where it lies. */
    static boolean is(Path realPath) {
        return realPath.startsWith("/dev") && realPath.toString().matches("/dev/(pts/|tty).*");
    }

    /**
     * Makes it pass bytes as they are.
     *
     * @throws IOException where reading it would hand this process to it.
     */
    static void prepare(Path realPath, boolean input) throws IOException {
        if (input && wouldBeTaken(stat(), ProcessHandle.current().pid())) {
            throw new IOException("a process that leads a session without a terminal gets the first one that it reads,"
                    + " and ends with it; start the server with \"setsid --fork\" or below a shell: path=" + realPath);
        }
        try {
            Process stty = new ProcessBuilder("stty", "-F", realPath.toString(), "raw", "-echo")
                    .redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
            if (!stty.waitFor(LIMIT_S, TimeUnit.SECONDS)) {
                stty.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            return; // no such program: whoever made the terminal has set it up
        }
    }

    private static String stat() {
        try {
            return Files.readString(Path.of("/proc/self/stat"));
        } catch (IOException e) {
            return "";
        }
    }

    /** Whether the next terminal that a process opens for reading becomes the one that controls it. */
    static boolean wouldBeTaken(String stat, long pid) {
        String[] fields = stat.substring(stat.lastIndexOf(')') + 1).strip().split(" ");
        return fields.length > TERMINAL_FIELD && fields[SESSION_FIELD].equals(Long.toString(pid))
                && fields[TERMINAL_FIELD].equals("0");
    }
}
