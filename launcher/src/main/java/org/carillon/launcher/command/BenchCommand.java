package org.carillon.launcher.command;

import java.util.List;
import java.util.concurrent.Callable;
import org.carillon.bench.BenchMain;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Hands over to the benchmarks. */
@Command(name = "bench", description = "Measure this machine.",
        footer = {"", "Example:", "  carillon bench route --seconds 2"})
public final class BenchCommand implements Callable<Integer> {
    @Parameters(paramLabel = "ARGUMENT", arity = "0..*", description = "Name of a benchmark, --json, --seconds N or "
            + "--minutes N, --full; without any the list of benchmarks.")
    private List<String> arguments = List.of();

    @Override
    public Integer call() {
        return BenchMain.run(arguments.toArray(String[]::new));
    }
}
