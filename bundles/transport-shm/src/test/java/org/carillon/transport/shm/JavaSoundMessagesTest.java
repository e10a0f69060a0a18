package org.carillon.transport.shm;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import javax.sound.midi.InvalidMidiDataException;
import javax.sound.midi.MetaMessage;
import javax.sound.midi.MidiDevice;
import javax.sound.midi.MidiDeviceReceiver;
import javax.sound.midi.MidiMessage;
import javax.sound.midi.MidiUnavailableException;
import javax.sound.midi.Receiver;
import javax.sound.midi.ShortMessage;
import javax.sound.midi.SysexMessage;
import org.carillon.protocol.DropReason;
import org.junit.jupiter.api.Test;

/** Messages through devices of javax.sound.midi, both ways, with a real server between them and another client. */
class JavaSoundMessagesTest extends JavaSoundRig {
    private static final int LONG_BYTES = 1 << 20;
    private static final long MILLISECOND_US = 1_000;
    private static final long MILLISECOND_NS = 1_000_000;
    private static final int ROUND = 1_000;

    @Test
    void shouldHearEveryKindOfMessageWithItsDate() throws MidiUnavailableException, InvalidMidiDataException {
        MidiDevice device = device("synth:out");
        Heard early = hear(device);
        device.open();
        Heard heard = hear(device);
        long beforeUs = device.getMicrosecondPosition();
        int[] statuses = {0x80, 0x9F, 0xA1, 0xB2, 0xC3, 0xD4, 0xE5, 0xF1, 0xF2, 0xF3, 0xF6, 0xF8, 0xFA, 0xFB, 0xFC,
            0xFE, 0xFF};
        for (int status : statuses) {
            play(status, 1, 2);
        }
        byte[] message = longMessage(4_000);
        assertTrue(out.sendMessage(0, message, MILLISECOND_NS * 5_000));
        long dateNs = other.server().clock().nowNs() + 30 * MILLISECOND_NS;
        out.send(dateNs, 0x90, 60, 1);
        out.send(dateNs + 7_000_000, 0x90, 60, 0);
        out.flush();

        heard.await(statuses.length + 3);
        long afterUs = device.getMicrosecondPosition();

        assertEquals(List.of("80 01 02", "9f 01 02", "a1 01 02", "b2 01 02", "c3 01", "d4 01", "e5 01 02", "f1 01",
                "f2 01 02", "f3 01", "f6", "f8", "fa", "fb", "fc", "fe", "ff"),
                heard.words().subList(0, statuses.length));
        assertArrayEquals(message, heard.messages.get(statuses.length));
        assertEquals(heard.words(), early.words());
        List<Long> datesUs = heard.timeStampsUs;
        assertTrue(datesUs.getFirst() >= beforeUs && datesUs.getLast() <= afterUs, datesUs.toString());
        assertEquals(datesUs.stream().sorted().toList(), datesUs);
        assertEquals(7_000, datesUs.getLast() - datesUs.get(datesUs.size() - 2));
    }

    @Test
    void shouldSendAtOnceOrAtADate() throws MidiUnavailableException, InvalidMidiDataException {
        MidiDevice device = device("synth:in");
        Receiver receiver = device.getReceiver();
        receiver.send(new ShortMessage(0x90, 1, 1), -1); // it is not open
        device.open();
        assertSame(device, ((MidiDeviceReceiver) receiver).getMidiDevice());
        long nowUs = device.getMicrosecondPosition();
        long beforeNs = other.server().clock().nowNs();
        receiver.send(new ShortMessage(0x91, 60, 70), nowUs + 40 * MILLISECOND_US);
        receiver.send(new ShortMessage(0x81, 60, 70), nowUs + 55 * MILLISECOND_US);
        receiver.send(new MetaMessage(0x51, new byte[]{1, 2, 3}, 3), -1);
        receiver.send(new ShortMessage(0xC1, 5, 0), -1);
        receiver.send(new ShortMessage(0xF8), -1);
        receiver.send(new ShortMessage(0xFF), -1);
        awaitCome(5);

        assertEquals(List.of("c1 05", "f8", "ff", "91 3c 46", "81 3c 46"), come);
        assertEquals(15 * MILLISECOND_NS, timesNs.get(4) - timesNs.get(3));
        assertTrue(timesNs.get(3) - beforeNs <= 40 * MILLISECOND_NS, timesNs + " " + beforeNs);
        assertTrue(timesNs.get(3) - timesNs.get(0) > 0, timesNs.toString());
        receiver.send(new ShortMessage(0x92, 1, 1), 0); // of a date that is past
        awaitCome(6);
        assertEquals("92 01 01", come.getLast());
    }

