package org.carillon.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.carillon.sampler.output.AudioOutput;
import org.carillon.sampler.output.JackOutput;
import org.carillon.sampler.output.OutputException;
import org.carillon.sampler.output.OutputListener;
import org.carillon.sampler.output.OutputOptions;
import org.carillon.sampler.output.OutputState;
import org.carillon.sampler.output.Outputs;
import org.carillon.sampler.output.StallingSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Sound by a real JACK server: all of it arrives, and the server may do what servers do. */
@Timeout(120)
class JackOutputIT {
    private static final int RATE_HZ = 48_000;
    private static final int BLOCK = 64;
    private static final int LONG_BLOCK = 1_024;
    private static final long LONG_BLOCK_NS = 1_000_000_000L * LONG_BLOCK / RATE_HZ;

    private final Jackd jackd = new Jackd();
    private final RampSource source = new RampSource();
    private final Notes notes = new Notes();

    /** What the listener heard. */
    private static final class Notes implements OutputListener {
        final List<String> formats = new CopyOnWriteArrayList<>();
        final List<OutputState> states = new CopyOnWriteArrayList<>();

        @Override
        public void formatChanged(int sampleRateHz, int blockFrames) {
            formats.add(sampleRateHz + "/" + blockFrames);
        }

        @Override
        public void stateChanged(OutputState state, String notice) {
            states.add(state);
        }
    }

    @AfterEach
    void endServer() throws IOException {
        jackd.close();
    }

    private OutputOptions options() {
        return OutputOptions.named("ramp").withServer(jackd.name).withAnyCollector();
    }

    private JackOutput open() {
        JackOutput output = new JackOutput(options());
        output.start(source, notes);
        awaitPlaying(output);
        return output;
    }

    private void awaitPlaying(AudioOutput output) {
        int before = source.blocks();
        Server.await("sound", () -> output.state() == OutputState.RUNNING && source.blocks() > before + 50);
        assertEquals(Optional.empty(), output.failure());
    }

    @Test
    void shouldDeliverEverySampleAsItWasMade() throws IOException {
        jackd.start(RATE_HZ, BLOCK, true);
        try (JackOutput output = open()) {
            assertEquals(RATE_HZ, output.sampleRateHz());
            assertEquals(BLOCK, output.blockFrames());
            assertEquals(List.of("system:playback_1"), jackd.connections("ramp:out_1"));
            assertEquals(List.of("system:playback_2"), jackd.connections("ramp:out_2"));

            RampSource.assertPlayedWhole(jackd.record(2, "ramp:out_1", "ramp:out_2"), RATE_HZ);
        }
        assertFalse(jackd.ports().contains("ramp:out_1"));
    }

    @Test
    void shouldNotAllocateInTheCycle() throws IOException {
        jackd.start(RATE_HZ, BLOCK, true);
        try (JackOutput output = open()) {
            Server.await("4000 blocks", () -> output.statistics().blocks() > 4_000);
        }
        // now and then the compiler unmakes code, and makes objects of what it had spared: so the best of some windows
        assertEquals(0, IntStream.range(1, 8).mapToLong(window -> source.allocatedBytes[500 * window + 500]
                - source.allocatedBytes[500 * window]).min().orElseThrow());
    }

    @Test
    void shouldGiveTheTimeOfEachCycle() throws IOException {
        jackd.start(RATE_HZ, LONG_BLOCK, true);
        try (JackOutput output = open()) {
            Server.await("100 blocks", () -> output.statistics().blocks() > 100);
        }
        long[] agesNs = IntStream.range(0, 100).mapToLong(i -> source.calledNs[i] - source.startNs[i]).sorted()
                .toArray();
        assertEquals(0, agesNs[50], LONG_BLOCK_NS, "median age, by a clock that the server smooths");
        double meanNs = (source.startNs[100] - source.startNs[0]) / 100.0;
        assertEquals(LONG_BLOCK_NS, meanNs, LONG_BLOCK_NS * 0.05);
    }

    @Test
    void shouldFindEveryStall() throws IOException {
        jackd.start(RATE_HZ, LONG_BLOCK, false);
        StallingSource stalling = new StallingSource(source);
        try (JackOutput output = new JackOutput(options())) {
            output.start(stalling, notes);
            awaitPlaying(output);
            assertEquals(0, output.statistics().overruns());
            for (int i = 1; i <= 10; i++) {
                int stalls = i;
                stalling.stall(3 * LONG_BLOCK_NS);
                Server.await("stall", () -> stalling.stalls() == stalls);
                int before = source.blocks();
                Server.await("blocks after it", () -> source.blocks() > before + 5);
            }

            assertEquals(10, output.statistics().overruns());
            assertTrue(output.statistics().renderTime().maxNs() >= 3 * LONG_BLOCK_NS);
            assertTrue(output.statistics().backendXruns() > 0);
        }
    }

