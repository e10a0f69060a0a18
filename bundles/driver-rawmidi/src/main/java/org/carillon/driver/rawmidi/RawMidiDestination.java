package org.carillon.driver.rawmidi;

import java.io.IOException;
import java.nio.channels.FileChannel;
import org.carillon.api.port.Attachment;
import org.carillon.api.ring.LocalRing;
import org.carillon.driver.rawmidi.Count.Counters;
import org.carillon.platform.Platform;
import org.carillon.platform.WaitPoint;
import org.carillon.protocol.Doorbell;

/** The way out: sleeps until the kernel rings, writes as fast as the line may go, real-time messages before all. */
final class RawMidiDestination extends RawMidiEnd {
    private static final int RING_BYTES = 64 * 1024;
    /** How long the rest is written after the end was asked for. */
    private static final long REST_LIMIT_NS = 1_500_000_000L;

    private final String name;
    private final Attachment ports;
    private final WaitPoint waitPoint = Platform.current().newWaitPoint();
    private final Doorbell bell = new Doorbell(waitPoint.word(), waitPoint::wake);
    private final LocalRing ring = new LocalRing(RING_BYTES, bell);
    private final MidiByteWriter writer;

    RawMidiDestination(String name, Opening opening, LinePace pace, Counters counters, Attachment ports) {
        super("carillon-rawmidi-out " + name, opening);
        this.name = name;
        this.ports = ports;
        writer = new MidiByteWriter(ring, pace, counters, System.nanoTime());
    }

    @Override
    void carry(FileChannel device) throws IOException {
        int id = ports.addDestination(name, ring, 0, false);
        opened();
        try {
            while (!isAskedToEnd()) {
                turn(device, Long.MAX_VALUE);
            }
            remove(ports, id); // what sounds is released into the ring
            long untilNs = System.nanoTime() + REST_LIMIT_NS;
            while (!writer.isIdle() && System.nanoTime() - untilNs < 0) {
                turn(device, untilNs);
            }
        } finally {
            remove(ports, id);
            writer.discard();
        }
    }

    /** Writes what may be written now, then sleeps until there is more to do. */
    private void turn(FileChannel device, long limitNs) throws IOException {
        if (!writer.write(device, System.nanoTime())) {
            bell.arm();
            if (!writer.hasNews() && (!isAskedToEnd() || limitNs != Long.MAX_VALUE)) {
                waitPoint.await(Math.min(limitNs, writer.nextNs()));
            }
            bell.disarm();
        }
    }

    @Override
    void end() {
        super.end();
        bell.ring();
    }
}
