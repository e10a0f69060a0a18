package org.carillon.bench.enemies;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.carillon.bench.Command;
import org.carillon.bench.process.JavaCommand;
import org.carillon.bench.process.Reading;
import org.carillon.bench.process.Worker;

/** Clients that only play, one in each language, in a ring: each sends to the next all the time, and counts. */
final class Innocents implements AutoCloseable {
    private static final String PYTHON = "python3";
    private static final String SOURCE = "innocent.py";
    private static final String LATE = "us";

    private final List<Worker> workers = new ArrayList<>();
    private final List<String> names;
    private final long[] lateUs = new long[Innocent.LATEST_US + 1];
    private Reading[] last;

    /**
     * @param program the client in C++.
     * @param modules of the client in Python; it is left out where they or Python are not there.
     */
    Innocents(Path socket, Path program, Path modules, PrintStream progress) {
        boolean hasPython = Files.isDirectory(modules) && Command.run(List.of(PYTHON, "--version")).isOk();
        if (!hasPython) {
            progress.println("no client in Python: wanted=" + PYTHON);
        }
        names = hasPython ? List.of("cpp", "java", "python") : List.of("cpp", "java");
        String place = socket.toString();
        try {
            workers.add(new Worker(List.of(program.toString(), "play", place, name(0), name(1))));
            List<String> java = new ArrayList<>(JavaCommand.of(Innocent.class));
            java.addAll(List.of(place, name(1), name(2)));
            workers.add(new Worker(java));
            if (hasPython) {
                workers.add(new Worker(List.of(PYTHON, "-c", source(), place, name(2), name(3)),
                        Map.of("PYTHONPATH", modules.toString(), "PYTHONDONTWRITEBYTECODE", "1")));
            }
            last = ask("count");
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    private static String source() {
        try (InputStream code = Innocents.class.getResourceAsStream(SOURCE)) {
            return new String(code.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Of a session; after the last comes the first. */
    String name(int index) {
        return names.get(index % names.size());
    }

    int size() {
        return names.size();
    }

    private Reading[] ask(String question) {
        return workers.stream().map(worker -> worker.ask(question)).toArray(Reading[]::new);
    }

    void start() {
        last = ask("start");
        Siege.await("all receive", () -> {
            last = ask("count");
            return Arrays.stream(last).allMatch(each -> each.get("received") > 0);
        });
        forgetLateness();
    }

    /** Those who noticed something since the last call. */
    Set<String> affected() {
        Reading[] now = ask("count");
        Set<String> affected = new TreeSet<>();
        for (int i = 0; i < now.length; i++) {
            for (String wrong : List.of("lost", "doubled", "refused", "ended")) {
                if (now[i].get(wrong) > last[i].get(wrong)) {
                    affected.add(name(i) + " " + wrong + "=" + (long) (now[i].get(wrong) - last[i].get(wrong)));
                }
            }
            addLateness(now[i]);
        }
        last = now;
        return affected;
    }

    private void addLateness(Reading reading) {
        reading.values().forEach((name, count) -> {
            if (name.matches(LATE + "[0-9]+")) {
                lateUs[Integer.parseInt(name.substring(LATE.length()))] += count.longValue();
            }
        });
    }

    /** Those who lack what was sent to them, at the end; nobody sends any more after that. */
    Set<String> stop() {
        ask("stop");
        try {
            Siege.await("all is received", () -> {
                Reading[] now = ask("count");
                return missing(now).isEmpty();
            });
        } catch (IllegalStateException e) {
            return missing(ask("count"));
        }
        return Set.of();
    }

    private Set<String> missing(Reading[] now) {
        Set<String> missing = new TreeSet<>();
        for (int i = 0; i < now.length; i++) {
            double lost = now[i].get("sent") - now[(i + 1) % now.length].get("received");
            if (lost != 0) {
                missing.add(name(i + 1) + " missing=" + (long) lost);
            }
        }
        return missing;
    }

    /** All that they got. */
    double received() {
        return Arrays.stream(last).mapToDouble(each -> each.get("received")).sum();
    }

    void forgetLateness() {
        ask("count");
        Arrays.fill(lateUs, 0);
    }

    /** How late events came, in whole microseconds, since lateness was forgotten. */
    double lateUs(double quantile) {
        long before = (long) (quantile * (Arrays.stream(lateUs).sum() - 1));
        int us = 0;
        for (long count = lateUs[0]; count <= before && us < Innocent.LATEST_US; count += lateUs[us]) {
            us++;
        }
        return us + 1;
    }

    @Override
    public void close() {
        workers.forEach(Worker::close);
    }
}
