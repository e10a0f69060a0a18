package org.carillon.bench.replug;

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
import org.carillon.bench.Distribution;
import org.carillon.bench.Figure;
import org.carillon.bench.Machine;
import org.carillon.bench.Options;
import org.carillon.bench.Report;

/** Devices that are plugged, unplugged and swapped while music plays, with one hardware driver after the other. */
public final class ReplugBench implements Benchmark {
    private static final String NAME = "replug";
    /** Each by itself: a device is published by one driver. */
    private static final List<String> HARDWARE = List.of("driver.rawmidi", "driver.javasound");
    /** Has nothing to do with devices, and takes the machine most of a minute to start. */
    private static final String WEB = "web";
    private static final int LINES_OF_FAILURE = 120;

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String description() {
        return "real devices unplugged, swapped and plugged again in a virtual machine while music plays";
    }

    @Override
    public Report run(Options options) {
        try {
            Path folder = Files.createTempDirectory("carillon-replug");
            try {
                return run(options, folder);
            } finally {
                delete(folder);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    private static Report run(Options options, Path folder) throws IOException, InterruptedException {
        Path home = Distribution.home();
        List<String> drivers = shipped(home);
        VirtualMachine machine = new VirtualMachine(folder, options.progress());
        machine.prepare();
        if (!machine.runs(home, command(drivers, options.seconds()))) {
            throw new IllegalStateException("devices are not served as they must be:\n"
                    + machine.lastLines(LINES_OF_FAILURE));
        }
        List<Map<String, Double>> runs = new ArrayList<>();
        for (String driver : drivers) {
            runs.add(read(machine.share().resolve(driver)));
        }
        return new Report(NAME, Machine.describe(), options.seconds(), figures(drivers, runs));
    }

    private static List<String> shipped(Path home) throws IOException {
        try (Stream<Path> files = Files.walk(home.resolve("bundles"))) {
            List<String> names = files.map(file -> file.getFileName().toString()).toList();
            return HARDWARE.stream()
                    .filter(driver -> names.stream().anyMatch(name -> name.startsWith("org.carillon." + driver + "-")))
                    .toList();
        }
    }

    /** One Java after the other; slow as the machine is, it compiles quickly rather than well. */
    private static String command(List<String> drivers, int cycles) {
        StringBuilder command = new StringBuilder("set -e\n");
        for (String driver : drivers) {
            command.append("echo 'replug: ").append(driver).append("'\n")
                    .append("/jdk/bin/java @/carillon/lib/default.options -XX:TieredStopAtLevel=1")
                    .append(" -cp '/carillon/lib/*' ")
                    .append(ReplugGuest.class.getName()).append(" /share/").append(driver).append(' ').append(cycles)
                    .append(' ').append(WEB);
            drivers.stream().filter(other -> !other.equals(driver)).forEach(other -> command.append(' ')
                    .append(other));
            command.append('\n');
        }
        return command.toString();
    }

    private static Map<String, Double> read(Path file) throws IOException {
        Map<String, Double> figures = new LinkedHashMap<>();
        for (String line : Files.readAllLines(file)) {
            String[] words = line.split(" ");
            figures.put(words[0], Double.valueOf(words[1]));
        }
        return figures;
    }

    /** What counts for all drivers together, by the worst of them; then the times of each. */
    private static List<Figure> figures(List<String> drivers, List<Map<String, Double>> runs) {
        List<Figure> figures = new ArrayList<>();
        for (String name : List.of("cycles", "reconnected", "swap_detected")) {
            figures.add(Figure.of(name, runs.stream().mapToDouble(run -> run.get(name)).min().orElseThrow(), "1"));
        }
        for (String name : List.of("stuck_notes", "left", "sysex_cut")) {
            figures.add(Figure.of(name, runs.stream().mapToDouble(run -> run.get(name)).sum(), "1"));
        }
        for (int i = 0; i < runs.size(); i++) {
            String driver = drivers.get(i).substring(drivers.get(i).indexOf('.') + 1);
            runs.get(i).forEach((name, value) -> {
                if (name.endsWith("_ms")) {
                    figures.add(Figure.of(driver + "_" + name, value, "ms"));
                }
            });
        }
        return figures;
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
