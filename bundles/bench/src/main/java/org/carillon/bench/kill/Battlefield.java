package org.carillon.bench.kill;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.carillon.bench.Distribution;
import org.carillon.bench.process.CControl;
import org.carillon.bench.process.JavaCommand;
import org.carillon.bench.process.Reading;
import org.carillon.bench.process.Scratch;
import org.carillon.bench.process.ShippedServer;
import org.carillon.bench.process.Worker;

/**
 * The server of the distribution, two clients that live on, one in C++ and one in Java, and those who kill the rest.
 * None is bound to a processor.
 */
final class Battlefield implements AutoCloseable {
    static final String SOURCE = "kill_sides.cpp";
    static final String[] HEADERS = {"ledger.hpp", "payload.hpp", "victim.hpp", "survivor.hpp", "watch.hpp"};

    /** Kills that come before anything is compared: the server has loaded what it needs by then. */
    private static final int WARM_UP = 200;
    private static final int CPP_AT_ONCE = 2;
    /** Asked in parts, so that none takes too long for an answer. */
    private static final int PART = 1_000;
    private static final int JAVA_AT_ONCE = 1;
    private static final long PROGRESS_S = 5;

    private final PrintStream progress;
    private final long seed;
    private final Deque<Runnable> ends = new ArrayDeque<>();
    private final Ledger ledger;
    private final Path file;
    private final Path errors;
    private final Worker killer;
    private final Worker cpp;
    private final Worker java;
    private final ShippedServer server;

    /** What came of it. */
    record Outcome(Deaths deaths, Reading cpp, Reading java, ServerRest before, ServerRest after) {
        long events() {
            return sum("events");
        }

        long eventsOfVictims() {
            return (long) cpp.get("ofVictims");
        }

        long lost() {
            return sum("lost");
        }

        long torn() {
            return sum("torn") + (long) cpp.get("ofVictimsTorn");
        }

        long doubled() {
            return sum("doubled") + (long) cpp.get("ofVictimsDoubled");
        }

        private long sum(String name) {
            return (long) (cpp.get(name) + java.get(name));
        }

        long leakedDescriptors() {
            return Math.max(0, after.descriptors() - before.descriptors());
        }

        long leakedMaps() {
            return Math.max(0, after.maps() - before.maps());
        }

        long leakedSessions() {
            return Math.max(0, after.sessions() - before.sessions());
        }
    }

