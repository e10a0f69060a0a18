package org.carillon.sampler.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.carillon.api.port.Attachment;
import org.carillon.api.ring.LocalRing;
import org.carillon.protocol.Event;
import org.carillon.protocol.EventType;
import org.carillon.protocol.ServerClock;
import org.carillon.sampler.format.WavWriter;
import org.carillon.sampler.graph.SamplerStatus.Report;
import org.carillon.sampler.output.OutputState;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The sampler of a server, with a server of paper: it plays to nowhere, at the speed of sound. */
@Timeout(60)
class SamplerDriverTest {
    private static final int RATE_HZ = 48_000;
    private static final int SERVER_AHEAD_NS = 1_000_000;

    @TempDir
    Path folder;
    private final ServerClock clock = new ServerClock(Arena.ofAuto().allocate(ServerClock.LENGTH, Long.BYTES));
    private final List<String> ports = new CopyOnWriteArrayList<>();
    private final Map<String, Object> values = new HashMap<>(Map.of("output", "none", "anyCollector", true));
    private volatile LocalRing ring;
    private SamplerDriver driver;

    private SamplerConfig config() {
        Map<String, Object> copy = Map.copyOf(values);
        return (SamplerConfig) Proxy.newProxyInstance(SamplerConfig.class.getClassLoader(),
                new Class<?>[]{SamplerConfig.class},
                (self, method, arguments) -> copy.getOrDefault(method.getName(), method.getDefaultValue()));
    }

    private Attachment attachment() {
        return (Attachment) Proxy.newProxyInstance(Attachment.class.getClassLoader(), new Class<?>[]{Attachment.class},
                (self, method, arguments) -> switch (method.getName()) {
                    case "addDestination" -> {
                        ring = (LocalRing) arguments[1];
                        ports.add("+" + arguments[0]);
                        yield ports.size();
                    }
                    case "removePort" -> {
                        ports.add("-" + arguments[0]);
                        yield null;
                    }
                    case "isOpen" -> true;
                    default -> throw new AssertionError(method.getName());
                });
    }

    private void open() {
        clock.set(System.nanoTime() - SERVER_AHEAD_NS, System.nanoTime(), 1);
        driver = new SamplerDriver(config());
        driver.open(attachment(), null, clock);
        await("port", () -> !ports.isEmpty());
    }

    @AfterEach
    void close() {
        if (driver != null) {
            driver.close();
            assertEquals(OutputState.CLOSED, driver.report().outputState());
        }
    }

