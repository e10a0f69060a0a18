package org.carillon.driver.javasound;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sound.midi.ShortMessage;
import org.carillon.api.device.DeviceInfo.State;
import org.carillon.api.device.DeviceRegistry;
import org.carillon.kernel.OpenMemory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Devices with the names that Java gives to those of ALSA, beside what Linux would tell of them. */
@Timeout(120)
class AlsaNodesTest {
    private static final String BOTH = "\n\nOutput 0\n  Tx bytes : 0\nInput 0\n  Rx bytes : 0\n";
    private static final long CROWD_MS = 300;
    private static final int LATER_LISTS = 4;
    private static final long LOOK_NS = 1_000_000_000L;
    private static final String RAW = "rawmidi /dev/snd/midiC*D*";

    @TempDir
    Path root;
    private Path dev;
    private Path proc;
    private final Rig rig = new Rig();

    @BeforeEach
    void makeFolders() throws IOException {
        dev = Files.createDirectories(root.resolve("dev/snd")).toRealPath();
        proc = Files.createDirectories(root.resolve("proc/asound")).getParent();
    }

    @AfterEach
    void close() throws InterruptedException {
        rig.close();
    }

    private void plug(int card, String name, String streams) throws IOException {
        Path folder = Files.createDirectories(proc.resolve("asound/card" + card));
        Files.writeString(folder.resolve("midi0"), name + streams);
        Files.writeString(folder.resolve("usbid"), "1234:" + Integer.toHexString(name.hashCode() & 0xFFFF));
        Files.writeString(dev.resolve("midiC" + card + "D0"), "");
    }

