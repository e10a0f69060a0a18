package org.carillon.bench.ring;

import java.util.List;
import org.carillon.bench.Benchmark;
import org.carillon.bench.Figure;
import org.carillon.bench.Machine;
import org.carillon.bench.Options;
import org.carillon.bench.Report;
import org.carillon.bench.process.Reading;

/** The ring between two processes: how long one record takes, how many pass, what a full ring costs its sender. */
public final class RingBench implements Benchmark {
    private static final String NAME = "ring";
    private static final int WARM_UP_ROUNDS = 3;
    private static final int ROUNDS = 9;
    /** Round trips and records of a round, for each second that the whole shall take. */
    private static final int PINGS_PER_SECOND = 25_000;
    private static final int RECORDS_PER_SECOND = 500_000;
    private static final int SENDS_PER_SECOND = 10_000;
    private static final String BARE = "bare ring, C++ to C++";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String description() {
        return "a record through the ring between processes, beside a bare ring in C++";
    }

    @Override
    public Report run(Options options) {
        long pings = (long) options.seconds() * PINGS_PER_SECOND;
        long records = (long) options.seconds() * RECORDS_PER_SECOND;
        long sends = (long) options.seconds() * SENDS_PER_SECOND;
        Pairs middle = new Pairs();
        Pairs late = new Pairs();
        Pairs flow = new Pairs();
        Pairs full = new Pairs();
        try (Sides sides = new Sides(options.progress())) {
            for (int round = -WARM_UP_ROUNDS; round < ROUNDS; round++) {
                options.progress().println(NAME + ": round " + round);
                Reading way = Sides.both(sides.javaServer, "pong", sides.cppClient, "ping", pings);
                Reading bareWay = Sides.both(sides.cppServer, "bare-pong", sides.cppClient, "bare-ping", pings);
                Reading poured = Sides.both(sides.javaClient, "pour", sides.javaServer, "drain", records);
                Reading barePoured = Sides.both(sides.cppClient, "bare-pour", sides.cppServer, "bare-drain", records);
                Reading sent = sides.javaServer.ask("full " + sends);
                if (round >= 0) {
                    middle.add(way.get("p50"), bareWay.get("p50"));
                    late.add(way.get("p99"), bareWay.get("p99"));
                    flow.add(poured.get("perSecond"), barePoured.get("perSecond"));
                    full.add(sent.get("refused"), sent.get("taken"));
                }
            }
        }
        List<Figure> figures = List.of(middle.figure("java_cpp_p50_ns", "ns", 1, BARE),
                late.figure("java_cpp_p99_ns", "ns", 1, BARE),
                flow.figure("java_java_events_per_s", "1/s", 1, BARE),
                full.figure("full_ring_send_p99_ns", "ns", 1, "a send that finds room"),
                Figure.of("events", ROUNDS * (pings + records), "1"));
        return new Report(NAME, Machine.describe(), ROUNDS, figures);
    }
}
