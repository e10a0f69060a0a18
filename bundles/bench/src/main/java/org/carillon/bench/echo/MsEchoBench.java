package org.carillon.bench.echo;

import java.util.Collections;
import java.util.List;
import org.carillon.bench.Benchmark;
import org.carillon.bench.Figure;
import org.carillon.bench.Machine;
import org.carillon.bench.Options;
import org.carillon.bench.Report;
import org.carillon.bench.echo.Company.Question;
import org.carillon.bench.ring.Pairs;

/** What it costs the server to call ten clients each millisecond, and how late they get their events. */
public final class MsEchoBench implements Benchmark {
    private static final String NAME = "msecho";
    private static final int CLIENTS = 10;
    private static final int CAPACITY = 64 * 1024;
    private static final int WARM_UP_ROUNDS = 1;
    /** Until the server's JVM has compiled what it needs. */
    private static final int WARM_UP_MS = 10_000;
    private static final int ROUNDS = 5;
    private static final int MS_PER_SECOND = 500 / ROUNDS;
    /** No answer of a client may take too long. */
    private static final int MAX_SECONDS = 1_000;
    private static final int SETTLE_MS = 500;
    private static final double PERCENT = 100;
    private static final double MIDDLE = 0.5;
    private static final double LAST = 0.99;

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String description() {
        return "ten clients with a call-back and an event each millisecond, beside a server in C++";
    }

    @Override
    public Report run(Options options) {
        int ms = Math.min(MAX_SECONDS, options.seconds()) * MS_PER_SECOND;
        List<Question> questions = questions(ms);
        Ticks all = new Ticks();
        Ticks controls = new Ticks();
        Pairs middle = new Pairs();
        Pairs late = new Pairs();
        Pairs load = new Pairs();
        try (Company company = new Company(CLIENTS, options.progress())) {
            options.progress().println(NAME + ": warm-up");
            company.askThroughServer(CAPACITY, false, questions(WARM_UP_MS));
            for (int round = -WARM_UP_ROUNDS; round < ROUNDS; round++) {
                options.progress().println(NAME + ": round " + round);
                Ticks ours = Ticks.of(company.askThroughServer(CAPACITY, false, questions));
                Ticks control = Ticks.of(company.askThroughControl(CAPACITY, false, questions));
                if (round >= 0) {
                    all.add(ours);
                    controls.add(control);
                    middle.add(ours.lateUs(MIDDLE), control.lateUs(MIDDLE));
                    late.add(ours.lateUs(LAST), control.lateUs(LAST));
                    load.add(ours.serverLoad(), control.serverLoad());
                }
            }
        }
        List<Figure> figures = List.of(Figure.of("events", all.sent(), "events"),
                Figure.of("lost", all.lost(), "events"),
                Figure.of("missed", all.missed(), "call-backs", Company.CONTROL, controls.missed()),
                middle.figure("late_p50_us", "us", 1, Company.CONTROL),
                late.figure("late_p99_us", "us", 1, Company.CONTROL),
                load.figure("server_cpu_percent", "%", PERCENT, Company.CONTROL));
        return new Report(NAME, Machine.describe(), ROUNDS, figures);
    }

    private static List<Question> questions(int ms) {
        return Collections.nCopies(CLIENTS, new Question("task", "PID " + SETTLE_MS + " " + ms));
    }
}
