package org.carillon.platform.ipc;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The violent end of another process, known before its sockets end: the system takes its memory apart first, which
 * lasts tens of milliseconds where there is much of it. The end of each of its threads but the first can be waited for,
 * and comes before that (pidfd_open(2) with PIDFD_THREAD, Linux 6.9). Where this cannot be had, or the process has one
 * thread alone, the descriptor is -1, and only the end of the socket says it. One thread at a time.
 */
public final class ProcessEnd implements AutoCloseable {
    private static final long PIDFD_THREAD = 0x80;
    /** Of the words behind the name in /proc/PID/stat, see proc_pid_stat(5). */
    private static final int FLAGS_WORD = 6;
    private static final int PENDING_WORD = 28;
    /** PF_SIGNALED: it dies of a signal. */
    private static final long SIGNALED = 0x400;
    /** It will, as soon as it runs. */
    private static final long KILL_PENDING = 1 << 9 - 1;
    /** So many threads that end by themselves are replaced by others. */
    private static final int THREAD_LIMIT = 100;

    private final Path process;
    private final String leader;
    private Descriptor thread = new Descriptor(-1);
    private int threads;

    private ProcessEnd(int processId) {
        leader = Integer.toString(processId);
        process = Path.of("/proc", leader);
        isSignaled(); // its classes are loaded now, while nothing is urgent
        watchNext();
    }

    /** That of a process that may be gone or out of sight. */
    public static ProcessEnd of(int processId) {
        return new ProcessEnd(processId);
    }

    /** Becomes readable when {@link #isKilled} has to be asked; -1 for never. */
    public int descriptor() {
        return thread.number();
    }

    /** Whether the process was killed. If not, a thread has ended by itself, and the descriptor is that of another. */
    public boolean isKilled() {
        thread.close();
        if (isSignaled()) {
            return true;
        }
        watchNext();
        return false;
    }

    private boolean isSignaled() {
        try {
            String stat = Files.readString(process.resolve("stat"));
            String[] words = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
            return (Long.parseLong(words[FLAGS_WORD]) & SIGNALED) != 0
                    || (Long.parseLong(words[PENDING_WORD]) & KILL_PENDING) != 0;
        } catch (IOException _) {
            return false; // then its sockets have ended as well
        }
    }

    /** The oldest but the first: it is the one that most likely stays until the end. */
    private void watchNext() {
        try (DirectoryStream<Path> all = Files.newDirectoryStream(process.resolve("task"))) {
            for (Path each : all) {
                String number = each.getFileName().toString();
                if (!number.equals(leader) && !thread.isOpen() && threads++ < THREAD_LIMIT) {
                    long made = Syscall.call(Syscall.PIDFD_OPEN, Long.parseLong(number), PIDFD_THREAD, 0L);
                    thread = new Descriptor(Math.max(-1, made)); // one that has just ended gives none
                }
            }
        } catch (IOException | DirectoryIteratorException _) { // it has ended
        }
    }

    @Override
    public void close() {
        thread.close();
    }
}
