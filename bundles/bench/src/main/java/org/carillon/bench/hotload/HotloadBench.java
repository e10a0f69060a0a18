package org.carillon.bench.hotload;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ref.WeakReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.ServiceLoader;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntSupplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.carillon.bench.Benchmark;
import org.carillon.bench.Figure;
import org.carillon.bench.Interleaved;
import org.carillon.bench.Machine;
import org.carillon.bench.Options;
import org.carillon.bench.Report;

/** How long a dropped driver takes to have its ports, how long a swap takes, and what is lost or left over it. */
public final class HotloadBench implements Benchmark {
    private static final String NAME = "hotload";
    private static final int SWAPS_PER_SECOND = 10;
    private static final int DROPS_PER_SECOND = 2;
    private static final int WARM_UP = 10;
    private static final int SAMPLES = 10;
    private static final long SETTLE_NS = TimeUnit.SECONDS.toNanos(20);
    private static final long SETTLE_STEP_NS = TimeUnit.MILLISECONDS.toNanos(100);
    /** Kept, so that its level is. */
    private static final Logger DEPLOYER = Logger.getLogger("org.carillon.deploy");

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String description() {
        return "time until a dropped driver has its ports, gap of a swap, what is lost or left over it";
    }

    @Override
    public Report run(Options options) {
        DEPLOYER.setLevel(Level.WARNING); // it says so at each of many hundred changes
        Queue<WeakReference<ClassLoader>> loaders = new ConcurrentLinkedQueue<>();
        System.getProperties().put(BellDriver.LOADERS, loaders);
        try {
            Path folder = Files.createTempDirectory("carillon-drivers");
            try (HostMaker.Host host = maker().start(Map.of("org.carillon.deploy", Map.of("folder", folder.toString()),
                    "org.carillon.driver.loopback~" + SteadyTraffic.LOOP, Map.of("name", SteadyTraffic.LOOP)))) {
                return new Run(options, host, folder, loaders).report();
            } finally {
                delete(folder);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        } finally {
            System.getProperties().remove(BellDriver.LOADERS);
        }
    }

    private static HostMaker maker() {
        return ServiceLoader.load(HostMaker.class, HotloadBench.class.getClassLoader()).findFirst().orElseThrow(
                () -> new IllegalStateException("this benchmark needs the launcher on the class path"));
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    /** One run with its server. */
    private static final class Run {
        private final Options options;
        private final HostMaker.Host host;
        private final Queue<WeakReference<ClassLoader>> loaders;
        private final BellFile file;
        private final PortWatch ports;
        private int version;

        Run(Options options, HostMaker.Host host, Path folder, Queue<WeakReference<ClassLoader>> loaders) {
            this.options = options;
            this.host = host;
            this.loaders = loaders;
            file = new BellFile(folder);
            ports = new PortWatch(host);
        }

        Report report() throws IOException, InterruptedException {
            int drops = options.seconds() * DROPS_PER_SECOND;
            int swaps = options.seconds() * SWAPS_PER_SECOND;
            List<Figure> figures = new ArrayList<>();
            try (SteadyTraffic traffic = new SteadyTraffic(host)) {
                drops(WARM_UP);
                double[] dropMs = drops(drops);
                figures.add(Figure.of("drop_to_ports_p50_ms", Interleaved.median(dropMs), "ms"));
                try (HeldNotes notes = new HeldNotes(host)) {
                    file.prepare(++version);
                    file.drop();
                    swaps(WARM_UP, notes);
                    int threads = fewestThreads();
                    double[] gapMs = swaps(swaps, notes);
                    figures.add(Figure.of("swap_gap_p50_ms", Interleaved.median(gapMs), "ms"));
                    figures.add(Figure.of("swaps", swaps, "1"));
                    figures.add(Figure.of("lost_elsewhere", traffic.lost(), "events"));
                    figures.add(Figure.of("stuck_notes", notes.sounding(), "notes"));
                    figures.add(Figure.of("leaked_threads", settled(() -> threadsBeyond(threads)), "threads"));
                }
                figures.add(Figure.of("leaked_class_loaders", settled(this::loadersBeyondTheLast), "loaders"));
                figures.add(Figure.of("traffic", traffic.sent(), "events"));
            }
            figures.add(Figure.of("class_loaders", loaders.size(), "1"));
            figures.add(Figure.of("operations", drops + swaps, "1"));
            return new Report(NAME, Machine.describe(), swaps, figures);
        }

        /** Drops a driver that was not there and deletes it again, so often; milliseconds until its ports are there. */
        private double[] drops(int count) throws IOException {
            double[] ms = new double[count];
            for (int i = 0; i < count; i++) {
                progress("drop", i, count);
                file.prepare(++version);
                long startNs = System.nanoTime();
                file.drop();
                ms[i] = (ports.await("port", status -> PortWatch.id(status) != 0) - startNs) / 1e6;
                file.delete();
                ports.await("no port", status -> PortWatch.id(status) == 0);
            }
            return ms;
        }

        /** Swaps the driver so often while a note sounds through it; milliseconds without its ports. */
        private double[] swaps(int count, HeldNotes notes) throws IOException {
            double[] ms = new double[count];
            for (int i = 0; i < count; i++) {
                progress("swap", i, count);
                ports.await("connected port", PortWatch::isWired);
                notes.begin();
                int id = ports.id();
                file.prepare(++version);
                file.drop();
                ms[i] = ports.awaitSwap(id) / 1e6;
            }
            return ms;
        }

        private void progress(String what, int done, int count) {
            if (done % 50 == 0) {
                options.progress().println(NAME + ": " + what + " " + done + " of " + count);
            }
        }

        /** While nothing is done: what is started for good is there by now, what ends has ended. */
        private static int fewestThreads() {
            int fewest = Integer.MAX_VALUE;
            for (int i = 0; i < SAMPLES; i++) {
                LockSupport.parkNanos(SETTLE_STEP_NS);
                fewest = Math.min(fewest, Thread.activeCount());
            }
            return fewest;
        }

        private static int threadsBeyond(int before) {
            return Math.max(0, Thread.activeCount() - before);
        }

        private int loadersBeyondTheLast() {
            System.gc();
            return Math.max(0, (int) loaders.stream().filter(loader -> !loader.refersTo(null)).count() - 1);
        }

        /** What a number is when it is 0, or when it has had time to become that. */
        private static int settled(IntSupplier number) {
            long untilNs = System.nanoTime() + SETTLE_NS;
            int value = number.getAsInt();
            while (value > 0 && System.nanoTime() - untilNs < 0) {
                LockSupport.parkNanos(SETTLE_STEP_NS);
                value = number.getAsInt();
            }
            return value;
        }
    }
}
