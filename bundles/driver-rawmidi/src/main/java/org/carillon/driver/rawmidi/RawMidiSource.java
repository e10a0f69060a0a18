package org.carillon.driver.rawmidi;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import org.carillon.api.port.Attachment;
import org.carillon.api.ring.LocalRing;
import org.carillon.driver.rawmidi.Count.Counters;
import org.carillon.protocol.ServerClock;

/** The way in: waits for bytes, stamps them, hands their messages to the kernel. */
final class RawMidiSource extends RawMidiEnd {
    /** As much as the system holds for a device at most (Linux, sound/core/rawmidi.c). */
    private static final int READ_BYTES = 4096;

    private final String name;
    private final LocalRing ring;
    private final SourceRing out;
    private final MidiByteParser parser;
    private final Attachment ports;
    private final ServerClock clock;

    RawMidiSource(String name, Opening opening, LocalRing ring, Counters counters, Attachment ports,
            ServerClock clock) {
        super("carillon-rawmidi-in " + name, opening);
        this.name = name;
        this.ring = ring;
        this.ports = ports;
        this.clock = clock;
        out = new SourceRing(ring, counters);
        parser = new MidiByteParser(out, counters);
    }

    @Override
    void carry(FileChannel device) throws IOException {
        int id = ports.addSource(name, ring);
        out.begin(id);
        opened();
        try {
            read(device);
        } finally {
            parser.end();
            out.awaitTaken();
            remove(ports, id);
        }
    }

    private void read(FileChannel device) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocateDirect(READ_BYTES);
        while (device.read(bytes.clear()) > 0) {
            long timeNs = clock.nowNs();
            parser.parse(bytes.flip(), timeNs);
            out.flush();
        }
        throw new EOFException("device has no more bytes");
    }

    @Override
    void end() {
        super.end();
        out.close();
        closeDevice(); // else it would wait for a byte
    }
}
