package org.carillon.bench.soak;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.carillon.bench.Benchmark;
import org.carillon.bench.Figure;
import org.carillon.bench.Machine;
import org.carillon.bench.Options;
import org.carillon.bench.Promise;
import org.carillon.bench.Report;
import org.carillon.bench.process.Scratch;
import org.carillon.bench.process.ShippedServer;
import org.carillon.client.CarillonClient;
import org.carillon.client.ClientOptions;
import org.carillon.client.ServerView;
import org.carillon.protocol.DropReason;
import org.carillon.protocol.StatusCounter;

/** 64 clients in three languages that come, stall and go at random: every loss is counted, and nothing grows. */
public final class SoakBench implements Benchmark {
    private static final String NAME = "soak";
    private static final int SHORTEST_WARM_UP_S = 20;
    private static final int WARM_UP_PART = 5;
    private static final long SECOND_NS = TimeUnit.SECONDS.toNanos(1);
    private static final long SETTLE_LIMIT_NS = 20 * SECOND_NS;
    private static final long LOOK_AGAIN_NS = TimeUnit.MILLISECONDS.toNanos(20);
    private static final int MOST_PAUSE_MS = 20;
    private static final int SECONDS_PER_LINE = 10;
    private static final double PERCENT = 100;
    private static final int EVENTS_PER_SECOND = 1_000;
    private static final int SHORTEST_JUDGED_S = 300;
    private static final double MOST_GROWTH_PERCENT = 5;
    private static final int MANY_LOOKS = 60;
    private static final int FEW_LOOKS = 10;
    private static final List<String> ZEROS = List.of("unexplained_losses", "out_of_order", "doubled", "torn", "early",
            "stuck_notes", "wrong_tasks", "descriptor_growth", "client_descriptor_growth", "thread_growth",
            "session_growth", "port_growth", "connection_growth");

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String description() {
        return "64 clients in three languages that come, stall and go: losses unexplained, what grows";
    }

    /** Memory is judged when the compiler has come to rest. */
    @Override
    public List<Promise> promises(Options options) {
        List<Promise> promises = new ArrayList<>();
        promises.add(Promise.atLeast("events", (double) EVENTS_PER_SECOND * options.seconds()));
        promises.add(Promise.atLeast("injected_destination_full", options.seconds()));
        promises.add(Promise.atLeast("injected_sender_gone", options.seconds()));
        promises.add(Promise.atLeast("leaves", GuestProcesses.GUESTS));
        promises.add(Promise.atLeast("stalls", options.seconds()));
        ZEROS.forEach(figure -> promises.add(Promise.zero(figure)));
        if (options.seconds() >= SHORTEST_JUDGED_S) {
            promises.add(new Promise("rss_growth_percent", Double.NEGATIVE_INFINITY, MOST_GROWTH_PERCENT));
        }
        return promises;
    }

    @Override
    public Report run(Options options) {
        long seed = System.nanoTime() & Integer.MAX_VALUE;
        try (Scratch scratch = Scratch.onDisk();
                ShippedServer server = new ShippedServer(scratch.folder());
                GuestProcesses guests = new GuestProcesses(server.socket(), options.progress());
                CarillonClient client = new CarillonClient(
                        ClientOptions.named("soak").at(server.socket()).startedBy())) {
            return new Run(options, seed, server.pid(), guests, client).report();
        }
    }

    /** One soak. */
    private static final class Run {
        private final Options options;
        private final PrintStream progress;
        private final long seed;
        private final long serverPid;
        private final GuestProcesses processes;
        private final ServerView view;
        private final Books books = new Books();
        private final Random random;
        private final Steering steering;
        private final Course course = new Course();
        private final long startNs = System.nanoTime();
        private final Map<DropReason, Long> droppedBefore;
        private final long tapDropsBefore;
        private final long eventsBefore;
        private final long filteredBefore;

        private Run(Options options, long seed, long serverPid, GuestProcesses processes, CarillonClient client) {
            this.options = options;
            this.seed = seed;
            this.serverPid = serverPid;
            this.processes = processes;
            progress = options.progress();
            random = new Random(seed);
            view = client.look();
            steering = new Steering(processes, client, view, books, random);
            droppedBefore = view.dropped();
            tapDropsBefore = view.count(StatusCounter.TAP_DROPS);
            eventsBefore = view.count(StatusCounter.EVENTS_IN);
            filteredBefore = view.count(StatusCounter.EVENTS_FILTERED);
        }

