package org.carillon.sampler.output;

import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Optional;

/** Which garbage collector this JVM has, and whether sound can be made live beside it. */
final class Collectors {
    private Collectors() {}

    /** Refuses a live output where the collector stops it for longer than a block, unless that is wanted. */
    static void check(OutputOptions options) {
        if (!options.anyCollector()) {
            objection(names()).ifPresent(objection -> {
                throw new OutputException(objection);
            });
        }
    }

    static List<String> names() {
        return ManagementFactory.getGarbageCollectorMXBeans().stream().map(GarbageCollectorMXBean::getName).toList();
    }

    /** Why not; empty for a collector that works while the program runs, and for one that is not known. */
    static Optional<String> objection(List<String> names) {
        for (String name : names) {
            String collector = collector(name);
            if (!collector.isEmpty()) {
                return Optional.of("live sound needs a garbage collector without long stops, start Java with "
                        + "-XX:+UseZGC or allow any: collector=" + collector + ", bean=" + name);
            }
        }
        return Optional.empty();
    }

    private static String collector(String name) {
        if (name.startsWith("G1 ")) {
            return "G1";
        }
        if (name.startsWith("PS ")) {
            return "Parallel";
        }
        return name.equals("Copy") || name.equals("MarkSweepCompact") ? "Serial" : "";
    }
}
