package org.carillon.launcher.doctor;

import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import org.carillon.platform.Grant;
import org.carillon.platform.Platform;

/**
 * What is tried on this system, or asked of this JVM, rather than read.
 *
 * @param priorities answers a wish for real-time priority; empty where it cannot be wished.
 * @param collectors names of the JVM's garbage collectors.
 */
record Probes(IntFunction<Optional<Grant>> priorities, Supplier<List<String>> collectors) {
    /** Of this system and JVM. */
    static Probes live() {
        return new Probes(Probes::tryFifo,
                () -> ManagementFactory.getGarbageCollectorMXBeans().stream().map(GarbageCollectorMXBean::getName)
                        .toList());
    }

    Optional<Grant> fifo(int priority) {
        return priorities.apply(priority);
    }

    /** In a thread of its own, which takes the priority with it when it ends. */
    private static Optional<Grant> tryFifo(int priority) {
        Platform platform = Platform.current();
        if (!platform.isNative()) {
            return Optional.empty();
        }
        Grant[] answer = new Grant[1];
        Thread thread = Thread.ofPlatform().name("doctor-fifo").start(() -> answer[0] = platform.fifo(priority));
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
        return Optional.ofNullable(answer[0]);
    }
}
