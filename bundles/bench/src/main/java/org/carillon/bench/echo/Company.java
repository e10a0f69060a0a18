package org.carillon.bench.echo;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.IntFunction;
import org.carillon.bench.Distribution;
import org.carillon.bench.process.CControl;
import org.carillon.bench.process.Reading;
import org.carillon.bench.process.Scratch;
import org.carillon.bench.process.ShippedServer;
import org.carillon.bench.process.Worker;
import org.carillon.protocol.StatusCounter;

/**
 * The processes of a measurement: clients in C++, the server of the distribution, and the control in C++. None is
 * bound to a processor: the system places them, as it does where music is played.
 */
final class Company implements AutoCloseable {
    static final String CONTROL = "a server in C++, same rings and sleep, nothing but the hand-out";
    private static final String SOURCE = "echo_sides.cpp";
    /** Beside the sources. */
    static final String[] HEADERS = {"ends.hpp", "control_server.hpp"};

    private final Deque<Runnable> ends = new ArrayDeque<>();
    private final List<Worker> clients = new ArrayList<>();
    private final Worker control;
    private final ShippedServer server;

    /** @throws IllegalStateException where there is no compiler, or this is not run from the distribution. */
    Company(int clientCount, PrintStream progress) {
        Path headers = Distribution.home().resolve("client/cpp/include");
        try {
            CControl compiled = new CControl(progress, Company.class, "g++").with(HEADERS);
            ends.push(compiled::close);
            String program = compile(compiled, headers);
            for (int i = 0; i < clientCount; i++) {
                clients.add(started(program));
            }
            control = started(program);
            Scratch scratch = Scratch.onDisk();
            ends.push(scratch::close);
            progress.println("starting a server");
            server = new ShippedServer(scratch.folder());
            ends.push(server::close);
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    /** @param headers folders with the client's. */
    static String compile(CControl sources, Path... headers) {
        List<String> flags = new ArrayList<>(List.of("-std=c++17", "-O2", "-pthread",
                "-DSLEEPS_COUNTER=" + StatusCounter.SLEEPS.ordinal()));
        for (Path folder : headers) {
            flags.add("-I" + folder);
        }
        return sources.compile(SOURCE, flags.toArray(String[]::new))
                .orElseThrow(() -> new IllegalStateException("the clients in C++ do not compile: wanted=g++, headers="
                        + List.of(headers)))
                .toString();
    }

    private Worker started(String program) {
        Worker worker = new Worker(List.of(program));
        ends.push(worker::close);
        return worker;
    }

    /** A question to one client: its words before and behind those that say where and whom to meet. */
    record Question(String what, String parameters) {}

    /** Asks as many clients at the same time, all sessions of the server of the distribution. */
    List<Reading> askThroughServer(int capacityBytes, boolean crosses, List<Question> questions) {
        return ask(questions, crosses, capacityBytes, server.pid(), index -> server.socket().toString());
    }

    /** Asks as many clients at the same time, all of a control server that has just begun. */
    List<Reading> askThroughControl(int capacityBytes, boolean crosses, List<Question> questions) {
        try (Scratch memory = Scratch.inMemory()) {
            control.ask("serve " + memory.folder() + " " + questions.size() + " " + capacityBytes + " "
                    + (crosses ? "cross" : "self"));
            try {
                return ask(questions, crosses, capacityBytes, control.pid(),
                        index -> "file:" + memory.folder().resolve(Integer.toString(index)));
            } finally {
                control.ask("end");
            }
        }
    }

    private List<Reading> ask(List<Question> questions, boolean crosses, int capacityBytes, long serverPid,
            IntFunction<String> places) {
        List<CompletableFuture<Reading>> answers = new ArrayList<>();
        for (int i = 0; i < questions.size(); i++) {
            int other = crosses ? questions.size() - 1 - i : i;
            Question question = questions.get(i);
            Worker client = clients.get(i);
            String words = question.what() + " " + places.apply(i) + " bench" + i + " bench" + other + " "
                    + capacityBytes + " " + question.parameters().replace("PID", Long.toString(serverPid));
            answers.add(CompletableFuture.supplyAsync(() -> client.ask(words), Thread::startVirtualThread));
        }
        return answers.stream().map(Company::answer).toList();
    }

    private static Reading answer(CompletableFuture<Reading> asked) {
        try {
            return asked.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof IllegalStateException cause ? cause : e;
        }
    }

    @Override
    public void close() {
        while (!ends.isEmpty()) {
            ends.pop().run();
        }
    }
}
