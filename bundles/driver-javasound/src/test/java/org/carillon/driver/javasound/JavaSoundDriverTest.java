package org.carillon.driver.javasound;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import javax.sound.midi.InvalidMidiDataException;
import javax.sound.midi.MetaMessage;
import javax.sound.midi.MidiDevice;
import javax.sound.midi.MidiSystem;
import javax.sound.midi.Sequencer;
import javax.sound.midi.ShortMessage;
import javax.sound.midi.Synthesizer;
import javax.sound.midi.SysexMessage;
import javax.sound.sampled.AudioSystem;
import org.carillon.api.device.DeviceInfo;
import org.carillon.api.device.DeviceInfo.State;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Devices of a provider of our own at a real kernel. */
@Timeout(120)
class JavaSoundDriverTest {
    private static final int LONG_BYTES = 100_000;

    private final Rig rig = new Rig();

    @AfterEach
    void close() throws InterruptedException {
        rig.close();
    }

    private static ShortMessage message(int status, int data1, int data2) throws InvalidMidiDataException {
        return new ShortMessage(status, data1, data2);
    }

    private static byte[] sysex(int length) {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) (i * 31 & 0x7F);
        }
        bytes[0] = (byte) 0xF0;
        bytes[length - 1] = (byte) 0xF7;
        return bytes;
    }

    private static SysexMessage piece(byte[] whole, int from, int to) throws InvalidMidiDataException {
        byte[] piece = Arrays.copyOfRange(whole, from - (from == 0 ? 0 : 1), to);
        if (from > 0) {
            piece[0] = (byte) 0xF7;
        }
        return new SysexMessage(piece, piece.length);
    }

    private void awaitOpen(MadeDevice device) {
        Rig.await("open " + device.info, () -> device.isOpen());
    }

    @Test
    void shouldMakeOnePortNameOfTheTwoDirectionsOfADevice() throws InvalidMidiDataException {
        MadeDevice in = new MadeDevice("piano", true, false);
        MadeDevice out = new MadeDevice("piano", false, true);
        Rig.Opened driver = rig.open(new MadeProvider(in), new MadeProvider(out));
        rig.connect("piano", "me:in");
        rig.connect("me:out", "piano");
        rig.awaitConnected("piano", "me:in", true);
        rig.awaitConnected("me:out", "piano", true);
        long beforeNs = rig.session.clock().nowNs();
        in.play(message(0x90, 60, 64));
        in.play(message(0xF8, 0, 0));
        in.play(message(0xC1, 5, 0));
        rig.send(0x91, 61, 65);
        rig.send(0xD2, 9, 0);

        assertEquals(List.of("90 3c 40", "f8", "c1 05"), rig.awaitCome(3));
        long afterNs = rig.session.clock().nowNs();
        assertTrue(rig.timesNs.stream().allMatch(timeNs -> timeNs >= beforeNs && timeNs <= afterNs),
                rig.timesNs::toString);
        Rig.await("both messages", () -> out.received.size() == 2);
        assertEquals(List.of("91 3d 41", "d2 09"), out.received);
        assertEquals(1, driver.observer().devices().size());
        assertEquals(State.OPEN, driver.device("piano").state());
        assertEquals(3, driver.count("piano", Count.MESSAGES_IN));
        assertEquals(2, driver.count("piano", Count.MESSAGES_OUT));
    }

    @Test
    void shouldKeepSysexWholeBothWays() throws InvalidMidiDataException {
        MadeDevice device = new MadeDevice("synth", true, true);
        rig.open(new MadeProvider(device));
        rig.connect("synth", "me:in");
        rig.connect("me:out", "synth");
        rig.awaitConnected("synth", "me:in", true);
        rig.awaitConnected("me:out", "synth", true);
        byte[] bytes = sysex(LONG_BYTES);
        device.play(piece(bytes, 0, 40_000));
        device.play(message(0xF8, 0, 0));
        device.play(piece(bytes, 40_000, 99_999));
        device.play(piece(bytes, 99_999, LONG_BYTES));

        assertEquals(List.of("f8", "sysex " + LONG_BYTES), rig.awaitCome(2));
        assertArrayEquals(bytes, rig.sysex.toByteArray());
        assertEquals(0, rig.status().droppedInAll());
        assertTrue(rig.source.sendMessage(0, bytes, 60_000_000_000L));
        Rig.await("the message", () -> !device.received.isEmpty());
        assertEquals(List.of("sysex " + LONG_BYTES), device.received);
    }

    @Test
    void shouldFlagWhatIsCutAndCountWhatIsNoMessage() throws InvalidMidiDataException {
        MadeDevice device = new MadeDevice("synth", true, false);
        Rig.Opened driver = rig.open(new MadeProvider(device));
        rig.connect("synth", "me:in");
        rig.awaitConnected("synth", "me:in", true);
        byte[] bytes = sysex(100);
        device.play(piece(bytes, 50, 100));
        device.play(new MetaMessage(0x2F, new byte[0], 0));
        device.play(null);
        device.play(piece(bytes, 0, 50));
        device.play(message(0x90, 60, 64));

        assertEquals(List.of("sysex 50 incomplete", "90 3c 40"), rig.awaitCome(2));
        assertEquals(1, driver.count("synth", Count.CUT_SYSEX_IN));
        assertEquals(2, driver.count("synth", Count.MALFORMED_IN));
    }

    @Test
    void shouldSeeASwapForAsManyDevicesAndPlayAgainWhenTheFirstReturns() throws InvalidMidiDataException {
        MadeDevice alpha = new MadeDevice("Alpha", true, true);
        MadeDevice beta = new MadeDevice("Beta", true, true);
        MadeProvider provider = new MadeProvider(alpha);
        Rig.Opened driver = rig.open(provider);
        rig.connect("Alpha", "me:in");
        rig.connect("Beta", "me:in");
        rig.awaitConnected("Alpha", "me:in", true);
        alpha.play(message(0x90, 60, 64));
        rig.awaitCome(1);
        provider.devices = List.of(beta);
        rig.awaitConnected("Beta", "me:in", true);
        rig.awaitConnected("Alpha", "me:in", false);

        assertEquals(List.of("90 3c 40", "80 3c 40"), rig.awaitCome(2));
        Rig.await("closed", () -> alpha.closed == 1);
        Rig.await("absent", () -> driver.device("Alpha").state() == State.ABSENT);
        MadeDevice again = new MadeDevice("Alpha", true, true);
        provider.devices = List.of(beta, again);
        rig.awaitConnected("Alpha", "me:in", true);
        again.play(message(0x90, 62, 64));
        assertEquals("90 3e 40", rig.awaitCome(3).getLast());
        assertEquals(1, beta.opened);
    }

    @Test
    void shouldReleaseWhatSoundsBeforeItCloses() throws InterruptedException {
        MadeDevice device = new MadeDevice("synth", false, true);
        Rig.Opened driver = rig.open(new MadeProvider(device));
        rig.connect("me:out", "synth");
        rig.awaitConnected("me:out", "synth", true);
        rig.send(0x90, 60, 64);
        Rig.await("note", () -> device.received.size() == 1);
        rig.close(driver);

        assertEquals(List.of("90 3c 40", "80 3c 40"), device.received);
        assertFalse(device.isOpen());
        Rig.await("no thread left", () -> Thread.getAllStackTraces().keySet().stream()
                .noneMatch(thread -> thread.getName().startsWith("carillon-javasound")));
    }

    @Test
    void shouldExplainABusyDeviceAndTryAgain() {
        MadeDevice device = new MadeDevice("keys", true, false);
        device.refusal = "Device or resource busy";
        Rig.Opened driver = rig.open(new MadeProvider(device));
        Rig.await("busy", () -> driver.device("keys") != null && driver.device("keys").state() == State.BUSY);
        assertEquals("device is busy: name=keys, holder=unknown", driver.device("keys").reason());
        assertFalse(rig.hasPort("keys"));
        device.refusal = "no such luck";
        Rig.await("failed", () -> driver.device("keys").state() == State.FAILED
                && driver.device("keys").reason().equals("no such luck"));
        device.refusal = "";
        rig.awaitPort("keys");
        Rig.await("open", () -> driver.device("keys").state() == State.OPEN);
        assertEquals("", driver.device("keys").reason());
    }

    @Test
    void shouldOpenADeviceAnewThatThrows() {
        MadeDevice device = new MadeDevice("synth", false, true);
        Rig.Opened driver = rig.open(new MadeProvider(device));
        rig.connect("me:out", "synth");
        rig.awaitConnected("me:out", "synth", true);
        device.throwsInSend = true;
        rig.send(0x90, 60, 64);
        Rig.await("opened again", () -> device.opened >= 2);
        device.throwsInSend = false;
        rig.awaitConnected("me:out", "synth", true);
        Rig.await("heard again", () -> {
            rig.send(0x91, 61, 65);
            return device.received.contains("91 3d 41");
        });
        assertTrue(driver.count("synth", Count.UNWRITTEN_OUT) >= 1);
    }

    @Test
    void shouldGoOnBesideProvidersThatThrowOrHang() {
        MadeDevice good = new MadeDevice("good", true, true);
        MadeDevice late = new MadeDevice("late", true, true);
        MadeProvider throwing = new MadeProvider(new MadeDevice("never", true, true));
        throwing.throwsInListing = true;
        MadeProvider hanging = new MadeProvider(late);
        hanging.listing = new CountDownLatch(1);
        Rig.Opened driver = rig.open(throwing, hanging, new MadeProvider(good));
        driver.providers().add("broken", () -> {
            throw new IllegalStateException("no luck in making it");
        });
        rig.awaitPort("good");
        awaitOpen(good);
        hanging.listing.countDown();
        rig.awaitPort("late");
        assertFalse(rig.hasPort("never"));
        throwing.throwsInListing = false;
        rig.awaitPort("never");
        driver.providers().remove(throwing);
        Rig.await("gone with its provider", () -> !rig.hasPort("never"));
        assertTrue(rig.hasPort("good"));
    }

    @Test
    void shouldLeaveADeviceAloneThatHangsInClose() throws InterruptedException {
        MadeDevice hanging = new MadeDevice("keys", true, true);
        hanging.closing = new CountDownLatch(1);
        MadeProvider provider = new MadeProvider(hanging);
        Rig.Opened driver = rig.open(provider);
        rig.awaitPort("keys");
        provider.devices = List.of();
        Rig.await("the port goes at once", () -> !rig.hasPort("keys"));
        assertEquals(0, hanging.closed);
        MadeDevice next = new MadeDevice("keys", true, true);
        provider.devices = List.of(next);
        awaitOpen(next);
        rig.awaitPort("keys");
        assertEquals(0, hanging.closed);
        hanging.closing.countDown();
        rig.close(driver);
        assertFalse(next.isOpen());
    }

    @Test
    void shouldLeaveOurOwnDevicesAndSequencersAndTheExcludedAlone() {
        MadeDevice ours = new MadeDevice(new MadeDevice.MadeInfo("Carillon", "Carillon"), true, true);
        MidiDevice player = made(Sequencer.class, "player");
        MadeDevice excluded = new MadeDevice("Alpha 2", true, true);
        MadeDevice other = new MadeDevice("Beta", true, true);
        MadeDevice good = new MadeDevice("Alpha 1", true, true);
        MadeProvider provider = new MadeProvider(ours, player, excluded, other, good);
        Rig.Opened driver = rig.open(Map.of("include", new String[]{"Alpha *", "Car*", "pl?yer"}, "exclude",
                new String[]{"* 2"}), null, provider);
        awaitOpen(good);
        rig.awaitPort("Alpha 1");

        assertEquals(List.of("Alpha 1"), driver.observer().devices().stream().map(DeviceInfo::name).toList());
        assertEquals(0, ours.opened + excluded.opened + other.opened);
        rig.open(Map.of("include", new String[]{"pl?yer"}, "sequencers", true), null, provider);
        rig.awaitPort("player");
    }

    private static MidiDevice made(Class<? extends MidiDevice> type, String name) {
        MadeDevice device = new MadeDevice(name, false, true);
        return (MidiDevice) Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[]{type},
                (self, method, arguments) -> {
                    try {
                        return method.getDeclaringClass() == MidiDevice.class
                                || method.getDeclaringClass() == Object.class
                                || method.getDeclaringClass() == AutoCloseable.class
                                        ? method.invoke(device, arguments)
                                        : null;
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    @Test
    void shouldOpenASynthesizerWhenSomethingIsConnected() {
        MidiDevice synth = made(Synthesizer.class, "organ");
        Rig.Opened driver = rig.open(new MadeProvider(synth));
        rig.awaitPort("organ");
        Rig.await("told", () -> driver.device("organ").reason().equals("opened when something is connected"));
        assertFalse(synth.isOpen());
        rig.connect("me:out", "organ");
        Rig.await("open", synth::isOpen);
        Rig.await("state", () -> driver.device("organ").reason().isEmpty());
        assertEquals(State.OPEN, driver.device("organ").state());
    }

    @Test
    void shouldFindGervillAndSayWhyItCannotSound() {
        boolean hasSoundCard = AudioSystem.getMixerInfo().length > 0;
        Rig.Opened driver = rig.open();
        driver.providers().load(ClassLoader.getSystemClassLoader());
        rig.awaitPort("Gervill");
        Rig.await("told", () -> driver.device("Gervill").state() == State.OPEN);
        assertFalse(rig.hasPort("Real Time Sequencer"));
        assertTrue(Arrays.stream(MidiSystem.getMidiDeviceInfo()).anyMatch(i -> i.getName().equals("Gervill")));
        rig.connect("me:out", "Gervill");
        State expected = hasSoundCard ? State.OPEN : State.FAILED;
        Rig.await("opened or not", () -> driver.device("Gervill").state() == expected
                && driver.device("Gervill").reason().isEmpty() == hasSoundCard);
        assertTrue(rig.hasPort("Gervill"));
    }
}
