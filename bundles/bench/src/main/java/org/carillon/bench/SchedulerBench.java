package org.carillon.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.carillon.scheduler.TimeScheduler;

/** How much it costs to wait: the scheduler in a hold model, beside the heap of Java's library. */
final class SchedulerBench implements Benchmark {
    private static final String NAME = "scheduler";
    private static final int ROUNDS = Interleaved.DEFAULT_ROUNDS;
    private static final int WARM_UP_ROUNDS = 4;
    private static final int OPERATIONS_PER_SECOND = 15_000;
    private static final int TURNS = 12;
    private static final long SECOND_NS = 1_000_000_000;
    private static final int THOUSAND = 1_000;

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String description() {
        return "cost of an event that waits, beside java.util.PriorityQueue";
    }

    @Override
    public Report run(Options options) {
        Run run = new Run(options);
        run.progress("warm-up");
        new Run(options).hold("warm_up", Distances.uniform(SECOND_NS), THOUSAND);
        long[] second = Distances.uniform(SECOND_NS);
        run.hold("insert_dispatch_1k_ns", second, THOUSAND);
        run.hold("insert_dispatch_10k_ns", second, 10 * THOUSAND);
        run.hold("insert_dispatch_100k_ns", second, 100 * THOUSAND);
        run.cancel("cancel_100k_ns", second, 100 * THOUSAND);
        run.hold("insert_dispatch_10k_exponential_ns", Distances.exponential(), 10 * THOUSAND);
        run.hold("insert_dispatch_10k_milliseconds_ns", Distances.milliseconds(), 10 * THOUSAND);
        run.hold("insert_dispatch_10k_within_10us_ns", Distances.uniform(10 * THOUSAND), 10 * THOUSAND);
        run.hold("insert_dispatch_10k_bimodal_ns", Distances.bimodal(), 10 * THOUSAND);
        run.worstPoll(THOUSAND * THOUSAND);
        return run.report();
    }

    /** One run of all parts: what they share is the count of operations and of allocated bytes. */
    private static final class Run {
        private final Options options;
        private final int operationsPerRound;
        private final Allocation allocation = new Allocation(WARM_UP_ROUNDS);
        private final List<Figure> figures = new ArrayList<>();
        private long operations;

        Run(Options options) {
            this.options = options;
            operationsPerRound = options.seconds() * OPERATIONS_PER_SECOND;
        }

        void hold(String name, long[] distances, int pending) {
            progress(name);
            HoldModel ours = new HoldModel(new TimeScheduler(capacity(pending)), distances, pending);
            HoldModel control = new HoldModel(new HeapScheduler(capacity(pending)), distances, pending);
            int count = operationsPerRound(pending);
            Interleaved.Medians medians = Interleaved.measure(WARM_UP_ROUNDS, ROUNDS,
                    allocation.watching(() -> ours.run(count)), () -> control.run(count));
            operations += (long) ROUNDS * count;
            figures.add(Figure.of(name, medians.ours(), "ns", HeapScheduler.NAME, medians.control()));
        }

        void cancel(String name, long[] distances, int pending) {
            progress(name);
            HoldModel ours = new HoldModel(new TimeScheduler(capacity(pending)), distances, pending);
            HoldModel control = new HoldModel(new TimeScheduler(capacity(pending)), distances, pending);
            int[] order = shuffled(pending);
            Interleaved.Medians medians = Interleaved.measure(WARM_UP_ROUNDS, ROUNDS,
                    allocation.watching(() -> ours.cancel(order)), () -> control.run(operationsPerRound(pending)));
            operations += (long) ROUNDS * pending;
            figures.add(Figure.of(name, medians.ours(), "ns", "insert and dispatch of the same", medians.control()));
        }

        void worstPoll(int pending) {
            progress("worst_poll_1m");
            TimeScheduler scheduler = new TimeScheduler(capacity(pending));
            HoldModel model = new HoldModel(scheduler, Distances.uniform(60 * SECOND_NS), pending);
            PollTimes polls = new PollTimes(scheduler, options.seconds() * THOUSAND / 2);
            Interleaved.Round round = allocation.watching(() -> polls.round(model));
            Interleaved.Medians medians = Interleaved.measure(WARM_UP_ROUNDS, ROUNDS, () -> {
                round.run();
                return polls.quantileNs();
            }, () -> 0);
            operations += polls.operations();
            figures.add(Figure.of("worst_poll_1m_moves", polls.worstMoves(), "moves"));
            figures.add(Figure.of("worst_poll_1m_p999_us", medians.ours() / THOUSAND, "us"));
        }

        /** Many turns of all records, so that a round is not one of fetching them back into the caches. */
        private int operationsPerRound(int pending) {
            return Math.max(operationsPerRound, TURNS * pending);
        }

        Report report() {
            figures.add(Figure.of("operations", operations, "1"));
            figures.add(Figure.of("allocated_bytes", allocation.bytes(), "bytes"));
            return new Report(NAME, Machine.describe(), ROUNDS, figures);
        }

        void progress(String what) {
            options.progress().println(NAME + ": " + what);
        }
    }

    private static int capacity(int pending) {
        return pending + TimeScheduler.MIN_CAPACITY;
    }

    private static int[] shuffled(int count) {
        int[] order = IntStream.range(0, count).toArray();
        Random random = new Random(1);
        for (int i = count - 1; i > 0; i--) {
            int other = random.nextInt(i + 1);
            int index = order[i];
            order[i] = order[other];
            order[other] = index;
        }
        return order;
    }
}