    @Test
    void shouldFindThatTheServerCallsLate() throws IOException {
        jackd.start(RATE_HZ, LONG_BLOCK, false);
        try (JackOutput output = open()) {
            long before = output.statistics().lateWakeUps();
            int blocks = source.blocks();
            jackd.signal("STOP");
            long untilNs = System.nanoTime() + 5 * LONG_BLOCK_NS;
            Server.await("five periods", () -> System.nanoTime() > untilNs);
            jackd.signal("CONT");
            Server.await("blocks after it", () -> source.blocks() > blocks + 10);

            assertTrue(output.statistics().lateWakeUps() > before); // the machine may add its own
            assertTrue(output.statistics().wakeUpError().maxNs() >= 3 * LONG_BLOCK_NS);
        }
    }

    @Test
    void shouldPlayAgainWhenAKilledServerReturnsWithAnotherRate() throws IOException {
        jackd.start(RATE_HZ, BLOCK, true);
        try (JackOutput output = open()) {
            jackd.kill();
            Server.await("gone", () -> output.state() == OutputState.GONE);
            assertEquals(1, output.statistics().interruptions());

            jackd.start(44_100, 128, true);
            awaitPlaying(output);
            assertEquals(44_100, output.sampleRateHz());
            assertEquals(List.of("44100/128"), notes.formats);
            RampSource.assertPlayedWhole(jackd.record(1, "ramp:out_1", "ramp:out_2"), 22_050);
        }
        assertEquals(List.of(OutputState.RUNNING, OutputState.GONE, OutputState.RUNNING, OutputState.CLOSED),
                notes.states);
    }

    @Test
    void shouldFollowAnotherBlockLength() throws IOException {
        jackd.start(RATE_HZ, BLOCK, true);
        try (JackOutput output = open()) {
            jackd.tool("jack_bufsize", "256");
            Server.await("new format", () -> notes.formats.contains("48000/256"));
            awaitPlaying(output);

            assertEquals(256, output.blockFrames());
            RampSource.assertPlayedWhole(jackd.record(1, "ramp:out_1", "ramp:out_2"), RATE_HZ / 2);
        }
    }

    @Test
    void shouldEndBesideAServerThatHangs() throws IOException {
        jackd.start(RATE_HZ, BLOCK, true);
        JackOutput output = open();
        jackd.signal("STOP");
        Server.await("notice of it", () -> output.state() == OutputState.GONE);
        output.close();
        jackd.kill();
        Server.await("end of what was left", () -> Thread.getAllStackTraces().keySet().stream()
                .noneMatch(thread -> thread.getName().startsWith("jack-")));
    }

    @Test
    void shouldPlayAgainWhenAHangingServerGoesOn() throws IOException {
        jackd.start(RATE_HZ, BLOCK, false);
        try (JackOutput output = open()) {
            jackd.signal("STOP");
            Server.await("notice of it", () -> output.state() == OutputState.GONE);
            jackd.signal("CONT");
            awaitPlaying(output);
            assertEquals(1, output.statistics().interruptions());
        }
    }

    @Test
    void shouldSurviveManyEndsAndCollections() throws IOException {
        jackd.start(RATE_HZ, BLOCK, false);
        for (int i = 0; i < 5; i++) {
            try (JackOutput first = new JackOutput(options()); JackOutput second = new JackOutput(options())) {
                first.start(source);
                second.start((buffer, frames, startNs) -> Arrays.fill(buffer, 0));
                Server.await("both", () -> first.statistics().blocks() > 20 && second.statistics().blocks() > 20);
            }
            System.gc(); // looks at the stack of every thread that Java believes to live
        }
        assertEquals(List.of(), jackd.ports().stream().filter(port -> port.startsWith("ramp")).toList());
    }

    @Test
    void shouldBeTheBestOutputWhereAServerRuns() throws IOException {
        jackd.start(RATE_HZ, BLOCK, false);
        try (AudioOutput output = Outputs.best(options())) {
            assertInstanceOf(JackOutput.class, output);
        }
    }

    @Test
    void shouldSayThatThereIsNoServer() {
        OutputException refused = assertThrows(OutputException.class, () -> new JackOutput(options()));

        assertEquals("no client at the sound server: server=" + jackd.name
                + ", name=ramp, status=0x11 (failure, no server reached)", refused.getMessage());
    }
}
