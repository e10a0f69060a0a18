package org.carillon.bench.kill;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.carillon.bench.Command;
import org.carillon.bench.Distribution;
import org.carillon.bench.Figure;
import org.carillon.bench.process.CControl;
import org.carillon.bench.process.JavaCommand;
import org.carillon.bench.process.Reading;
import org.carillon.bench.process.Scratch;
import org.carillon.bench.process.ShippedServer;
import org.carillon.bench.process.Worker;

/** The server is killed, again and again: how soon its clients in three languages know it, and whether they go on. */
final class ServerDeaths implements AutoCloseable {
    private static final int EACH = 8;
    private static final double NS_PER_MS = 1_000_000;
    private static final double MIDDLE = 0.5;
    private static final double LAST = 0.99;
    private static final String PYTHON = "watch_side.py";

    private final PrintStream progress;
    private final Deque<Runnable> ends = new ArrayDeque<>();
    private final Map<String, Worker> programs = new LinkedHashMap<>();
    private final Map<String, List<Double>> knownMs = new LinkedHashMap<>();
    private final Path folder;
    private long notBack;

    ServerDeaths(PrintStream progress) {
        this.progress = progress;
        Path client = Distribution.home().resolve("client");
        try {
            CControl sources = new CControl(progress, Battlefield.class, "g++").with(Battlefield.HEADERS)
                    .with(PYTHON);
            ends.push(sources::close);
            add("cpp", new Worker(List.of(Battlefield.compile(sources, client.resolve("cpp/include")))));
            add("java", new Worker(JavaCommand.of(JavaSurvivor.class)));
            if (Command.run(List.of("python3", "--version")).isOk()) {
                add("python", new Worker(List.of("python3", sources.folder().resolve(PYTHON).toString()),
                        Map.of("PYTHONPATH", client.resolve("python").toString(), "PYTHONDONTWRITEBYTECODE", "1")));
            } else {
                progress.println("no Python: its clients are left out: wanted=python3");
            }
            Scratch scratch = Scratch.onDisk();
            ends.push(scratch::close);
            folder = scratch.folder();
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    private void add(String language, Worker program) {
        ends.push(program::close);
        programs.put(language, program);
        knownMs.put(language, new ArrayList<>());
    }

    /** Kills so many servers. */
    List<Figure> kill(int servers) {
        ShippedServer server = new ShippedServer(folder);
        try {
            for (Worker program : programs.values()) {
                program.ask("watch " + server.socket() + " " + EACH);
                program.ask("back");
            }
            for (int i = 0; i < servers; i++) {
                progress.println(KillBench.NAME + ": servers killed=" + i + ", of=" + servers);
                long killedNs = System.nanoTime();
                server.kill();
                programs.forEach((language, program) -> lost(program.ask("lost"), killedNs, knownMs.get(language)));
                server = new ShippedServer(folder);
                for (Worker program : programs.values()) {
                    notBack += EACH - (long) program.ask("back").get("back");
                }
            }
        } finally {
            server.close();
        }
        return figures(servers);
    }

    /** One that never knew it is not back either, and counts there. */
    private static void lost(Reading reading, long killedNs, List<Double> knownMs) {
        for (int i = 0; i < EACH; i++) {
            long atNs = (long) reading.get("at" + i);
            if (atNs == 0) {
                throw new IllegalStateException("client must know that its server is gone: client=" + i);
            }
            knownMs.add((atNs - killedNs) / NS_PER_MS);
        }
    }

    private List<Figure> figures(int servers) {
        List<Double> all = new ArrayList<>();
        List<Figure> figures = new ArrayList<>();
        knownMs.forEach((language, times) -> {
            Collections.sort(times);
            all.addAll(times);
            figures.add(Figure.of("server_death_known_" + language + "_p99_ms", Deaths.at(times, LAST), "ms"));
        });
        Collections.sort(all);
        figures.addAll(0, List.of(Figure.of("server_deaths", servers, "servers"),
                Figure.of("server_death_not_resumed", notBack, "sessions"),
                Figure.of("server_death_known_p50_ms", Deaths.at(all, MIDDLE), "ms"),
                Figure.of("server_death_known_p99_ms", Deaths.at(all, LAST), "ms")));
        return figures;
    }

    @Override
    public void close() {
        while (!ends.isEmpty()) {
            ends.pop().run();
        }
    }
}
