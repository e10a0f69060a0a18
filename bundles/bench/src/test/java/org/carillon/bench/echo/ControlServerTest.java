package org.carillon.bench.echo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.carillon.bench.process.CControl;
import org.carillon.bench.process.Reading;
import org.carillon.bench.process.Scratch;
import org.carillon.bench.process.Worker;
import org.carillon.protocol.Event;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The clients of the benchmarks count right, and the control does what it is compared with. */
class ControlServerTest {
    private static final Path CLIENT = Path.of("../client");
    private static final int SMALLEST = 8 * 1024;

    private static CControl sources;
    private static Worker server;
    private static Worker first;
    private static Worker second;

    private final long pid = ProcessHandle.current().pid();

    @BeforeAll
    static void start() {
        sources = new CControl(System.err, Company.class, "g++").with(Company.HEADERS);
        String program = Company.compile(sources, CLIENT.resolve("src/main/cpp").toAbsolutePath(),
                CLIENT.resolve("target/generated-cpp").toAbsolutePath());
        server = new Worker(List.of(program));
        first = new Worker(List.of(program));
        second = new Worker(List.of(program));
    }

    @AfterAll
    static void end() {
        for (Worker worker : List.of(first, second, server)) {
            worker.close();
        }
        sources.close();
    }

    @Test
    void shouldCarryAllEventsInOrder() {
        List<Reading> readings = both(1 << 20, "cross", "pour", pid + " 20 200 5000", "drain", "");

        assertEquals(5_000, readings.getFirst().get("sent"));
        assertEquals(5_000, readings.getLast().get("received"));
        assertEquals(0, readings.getLast().get("gaps"));
        assertEquals(1, readings.getLast().get("marked"));
    }

    @Test
    void shouldCallLostWhatFindsNoRoomBehindTheServer() {
        int records = SMALLEST / Event.SHORT_LENGTH;
        try (Scratch memory = Scratch.inMemory()) {
            server.ask("serve " + memory.folder() + " 2 " + SMALLEST + " cross");
            Reading out = first.ask("pour file:" + memory.folder() + "/0 a b " + SMALLEST + " " + pid + " 5 4096 4096");
            Reading in = second.ask("drain file:" + memory.folder() + "/1 b a " + SMALLEST); // nobody has read so far
            server.ask("end");

            assertTrue(out.get("sent") >= 4_096);
            assertTrue(out.get("sent") + out.get("refused") >= 5 * 4_096);
            assertEquals(records, in.get("received"));
            assertEquals(0, in.get("marked"));
            assertEquals(out.get("sent") - records, Poured.of(out, in).lost());
        }
    }

    @Test
    void shouldSendThereAndBack() {
        List<Reading> readings = both(SMALLEST, "cross", "trip", "50", "back", "");

        assertEquals(50, readings.getFirst().get("trips"));
        assertEquals(50, readings.getLast().get("events"));
        assertTrue(readings.getFirst().get("p50") > 0);
    }

    @Test
    void shouldCallEachClientEachMillisecond() {
        String parameters = pid + " 5 40";
        List<Reading> readings = both(SMALLEST, "self", "task", parameters, "task", parameters);

        for (Reading reading : readings) {
            assertEquals(40, reading.get("sent") + reading.get("missed"));
            assertEquals(reading.get("sent"), reading.get("received"));
        }
        assertEquals(0, Ticks.of(readings).lost());
    }

    private static List<Reading> both(int capacity, String kind, String one, String ofOne, String other,
            String ofOther) {
        try (Scratch memory = Scratch.inMemory()) {
            server.ask("serve " + memory.folder() + " 2 " + capacity + " " + kind);
            CompletableFuture<Reading> asked = CompletableFuture.supplyAsync(
                    () -> second.ask(other + " file:" + memory.folder() + "/1 b a " + capacity + " " + ofOther),
                    Thread::startVirtualThread);
            Reading reading = first.ask(one + " file:" + memory.folder() + "/0 a b " + capacity + " " + ofOne);
            List<Reading> readings = List.of(reading, asked.join());
            server.ask("end");
            return readings;
        }
    }
}