    private void write(int card, String streams) {
        try {
            plug(card, "Alpha", streams);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void unplug(int card) throws IOException {
        Files.deleteIfExists(dev.resolve("midiC" + card + "D0"));
        Path folder = proc.resolve("asound/card" + card);
        Files.delete(folder.resolve("midi0"));
        Files.delete(folder.resolve("usbid"));
        Files.delete(folder);
    }

    private Rig.Opened open(DeviceRegistry registry, MadeProvider... providers) {
        return rig.open(Map.of(), registry, dev, proc, providers);
    }

    private static MadeDevice in(String label) {
        return new MadeDevice(label, true, false);
    }

    private static MadeDevice out(String label) {
        return new MadeDevice(label, false, true);
    }

    @Test
    void shouldNameADeviceByWhatTheSystemTells() throws Exception {
        plug(1, "Alpha", BOTH);
        MadeDevice in = in("Alpha MIDI 1 [hw:1,0,0]");
        MadeDevice out = out("Alpha MIDI 1 [hw:1,0,0]");
        Rig.Opened driver = open(null, new MadeProvider(in("Alpha [default]"), in), new MadeProvider(out));
        rig.connect("Alpha", "me:in");
        rig.connect("me:out", "Alpha");
        rig.awaitConnected("Alpha", "me:in", true);
        rig.awaitConnected("me:out", "Alpha", true);
        in.play(new ShortMessage(0x90, 60, 64));

        assertEquals(List.of("90 3c 40"), rig.awaitCome(1));
        assertEquals(dev.resolve("midiC1D0").toString(), driver.device("Alpha").address());
        assertEquals("0.0", driver.device("Alpha").evidence().port());
        assertEquals(1, driver.observer().devices().size());
    }

    @Test
    void shouldCloseADeviceWhoseFileIsDeletedThoughJavaStillListsIt() throws Exception {
        plug(1, "Alpha", BOTH);
        MadeDevice in = in("Alpha [hw:1,0,0]");
        Rig.Opened driver = open(null, new MadeProvider(in));
        rig.awaitPort("Alpha");
        rig.connect("Alpha", "me:in");
        in.play(new ShortMessage(0x90, 60, 64));
        rig.awaitCome(1);
        Files.delete(dev.resolve("midiC1D0"));
        rig.awaitConnected("Alpha", "me:in", false);

        assertEquals(List.of("90 3c 40", "80 3c 40"), rig.awaitCome(2));
        Rig.await("closed", () -> in.closed == 1);
        Rig.await("absent", () -> driver.device("Alpha").state() == State.ABSENT);
        Files.writeString(dev.resolve("midiC1D0"), "");
        rig.awaitConnected("Alpha", "me:in", true);
        assertEquals(2, in.opened);
    }

    @Test
    void shouldOpenADeviceAnewThatWasReplacedBetweenTwoLooks() throws Exception {
        plug(1, "Alpha", BOTH);
        MadeDevice in = in("Alpha [hw:1,0,0]");
        open(null, new MadeProvider(in));
        rig.awaitPort("Alpha");
        Files.delete(dev.resolve("midiC1D0"));
        Files.writeString(dev.resolve("midiC1D0"), "");
        Rig.await("opened anew", () -> in.opened == 2 && in.closed == 1);
        rig.awaitPort("Alpha");
    }

    @Test
    void shouldNotBelieveAListThatIsOldThoughItIsAsLong() throws Exception {
        plug(1, "Alpha", BOTH);
        MadeDevice listed = in("Alpha [hw:1,0,0]");
        Rig.Opened driver = open(null, new MadeProvider(listed));
        rig.awaitPort("Alpha");
        unplug(1);
        plug(2, "Beta", BOTH);
        rig.awaitPort("Beta");

        Rig.await("Alpha is gone", () -> driver.device("Alpha").state() == State.ABSENT && !rig.hasPort("Alpha"));
        assertEquals(2, listed.opened);
        assertEquals(dev.resolve("midiC2D0").toString(), driver.device("Beta").address());
    }

    @Test
    void shouldOpenByItsPlaceWhatJavaHasNoNameFor() throws Exception {
        plug(1, "Alpha", BOTH);
        plug(2, "Beta", BOTH);
        MadeDevice nameless = in("Unknown name");
        MadeProvider provider = new MadeProvider(in("Alpha [hw:1,0,0]"), nameless);
        Rig.Opened driver = open(null, provider);
        rig.awaitPort("Beta");
        assertEquals(1, nameless.opened);
        assertEquals(dev.resolve("midiC2D0").toString(), driver.device("Beta").address());
        unplug(2);
        Rig.await("gone", () -> !rig.hasPort("Beta"));

        Rig.await("closed", () -> nameless.closed == 1);
        assertFalse(rig.hasPort("Unknown name"));
        assertTrue(rig.hasPort("Alpha"));
    }

    @Test
    void shouldKeepADeviceOpenThatJavaListsAnew() throws Exception {
        plug(1, "Alpha", BOTH);
        MadeDevice nameless = in("Unknown name");
        MadeProvider provider = new MadeProvider(nameless);
        open(null, provider);
        rig.connect("Alpha", "me:in");
        rig.awaitConnected("Alpha", "me:in", true);
        MadeDevice named = in("Alpha [hw:1,0,0]");
        provider.devices = List.of(named);
        int listings = provider.listings.get();
        Rig.await("listed again and again", () -> provider.listings.get() > listings + 2);

        nameless.play(new ShortMessage(0x90, 62, 64));
        rig.awaitCome(1);
        assertEquals(0, nameless.closed);
        assertEquals(0, named.opened);
        unplug(1);
        Rig.await("closed", () -> nameless.closed == 1);
        plug(1, "Alpha", BOTH);
        Rig.await("the listed one is opened", () -> named.opened == 1);
    }

    @Test
    void shouldNotOpenWhatSomebodyHasOrWhatIsOpenedInItsPlace() throws Exception {
        plug(1, "Alpha", "\n\nInput 0\n  Owner PID : 4711\n");
        MadeDevice listed = in("Alpha [hw:1,0,0]");
        Rig.Opened driver = open(null, new MadeProvider(listed));
        Rig.await("busy", () -> driver.device("Alpha") != null && driver.device("Alpha").state() == State.BUSY);
        assertEquals(0, listed.opened);
        Files.createDirectories(proc.resolve("self/fd")); // in which there is no such file
        plug(1, "Alpha", BOTH);
        Rig.await("refused", () -> driver.device("Alpha").state() == State.FAILED);
        assertTrue(driver.device("Alpha").reason().startsWith("java must open the device that it lists: path="));
        assertFalse(rig.hasPort("Alpha"));
        Files.createSymbolicLink(proc.resolve("self/fd/7"), dev.resolve("midiC1D0")); // perhaps of another stream
        int openedBefore = listed.opened;
        Rig.await("opened again", () -> listed.opened > openedBefore + 1);
        assertFalse(rig.hasPort("Alpha"));
        listed.onOpen = () -> write(1, "\n\nInput 0\n  Owner PID : 4711\n");
        rig.awaitPort("Alpha");
    }

    @Test
    void shouldKeepADirectionOpenWhenTheOtherIsListedLaterOrNoMore() throws Exception {
        plug(1, "Alpha", BOTH);
        MadeDevice in = in("Alpha [hw:1,0,0]");
        MadeDevice out = out("Alpha [hw:1,0,0]");
        MadeProvider inputs = new MadeProvider();
        Rig.Opened driver = open(null, inputs, new MadeProvider(out));
        rig.connect("me:out", "Alpha");
        rig.connect("Alpha", "me:in");
        rig.awaitConnected("me:out", "Alpha", true);
        rig.send(0x90, 60, 64);
        Rig.await("note", () -> out.received.size() == 1);
        inputs.devices = List.of(in);
        rig.awaitConnected("Alpha", "me:in", true);
        inputs.devices = List.of();
        rig.awaitConnected("Alpha", "me:in", false);
        Rig.await("closed", () -> in.closed == 1);
        inputs.devices = List.of(in);
        rig.awaitConnected("Alpha", "me:in", true);
        in.play(new ShortMessage(0x90, 62, 64));
        rig.awaitCome(1);

        assertEquals(2, in.opened);
        assertEquals(1, out.opened);
        assertEquals(0, out.closed);
        assertEquals(List.of("90 3c 40"), out.received); // which still sounds
        assertEquals(State.OPEN, driver.device("Alpha").state());
        unplug(1);
        rig.awaitConnected("me:out", "Alpha", false);
        Rig.await("both closed", () -> in.closed == 2 && out.closed == 1);
    }

    @Test
    void shouldAskForAListAtNewsThenOnceASecondWhereAllIsFound() throws Exception {
        plug(1, "Alpha", BOTH);
        MadeProvider provider = new MadeProvider(in("Alpha [hw:1,0,0]"), out("Alpha [hw:1,0,0]"));
        Rig.Opened driver = open(null, provider);
        Rig.await("open", () -> driver.device("Alpha") != null && driver.device("Alpha").state() == State.OPEN);
        Files.writeString(dev.resolve("controlC1"), "");
        int before = provider.listings.get();
        Rig.await("news", () -> provider.listings.get() > before);
        long newsNs = System.nanoTime();
        Rig.await("looks", () -> provider.listings.get() > before + LATER_LISTS);

        assertTrue(System.nanoTime() - newsNs > (LATER_LISTS - 2) * LOOK_NS, "asked again without news");
    }

    @Test
    void shouldOpenOneAfterTheOther() throws Exception {
        plug(1, "Alpha", BOTH);
        plug(2, "Beta", BOTH);
        AtomicInteger inside = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        CountDownLatch crowd = new CountDownLatch(2);
        Runnable crowded = () -> {
            most.accumulateAndGet(inside.incrementAndGet(), Math::max);
            crowd.countDown();
            try {
                crowd.await(CROWD_MS, TimeUnit.MILLISECONDS); // time for another one to come in beside it
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            inside.decrementAndGet();
        };
        MadeDevice[] devices = {in("Alpha [hw:1,0,0]"), out("Alpha [hw:1,0,0]"), in("Beta [hw:2,0,0]")};
        List.of(devices).forEach(device -> device.onOpen = crowded);
        open(null, new MadeProvider(devices));
        Rig.await("all", () -> List.of(devices).stream().allMatch(MadeDevice::isOpen));

        assertEquals(1, most.get());
    }

    @Test
    void shouldLeaveADeviceToADriverThatStandsBeforeItAndTakeItBack() throws Exception {
        plug(1, "Alpha", BOTH);
        String address = dev.resolve("midiC1D0").toString();
        DeviceRegistry registry = OpenMemory.in(root);
        MadeDevice listed = in("Alpha [hw:1,0,0]");
        Rig.Opened driver = open(registry, new MadeProvider(listed));
        rig.awaitPort("Alpha");
        assertEquals("javasound 0", registry.claim(RAW, address));
        Rig.await("given up", () -> registry.claim(RAW, address).isEmpty());

        Rig.await("closed", () -> listed.closed == 1);
        assertFalse(rig.hasPort("Alpha"));
        Rig.await("told", () -> driver.device("") != null);
        assertEquals("device is left to another driver: driver=" + RAW, driver.device("").reason());
        assertEquals(State.BUSY, driver.device("").state());
        registry.release(RAW, address);
        rig.awaitPort("Alpha");
        assertEquals(2, listed.opened);
        Rig.await("nothing is left", () -> driver.device("") == null);
        assertNotNull(driver.device("Alpha"));
    }
}
