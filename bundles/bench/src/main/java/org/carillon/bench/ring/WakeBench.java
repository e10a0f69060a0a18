package org.carillon.bench.ring;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.carillon.bench.Benchmark;
import org.carillon.bench.Figure;
import org.carillon.bench.Machine;
import org.carillon.bench.Options;
import org.carillon.bench.Report;
import org.carillon.bench.process.Reading;
import org.carillon.bench.process.Worker;

/** How long a sleeping side takes to be awake when an event comes, and that one who is awake costs no system call. */
public final class WakeBench implements Benchmark {
    private static final String NAME = "wake";
    private static final int WARM_UP_ROUNDS = 1;
    private static final int ROUNDS = 5;
    /** Of four parts in each round, one event a millisecond. */
    private static final int EVENTS_PER_SECOND = 1_000 / (3 * ROUNDS);
    private static final int AWAKE_EVENTS_PER_SECOND = 50_000;
    private static final int AWAKE_WARM_UP_PARTS = 20;
    private static final double US_PER_NS = 0.001;
    private static final String CONTROL = "C++ to C++";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String description() {
        return "from an event to a sleeping side that is awake, beside a futex in C++";
    }

    @Override
    public Report run(Options options) {
        long events = Math.max(30, (long) options.seconds() * EVENTS_PER_SECOND);
        Pairs toJava = new Pairs();
        Pairs toCpp = new Pairs();
        long awake;
        long calls;
        try (Sides sides = new Sides(options.progress())) {
            for (int round = -WARM_UP_ROUNDS; round < ROUNDS; round++) {
                options.progress().println(NAME + ": round " + round);
                Reading java = Sides.both(sides.cppClient, "call", sides.javaServer, "listen", events);
                Reading cpp = Sides.both(sides.javaServer, "call", sides.cppClient, "listen", events);
                Reading bare = Sides.both(sides.cppClient, "bare-call", sides.cppServer, "bare-listen", events);
                if (round >= 0) {
                    toJava.add(java.get("p50"), bare.get("p50"));
                    toCpp.add(cpp.get("p50"), bare.get("p50"));
                }
            }
            awake = (long) options.seconds() * AWAKE_EVENTS_PER_SECOND;
            calls = callsWhileAwake(sides.cppClient, sides.javaServer, sides.cppServer, awake, options.progress())
                    + callsWhileAwake(sides.javaClient, sides.javaServer, sides.cppServer, awake, options.progress());
        }
        List<Figure> figures = List.of(toJava.figure("cpp_to_java_p50_us", "us", US_PER_NS, CONTROL),
                toCpp.figure("java_to_cpp_p50_us", "us", US_PER_NS, CONTROL),
                Figure.of("events", 2 * ROUNDS * events + 2 * awake, "1"),
                Figure.of("syscalls_while_awake", calls, "1"));
        return new Report(NAME, Machine.describe(), ROUNDS, figures);
    }

    /**
     * Lets a thread publish and ring each event for a server that is awake.
     *
     * @param watcher counts the system calls of that thread from outside, where the system permits; else the wake-ups
     *                that the thread has counted itself are all there is.
     */
    private static long callsWhileAwake(Worker producer, Worker server, Worker watcher, long events,
            PrintStream progress) {
        Path memory = SharedMemory.make();
        try {
            long thread = (long) producer.ask("busy " + memory).get("thread");
            CompletableFuture<Reading> drained = CompletableFuture
                    .supplyAsync(() -> server.ask("drain " + memory + " " + (AWAKE_WARM_UP_PARTS + 1) * events),
                            Thread::startVirtualThread);
            for (int part = 0; part < AWAKE_WARM_UP_PARTS; part++) {
                producer.ask("publish " + events); // afterwards the JVM has compiled, and lets the thread alone
            }
            boolean isWatched = watcher.ask("calls " + thread).values().containsKey("watching");
            Reading published = producer.ask("publish " + events);
            long wakes = (long) published.get("wakes");
            if (!isWatched) {
                progress.println(NAME + ": system calls cannot be watched here (ptrace), wake-ups are counted instead");
                return wakes;
            }
            drained.join();
            long calls = (long) watcher.ask("").get("calls");
            progress.println(NAME + ": awake, system calls=" + calls + ", wakes=" + wakes);
            return Math.max(wakes, calls);
        } finally {
            producer.ask("idle");
            SharedMemory.delete(memory);
        }
    }
}
