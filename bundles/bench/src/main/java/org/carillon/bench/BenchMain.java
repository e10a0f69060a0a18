package org.carillon.bench;

import java.io.PrintStream;
import java.util.List;
import org.carillon.bench.echo.EchoBench;
import org.carillon.bench.echo.MsEchoBench;
import org.carillon.bench.enemies.EnemiesBench;
import org.carillon.bench.hotload.HotloadBench;
import org.carillon.bench.kill.KillBench;
import org.carillon.bench.replug.ReplugBench;
import org.carillon.bench.ring.PythonBench;
import org.carillon.bench.ring.RingBench;
import org.carillon.bench.ring.WakeBench;
import org.carillon.bench.rpc.RpcBench;
import org.carillon.bench.soak.SoakBench;
import org.carillon.bench.sound.CallbackBench;
import org.carillon.bench.sound.RenderBench;
import org.carillon.bench.sound.SamplerBench;

/**
 * {@code carillon bench NAME [--json] [--seconds N|--minutes N] [--full]}: the report goes to standard output, all else
 * to the other.
 */
public final class BenchMain {
    private static final int OK = 0;
    private static final int FAILED = 1;
    private static final int USAGE = 2;
    private static final int SECONDS_PER_MINUTE = 60;
    private static final List<Benchmark> BENCHMARKS = List.of(new RouteBench(), new SchedulerBench(),
            new StartupBench(), new SamplerBench(), new CallbackBench(), new RenderBench(), new HotloadBench(),
            new ReplugBench(), new RingBench(), new WakeBench(), new PythonBench(), new RpcBench(), new EchoBench(),
            new MsEchoBench(), new KillBench(), new EnemiesBench(), new SoakBench());

    private BenchMain() {}

    /** Runs and ends the process. */
    public static void main(String[] args) {
        System.exit(run(args));
    }

    /** What can be measured. */
    public static List<String> names() {
        return BENCHMARKS.stream().map(Benchmark::name).toList();
    }

    /**
     * Runs a benchmark and prints its report.
     *
     * @return the exit code: 0; 1 when the benchmark cannot be taken here or breaks a promise; 2 when the arguments
     *         name none or make no sense.
     */
    public static int run(String[] args) {
        return run(args, System.out, System.err);
    }

    static int run(String[] args, PrintStream out, PrintStream err) {
        String name = null;
        boolean isJson = false;
        boolean isFull = false;
        int seconds = Options.DEFAULT_SECONDS;
        for (int i = 0; i < args.length; i++) {
            if (args[i].equals("--json")) {
                isJson = true;
            } else if (args[i].equals("--full")) {
                isFull = true;
            } else if (isNumber(args, i + 1) && args[i].equals("--seconds")) {
                seconds = Integer.parseInt(args[++i]);
            } else if (isNumber(args, i + 1) && args[i].equals("--minutes")) {
                seconds = Integer.parseInt(args[++i]) * SECONDS_PER_MINUTE;
            } else if (name == null && !args[i].startsWith("-")) {
                name = args[i];
            } else {
                return usage(err, "unexpected argument: argument=" + args[i]);
            }
        }
        if (seconds < 1 || seconds > Options.MAX_SECONDS) {
            return usage(err, "seconds must be 1 to " + Options.MAX_SECONDS + ": seconds=" + seconds);
        }
        for (Benchmark benchmark : BENCHMARKS) {
            if (benchmark.name().equals(name)) {
                return run(benchmark, new Options(seconds, isFull, err), isJson, out);
            }
        }
        return usage(err, name == null ? "name a benchmark" : "no such benchmark: name=" + name);
    }

    private static boolean isNumber(String[] args, int i) {
        return i < args.length && args[i].matches("[0-9]{1,6}");
    }

    static int run(Benchmark benchmark, Options options, boolean isJson, PrintStream out) {
        try {
            Report report = benchmark.run(options);
            out.println(isJson ? report.toJson() : report.toTable());
            List<Promise> promises = benchmark.promises(options);
            promises.forEach(promise -> options.progress().println(promise.describe(report.figures())));
            return promises.stream().allMatch(promise -> promise.isKept(report.figures())) ? OK : FAILED;
        } catch (IllegalStateException e) {
            options.progress().println(benchmark.name() + ": " + e.getMessage());
            return FAILED;
        }
    }

    private static int usage(PrintStream err, String reason) {
        err.println(reason);
        err.println("usage: carillon bench NAME [--json] [--seconds N|--minutes N] [--full]");
        for (Benchmark benchmark : BENCHMARKS) {
            err.printf("  %-12s %s%n", benchmark.name(), benchmark.description());
        }
        return USAGE;
    }
}
