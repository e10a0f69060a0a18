package org.carillon.driver.rawmidi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.util.HexFormat;
import org.carillon.api.ring.LocalRing;
import org.carillon.driver.rawmidi.Count.Counters;
import org.carillon.protocol.Doorbell;
import org.carillon.protocol.Event;
import org.carillon.protocol.EventType;
import org.junit.jupiter.api.Test;

class MidiByteWriterTest {
    private static final LinePace FREE = new LinePace(0, 0, false);
    private static final LinePace DIN = new LinePace(3_125, 0, false);
    private static final long BYTE_NS = 320_000;

    private final Counters counters = new Counters();
    private final LocalRing ring = new LocalRing(1 << 16, new Doorbell(Arena.ofAuto().allocate(4, 8), () -> {}));
    private final MemorySegment record = Arena.ofAuto().allocate(Event.MAX_LENGTH, Event.ALIGNMENT);
    private final Line line = new Line();
    private long nowNs = 1_000_000_000L;

    /** The device: takes at most so many bytes at a time. */
    private static final class Line implements WritableByteChannel {
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        int most = Integer.MAX_VALUE;
        boolean isGone;

        @Override
        public int write(ByteBuffer from) throws IOException {
            if (isGone) {
                throw new IOException("No such device");
            }
            int count = Math.min(most, from.remaining());
            for (int i = 0; i < count; i++) {
                bytes.write(from.get());
            }
            return count;
        }

        @Override
        public boolean isOpen() {
            return true;
        }

        @Override
        public void close() {
            // nothing to do
        }

        String hex() {
            return HexFormat.ofDelimiter(" ").formatHex(bytes.toByteArray());
        }
    }

    private MidiByteWriter writer(LinePace pace) {
        return new MidiByteWriter(ring, pace, counters, nowNs);
    }

    private void send(String hex) {
        byte[] bytes = HexFormat.ofDelimiter(" ").parseHex(hex);
        int type = EventType.ofStatus(bytes[0] & 0xFF);
        ring.offer(type, 0, Event.word(1, 0, bytes.length, 0),
                Event.data(bytes[0], bytes.length > 1 ? bytes[1] : 0, bytes.length > 2 ? bytes[2] : 0));
    }

    private void sysex(String hex, int flags) {
        byte[] bytes = hex.isEmpty() ? new byte[0] : HexFormat.ofDelimiter(" ").parseHex(hex);
        MemorySegment.copy(bytes, 0, record, ValueLayout.JAVA_BYTE, Event.DATA_OFFSET, bytes.length);
        ring.offer(record, 0, Event.HEADER_LENGTH + bytes.length, EventType.SYSEX, 0, Event.word(1, 0, 0, flags));
    }

    /** Writes until there is nothing more to write, jumping over the waits. */
    private void run(MidiByteWriter writer) throws IOException {
        while (writer.write(line, nowNs) || writer.nextNs() != Long.MAX_VALUE) {
            nowNs = writer.nextNs() == Long.MAX_VALUE ? nowNs : Math.max(nowNs, writer.nextNs());
        }
    }

    @Test
    void shouldWriteEveryStatusByteUnlessRunningStatusIsAskedFor() throws IOException {
        for (boolean running : new boolean[]{false, true}) {
            line.bytes.reset();
            for (String message : new String[]{"90 3c 40", "90 3e 41", "f8", "90 3e 00", "91 3c 40", "f6", "91 3c 00",
                "c1 07", "c1 08", "f1 35", "c1 09"}) {
                send(message);
            }
            run(writer(new LinePace(0, 0, running)));
            assertEquals(running
                    ? "f8 90 3c 40 3e 41 3e 00 91 3c 40 f6 91 3c 00 c1 07 08 f1 35 c1 09"
                    : "f8 90 3c 40 90 3e 41 90 3e 00 91 3c 40 f6 91 3c 00 c1 07 c1 08 f1 35 c1 09", line.hex());
        }
        assertEquals(22, counters.get(Count.MESSAGES_OUT));
    }

    @Test
    void shouldWriteNoFasterThanTheLineCarriesOverAnyTime() throws IOException {
        for (int i = 0; i < 500; i++) {
            send("90 3c 40");
        }
        MidiByteWriter writer = writer(DIN);
        long startNs = nowNs;
        int slice = DIN.sliceBytes();
        while (line.bytes.size() < 1500) {
            writer.write(line, nowNs);
            long carried = (nowNs - startNs) / BYTE_NS + 2L * slice;
            assertTrue(line.bytes.size() <= carried, "bytes=" + line.bytes.size() + ", carried=" + carried);
            nowNs += 777_777;
        }
        long longestNs = 1500 * BYTE_NS + 10_000_000;
        assertTrue(nowNs - startNs <= longestNs, "lateness of single slices is made up for: ns=" + (nowNs - startNs));
    }

    @Test
    void shouldLetRealTimeMessagesGoBeforeALongSystemExclusiveMessage() throws IOException {
        sysex("f0 " + "01 ".repeat(999).strip(), Event.BEGIN);
        sysex("02 ".repeat(999) + "f7", Event.END);
        MidiByteWriter writer = writer(DIN);
        writer.write(line, nowNs);
        send("f8");
        send("90 3c 40");
        send("fa");
        writer.write(line, nowNs);

        assertEquals("f0 01 01 01 01 01 f8 fa", line.hex());
        run(writer);
        String rest = line.hex();
        assertEquals(2_000 + 2 + 3, line.bytes.size());
        assertTrue(rest.endsWith("02 f7 90 3c 40"), rest.substring(rest.length() - 30));
        assertEquals(4, counters.get(Count.MESSAGES_OUT));
    }