    private static void await(String what, BooleanSupplier condition) {
        long untilNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - untilNs > 0) {
                fail("waited in vain for: " + what);
            }
            LockSupport.parkNanos(1_000_000);
        }
    }

    private void send(int type, int status, int one, int two) {
        assertTrue(ring.offer(type, clock.nowNs(), Event.word(1, 0, 3, 0), Event.data(status, one, two)));
    }

    private Report report() {
        return driver.report();
    }

    private void awaitVoices(int count) {
        await(count + " voices", () -> report().voices().activeVoices() == count);
    }

    private Path wav(String name, float... frames) throws IOException {
        Path file = folder.resolve(name);
        float[] looped = new float[RATE_HZ * 20];
        for (int i = 0; i < looped.length; i++) {
            looped[i] = frames[i % frames.length];
        }
        try (WavWriter writer = new WavWriter(file, RATE_HZ, 1, WavWriter.Encoding.INT_16)) {
            writer.write(looped, looped.length);
        }
        return file;
    }

    @Test
    void shouldPlayWhatItsDestinationGets() {
        open();
        send(EventType.KEY_ON, 0x90, 60, 100);
        awaitVoices(1);
        send(EventType.KEY_OFF, 0x80, 60, 0);
        awaitVoices(0);

        assertEquals(List.of("+sampler"), ports);
        assertEquals("sampler sampler", driver.name());
        assertEquals("built-in", report().instrument());
        assertEquals(OutputState.RUNNING, report().outputState());
        assertEquals("", report().trouble());
        assertEquals(2, report().messages());
        assertEquals(256, report().latencyFrames());
        assertTrue(report().sound().blocks() > 0);
    }

    @Test
    void shouldIgnoreAndCountWhatASamplerHasNoUseFor() {
        open();
        send(EventType.CLOCK, 0xF8, 0, 0);
        send(EventType.KEY_ON, 0x90, 200, 100);
        send(EventType.KEY_ON, 0x10, 60, 100);
        send(EventType.KEY_ON, 0x90, 60, 100);
        awaitVoices(1);

        assertEquals(3, report().ignoredMessages());
        assertEquals(1, report().messages());
    }

    @Test
    void shouldReplaceTheInstrumentWhileNotesSound() throws IOException {
        values.put("instrument", wav("one.wav", 0.25f, -0.25f).toString());
        open();
        send(EventType.KEY_ON, 0x90, 60, 100);
        awaitVoices(1);

        values.put("instrument", wav("two.wav", 0.5f, -0.5f).toString());
        driver.modified(config());
        await("instrument", () -> report().instrument().contains("two"));
        assertEquals(1, report().voices().activeVoices(), "the old one rings out");
        send(EventType.KEY_ON, 0x90, 64, 100);
        awaitVoices(2);

        assertEquals(List.of("+sampler"), ports);
        assertEquals(0, report().sound().interruptions());
    }

    @Test
    void shouldSayOnceThatAnInstrumentIsMissingAndKeepTheFormer() {
        open();
        values.put("instrument", folder.resolve("nowhere.sf2").toString());
        driver.modified(config());
        await("trouble", () -> !report().trouble().isEmpty());
        send(EventType.KEY_ON, 0x90, 60, 100);
        awaitVoices(1);

        assertEquals("instrument cannot be loaded, the one before stays: name=sampler, reason=file or folder must "
                + "exist: instrument=" + folder.resolve("nowhere.sf2"), report().trouble());
        values.put("instrument", "built-in");
        driver.modified(config());
        await("no trouble", () -> report().trouble().isEmpty());
    }

    @Test
    void shouldBeThereAndSilentWithADamagedInstrument() throws IOException {
        Path damaged = Files.writeString(folder.resolve("damaged.sf2"), "RIFF but no font at all");
        values.put("instrument", damaged.toString());
        open();
        send(EventType.KEY_ON, 0x90, 60, 100);
        await("message", () -> report().messages() == 1);

        assertEquals(0, report().voices().activeVoices());
        assertTrue(report().trouble().startsWith("instrument cannot be loaded, the sampler is silent: name=sampler, "
                + "reason=" + damaged), report().trouble());
    }

    @Test
    void shouldKeepProgramAndControllersWhenTheRateChanges() throws IOException {
        Files.writeString(folder.resolve("pedal.sfz"), "<region> sample=*sine loop_mode=loop_continuous");
        values.put("instrument", folder.resolve("pedal.sfz").toString());
        open();
        send(EventType.CONTROL_CHANGE, 0xB0, 64, 127);
        await("message", () -> report().messages() == 1);
        values.put("sampleRateHz", 44_100);
        values.put("blockFrames", 64);
        driver.modified(config());
        await("another output", () -> report().sampleRateHz() == 44_100);
        assertEquals(64, report().latencyFrames());
        send(EventType.KEY_ON, 0x90, 60, 100);
        awaitVoices(1);
        send(EventType.KEY_OFF, 0x80, 60, 0);
        await("messages", () -> report().messages() == 3);
        long blocks = report().sound().blocks();
        await("blocks after them", () -> report().sound().blocks() > blocks + 500);

        assertEquals(1, report().voices().activeVoices(), "the pedal was forgotten");
        assertEquals(List.of("+sampler"), ports);
    }

    @Test
    void shouldRenameItsPort() {
        open();
        values.put("name", "organ");
        driver.modified(config());
        await("other port", () -> ports.contains("-1"));

        assertEquals(List.of("+sampler", "+organ", "-1"), ports);
    }

    @Test
    void shouldGoOnToNowhereUntilTheSoundServerIsThere() {
        values.put("output", "jack");
        values.put("server", "there-is-no-such-server");
        open();
        send(EventType.KEY_ON, 0x90, 60, 100);
        awaitVoices(1);
        assertTrue(report().trouble().startsWith("sampler: nothing is heard yet: name=sampler, reason="),
                report().trouble());

        values.put("output", "none");
        driver.modified(config());
        await("no trouble", () -> report().trouble().isEmpty());
        assertEquals(1, report().voices().activeVoices(), "notes go on");
    }

    @Test
    void shouldRefuseLiveSoundUnderACollectorThatStopsIt() {
        values.remove("anyCollector");
        values.put("blockFrames", 64);
        open();
        boolean isStopping = java.lang.management.ManagementFactory.getGarbageCollectorMXBeans().stream()
                .noneMatch(bean -> bean.getName().startsWith("ZGC") || bean.getName().startsWith("Shenandoah"));

        assertEquals(isStopping, report().trouble().contains("live sound needs a garbage collector without long stops"),
                report().trouble());
    }

    @Test
    void shouldKeepItsConfigurationWhenTheNextOneIsWrong() {
        open();
        values.put("gainDb", 99.0);
        driver.modified(config());
        send(EventType.KEY_ON, 0x90, 60, 100);
        awaitVoices(1);
        assertFalse(report().sound().blocks() == 0);
    }

    @Test
    void shouldRefuseWhatCannotBe() {
        Map<String, Object> wrong = Map.of("name", " ", "instrument", "", "output", "tape", "gainDb", Double.NaN,
                "polyphony", 0, "blockFrames", 1, "sampleRateHz", 7, "realtimePriority", 100, "programs",
                new String[]{"128:0", "300"});
        wrong.forEach((key, value) -> {
            Object before = values.put(key, value);
            assertThrows(IllegalArgumentException.class, () -> new SamplerDriver(config()), key);
            values.remove(key);
            if (before != null) {
                values.put(key, before);
            }
        });
        values.put("programs", new String[]{"5", "128:0"});
        assertEquals("[5, 16384]", SamplerSettings.of(config()).programs().toString());
        assertNotEquals(SamplerSettings.of(config()), null);
    }
}
