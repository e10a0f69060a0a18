package org.carillon.fuzz;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import java.io.ByteArrayOutputStream;
import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.carillon.api.ring.LocalRing;
import org.carillon.driver.rawmidi.Count;
import org.carillon.driver.rawmidi.MidiByteParser;
import org.carillon.driver.rawmidi.SourceRing;
import org.carillon.protocol.Doorbell;
import org.carillon.protocol.Event;
import org.carillon.protocol.EventType;

/** Bytes of a raw MIDI device: messages that are well formed, the same however the bytes are cut into reads. */
public final class RawMidiTarget {
    private static final int MAX_READ = 2_000;
    private static final int STEP_NS = 4_000_000;
    private static final LocalRing RING = new LocalRing(1 << 16,
            new Doorbell(Arena.ofAuto().allocate(Doorbell.WORD_LENGTH, 8), () -> {}));

    private RawMidiTarget() {}

    /** Called by Jazzer with the bytes of its choice. */
    public static void fuzzerTestOneInput(FuzzedDataProvider data) {
        int[] lengths = data.consumeInts(data.consumeInt(1, 20));
        byte[] bytes = data.consumeRemainingAsBytes();
        List<String> whole = messages(bytes, new int[]{Math.min(bytes.length, MAX_READ)});
        List<String> cut = messages(bytes, lengths);
        if (!whole.equals(cut)) {
            throw new IllegalStateException("reads must not matter: whole=" + whole + ", cut=" + cut);
        }
    }

    private static List<String> messages(byte[] bytes, int[] lengths) {
        Count.Counters counters = new Count.Counters();
        MidiByteParser parser = new MidiByteParser(new SourceRing(RING, counters), counters);
        List<String> messages = new ArrayList<>();
        ByteArrayOutputStream sysex = new ByteArrayOutputStream();
        int read = 0;
        for (int from = 0; from < bytes.length; read++) {
            int length = Math.min(bytes.length - from, 1 + Math.floorMod(lengths[read % lengths.length], MAX_READ));
            parser.parse(ByteBuffer.wrap(bytes, from, length), (long) read * STEP_NS);
            from += length;
            take(messages, sysex);
        }
        parser.end();
        take(messages, sysex);
        require(sysex.size() == 0, "a message has no end");
        require(counters.get(Count.BYTES_IN) == bytes.length, "bytes are not counted");
        require(counters.get(Count.MESSAGES_IN) + counters.get(Count.CUT_SYSEX_IN) == messages.size(),
                "messages are not counted");
        return messages;
    }

    private static void take(List<String> messages, ByteArrayOutputStream sysex) {
        Event event = new Event();
        int taken;
        do {
            taken = RING.poll((type, buffer, index, length) -> take(
                    event.wrap(RING.segment(), index - (long) Event.RING_HEADER_LENGTH), messages, sysex), 1_000);
        } while (taken > 0);
    }

    private static void take(Event event, List<String> messages, ByteArrayOutputStream sysex) {
        require(Event.isWellFormed(event.type(), event.lengthBytes()), "record is not well formed");
        if (event.type() != EventType.SYSEX) {
            int length = event.messageLength();
            require(EventType.ofStatus(event.status()) == event.type()
                    && EventType.messageLength(event.type()) == length, "record is not what its status says");
            require((event.data(1) | event.data(2)) < 0x80, "a data byte is none");
            messages.add(event.status() + " " + event.data(1) + " " + event.data(2));
            return;
        }
        boolean begins = (event.flags() & Event.BEGIN) != 0;
        require(begins == (sysex.size() == 0), "a message begins in a message or has no beginning");
        byte[] piece = new byte[event.payloadLength()];
        event.payload(piece, 0, piece.length);
        sysex.writeBytes(piece);
        if ((event.flags() & Event.END) != 0) {
            messages.add(sysex((event.flags() & Event.INCOMPLETE) != 0, sysex.toByteArray()));
            sysex.reset();
        }
    }

    private static String sysex(boolean isCut, byte[] message) {
        int dataEnd = isCut ? message.length : message.length - 1;
        require(message[0] == (byte) 0xF0 && (isCut || message[dataEnd] == (byte) 0xF7), "message is not framed");
        StringBuilder words = new StringBuilder(isCut ? "cut" : "sysex");
        for (int i = 1; i < dataEnd; i++) {
            require(message[i] >= 0, "a data byte is none");
            words.append(' ').append(message[i]);
        }
        return words.toString();
    }

    private static void require(boolean holds, String what) {
        if (!holds) {
            throw new IllegalStateException(what);
        }
    }
}