        private Report report() {
            progress.println(NAME + ": seed=" + seed);
            int warmUpS = Math.max(SHORTEST_WARM_UP_S, options.seconds() / WARM_UP_PART);
            soak(warmUpS, "warm-up");
            Footprint base = footprint();
            long clientDescriptorsBefore = clientDescriptors();
            soak(options.seconds(), "soak");
            List<Figure> figures = new ArrayList<>();
            addLosses(figures);
            addGrowth(figures, base, footprint(), clientDescriptors() - clientDescriptorsBefore);
            steering.happened().forEach((what, count) -> figures.add(Figure.of(what, count, "1")));
            figures.add(Figure.of("clients", GuestProcesses.GUESTS, "1"));
            figures.add(Figure.of("seed", seed, "1"));
            show();
            return new Report(NAME, Machine.describe(), 1, figures);
        }

        /** A virtual machine gives its heap back bit by bit: where that is judged, it has time for it. */
        private Footprint footprint() {
            return Footprint.of(serverPid, view, options.seconds() >= SHORTEST_JUDGED_S ? MANY_LOOKS : FEW_LOOKS);
        }

        private long clientDescriptors() {
            return processes.pids().stream().mapToLong(Footprint::descriptors).sum();
        }

        /** Everybody comes, things happen, everybody goes. */
        private void soak(int seconds, String what) {
            steering.everybodyComes();
            long untilNs = System.nanoTime() + seconds * SECOND_NS;
            long nextLookNs = System.nanoTime();
            int looks = 0;
            while (System.nanoTime() - untilNs < 0) {
                steering.step();
                if (System.nanoTime() - nextLookNs >= 0) {
                    nextLookNs += SECOND_NS;
                    look();
                    if (looks++ % SECONDS_PER_LINE == 0) {
                        progress.println(NAME + ": " + what + ", " + present());
                    }
                }
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(random.nextInt(MOST_PAUSE_MS)));
            }
            steering.everybodyGoes();
            look();
            progress.println(NAME + ": end of " + what + ", " + present());
        }

        private String present() {
            return "guests=" + steering.present() + ", events=" + view.count(StatusCounter.EVENTS_IN) + ", losses="
                    + dropped() + ", unexplained=" + books.unexplained() + ", memoryKb=" + Footprint.rssKb(serverPid)
                    + ", descriptors=" + Footprint.descriptors(serverPid) + ", " + steering.happened();
        }

        private long dropped() {
            return view.dropped().values().stream().mapToLong(Long::longValue).sum();
        }

        private void look() {
            course.add(new Course.Moment((System.nanoTime() - startNs) / (double) SECOND_NS,
                    Footprint.rssKb(serverPid),
                    view.count(StatusCounter.EVENTS_IN) + view.count(StatusCounter.EVENTS_OUT), dropped(),
                    steering.present()));
        }

        /** By reason; losses of system exclusive messages have two. */
        private void addLosses(List<Figure> figures) {
            Map<DropReason, Long> injected = books.losses();
            Map<DropReason, Long> counted = settled(injected);
            long all = 0;
            for (DropReason reason : DropReason.values()) {
                long found = injected.get(reason);
                all += found;
                books.unexplained(found - counted.get(reason), "server counted other losses than were found: reason="
                        + reason.word() + ", found=" + found + ", counted=" + counted.get(reason));
                if (found != 0 || counted.get(reason) != 0) {
                    String word = reason.word().replace('-', '_');
                    figures.add(Figure.of("injected_" + word, found, "1"));
                    figures.add(Figure.of("counted_" + word, counted.get(reason), "1"));
                }
            }
            compare("copies of taps", books.missingOfTaps(), view.count(StatusCounter.TAP_DROPS) - tapDropsBefore);
            compare("filtered", books.filtered(), view.count(StatusCounter.EVENTS_FILTERED) - filteredBefore);
            compare("taken from sources", books.taken(), view.count(StatusCounter.EVENTS_IN) - eventsBefore);
            figures.add(0, Figure.of("events", books.taken(), "1"));
            figures.add(1, Figure.of("received", books.received(), "1"));
            figures.add(2, Figure.of("unexplained_losses", books.unexplained(), "1"));
            figures.add(3, Figure.of("injected_losses", all + books.missingOfTaps(), "1"));
            figures.add(4, Figure.of("counted_losses", counted.values().stream().mapToLong(Long::longValue).sum()
                    + view.count(StatusCounter.TAP_DROPS) - tapDropsBefore, "1"));
            figures.add(Figure.of("tap_drops", books.missingOfTaps(), "1"));
            figures.add(Figure.of("filtered", books.filtered(), "1"));
            figures.add(Figure.of("released", books.released(), "1"));
            books.faults().forEach((fault, count) -> figures.add(Figure.of(snake(fault), count, "1")));
            books.remarks().forEach(remark -> progress.println(NAME + ": " + remark));
        }

