package org.carillon.bench.echo;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.IntFunction;
import org.carillon.bench.Distribution;
import org.carillon.bench.process.CControl;
import org.carillon.bench.process.Reading;
import org.carillon.bench.process.Worker;
import org.carillon.protocol.StatusCounter;

/**
 * The processes of a measurement: clients in C++, the server of the distribution, and the control server in C++. None is
 * bound to a processor: the system places them, as it does where music is played.
 */
final class Company implements AutoCloseable {
    static final String CONTROL = "a server in C++, same rings and sleep, nothing but the hand-out";
    private static final String SOURCE = "echo_sides.cpp";
    private static final String[] HEADERS = {"ends.hpp", "control_server.hpp"};

    private final Scratch scratch = Scratch.onDisk();
    private final CControl compiled;
    private final List<Worker> clients = new ArrayList<>();
    private final Worker control;
    private final ShippedServer server;

    /** @throws IllegalStateException where there is no compiler, or this is not run from the distribution. */
    Company(int clientCount, PrintStream progress) {
        Path headers = Distribution.home().resolve("client/cpp/include");
        compiled = new CControl(progress, Company.class, "g++").with(HEADERS);
        String program = compiled
                .compile(SOURCE, "-std=c++17", "-O2", "-pthread", "-I", headers.toString(),
                        "-DSLEEPS_COUNTER=" + StatusCounter.SLEEPS.ordinal())
                .orElseThrow(() -> new IllegalStateException("the clients in C++ do not compile: wanted=g++, headers="
                        + headers))
                .toString();
        for (int i = 0; i < clientCount; i++) {
            clients.add(new Worker(List.of(program)));
        }
        control = new Worker(List.of(program));
        progress.println("starting a server");
        server = new ShippedServer(scratch.folder());
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
        clients.forEach(Worker::close);
        control.close();
        server.close();
        compiled.close();
        scratch.close();
    }
}
