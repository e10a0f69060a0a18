package org.carillon.bench.ring;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.carillon.bench.process.CControl;
import org.carillon.bench.process.Cores;
import org.carillon.bench.process.JavaCommand;
import org.carillon.bench.process.Reading;
import org.carillon.bench.process.Worker;

/**
 * The processes that a ring runs between, in Java and C++, one of each bound to one core and one of each to another.
 * All but the two that are asked sleep.
 */
final class Sides implements AutoCloseable {
    private static final String SOURCE = "ring_sides.cpp";
    private static final String[] HEADERS = {"carillon/clock.hpp", "carillon/doorbell.hpp", "carillon/event.hpp",
        "carillon/event_ring.hpp", "carillon/session_memory.hpp"};

    private final CControl controls;
    final Worker cppClient;
    final Worker cppServer;
    final Worker javaClient;
    final Worker javaServer;

    /** @throws IllegalStateException where there is no compiler, or only one core. */
    Sides(PrintStream progress) {
        int clientCore = Cores.first();
        int serverCore = Cores.last();
        if (clientCore == serverCore) {
            throw new IllegalStateException("needs two processors, one for each side: processors=1");
        }
        controls = new CControl(progress, Sides.class, "g++").with(HEADERS);
        String cpp = controls.compile(SOURCE, "-std=c++17", "-O2", "-pthread")
                .orElseThrow(() -> new IllegalStateException("the side in C++ does not compile: wanted=g++"))
                .toString();
        cppClient = new Worker(Cores.bound(List.of(cpp), clientCore));
        cppServer = new Worker(Cores.bound(List.of(cpp), serverCore));
        javaClient = new Worker(Cores.bound(JavaCommand.of(RingSide.class), clientCore));
        javaServer = new Worker(Cores.bound(JavaCommand.of(RingSide.class), serverCore));
    }

    /** Asks two processes at the same time, about the same new memory, and gives the second one's answer. */
    static Reading both(Worker first, String firstQuestion, Worker second, String secondQuestion, long count) {
        Path memory = SharedMemory.make();
        try {
            CompletableFuture<Reading> other = CompletableFuture
                    .supplyAsync(() -> first.ask(firstQuestion + " " + memory + " " + count),
                            Thread::startVirtualThread);
            Reading reading = second.ask(secondQuestion + " " + memory + " " + count);
            other.join();
            return reading;
        } finally {
            SharedMemory.delete(memory);
        }
    }

    @Override
    public void close() {
        for (Worker worker : List.of(cppClient, cppServer, javaClient, javaServer)) {
            worker.close();
        }
        controls.close();
    }
}
