package org.carillon.bench.soak;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.carillon.bench.Command;
import org.carillon.client.ServerView;

/**
 * What a process takes of the machine, and what a server has in its tables. The resident memory is the least of some
 * looks after the garbage was collected.
 *
 * @param isCollected whether the process could be told to collect its garbage before.
 */
record Footprint(long rssKb, long descriptors, long threads, long sessions, long ports, long connections,
        boolean isCollected) {
    private static final int COLLECTIONS = 3;
    private static final int LOOKS = 10;
    private static final long PAUSE_NS = TimeUnit.MILLISECONDS.toNanos(300);

    /** Of a server that nobody uses now; takes some seconds. */
    static Footprint of(long pid, ServerView view) {
        boolean isCollected = true;
        for (int i = 0; i < COLLECTIONS; i++) {
            isCollected &= Command.run(List.of(Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                    Long.toString(pid), "GC.run")).isOk();
            LockSupport.parkNanos(PAUSE_NS);
        }
        long rssKb = Long.MAX_VALUE;
        long descriptors = Long.MAX_VALUE;
        long threads = Long.MAX_VALUE;
        for (int i = 0; i < LOOKS; i++) {
            rssKb = Math.min(rssKb, rssKb(pid));
            descriptors = Math.min(descriptors, entries(pid, "fd"));
            threads = Math.min(threads, entries(pid, "task"));
            LockSupport.parkNanos(PAUSE_NS);
        }
        return new Footprint(rssKb, descriptors, threads, view.sessions().size(), view.ports().size(),
                view.connections().size(), isCollected);
    }

    /** Resident memory of a process now. */
    static long rssKb(long pid) {
        try (Stream<String> lines = Files.lines(Path.of("/proc", Long.toString(pid), "status"))) {
            return lines.filter(line -> line.startsWith("VmRSS:")).findFirst()
                    .map(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
                    .orElseThrow(() -> new IllegalStateException("process has ended: pid=" + pid));
        } catch (IOException | UncheckedIOException e) {
            throw new IllegalStateException("process cannot be looked at: pid=" + pid, e);
        }
    }

    /** How many descriptors ({@code fd}) or threads ({@code task}) a process has now. */
    static long entries(long pid, String what) {
        try (Stream<Path> entries = Files.list(Path.of("/proc", Long.toString(pid), what))) {
            return entries.count();
        } catch (IOException e) {
            throw new IllegalStateException("process cannot be looked at: pid=" + pid, e);
        }
    }
}
