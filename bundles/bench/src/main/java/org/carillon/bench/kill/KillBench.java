package org.carillon.bench.kill;

import java.util.ArrayList;
import java.util.List;
import org.carillon.bench.Benchmark;
import org.carillon.bench.Figure;
import org.carillon.bench.Machine;
import org.carillon.bench.Options;
import org.carillon.bench.Promise;
import org.carillon.bench.Report;

/** Kills clients wherever they just are, thousands of them, and servers, and counts what others notice of it. */
public final class KillBench implements Benchmark {
    static final String NAME = "kill";

    private static final int KILLS = 2_000;
    private static final int ALL_KILLS = 50_000;
    private static final int SERVERS = 5;
    private static final int ALL_SERVERS = 50;
    private static final String SEED = "carillon.bench.seed";
    private static final double MIDDLE = 0.5;
    private static final double LAST = 0.99;
    private static final int ROUNDS = 1;
    private static final int LEAST_BETWEEN = 20;

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String description() {
        return "clients killed wherever they just are: what others lose, what is left over, how soon it is known";
    }

    @Override
    public List<Promise> promises(Options options) {
        return List.of(Promise.atLeast("kills", options.isFull() ? ALL_KILLS : KILLS),
                Promise.atLeast("kills_between_claim_and_commit", LEAST_BETWEEN), Promise.zero("lost"),
                Promise.zero("torn"), Promise.zero("doubled"), Promise.zero("leaked_descriptors"),
                Promise.zero("leaked_maps"), Promise.zero("leaked_sessions"), Promise.zero("stuck_notes"),
                Promise.zero("doubled_notes"), Promise.zero("server_death_not_resumed"));
    }

    @Override
    public Report run(Options options) {
        long seed = Long.getLong(SEED, System.nanoTime() & Integer.MAX_VALUE);
        options.progress().println(NAME + ": the same kills again with -D" + SEED + "=" + seed);
        List<Figure> figures = new ArrayList<>();
        try (Battlefield field = new Battlefield(options.isFull() ? ALL_KILLS : KILLS, seed, options.progress())) {
            figures.addAll(figures(seed, field.fight()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
        try (ServerDeaths servers = new ServerDeaths(options.progress())) {
            figures.addAll(servers.kill(options.isFull() ? ALL_SERVERS : SERVERS));
        }
        return new Report(NAME, Machine.describe(), ROUNDS, figures);
    }

    private static List<Figure> figures(long seed, Battlefield.Outcome outcome) {
        Deaths deaths = outcome.deaths();
        return List.of(Figure.of("seed", seed, ""),
                Figure.of("kills", deaths.kills(), "clients"),
                Figure.of("kills_java", deaths.javaKills(), "clients"),
                Figure.of("kills_before_session", deaths.unborn(), "clients"),
                Figure.of("kills_busy", deaths.busy(), "clients"),
                Figure.of("kills_between_claim_and_commit", deaths.between(), "clients"),
                Figure.of("kills_between_java", deaths.javaBetween(), "clients"),
                Figure.of("events", outcome.events(), "events"),
                Figure.of("events_of_victims", outcome.eventsOfVictims(), "events"),
                Figure.of("lost", outcome.lost(), "events"),
                Figure.of("torn", outcome.torn(), "events"),
                Figure.of("doubled", outcome.doubled(), "events"),
                Figure.of("leaked_descriptors", outcome.leakedDescriptors(), ""),
                Figure.of("leaked_maps", outcome.leakedMaps(), ""),
                Figure.of("leaked_sessions", outcome.leakedSessions(), ""),
                Figure.of("detected", deaths.detected(), "times"),
                Figure.of("detect_p50_ms", deaths.detectMs(MIDDLE), "ms"),
                Figure.of("detect_p99_ms", deaths.detectMs(LAST), "ms"),
                Figure.of("detect_cpp_p99_ms", deaths.cppDetectMs(LAST), "ms"),
                Figure.of("detect_java_p99_ms", deaths.javaDetectMs(LAST), "ms"),
                Figure.of("held_notes", deaths.held(), "notes"),
                Figure.of("stuck_notes", deaths.stuck(), "notes"),
                Figure.of("doubled_notes", deaths.doubled(), "notes"),
                Figure.of("note_off_p50_ms", deaths.noteOffMs(MIDDLE), "ms"),
                Figure.of("note_off_p99_ms", deaths.noteOffMs(LAST), "ms"));
    }
}
