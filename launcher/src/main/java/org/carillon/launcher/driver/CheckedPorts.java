package org.carillon.launcher.driver;

import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.carillon.api.port.Attachment;
import org.carillon.api.port.CarillonException;
import org.carillon.api.port.CarillonException.Kind;
import org.carillon.api.port.Direction;
import org.carillon.api.port.Wiring;
import org.carillon.api.ring.LocalRing;
import org.carillon.protocol.StatusPage;

/** What a driver publishes, in the hands of the check, which has the kernel's end of each ring. Any thread. */
final class CheckedPorts implements Attachment {
    /** A port; loops have no ring. */
    record Port(int id, String name, Direction direction, LocalRing ring, int index) {}

    private static final int MAX_INDEX = 255;
    private static final AtomicInteger LAST_ID = new AtomicInteger();

    private final String driver;
    private final List<Port> ports = new ArrayList<>();
    private final List<String> mistakes = new ArrayList<>();
    private volatile boolean isOpen = true;

    CheckedPorts(String driver) {
        this.driver = driver;
    }

    synchronized List<Port> all(Direction direction) {
        return ports.stream().filter(port -> port.direction == direction).toList();
    }

    synchronized List<String> mistakes() {
        return List.copyOf(mistakes);
    }

    @Override
    public int id() {
        return 1;
    }

    @Override
    public String name() {
        return driver;
    }

    @Override
    public boolean isOpen() {
        return isOpen;
    }

    @Override
    public int addSource(String portName, LocalRing ring) {
        return add(portName, Direction.SOURCE, ring, 0);
    }

    @Override
    public int addDestination(String portName, LocalRing ring, int index, boolean wholeNotes) {
        return add(portName, Direction.DESTINATION, ring, index);
    }

    @Override
    public void addLoop(String portName, int capacityBytes, long delayNs) {
        add(portName, Direction.SOURCE, null, 0);
        add(portName, Direction.DESTINATION, null, 0);
    }

    private synchronized int add(String portName, Direction direction, LocalRing ring, int index) {
        int lengthBytes = portName == null ? 0 : portName.getBytes(StandardCharsets.UTF_8).length;
        if (portName == null || portName.isBlank() || lengthBytes > StatusPage.MAX_NAME_LENGTH) {
            throw refuse("port name must have 1 to " + StatusPage.MAX_NAME_LENGTH + " bytes: name=" + portName);
        }
        if (index < 0 || index > MAX_INDEX) {
            throw refuse("index of a destination must be 0 to " + MAX_INDEX + ": index=" + index);
        }
        if (ports.stream().anyMatch(port -> port.direction == direction && port.name.equals(portName))) {
            throw refuse("port name must be unique in its direction: name=" + portName);
        }
        Port port = new Port(LAST_ID.incrementAndGet(), portName, direction, ring, index);
        ports.add(port);
        return port.id;
    }

    private CarillonException refuse(String why) {
        mistakes.add(why);
        return new CarillonException(Kind.WRONG_USAGE, why);
    }

    @Override
    public synchronized void removePort(int portId) {
        ports.removeIf(port -> port.id == portId);
    }

    @Override
    public Wiring wiring() {
        throw new CarillonException(Kind.FAILED, "nothing can be connected while a driver is checked");
    }

    @Override
    public long schedule(long deadlineNs, MemorySegment record, int lengthBytes) {
        throw new CarillonException(Kind.FAILED, "nothing can be scheduled while a driver is checked");
    }

    @Override
    public boolean cancel(long handle) {
        return false;
    }

    @Override
    public void close() {
        isOpen = false;
    }
}
