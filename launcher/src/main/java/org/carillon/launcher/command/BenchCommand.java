package org.carillon.launcher.command;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.List;
import java.util.concurrent.Callable;
import org.carillon.api.port.CarillonException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Hands over to the benchmarks. */
@Command(name = "bench", description = "Measure this machine.", footer = {"", "Example:", "  carillon bench --help"})
public final class BenchCommand implements Callable<Integer> {
    private static final String MAIN = "org.carillon.bench.BenchMain";

    @Parameters(paramLabel = "ARGUMENT", arity = "0..*", description = "What the benchmarks are told.")
    private List<String> arguments = List.of();

    @Override
    public Integer call() throws Exception {
        try {
            MethodHandle run = MethodHandles.publicLookup().findStatic(Class.forName(MAIN), "run",
                    MethodType.methodType(int.class, String[].class));
            return (int) run.invokeExact(arguments.toArray(String[]::new));
        } catch (ClassNotFoundException e) {
            throw new CarillonException(CarillonException.Kind.FAILED,
                    "benchmarks must be on the class path: class=" + MAIN);
        } catch (Error | Exception e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }
}
