package org.carillon.launcher.command.client;

import java.io.ByteArrayOutputStream;
import org.carillon.protocol.Event;
import org.carillon.protocol.EventType;

/** Puts the records of system exclusive messages of one destination together. */
final class SysexPieces {
    private final ByteArrayOutputStream begun = new ByteArrayOutputStream();
    private final byte[] piece = new byte[Event.MAX_PAYLOAD_LENGTH];
    private long timeNs;
    private int bytes;

    /** Takes a record. @return the message that ends with it, which may have been cut; null where more follows. */
    SeenMessage add(Event event) {
        if ((event.flags() & Event.BEGIN) != 0) {
            begun.reset();
            timeNs = event.timeNs();
        }
        int length = event.payloadLength();
        event.payload(piece, 0, length);
        begun.write(piece, 0, length);
        bytes += length;
        if ((event.flags() & Event.END) == 0) {
            return null;
        }
        byte[] whole = begun.toByteArray();
        begun.reset();
        boolean isCut = (event.flags() & Event.INCOMPLETE) != 0 && whole.length > 0;
        if (isCut && whole[whole.length - 1] == (byte) 0xF7) {
            whole = java.util.Arrays.copyOf(whole, whole.length - 1);
        }
        return new SeenMessage(timeNs, EventType.SYSEX, whole);
    }

    /** Bytes so far, of all messages. */
    int bytes() {
        return bytes;
    }
}
