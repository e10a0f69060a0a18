package org.carillon.transport.local;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.function.Consumer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.MessageHandler;
import org.carillon.api.port.Attachment;
import org.carillon.api.port.CarillonException;
import org.carillon.api.port.Kernel;
import org.carillon.api.port.Wiring;
import org.carillon.api.ring.LocalRing;
import org.carillon.api.session.Destination;
import org.carillon.api.session.EventHandler;
import org.carillon.api.session.Session;
import org.carillon.api.session.Source;
import org.carillon.api.status.StatusSnapshot;
import org.carillon.platform.WaitPoint;
import org.carillon.protocol.Doorbell;
import org.carillon.protocol.Event;
import org.carillon.protocol.EventType;
import org.carillon.protocol.ServerClock;

/** A session over two rings: one that its sources send through, one that everything comes back through. */
final class LocalSession implements Session, MessageHandler {
    private static final int MAX_DESTINATIONS = 256;

    private final Kernel kernel;
    private final WaitPoint waitPoint;
    private final Doorbell bell;
    private final LocalRing toKernel;
    private final LocalRing fromKernel;
    private final Attachment attachment;
    private final Consumer<LocalSession> onClose;
    private final Event event = new Event();
    private EventHandler handler;
    private int destinationCount;
    private volatile boolean woken;

    LocalSession(String name, Kernel kernel, WaitPoint waitPoint, int capacityBytes, Consumer<LocalSession> onClose) {
        this.kernel = kernel;
        this.waitPoint = waitPoint;
        this.onClose = onClose;
        bell = new Doorbell(waitPoint.word(), waitPoint::wake);
        toKernel = new LocalRing(capacityBytes, kernel.doorbell());
        fromKernel = new LocalRing(capacityBytes, bell);
        attachment = kernel.attach(name, Kernel.Role.SESSION, fromKernel);
    }

    @Override
    public int id() {
        return attachment.id();
    }

    @Override
    public String name() {
        return attachment.name();
    }

    @Override
    public boolean isOpen() {
        return attachment.isOpen();
    }

    @Override
    public ServerClock clock() {
        return kernel.status().clock();
    }

    @Override
    public Source source(String port) {
        String full = name() + ":" + port;
        return new LocalSource(attachment.addSource(full, toKernel), full, toKernel, attachment);
    }

    @Override
    public synchronized Destination destination(String port, boolean wholeNotes) {
        if (destinationCount == MAX_DESTINATIONS) {
            throw new CarillonException(CarillonException.Kind.REFUSED,
                    "no more destinations: session=" + name() + ", limit=" + MAX_DESTINATIONS);
        }
        String full = name() + ":" + port;
        int index = destinationCount;
        int id = attachment.addDestination(full, fromKernel, index, wholeNotes);
        destinationCount++;
        return new LocalDestination(id, full, index);
    }

    private record LocalDestination(int id, String name, int index) implements Destination {}

    @Override
    public int poll(EventHandler handler, int limit) {
        this.handler = handler;
        return fromKernel.poll(this, limit);
    }

    @Override
    public void onMessage(int type, MutableDirectBuffer buffer, int index, int length) {
        handler.onEvent(event.wrap(fromKernel.segment(), index - (long) Event.RING_HEADER_LENGTH));
    }

    @Override
    public void await(long deadlineMonoNs) {
        bell.arm();
        if (fromKernel.isEmpty() && !woken && isOpen()) {
            waitPoint.await(deadlineMonoNs);
        }
        bell.disarm();
        woken = false;
    }

    @Override
    public void wake() {
        woken = true;
        bell.ring();
    }

    @Override
    public long schedule(long deadlineNs, long what, long argument1, long argument2, long argument3) {
        MemorySegment record = Arena.ofAuto().allocate(Event.TASK_LENGTH, Event.ALIGNMENT);
        new Event().wrap(record, 0).header(Event.TASK_LENGTH, EventType.TASK).timeNs(deadlineNs).taskWord(0, what)
                .taskWord(1, argument1).taskWord(2, argument2).taskWord(3, argument3);
        return attachment.schedule(deadlineNs, record, Event.TASK_LENGTH);
    }

    @Override
    public boolean cancel(long handle) {
        return attachment.cancel(handle);
    }

    @Override
    public Wiring wiring() {
        return attachment.wiring();
    }

    @Override
    public StatusSnapshot status() {
        return StatusSnapshot.of(kernel.status());
    }

    @Override
    public void close() {
        attachment.close();
        onClose.accept(this);
        wake();
    }
}
