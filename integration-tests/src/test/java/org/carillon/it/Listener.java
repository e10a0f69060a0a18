package org.carillon.it;

import java.lang.foreign.Arena;
import org.agrona.concurrent.MessageHandler;
import org.carillon.api.port.Attachment;
import org.carillon.api.port.Kernel;
import org.carillon.api.ring.LocalRing;
import org.carillon.api.session.EventHandler;
import org.carillon.protocol.Doorbell;
import org.carillon.protocol.Event;

/** A destination that needs no transport, so that it outlives every one of them. One thread polls. */
final class Listener implements AutoCloseable {
    private final LocalRing ring;
    private final Attachment attachment;
    private final Event event = new Event();

    Listener(Kernel kernel, String name) {
        ring = new LocalRing(Traffic.RING_BYTES, new Doorbell(Arena.ofAuto().allocate(Doorbell.WORD_LENGTH, 8),
                () -> {}));
        attachment = kernel.attach(name, Kernel.Role.SESSION, ring);
        attachment.addDestination(name + ":in", ring, 0, false);
    }

    int poll(EventHandler handler, int limit) {
        MessageHandler toEvent = (type, buffer, index, length) -> handler
                .onEvent(event.wrap(ring.segment(), index - (long) Event.RING_HEADER_LENGTH));
        return ring.poll(toEvent, limit);
    }

    @Override
    public void close() {
        attachment.close();
    }
}
