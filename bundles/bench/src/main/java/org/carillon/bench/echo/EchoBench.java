package org.carillon.bench.echo;

import java.util.ArrayList;
import java.util.List;
import org.carillon.bench.Benchmark;
import org.carillon.bench.Figure;
import org.carillon.bench.Machine;
import org.carillon.bench.Options;
import org.carillon.bench.Report;
import org.carillon.bench.echo.Company.Question;
import org.carillon.bench.process.Reading;
import org.carillon.bench.ring.Pairs;

/** Events from process to process: there and back while all sleep, a steady flow, and a burst. */
public final class EchoBench implements Benchmark {
    private static final String NAME = "echo";
    private static final int ROUNDS = 5;
    /** No answer of a client may take too long. */
    private static final int MAX_SECONDS = 300;
    private static final int MIN_TRIPS = 200;
    private static final int TRIP_CAPACITY = 64 * 1024;
    /** Of each of two sides in each round; a trip takes a millisecond. */
    private static final int TRIPS_PER_SECOND = 1_000 / (4 * ROUNDS);
    private static final int FLOW_CAPACITY = 1024 * 1024;
    private static final int FLOW_EACH_MS = 200;
    private static final int FLOW_MS_PER_SECOND = 500;
    private static final int WARM_UP_MS = 5_000;
    private static final int BURST_CAPACITY = 4 * 1024 * 1024;
    private static final int BURST_EACH_MS = 2_000;
    private static final int BURST_MS = 1_000;
    private static final double US_PER_NS = 0.001;
    private static final double PERCENT = 100;

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String description() {
        return "events from process to process through a server: there and back, a flow, a burst";
    }

    @Override
    public Report run(Options options) {
        List<Figure> figures = new ArrayList<>();
        try (Company company = new Company(2, options.progress())) {
            options.progress().println(NAME + ": warm-up");
            Poured.through(company, FLOW_CAPACITY, WARM_UP_MS, FLOW_EACH_MS, 0);
            trips(company, options, figures);
            flow(company, options, figures);
            burst(company, options, figures);
        }
        return new Report(NAME, Machine.describe(), ROUNDS, figures);
    }

    private static void trips(Company company, Options options, List<Figure> figures) {
        int count = Math.max(MIN_TRIPS, Math.min(MAX_SECONDS, options.seconds()) * TRIPS_PER_SECOND);
        List<Question> questions = List.of(new Question("trip", Integer.toString(count)), new Question("back", ""));
        Pairs middle = new Pairs();
        Pairs late = new Pairs();
        double sleeps = 0;
        for (int round = -1; round < ROUNDS; round++) {
            options.progress().println(NAME + ": there and back, round " + round);
            Reading ours = company.askThroughServer(TRIP_CAPACITY, true, questions).getFirst();
            Reading control = company.askThroughControl(TRIP_CAPACITY, true, questions).getFirst();
            if (round >= 0) {
                middle.add(ours.get("p50"), control.get("p50"));
                late.add(ours.get("p99"), control.get("p99"));
                sleeps += ours.get("sleeps");
            }
        }
        figures.add(middle.figure("round_trip_p50_us", "us", US_PER_NS, Company.CONTROL));
        figures.add(late.figure("round_trip_p99_us", "us", US_PER_NS, Company.CONTROL));
        figures.add(Figure.of("round_trips", ROUNDS * (double) count, "1"));
        figures.add(Figure.of("server_sleeps_per_round_trip", sleeps / ROUNDS / count, "1"));
    }

    private static void flow(Company company, Options options, List<Figure> figures) {
        int ms = Math.min(MAX_SECONDS, options.seconds()) * FLOW_MS_PER_SECOND;
        options.progress().println(NAME + ": " + FLOW_EACH_MS + " events each millisecond, for ms=" + ms);
        Poured poured = Poured.through(company, FLOW_CAPACITY, ms, FLOW_EACH_MS, (long) ms * FLOW_EACH_MS);
        figures.add(Figure.of("sent", poured.sent(), "events"));
        figures.add(Figure.of("sent_in_time", poured.inTime(), "events"));
        figures.add(Figure.of("lost", poured.lost(), "events"));
        figures.add(Figure.of("server_cpu_percent", PERCENT * poured.serverLoad(), "%"));
    }

    private static void burst(Company company, Options options, List<Figure> figures) {
        options.progress().println(NAME + ": " + BURST_EACH_MS + " events each millisecond, for ms=" + BURST_MS);
        Poured poured = Poured.through(company, BURST_CAPACITY, BURST_MS, BURST_EACH_MS, 0);
        figures.add(Figure.of("burst_ms", poured.wallMs(), "ms"));
        figures.add(Figure.of("accepted", poured.sent(), "events"));
        figures.add(Figure.of("lost_of_accepted", poured.lost(), "events"));
    }
}
