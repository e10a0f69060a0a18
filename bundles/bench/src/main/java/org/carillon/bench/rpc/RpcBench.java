package org.carillon.bench.rpc;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.carillon.bench.Benchmark;
import org.carillon.bench.Figure;
import org.carillon.bench.Interleaved;
import org.carillon.bench.Machine;
import org.carillon.bench.Options;
import org.carillon.bench.Report;
import org.carillon.bench.process.CControl;
import org.carillon.bench.process.Cores;
import org.carillon.bench.process.JavaCommand;
import org.carillon.bench.process.Worker;

/**
 * How long a client's request takes: through the kernel's thread, answered without it, and without an answer. Client
 * and control are in C++, bound to one core; the server, and the control's other end, to another.
 */
public final class RpcBench implements Benchmark {
    private static final String NAME = "rpc";
    private static final int WARM_UP_ROUNDS = 3;
    private static final int ROUNDS = 7;
    private static final int PARTS = 6;
    private static final int REQUESTS_PER_SECOND = 20_000;
    private static final int CALL_ROUNDS_PER_SECOND = 15;
    /** So that one in a hundred is several. */
    private static final int MIN_CALL_ROUNDS = 300;
    private static final double NS_PER_US = 1_000;
    private static final String CONTROL = "a packet to and fro between two processes in C++";
    private static final int[] CLIENTS = {1, 2, 5, 10};

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String description() {
        return "requests to the server, beside packets to and fro between two processes";
    }

    @Override
    public Report run(Options options) {
        int clientCore = Cores.first();
        int serverCore = Cores.last();
        if (clientCore == serverCore) {
            throw new IllegalStateException("needs two processors, one for each side: processors=1");
        }
        Path folder = folder();
        try (CControl controls = new CControl(options.progress(), RpcBench.class, "g++");
                Worker server = new Worker(Cores.bound(JavaCommand.of(RpcServer.class), serverCore))) {
            String program = controls.compile("rpc_client.cpp", "-std=c++17", "-O2", "-pthread")
                    .orElseThrow(() -> new IllegalStateException("the client does not compile: wanted=g++"))
                    .toString();
            try (Worker client = new Worker(
                    Cores.bound(List.of(program, Integer.toString(serverCore)), clientCore))) {
                Path socket = folder.resolve("carillon/control");
                server.ask("listen " + socket);
                client.ask("connect " + socket);
                List<Figure> figures = new ArrayList<>(requests(options, client));
                figures.addAll(calls(options, client));
                return new Report(NAME, Machine.describe(), ROUNDS, figures);
            }
        } finally {
            delete(folder);
        }
    }

    private static List<Figure> requests(Options options, Worker client) {
        int count = Math.max(200, options.seconds() * REQUESTS_PER_SECOND / (ROUNDS * PARTS));
        String[] kinds = {"request", "look", "one-way"};
        double[][] ours = new double[kinds.length][ROUNDS];
        double[][] bare = new double[kinds.length][ROUNDS];
        for (int round = -WARM_UP_ROUNDS; round < ROUNDS; round++) {
            options.progress().println(NAME + ": round " + round);
            for (int kind = 0; kind < kinds.length; kind++) {
                double our = client.ask(kinds[kind] + " " + count).get("p50") / NS_PER_US;
                double control = client.ask("bare " + count).get("p50") / NS_PER_US;
                if (round >= 0) {
                    ours[kind][round] = our;
                    bare[kind][round] = control;
                }
            }
        }
        return List.of(figure("request_p50_us", ours[0], bare[0]), figure("look_request_p50_us", ours[1], bare[1]),
                figure("one_way_request_p50_us", ours[2], bare[2]),
                Figure.of("requests", (double) kinds.length * ROUNDS * count, "1"));
    }

    /** The ratio is the middle of those of the pairs: what disturbs a pair disturbs both of its parts. */
    private static Figure figure(String name, double[] ours, double[] bare) {
        double[] ratios = new double[ours.length];
        for (int i = 0; i < ratios.length; i++) {
            ratios[i] = ours[i] / bare[i];
        }
        return new Figure(name, Interleaved.median(ours), "us", CONTROL, Interleaved.median(bare),
                Interleaved.median(ratios));
    }

    private static List<Figure> calls(Options options, Worker client) {
        int rounds = Math.max(MIN_CALL_ROUNDS, options.seconds() * CALL_ROUNDS_PER_SECOND);
        Map<Integer, Integer> calls = new LinkedHashMap<>();
        for (int clients : CLIENTS) {
            options.progress().println(NAME + ": " + clients + " clients");
            calls.put(clients, (int) client.ask("calls " + clients + " " + rounds).get("calls"));
        }
        Path picture = Path.of(System.getProperty("java.io.tmpdir"), "carillon-bench-rpc.svg");
        try {
            Files.writeString(picture, CallsPicture.of(calls, Machine.describe()));
            options.progress().println(NAME + ": picture=" + picture);
        } catch (IOException e) {
            options.progress().println(NAME + ": no picture: reason=" + e.getMessage());
        }
        return calls.entrySet().stream()
                .map(each -> Figure.of("calls_per_ms_" + each.getKey(), each.getValue(), "requests")).toList();
    }

    private static Path folder() {
        try {
            return Files.createTempDirectory("carillon-bench");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
