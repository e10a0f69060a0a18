package org.carillon.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** How long a server takes from nothing to its first event, and how much memory it then has, beside plain Felix. */
final class StartupBench implements Benchmark {
    private static final String NAME = "startup";
    private static final int WARM_UP_ROUNDS = 1;
    private static final int ROUNDS = 9;
    private static final int FULL_ROUNDS = 3;

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String description() {
        return "time to the first event and memory of a server, beside plain Felix";
    }

    @Override
    public Report run(Options options) {
        Path home = Distribution.home();
        double[] residentMb = new double[WARM_UP_ROUNDS + ROUNDS];
        double[] plainMb = new double[WARM_UP_ROUNDS + ROUNDS];
        int[] round = {0, 0};
        Interleaved.Medians medians = Interleaved.measure(WARM_UP_ROUNDS, ROUNDS, () -> {
            options.progress().println(NAME + ": round " + round[0] + " of " + ROUNDS);
            ChildServer server = ChildServer.music(home);
            residentMb[round[0]++] = server.residentMb();
            return server.readyMs();
        }, () -> {
            ChildServer plain = ChildServer.plainFelix(home);
            plainMb[round[1]++] = plain.residentMb();
            return plain.readyMs();
        });
        List<Figure> figures = new ArrayList<>();
        figures.add(Figure.of("ready_ms", medians.ours(), "ms", "plain Felix with SCR and Configuration Admin",
                medians.control()));
        figures.add(Figure.of("resident_mb", Interleaved.median(residentMb), "MB", "plain Felix",
                Interleaved.median(plainMb)));
        figures.add(Figure.of("resident_full_mb", Interleaved.median(fullMb(home)), "MB"));
        figures.add(Figure.of("operations", ROUNDS, "starts"));
        return new Report(NAME, Machine.describe(), ROUNDS, figures);
    }

    private static double[] fullMb(Path home) {
        return IntStream.range(0, FULL_ROUNDS).mapToDouble(round -> ChildServer.full(home).residentMb()).toArray();
    }
}