        private void compare(String what, long found, long counted) {
            books.unexplained(found - counted, "server counted otherwise: what=" + what + ", found=" + found
                    + ", counted=" + counted);
        }

        private static String snake(String camel) {
            return camel.replaceAll("([A-Z])", "_$1").toLowerCase(java.util.Locale.ROOT);
        }

        /** What a session leaves behind is taken out in parts: waits until the counters have come to rest. */
        private Map<DropReason, Long> settled(Map<DropReason, Long> injected) {
            long limitNs = System.nanoTime() + SETTLE_LIMIT_NS;
            Map<DropReason, Long> counted = counted();
            while (!counted.equals(injected) && System.nanoTime() - limitNs < 0) {
                LockSupport.parkNanos(LOOK_AGAIN_NS);
                counted = counted();
            }
            return counted;
        }

        private Map<DropReason, Long> counted() {
            Map<DropReason, Long> counted = new EnumMap<>(DropReason.class);
            view.dropped().forEach((reason, count) -> counted.put(reason, count - droppedBefore.get(reason)));
            counted.merge(DropReason.SYSEX_CUT, counted.get(DropReason.SYSEX_QUEUE_FULL), Long::sum);
            counted.put(DropReason.SYSEX_QUEUE_FULL, 0L); // one or the other, by how far a message has come
            return counted;
        }

        private void addGrowth(List<Figure> figures, Footprint base, Footprint end, long clientDescriptors) {
            figures.add(Figure.of("rss_growth_percent", PERCENT * (end.rssKb() - base.rssKb()) / base.rssKb(), "%"));
            figures.add(Figure.of("rss_before_kb", base.rssKb(), "kB"));
            figures.add(Figure.of("rss_after_kb", end.rssKb(), "kB"));
            figures.add(Figure.of("heap_used_before_kb", base.heapUsedKb(), "kB"));
            figures.add(Figure.of("heap_used_after_kb", end.heapUsedKb(), "kB"));
            figures.add(Figure.of("heap_taken_before_kb", base.heapKb(), "kB"));
            figures.add(Figure.of("heap_taken_after_kb", end.heapKb(), "kB"));
            figures.add(Figure.of("garbage_collected", base.isCollected() && end.isCollected() ? 1 : 0, "1"));
            figures.add(Figure.of("descriptor_growth", end.descriptors() - base.descriptors(), "1"));
            figures.add(Figure.of("thread_growth", end.threads() - base.threads(), "1"));
            figures.add(Figure.of("session_growth", end.sessions() - base.sessions(), "1"));
            figures.add(Figure.of("port_growth", end.ports() - base.ports(), "1"));
            figures.add(Figure.of("connection_growth", end.connections() - base.connections(), "1"));
            figures.add(Figure.of("client_descriptor_growth", clientDescriptors, "1"));
        }

        private void show() {
            progress.println(course.bars());
            Path picture = Path.of(System.getProperty("java.io.tmpdir"), "carillon-bench-soak.svg");
            try {
                Files.writeString(picture, course.picture("seed " + seed + "; " + Machine.describe()));
                progress.println(NAME + ": picture=" + picture);
            } catch (IOException e) {
                progress.println(NAME + ": no picture: reason=" + e.getMessage());
            }
        }
    }
}
