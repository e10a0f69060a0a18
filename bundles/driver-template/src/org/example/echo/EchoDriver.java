package org.example.echo;

import java.lang.foreign.Arena;
import java.util.concurrent.locks.LockSupport;
import org.agrona.MutableDirectBuffer;
import org.carillon.api.driver.Driver;
import org.carillon.api.port.Attachment;
import org.carillon.api.ring.LocalRing;
import org.carillon.protocol.Doorbell;
import org.carillon.protocol.Event;
import org.carillon.protocol.ServerClock;

/** A device that answers everything it is sent. Put your device where {@link #write} and {@link #cameIn} meet. */
public final class EchoDriver implements Driver {
    private static final String PORT = "echo";

    /** The thread that talks to the device; the kernel's bell wakes it. */
    private final Thread thread = new Thread(this::run, "echo");
    private final Doorbell bell = new Doorbell(Arena.ofAuto().allocate(Doorbell.WORD_LENGTH, Doorbell.WORD_LENGTH),
            () -> LockSupport.unpark(thread));
    /** What goes to the device. */
    private final LocalRing out = new LocalRing(LocalRing.DEFAULT_CAPACITY, bell);
    /** What comes from the device. */
    private LocalRing in;
    private ServerClock clock;
    private int sourceId;
    private volatile boolean isOpen;

    @Override
    public String name() {
        return "example echo";
    }

    @Override
    public void open(Attachment ports, Doorbell kernelBell, ServerClock serverClock) {
        // open your device here; whatever is thrown is what people see
        clock = serverClock;
        in = new LocalRing(LocalRing.DEFAULT_CAPACITY, kernelBell);
        sourceId = ports.addSource(PORT, in);
        ports.addDestination(PORT, out, 0, false);
        isOpen = true;
        thread.start();
    }

    /** The ports have gone; what releases held notes is in the ring, and is written before the thread ends. */
    @Override
    public void close() {
        isOpen = false;
        LockSupport.unpark(thread);
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // the host's limit is over
        }
    }

    private void run() {
        while (isOpen || !out.isEmpty()) {
            if (out.poll(this::write, 64) == 0) {
                in.flush(); // wakes the kernel once for all that came
                bell.arm();
                if (isOpen && out.isEmpty()) {
                    LockSupport.park();
                }
                bell.disarm();
            }
        }
        in.flush();
    }

    /** One record for the device: a short message, or a piece of a system exclusive one. */
    private void write(int type, MutableDirectBuffer buffer, int index, int length) {
        int record = index - Event.RING_HEADER_LENGTH; // where it starts in the ring's memory
        cameIn(type, record, length + Event.RING_HEADER_LENGTH, buffer.getLong(record + Event.SOURCE_ID_OFFSET));
    }

    /** One record from the device, stamped on arrival. A full ring has counted what it refused. */
    private void cameIn(int type, int record, int lengthBytes, long word) {
        long own = Event.word(sourceId, 0, Event.SHORT_LENGTH == lengthBytes ? messageLength(word) : 0,
                Event.flags(word));
        in.offer(out.segment(), record, lengthBytes, type, clock.nowNs(), own);
    }

    private static int messageLength(long word) {
        return (int) (word >>> (Event.MESSAGE_LENGTH_OFFSET - Event.SOURCE_ID_OFFSET) * Byte.SIZE) & 0xFF;
    }
}