    @Test
    void shouldBeSilentAfterASystemExclusiveMessageButForRealTime() throws IOException {
        MidiByteWriter writer = writer(new LinePace(0, 50_000_000, false));
        sysex("f0 01 f7", Event.BEGIN | Event.END);
        send("90 3c 40");
        long startNs = nowNs;
        writer.write(line, nowNs);
        nowNs += 49_000_000;
        send("f8");
        writer.write(line, nowNs);

        assertEquals("f0 01 f7 f8", line.hex());
        assertEquals(startNs + 50_000_000, writer.nextNs());
        run(writer);
        assertEquals("f0 01 f7 f8 90 3c 40", line.hex());
    }

    @Test
    void shouldLeaveOutWhatIsNoMidiAndCountIt() throws IOException {
        ring.offer(EventType.KEY_ON, 0, 0, Event.data(0x3C, 1, 2));
        ring.offer(EventType.CLOCK, 0, 0, Event.data(0x90, 1, 2));
        ring.offer(EventType.UMP64, 0, 0, 0x40903C00L);
        ring.offer(EventType.KEY_ON, 0, 0, Event.data(0x90, 0xFF, 0x80));
        sysex("f0 01 90 f8 f7 02 f7", Event.BEGIN | Event.END);
        sysex("01 02 f7", Event.BEGIN | Event.END);
        sysex("01 02 f7", Event.END);
        run(writer(FREE));

        assertEquals("90 7f 00 f0 01 02 f7", line.hex());
        assertEquals(3 + 3 + 1 + 1, counters.get(Count.MALFORMED_OUT));
        assertEquals(2, counters.get(Count.MESSAGES_OUT));
    }

    @Test
    void shouldNotMakeACutMessageLookWhole() throws IOException {
        sysex("f0 01 02", Event.BEGIN);
        sysex("", Event.END | Event.INCOMPLETE);
        send("90 3c 40");
        sysex("f0 03", Event.BEGIN);
        sysex("f0 04 f7", Event.BEGIN | Event.END);
        run(writer(FREE));

        assertEquals("f0 01 02 90 3c 40 f0 03 f0 04 f7", line.hex());
        assertEquals(2, counters.get(Count.CUT_SYSEX_OUT));
        assertEquals(2, counters.get(Count.MESSAGES_OUT));
    }

    @Test
    void shouldCountWhatADeviceThatHasGoneDoesNotGet() throws IOException {
        MidiByteWriter writer = writer(DIN);
        send("90 3c 40");
        writer.write(line, nowNs);
        sysex("f0 01", Event.BEGIN);
        nowNs += 1_000_000_000;
        writer.write(line, nowNs);
        send("f8");
        line.isGone = true;
        assertThrows(IOException.class, () -> writer.write(line, nowNs));
        send("90 3e 40");
        send("90 3f 40");
        writer.discard();

        assertEquals(1, counters.get(Count.MESSAGES_OUT));
        assertEquals(3, counters.get(Count.UNWRITTEN_OUT));
        assertEquals(1, counters.get(Count.CUT_SYSEX_OUT));
        assertTrue(writer.isIdle());
    }

    @Test
    void shouldWriteAllToALineThatTakesLittleAtATime() throws IOException {
        line.most = 1;
        sysex("f0 01 02 f7", Event.BEGIN | Event.END);
        send("90 3c 40");
        run(writer(FREE));

        assertEquals("f0 01 02 f7 90 3c 40", line.hex());
        assertEquals(7, counters.get(Count.BYTES_OUT));
    }

    @Test
    void shouldAllocateNothing() throws IOException {
        MidiByteWriter writer = writer(FREE);
        WritableByteChannel sink = new WritableByteChannel() {
            @Override
            public int write(ByteBuffer from) {
                int count = from.remaining();
                from.position(from.limit());
                return count;
            }

            @Override
            public boolean isOpen() {
                return true;
            }

            @Override
            public void close() {
                // nothing to do
            }
        };
        var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        record.asSlice(Event.DATA_OFFSET).fill((byte) 1);
        record.set(ValueLayout.JAVA_BYTE, Event.DATA_OFFSET, (byte) 0xF0);
        record.set(ValueLayout.JAVA_BYTE, Event.MAX_LENGTH - 1, (byte) 0xF7);
        long least = Long.MAX_VALUE;
        for (int turn = 0; turn < 20; turn++) {
            long before = threads.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < 1_000; i++) {
                ring.offer(EventType.KEY_ON, 0, 0, Event.data(0x90, 60, 64));
                ring.offer(EventType.CLOCK, 0, 0, Event.data(0xF8, 0, 0));
                ring.offer(record, 0, Event.MAX_LENGTH, EventType.SYSEX, 0,
                        Event.word(1, 0, 0, Event.BEGIN | Event.END));
                while (writer.write(sink, nowNs++)) {
                    Thread.onSpinWait();
                }
            }
            least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
        }
        assertEquals(0, least);
        assertEquals(60_000, counters.get(Count.MESSAGES_OUT));
    }
}
