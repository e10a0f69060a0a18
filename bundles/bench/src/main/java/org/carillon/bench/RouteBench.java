package org.carillon.bench;

import java.util.ArrayList;
import java.util.List;

/** How much it costs to route: the shipped duty cycle, beside bare hops through Agrona's one-to-one ring. */
final class RouteBench implements Benchmark {
    private static final String NAME = "route";
    private static final int ROUNDS = 51;
    private static final int WARM_UP_ROUNDS = 150;
    private static final int EVENTS_PER_SECOND = 12_500;
    private static final int SIXTEEN = 16;
    private static final String FILTER = "ch 1..8 velrange 1..127 transp 2";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String description() {
        return "cost of routing an event through the server, beside bare ring hops";
    }

    @Override
    public Report run(Options options) {
        Run run = new Run(options);
        run.compare("one_destination_ns", 1, 2, RoutedEvents.BATCH);
        run.compare("sixteen_destinations_ns", SIXTEEN, 1, RoutedEvents.BATCH);
        run.compare("one_destination_single_ns", 1, 2, 1);
        return run.report();
    }

    /** One run of all parts: what they share is the count of events and of allocated bytes. */
    private static final class Run {
        private final Options options;
        private final int eventsPerRound;
        private final Allocation allocation = new Allocation(WARM_UP_ROUNDS);
        private final List<Figure> figures = new ArrayList<>();
        private long events;

        Run(Options options) {
            this.options = options;
            eventsPerRound = options.seconds() * EVENTS_PER_SECOND;
        }

        /** Routes to some destinations; the control makes some hops. The figure is for one delivery. */
        void compare(String name, int destinations, int hops, int batch) {
            options.progress().println(NAME + ": " + name + ", filter: " + FILTER);
            RoutedEvents ours = new RoutedEvents(destinations, FILTER, batch);
            BareHops control = new BareHops(hops, batch);
            int count = eventsPerRound / destinations;
            Interleaved.Medians medians = Interleaved.measure(WARM_UP_ROUNDS, ROUNDS,
                    allocation.watching(() -> ours.run(count) / destinations), () -> control.run(eventsPerRound));
            events += (long) ROUNDS * count * destinations;
            figures.add(Figure.of(name, medians.ours(), "ns", hops == 1 ? "one bare hop" : hops + " bare hops",
                    medians.control()));
        }

        Report report() {
            figures.add(Figure.of("events", events, "1"));
            figures.add(Figure.of("allocated_bytes", allocation.bytes(), "bytes"));
            return new Report(NAME, Machine.describe(), ROUNDS, figures);
        }
    }
}
