package org.carillon.bench.process;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.carillon.bench.Command;

/** Binds all sides of a comparison to the same core, so that none has a better one. */
public final class Cores {
    private static final Path STATUS = Path.of("/proc/self/status");
    private static final String ALLOWED = "Cpus_allowed_list:";

    private Cores() {}

    /** The last core that this process may use; -1 where the system does not tell. */
    public static int last() {
        String list = allowed();
        return list.isEmpty() ? -1 : last(list);
    }

    /** The first core that this process may use; -1 where the system does not tell. */
    public static int first() {
        String list = allowed();
        return list.isEmpty() ? -1 : Integer.parseInt(list.split("[-,]")[0]);
    }

    private static String allowed() {
        try {
            return Files.readAllLines(STATUS).stream().filter(line -> line.startsWith(ALLOWED)).findFirst()
                    .map(line -> line.substring(ALLOWED.length()).strip()).orElse("");
        } catch (IOException e) {
            return "";
        }
    }

    /** The command that starts a process bound to a core from its beginning. */
    public static List<String> bound(List<String> command, int core) {
        return Stream.concat(Stream.of("taskset", "-c", Integer.toString(core)), command.stream()).toList();
    }

    /** The last number of a list such as {@code 0-3,7}. */
    static int last(String list) {
        String[] numbers = list.strip().split("[-,]");
        return Integer.parseInt(numbers[numbers.length - 1]);
    }

    /** Binds all threads of a process; where that does not work it says so. */
    public static void pin(Worker worker, int core, PrintStream progress) {
        List<String> command = List.of("taskset", "-acp", Integer.toString(core), Long.toString(worker.pid()));
        if (core < 0 || !Command.run(command).isOk()) {
            progress.println("process is not bound to a core: core=" + core);
        }
    }
}
