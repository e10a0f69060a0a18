package org.carillon.driver.javasound;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Files;
import java.nio.file.Path;
import org.carillon.api.device.DeviceEvidence;
import org.carillon.api.ring.LocalRing;
import org.carillon.driver.javasound.Count.Counters;
import org.carillon.driver.javasound.JavaSoundPort.Server;
import org.carillon.platform.device.AlsaCard;
import org.carillon.protocol.Doorbell;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Devices that cannot be opened, by a clock of the test. */
@Timeout(60)
class JavaSoundOpeningTest {
    private static final long MS = 1_000_000L;
    private static final int OWN_TRIES = 40;

    @TempDir
    Path root;
    private final MadeDevice device = new MadeDevice("Alpha [hw:1,0,0]", true, false);
    private final Counters counters = new Counters();
    private AlsaNodes.Node node;
    private JavaSoundOpening opening;
    private long nowNs;

    @BeforeEach
    void makeOpening() throws IOException {
        device.refusal = "Device or resource busy";
        Path proc = Files.createDirectories(root.resolve("proc"));
        Path file = Files.createFile(root.resolve("midiC1D0")).toRealPath();
        node = new AlsaNodes.Node(file, AlsaCard.of(file, proc, root).orElseThrow(), 0, file, proc,
                new DeviceEvidence("", "", "", "Alpha", ""));
        opening = new JavaSoundOpening("Alpha", null, this::end, nowNs);
    }

    private JavaSoundEnd end() {
        Server server = new Server(null, null, null); // of which nothing is asked before it is open
        ScannedDevice scanned = new ScannedDevice(new MadeProvider(device), device.info, device);
        return new JavaSoundEnd(new JavaSoundEnd.Target("Alpha", scanned, node, false),
                new LocalRing(8192,
                        new Doorbell(Arena.ofAuto().allocate(Doorbell.WORD_LENGTH, Doorbell.WORD_LENGTH), () -> {})),
                counters, server);
    }

    /** How long it is waited after one more refusal. */
    private long pauseMs() {
        nowNs = opening.nextNs();
        opening.openIfDue(nowNs);
        JavaSoundEnd end = opening.current();
        Rig.await("refusal", () -> end.state() == JavaSoundEnd.State.ENDED);
        opening.look(nowNs);
        return (opening.nextNs() - nowNs) / MS;
    }

    @Test
    void shouldWaitLongerFromTimeToTimeForWhatOthersHold() {
        assertEquals(100, pauseMs());
        assertEquals(200, pauseMs());
        assertEquals(400, pauseMs());
        assertEquals(800, pauseMs());
        assertEquals(1_600, pauseMs());
        assertEquals(3_200, pauseMs());
        assertEquals(5_000, pauseMs());
        assertEquals(5_000, pauseMs());
    }

    @Test
    void shouldTryOftenWhileThisProcessItselfIsInTheWayButNotForEver() throws IOException {
        Path descriptors = Files.createDirectories(node.proc().resolve("self/fd"));
        Files.createSymbolicLink(descriptors.resolve("7"), node.path());
        for (int i = 0; i < OWN_TRIES; i++) {
            assertEquals(50, pauseMs());
        }

        assertTrue(pauseMs() > 50);
        assertTrue(pauseMs() > 100);
        Files.delete(descriptors.resolve("7"));
        assertTrue(pauseMs() > 200);
    }
}
