package org.carillon.bench.soak;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.carillon.bench.Distribution;
import org.carillon.bench.process.CControl;
import org.carillon.bench.process.JavaCommand;
import org.carillon.bench.process.Worker;

/** The programs that guests live in: two in Java, four in C++, two in Python. */
final class GuestProcesses implements AutoCloseable {
    /** How many guests there are. */
    static final int GUESTS = 64;

    private static final int JAVA_GUESTS = 16;
    private static final int JAVA_PROCESSES = 2;
    private static final int CPP_GUESTS = 40;
    private static final int CPP_PROCESSES = 4;
    private static final int PYTHON_PROCESSES = 2;
    private static final String CPP_SOURCE = "soak_guests.cpp";
    private static final String CPP_HEADER = "soak_guests.hpp";
    private static final String PYTHON_SOURCE = "soak_guests.py";
    private static final String PYTHON = "python3";

    private final Deque<Runnable> ends = new ArrayDeque<>();
    private final List<Worker> java = new ArrayList<>();
    private final List<Worker> cpp = new ArrayList<>();
    private final List<Worker> python = new ArrayList<>();

    /** @throws IllegalStateException where a language is missing, or this is not run from the distribution. */
    GuestProcesses(Path socket, PrintStream progress) {
        try {
            CControl sources = new CControl(progress, GuestProcesses.class, "g++").with(CPP_HEADER);
            ends.push(sources::close);
            Path headers = Distribution.home().resolve("client/cpp/include");
            String program = sources.compile(CPP_SOURCE, "-std=c++17", "-O2", "-pthread", "-I" + headers)
                    .orElseThrow(() -> new IllegalStateException(
                            "the guests in C++ do not compile: wanted=g++, headers=" + headers))
                    .toString();
            start(cpp, CPP_PROCESSES, List.of(program, socket.toString()), Map.of());
            List<String> command = new ArrayList<>(JavaCommand.of(JavaGuests.class));
            command.add(socket.toString());
            start(java, JAVA_PROCESSES, command, Map.of());
            String modules = Distribution.home().resolve("client/python").toString();
            start(python, PYTHON_PROCESSES, List.of(PYTHON, "-c", pythonSource(), socket.toString()),
                    Map.of("PYTHONPATH", modules, "PYTHONDONTWRITEBYTECODE", "1"));
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    private void start(List<Worker> workers, int count, List<String> command, Map<String, String> environment) {
        for (int i = 0; i < count; i++) {
            Worker worker = new Worker(command, environment);
            ends.push(worker::close);
            workers.add(worker);
        }
    }

    private static String pythonSource() {
        try (InputStream code = GuestProcesses.class.getResourceAsStream(PYTHON_SOURCE)) {
            return new String(code.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The program that the guest of a slot lives in. */
    Worker of(int slot) {
        if (slot < JAVA_GUESTS) {
            return java.get(slot % JAVA_PROCESSES);
        }
        return slot < JAVA_GUESTS + CPP_GUESTS ? cpp.get(slot % CPP_PROCESSES) : python.get(slot % PYTHON_PROCESSES);
    }

    /** Process ids of all programs. */
    List<Long> pids() {
        return Stream.of(java, cpp, python).flatMap(List::stream).map(Worker::pid).toList();
    }

    @Override
    public void close() {
        while (!ends.isEmpty()) {
            ends.pop().run();
        }
    }
}