    @Test
    void shouldCarryLongMessagesWholeBothWays() throws MidiUnavailableException, InvalidMidiDataException {
        byte[] message = longMessage(LONG_BYTES);
        MidiDevice source = device("synth:out");
        MidiDevice destination = device("synth:in");
        source.open();
        destination.open();
        Heard heard = hear(source);

        assertTrue(out.sendMessage(0, message, 20_000 * MILLISECOND_NS));
        heard.await(1);
        Thread sender = Thread.ofPlatform().start(() -> {
            try {
                destination.getReceiver().send(new SysexMessage(message, message.length), -1);
            } catch (MidiUnavailableException | InvalidMidiDataException e) {
                throw new IllegalStateException(e);
            }
        });
        awaitCome(1);

        assertArrayEquals(message, heard.messages.getFirst());
        assertArrayEquals(message, sysex.toByteArray());
        assertFalse(sender.isInterrupted());
        assertEquals(0, rig.dropped(DropReason.SOURCE_FULL), "nothing was refused, it waited");
    }

    @Test
    void shouldPutTogetherWhatComesInPieces() throws MidiUnavailableException, InvalidMidiDataException {
        MidiDevice device = device("synth:in");
        device.open();
        Receiver receiver = device.getReceiver();
        receiver.send(sysex(0xF0, 1, 2), -1);
        receiver.send(new ShortMessage(0xF8), -1);
        receiver.send(sysex(0xF7, 3, 0xFE, 4), -1);
        receiver.send(new ShortMessage(0x90, 60, 1), -1);
        receiver.send(sysex(0xF7, 5, 0xF7), -1);
        receiver.send(sysex(0xF0, 6), -1); // ends with the next one's beginning
        receiver.send(sysex(0xF0, 7, 0xF7), -1);
        receiver.send(sysex(0xF7, 0xF3, 9), -1); // an escape: any bytes
        receiver.send(sysex(0xF7, 0x93, 1, 2, 0xF0, 8, 0xF7, 0xC1, 3, 99), -1);
        receiver.send(sysex(0xF0, 1), -1);
        receiver.send(new ShortMessage(0xF7), -1);

        awaitCome(10);

        assertEquals(List.of("f8", "fe", "90 3c 01", "f0 01 02 03 04 05 f7", "f0 07 f7", "f3 09", "93 01 02",
                "f0 08 f7", "c1 03", "f0 01 f7"), come);
    }

    @Test
    void shouldKeepAReceiversFailureFromOthers() throws MidiUnavailableException {
        MidiDevice device = device("synth:out");
        device.open();
        device.getTransmitter().setReceiver(new Receiver() {
            @Override
            public void send(MidiMessage message, long timeStampUs) {
                throw new IllegalStateException("this receiver fails, as a test wants");
            }

            @Override
            public void close() {}
        });
        Heard heard = hear(device);

        play(0x90, 1, 1);
        play(0x90, 2, 2);
        heard.await(2);

        assertEquals(List.of("90 01 01", "90 02 02"), heard.words());
    }

    @Test
    void shouldTakeMessagesOfManyThreads() throws MidiUnavailableException, InterruptedException {
        int threads = 4;
        int each = 3_000;
        MidiDevice device = device("synth:in");
        device.open();
        Receiver shared = device.getReceiver();
        List<Thread> senders = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            int channel = i;
            senders.add(Thread.ofPlatform().start(() -> sendNumbers(shared, channel, each)));
        }
        awaitCome(threads * (each + each / 500));

        for (Thread sender : senders) {
            sender.join();
        }
        for (int i = 0; i < threads; i++) {
            String status = HexFormat.of().toHexDigits((byte) (0xE0 | i));
            List<String> expected = new ArrayList<>();
            for (int number = 0; number < each; number++) {
                expected.add(HexFormat.ofDelimiter(" ").formatHex(new byte[]{(byte) (0xE0 | i),
                    (byte) (number & 0x7F), (byte) (number >> 7)}));
            }
            assertEquals(expected, come.stream().filter(word -> word.startsWith(status)).toList());
        }
        assertEquals(threads * each / 500, come.stream().filter(word -> word.startsWith("long 3000")).count());
    }

    private static void sendNumbers(Receiver receiver, int channel, int count) {
        byte[] message = longMessage(3_000);
        try {
            for (int number = 0; number < count; number++) {
                receiver.send(new ShortMessage(0xE0 | channel, number & 0x7F, number >> 7), -1);
                if (number % 500 == 0) {
                    receiver.send(new SysexMessage(message, message.length), -1);
                }
            }
        } catch (InvalidMidiDataException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void shouldSendShortMessagesWithoutAllocating() throws MidiUnavailableException, InvalidMidiDataException {
        MidiDevice device = device("synth:in");
        device.open();
        Receiver receiver = device.getReceiver();
        ShortMessage message = new ShortMessage(0x90, 60, 1);
        com.sun.management.ThreadMXBean threads = (com.sun.management.ThreadMXBean) ManagementFactory
                .getThreadMXBean();
        long leastBytes = Long.MAX_VALUE;
        for (int round = 0; round < 12 && leastBytes > 0; round++) { // the compiler may disturb one, not all
            long beforeBytes = threads.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < ROUND; i++) {
                receiver.send(message, i % 2 == 0 ? -1 : 1);
            }
            leastBytes = Math.min(leastBytes, threads.getCurrentThreadAllocatedBytes() - beforeBytes);
            awaitCome(ROUND * (round + 1));
        }
        assertEquals(0, leastBytes);
        assertEquals(List.of("90 3c 01"), come.stream().distinct().toList());
    }
}
