package org.carillon.bench;

import java.io.IOException;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.OperatingSystemMXBean;
import java.lang.management.RuntimeMXBean;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the benchmarks run on, as the system tells it. */
public final class Machine {
    private static final Path CPU_INFO = Path.of("/proc/cpuinfo");
    private static final int MIB_SHIFT = 20;

    private Machine() {}

    /** CPU, cores this process may use, load, operating system, JVM, heap and garbage collector in one line. */
    public static String describe() {
        OperatingSystemMXBean system = ManagementFactory.getOperatingSystemMXBean();
        RuntimeMXBean runtime = ManagementFactory.getRuntimeMXBean();
        return cpuModel() + ", " + system.getAvailableProcessors() + " cores, load " + system.getSystemLoadAverage()
                + "; " + system.getName() + " " + system.getVersion() + " " + system.getArch() + "; "
                + runtime.getVmName() + " " + runtime.getVmVersion() + ", heap "
                + (Runtime.getRuntime().maxMemory() >> MIB_SHIFT) + " MiB, " + collectors();
    }

    private static String cpuModel() {
        if (!Files.isReadable(CPU_INFO)) {
            return "unknown CPU";
        }
        try (Stream<String> lines = Files.lines(CPU_INFO, StandardCharsets.ISO_8859_1)) {
            return lines.filter(line -> line.startsWith("model name")).findFirst()
                    .map(line -> line.substring(line.indexOf(':') + 1).strip()).orElse("unknown CPU");
        } catch (IOException | java.io.UncheckedIOException e) {
            return "unknown CPU";
        }
    }

    private static String collectors() {
        return ManagementFactory.getGarbageCollectorMXBeans().stream().map(GarbageCollectorMXBean::getName)
                .collect(Collectors.joining(" + "));
    }
}