    /** @throws IllegalStateException where there is no compiler, or this is not run from the distribution. */
    Battlefield(int kills, long seed, PrintStream progress) {
        this.progress = progress;
        this.seed = seed;
        Path headers = Distribution.home().resolve("client/cpp/include");
        try {
            CControl sources = new CControl(progress, Battlefield.class, "g++").with(HEADERS);
            ends.push(sources::close);
            String program = compile(sources, headers);
            Scratch memory = Scratch.inMemory();
            ends.push(memory::close);
            file = memory.folder().resolve("ledger");
            Arena arena = Arena.ofShared();
            ends.push(arena::close);
            ledger = Ledger.make(file, WARM_UP + kills, arena);
            Scratch disk = Scratch.onDisk();
            ends.push(disk::close);
            errors = disk.folder().resolve("victims");
            killer = started(List.of(program));
            cpp = started(List.of(program));
            java = started(JavaCommand.of(JavaSurvivor.class));
            progress.println(KillBench.NAME + ": starting a server");
            server = new ShippedServer(disk.folder());
            ends.push(server::close);
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    /** @param headers folders with the client's. */
    static String compile(CControl sources, Path... headers) {
        List<String> flags = new ArrayList<>(List.of("-std=c++17", "-O2", "-pthread"));
        for (Path folder : headers) {
            flags.add("-I" + folder);
        }
        return sources.compile(SOURCE, flags.toArray(String[]::new))
                .orElseThrow(() -> new IllegalStateException("the clients in C++ do not compile: wanted=g++, headers="
                        + List.of(headers)))
                .toString();
    }

    private Worker started(List<String> command) {
        Worker worker = new Worker(command);
        ends.push(worker::close);
        return worker;
    }

    Outcome fight() throws InterruptedException {
        String place = server.socket() + " " + file + " " + ledger.victims();
        cpp.ask("join " + place);
        java.ask("join " + place);
        cpp.ask("begin");
        java.ask("begin");
        progress.println(KillBench.NAME + ": warm-up");
        Path archive = errors.resolveSibling("victims.jsa");
        JavaKiller.archive(archive, server.socket(), file, ledger);
        kill(0, WARM_UP, archive);
        ServerRest before = ServerRest.settled(server);
        kill(WARM_UP, ledger.victims(), archive);
        ServerRest after = ServerRest.settledTo(before, server);
        long ofCpp = (long) cpp.ask("stop").get("sent");
        long ofJava = (long) java.ask("stop").get("sent");
        Reading heardByCpp = cpp.ask("count " + ofJava);
        Reading heardByJava = java.ask("count " + ofCpp);
        Deaths deaths = Deaths.of(ledger, WARM_UP);
        deaths.oddities().forEach(each -> progress.println(KillBench.NAME + ": notes of " + each));
        return new Outcome(deaths, heardByCpp, heardByJava, before, after);
    }

    /** Both killers at the same time, while the survivors go on. */
    private void kill(long from, long to, Path archive) throws InterruptedException {
        AtomicLong done = new AtomicLong();
        List<CompletableFuture<Integer>> killers = new ArrayList<>();
        killers.add(CompletableFuture.supplyAsync(() -> killInCpp(from, to, done), Thread::startVirtualThread));
        AtomicLong next = new AtomicLong(from / Ledger.SHARE);
        for (int i = 0; i < JAVA_AT_ONCE; i++) {
            JavaKiller each = new JavaKiller(server.socket(), file, ledger, archive, errors, seed + from + i);
            killers.add(CompletableFuture.supplyAsync(() -> killInJava(each, next, to, done),
                    task -> new Thread(task, "kills").start()));
        }
        CompletableFuture<Void> all = CompletableFuture.allOf(killers.toArray(CompletableFuture[]::new));
        while (!isOver(all)) {
            progress.println(KillBench.NAME + ": kills=" + done + ", of=" + (to - from));
        }
        int fallen = killers.stream().mapToInt(CompletableFuture::join).sum();
        if (fallen > 0) {
            throw new IllegalStateException("victims must live until they are killed: ended=" + fallen
                    + ", lastWords=" + lastWords());
        }
    }

    private static boolean isOver(CompletableFuture<Void> all) throws InterruptedException {
        try {
            all.get(PROGRESS_S, TimeUnit.SECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (java.util.concurrent.ExecutionException e) {
            throw e.getCause() instanceof IllegalStateException cause ? cause : new CompletionException(e.getCause());
        }
    }

    private int killInCpp(long from, long to, AtomicLong done) {
        int fallen = 0;
        for (long part = from; part < to; part += PART) {
            long count = Math.min(PART, to - part);
            Reading reading = killer.ask("kill " + server.socket() + " " + file + " " + ledger.victims() + " "
                    + (seed + part) + " " + part + " " + count + " " + CPP_AT_ONCE);
            fallen += (int) reading.get("fallen");
            done.addAndGet((long) reading.get("kills"));
        }
        return fallen;
    }

    private static int killInJava(JavaKiller killer, AtomicLong next, long to, AtomicLong done) {
        try {
            for (long index = next.getAndIncrement(); index < to / Ledger.SHARE; index = next.getAndIncrement()) {
                killer.kill(index * Ledger.SHARE + Ledger.SHARE - 1);
                done.incrementAndGet();
            }
            return killer.fallen();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    private String lastWords() {
        try {
            List<String> lines = Files.exists(errors) ? Files.readAllLines(errors) : List.of();
            return lines.isEmpty() ? "" : lines.getLast();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        while (!ends.isEmpty()) {
            ends.pop().run();
        }
    }
}
