package org.carillon.bench.soak;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.carillon.bench.Command;
import org.carillon.client.ServerView;

/**
 * What a process takes of the machine, and what a server has in its tables. The resident memory is the least of some
 * looks after the garbage was collected and the C library has given back what is free. Threads are those that the
 * program makes: the virtual machine's compiler and collector start and end theirs as they please.
 *
 * @param heapUsedKb  what the program keeps on its heap; 0 where that cannot be asked.
 * @param heapKb      what the virtual machine has taken for the heap.
 * @param isCollected whether the process could be told to collect its garbage before.
 */
record Footprint(long rssKb, long heapUsedKb, long heapKb, long descriptors, long threads, long sessions, long ports,
        long connections, boolean isCollected) {
    private static final int COLLECTIONS = 3;
    private static final Set<String> OWN_THREADS = Set.of("C1", "C2", "ZWorker", "ZWorkerOld", "ZWorkerYoung",
            "Attach");
    private static final Pattern HEAP = Pattern.compile("used (\\d+)([KMG]).{0,40}?capacity (\\d+)([KMG])");
    private static final long KB_PER_MB = 1024;
    private static final long PAUSE_NS = TimeUnit.MILLISECONDS.toNanos(300);

    /** Of a server that nobody uses now; takes some seconds. */
    static Footprint of(long pid, ServerView view, int looks) {
        boolean isCollected = true;
        for (int i = 0; i < COLLECTIONS; i++) {
            isCollected &= jcmd(pid, "GC.run").isOk();
            LockSupport.parkNanos(PAUSE_NS);
        }
        jcmd(pid, "System.trim_native_heap"); // the C library keeps what is free, as much as its threads once needed
        Matcher heap = HEAP.matcher(jcmd(pid, "GC.heap_info").output());
        boolean isHeapKnown = heap.find();
        long rssKb = Long.MAX_VALUE;
        long descriptors = Long.MAX_VALUE;
        long threads = Long.MAX_VALUE;
        for (int i = 0; i < looks; i++) {
            rssKb = Math.min(rssKb, rssKb(pid));
            descriptors = Math.min(descriptors, descriptors(pid));
            threads = Math.min(threads, threads(pid));
            LockSupport.parkNanos(PAUSE_NS);
        }
        return new Footprint(rssKb, isHeapKnown ? kb(heap.group(1), heap.group(2)) : 0,
                isHeapKnown ? kb(heap.group(3), heap.group(4)) : 0, descriptors, threads, view.sessions().size(),
                view.ports().size(),
                view.connections().size(), isCollected);
    }

    private static Command.Outcome jcmd(long pid, String what) {
        return Command.run(List.of(Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                Long.toString(pid), what));
    }

    private static long kb(String number, String unit) {
        return Long.parseLong(number) * (unit.equals("G") ? KB_PER_MB * KB_PER_MB : unit.equals("M") ? KB_PER_MB : 1);
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

    /** How many files, sockets and memories a process has open now. */
    static long descriptors(long pid) {
        try (Stream<Path> entries = Files.list(Path.of("/proc", Long.toString(pid), "fd"))) {
            return entries.count();
        } catch (IOException e) {
            throw new IllegalStateException("process cannot be looked at: pid=" + pid, e);
        }
    }

    private static long threads(long pid) {
        try (Stream<Path> entries = Files.list(Path.of("/proc", Long.toString(pid), "task"))) {
            return entries.filter(thread -> !OWN_THREADS.contains(firstWord(thread.resolve("comm")))).count();
        } catch (IOException e) {
            throw new IllegalStateException("process cannot be looked at: pid=" + pid, e);
        }
    }

    private static String firstWord(Path name) {
        try {
            return Files.readString(name).strip().split("[ #]")[0];
        } catch (IOException e) {
            return ""; // it has ended meanwhile, and is counted once more: another look is lower
        }
    }
}
