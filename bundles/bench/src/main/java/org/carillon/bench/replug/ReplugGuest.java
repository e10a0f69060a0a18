package org.carillon.bench.replug;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.carillon.bench.Interleaved;
import org.carillon.bench.hotload.HostMaker;

/**
 * The program in the machine: a server as shipped, with one of the hardware drivers, and devices that come and go.
 * Arguments: file for the figures, cycles, names of bundles to leave out.
 */
public final class ReplugGuest {
    private static final long LIMIT_NS = TimeUnit.SECONDS.toNanos(20);
    private static final long LOOK_NS = TimeUnit.MILLISECONDS.toNanos(50);
    private static final Duration REST_LIMIT = Duration.ofMinutes(5);
    private static final Path OPEN_FILES = Path.of("/proc/self/fd");
    private static final String DEVICES = "/dev/snd/midi";

    private ReplugGuest() {}

    /** Runs and ends the process. */
    public static void main(String[] args) throws IOException, InterruptedException {
        int status = 1;
        try {
            List<String> figures = run(Integer.parseInt(args[1]), Set.copyOf(List.of(args).subList(2, args.length)));
            Files.write(Path.of(args[0]), figures);
            status = 0;
        } catch (RuntimeException | IOException e) {
            e.printStackTrace();
        } finally {
            System.exit(status); // whatever thread still runs
        }
    }

    private static List<String> run(int count, Set<String> without) throws IOException, InterruptedException {
        HostMaker maker = ServiceLoader.load(HostMaker.class).findFirst().orElseThrow();
        long startNs = System.nanoTime();
        try (Announcements announcements = new Announcements(); HostMaker.Host host = maker.shipped(without)) {
            say("server is ready after %.1f s", (System.nanoTime() - startNs) / 1e9);
            host.awaitRest(REST_LIMIT); // one processor has enough to do with the devices
            say("the rest of it after %.1f s", (System.nanoTime() - startNs) / 1e9);
            Cycles cycles = new Cycles(host, announcements, new Gadget("first", "Alpha", "A-1", Cycles.PORTS, 0),
                    new Gadget("second", "Beta", "B-1", Cycles.PORTS, 0));
            cycles.begin();
            int threads = 0;
            for (int i = 0; i < count; i++) {
                cycles.cycle();
                say("cycle %d of %d, ports after %.0f ms", i + 1, count, cycles.portsMs.getLast());
                threads = i == 0 ? Thread.activeCount() : threads;
            }
            int left = left(threads);
            cycles.end();
            return figures(cycles, left);
        }
    }

    /** In one piece: the log goes the same way. */
    private static void say(String words, Object... values) {
        System.out.println("replug: " + String.format(words, values));
    }

    private static List<String> figures(Cycles cycles, int left) {
        List<String> figures = new ArrayList<>();
        figures.add("cycles " + cycles.done);
        figures.add("reconnected " + cycles.reconnected);
        figures.add("stuck_notes " + cycles.stuck);
        figures.add("swap_detected " + (cycles.swapsDetected == cycles.done ? 1 : 0));
        figures.add("left " + left);
        figures.add("sysex_cut " + cycles.sysexCut);
        figures.add("announced_to_ports_p50_ms " + median(cycles.portsMs));
        figures.add("announced_to_ports_max_ms " + cycles.portsMs.stream().mapToDouble(ms -> ms).max().orElseThrow());
        figures.add("unplug_to_absent_p50_ms " + median(cycles.absentMs));
        return figures;
    }

    private static double median(List<Double> values) {
        return Interleaved.median(values.stream().mapToDouble(value -> value).toArray());
    }

    /** Device files that are still open, and threads beyond those after the first cycle; after some time to end. */
    private static int left(int threads) throws IOException {
        long untilNs = System.nanoTime() + LIMIT_NS;
        long left = Long.MAX_VALUE;
        while (left > 0 && System.nanoTime() - untilNs < 0) {
            LockSupport.parkNanos(LOOK_NS);
            left = openFiles().size() + Math.max(0, Thread.activeCount() - threads);
        }
        if (left > 0) {
            say("left: files=%s, threadsBefore=%d, threads=%s", openFiles(), threads,
                    Thread.getAllStackTraces().keySet().stream().map(Thread::getName).sorted().toList());
        }
        return (int) left;
    }

    private static List<String> openFiles() throws IOException {
        try (Stream<Path> descriptors = Files.list(OPEN_FILES)) {
            return descriptors.map(ReplugGuest::target).filter(file -> file.startsWith(DEVICES)).toList();
        }
    }

    private static String target(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString();
        } catch (IOException e) {
            return ""; // closed meanwhile
        }
    }
}
