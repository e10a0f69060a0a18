package org.carillon.bench.enemies;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.carillon.bench.Command;
import org.carillon.bench.process.Reading;
import org.carillon.bench.process.Worker;
import org.carillon.protocol.control.Counter;
import org.carillon.protocol.control.Nothing;
import org.carillon.protocol.control.Number;
import org.carillon.protocol.control.Page;
import org.carillon.protocol.control.PortEntry;
import org.carillon.protocol.control.ServerStatus;

/** A server, those who play there, and all that an attack needs. */
final class Siege implements AutoCloseable {
    /** Connections in one flood. */
    static final int FLOOD = 10_000;
    /** More than one user may have. */
    static final int BEYOND_SOCKETS = 300;
    static final long LIMIT_NS = TimeUnit.SECONDS.toNanos(20);

    private static final long STEP_NS = 20_000;
    private static final Page ALL = new Page(0, 1_000, "");

    private final Path socket;
    private final Path program;
    private final Innocents innocents;
    private final boolean isFull;
    private final Random random;
    private final Enemy watcher;
    private final Map<String, Worker> programs = new HashMap<>();
    private int names;
    private double connectsPerSecond = Double.NaN;

    /** @param program the clients in C++. */
    Siege(Path socket, Path program, Innocents innocents, boolean isFull, long seed) throws IOException {
        this.socket = socket;
        this.program = program;
        this.innocents = innocents;
        this.isFull = isFull;
        random = new Random(seed);
        watcher = new Enemy(socket, "watcher");
        watcher.hello();
    }

    Path socket() {
        return socket;
    }

    Innocents innocents() {
        return innocents;
    }

    Random random() {
        return random;
    }

    /** How long what has no end goes on. */
    long heldNs() {
        return TimeUnit.SECONDS.toNanos(isFull ? 10 : 2);
    }

    /** How long a client lies still. */
    long stoppedNs() {
        return TimeUnit.SECONDS.toNanos(isFull ? 60 : 5);
    }

    /** Of whoever comes next. */
    String nextName() {
        return "enemy" + names++;
    }

    /** One more, connected, that has not said hello. */
    Enemy enemy() throws IOException {
        return new Enemy(socket, nextName());
    }

    /** The number of a source that no enemy has. */
    int sourceOfAnother() throws IOException {
        for (PortEntry port : watcher.ask.ports(ALL).ports()) {
            if (!port.isDestination() && port.session().equals(innocents.name(0))) {
                return port.portId();
            }
        }
        throw new IllegalStateException("those who play have no ports: name=" + innocents.name(0));
    }

    /** What the server has counted as dropped for a reason. */
    double counter(String reason) {
        try {
            for (Counter counter : watcher.ask.counters(new Nothing()).dropped()) {
                if (counter.name().equals(reason)) {
                    return counter.value();
                }
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        throw new IllegalStateException("server does not count that: reason=" + reason);
    }

    ServerStatus status() throws IOException {
        return watcher.ask.status(new Nothing());
    }

    /** Whether the listening thread and the kernel answer. */
    boolean isServing() {
        try {
            Number number = new Number(random.nextLong());
            return watcher.ask.kernelPing(number).equals(number);
        } catch (IOException e) {
            return false;
        }
    }

    /** Has the program in C++ do something once; it stays for the next time. */
    Reading ask(String... words) {
        return programs.computeIfAbsent(words[0], what -> new Worker(command(words))).ask("go");
    }

    List<String> command(String... words) {
        List<String> command = new ArrayList<>(List.of(program.toString()));
        command.addAll(List.of(words));
        return command;
    }

    /** The same as another user whom the server lets in. */
    List<String> asGuest(String... words) {
        return Users.command(Users.GUESTS, command(words));
    }

    /** The same as another user whom it does not. */
    List<String> asStranger(String... words) {
        return Users.command(Users.STRANGERS, command(words));
    }

    void signal(String name, long processId) {
        Command.Outcome outcome = Command.run(List.of("kill", "-" + name, Long.toString(processId)));
        if (!outcome.isOk()) {
            throw new IllegalStateException("signal cannot be sent: signal=" + name + ", reason=" + outcome.output());
        }
    }

    void connectsPerSecond(double perSecond) {
        connectsPerSecond = perSecond;
    }

    /** Of the last flood. */
    double connectsPerSecond() {
        return connectsPerSecond;
    }

    static void await(String what, BooleanSupplier isSo) {
        long startNs = System.nanoTime();
        while (!isSo.getAsBoolean()) {
            if (System.nanoTime() - startNs > LIMIT_NS) {
                throw new IllegalStateException("waited in vain: until=" + what);
            }
            LockSupport.parkNanos(STEP_NS);
        }
    }

    @Override
    public void close() {
        programs.values().forEach(Worker::close);
        watcher.close();
    }
}
