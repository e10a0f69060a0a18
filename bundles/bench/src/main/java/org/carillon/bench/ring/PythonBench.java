package org.carillon.bench.ring;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.carillon.bench.Benchmark;
import org.carillon.bench.Command;
import org.carillon.bench.Distribution;
import org.carillon.bench.Figure;
import org.carillon.bench.Interleaved;
import org.carillon.bench.Machine;
import org.carillon.bench.Options;
import org.carillon.bench.Report;
import org.carillon.bench.process.Cores;
import org.carillon.bench.process.Reading;
import org.carillon.bench.process.Worker;

/** Events from C++ through the ring into a function of the user's in Python, with the client as it is shipped. */
public final class PythonBench implements Benchmark {
    private static final String NAME = "python";
    private static final String PYTHON = "python3";
    private static final String SOURCE = "python_side.py";
    private static final String MODULES = "client/python";
    private static final int WARM_UP_ROUNDS = 1;
    private static final int ROUNDS = 5;
    private static final int RECORDS_PER_SECOND = 25_000;
    /** Of three parts in each round, one event a millisecond. */
    private static final int EVENTS_PER_SECOND = 1_000 / (3 * ROUNDS);
    private static final double US_PER_NS = 0.001;
    private static final String CONTROL = "C++ to C++";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String description() {
        return "events from C++ through the ring into a call-back in Python, beside one in C++";
    }

    @Override
    public Report run(Options options) {
        long records = (long) options.seconds() * RECORDS_PER_SECOND;
        long events = Math.max(30, (long) options.seconds() * EVENTS_PER_SECOND);
        Pairs flow = new Pairs();
        Pairs woken = new Pairs();
        double[] spinning = new double[ROUNDS];
        try (Sides sides = new Sides(options.progress()); Worker python = python()) {
            for (int round = -WARM_UP_ROUNDS; round < ROUNDS; round++) {
                options.progress().println(NAME + ": round " + round);
                Reading poured = Sides.both(sides.cppClient, "bare-pour", python, "drain", records);
                Reading barePoured = Sides.both(sides.cppClient, "bare-pour", sides.cppServer, "bare-drain", records);
                Reading spun = Sides.both(sides.cppClient, "bare-call", python, "spin", events);
                Reading woke = Sides.both(sides.cppClient, "bare-call", python, "listen", events);
                Reading bareWoke = Sides.both(sides.cppClient, "bare-call", sides.cppServer, "bare-listen", events);
                if (round >= 0) {
                    flow.add(poured.get("perSecond"), barePoured.get("perSecond"));
                    spinning[round] = spun.get("p50");
                    woken.add(woke.get("p50"), bareWoke.get("p50"));
                }
            }
        }
        List<Figure> figures = List.of(flow.figure("events_per_s", "1/s", 1, CONTROL),
                Figure.of("one_way_p50_us", Interleaved.median(spinning) * US_PER_NS, "us"),
                woken.figure("one_way_woken_p50_us", "us", US_PER_NS, CONTROL),
                Figure.of("events", ROUNDS * (records + 2 * events), "1"));
        return new Report(NAME, Machine.describe(), ROUNDS, figures);
    }

    /** Bound to the core that the control in C++ has. */
    private static Worker python() {
        Path modules = Distribution.home().resolve(MODULES);
        if (!Files.isDirectory(modules) || !Command.run(List.of(PYTHON, "--version")).isOk()) {
            throw new IllegalStateException("needs Python and the client's modules: wanted=" + PYTHON + ", modules="
                    + modules);
        }
        return new Worker(Cores.bound(List.of(PYTHON, "-c", source()), Cores.last()),
                Map.of("PYTHONPATH", modules.toString(), "PYTHONDONTWRITEBYTECODE", "1"));
    }

    private static String source() {
        try (InputStream code = PythonBench.class.getResourceAsStream(SOURCE)) {
            return new String(code.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
