package org.carillon.driver.rawmidi;

import java.io.ByteArrayOutputStream;
import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.carillon.api.ring.LocalRing;
import org.carillon.driver.rawmidi.Count.Counters;
import org.carillon.protocol.Doorbell;
import org.carillon.protocol.Event;
import org.carillon.protocol.EventType;

/** A parser with the ring that it fills, and what has come out as words. */
final class ReadRing {
    final Counters counters = new Counters();
    final LocalRing ring = new LocalRing(1 << 16, new Doorbell(Arena.ofAuto().allocate(4, 8), () -> {}));
    final MidiByteParser parser = new MidiByteParser(new SourceRing(ring, counters), counters);
    final List<String> messages = new ArrayList<>();
    final List<Long> timesNs = new ArrayList<>();
    private final Event event = new Event();
    private ByteArrayOutputStream sysex;

    /** One read. */
    ReadRing read(long timeNs, byte[] bytes, int from, int length) {
        parser.parse(ByteBuffer.wrap(bytes, from, length), timeNs);
        take();
        return this;
    }

    ReadRing read(String hex) {
        byte[] bytes = HexFormat.ofDelimiter(" ").parseHex(hex);
        return read(0, bytes, 0, bytes.length);
    }

    ReadRing end() {
        parser.end();
        take();
        return this;
    }

    /** Takes everything out, unread. */
    void drop() {
        while (ring.poll((type, buffer, index, length) -> {}, 1000) > 0) {
            Thread.onSpinWait();
        }
    }

    private void take() {
        while (ring.poll((type, buffer, index, length) -> take(type, index), 1000) > 0) {
            Thread.onSpinWait();
        }
    }

    private void take(int type, int index) {
        event.wrap(ring.segment(), index - (long) Event.RING_HEADER_LENGTH);
        if (type != EventType.SYSEX) {
            byte[] data = {(byte) event.data(0), (byte) event.data(1), (byte) event.data(2)};
            messages.add(hex(data, event.messageLength()));
            timesNs.add(event.timeNs());
            return;
        }
        if ((event.flags() & Event.BEGIN) != 0) {
            if (sysex != null) {
                throw new AssertionError("a message begins in a message");
            }
            sysex = new ByteArrayOutputStream();
        }
        byte[] piece = new byte[event.payloadLength()];
        event.payload(piece, 0, piece.length);
        sysex.writeBytes(piece);
        if ((event.flags() & Event.END) != 0) {
            messages.add(hex(sysex.toByteArray(), sysex.size())
                    + ((event.flags() & Event.INCOMPLETE) != 0 ? " incomplete" : ""));
            timesNs.add(event.timeNs());
            sysex = null;
        }
    }

    static String hex(byte[] bytes, int length) {
        return HexFormat.ofDelimiter(" ").formatHex(bytes, 0, length);
    }
}
