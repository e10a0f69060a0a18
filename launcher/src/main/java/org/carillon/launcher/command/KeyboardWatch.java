package org.carillon.launcher.command;

import java.util.Comparator;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.carillon.api.device.DeviceInfo;
import org.carillon.api.device.Devices;
import org.carillon.api.port.CarillonException;
import org.carillon.api.port.Direction;
import org.carillon.api.port.PortInfo;
import org.carillon.api.session.Session;
import org.carillon.launcher.CarillonHost;

/** Connects the first device that can be played, as soon as there is one, with an instrument. */
final class KeyboardWatch implements AutoCloseable {
    private static final long LOOK_NS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final long CLOSE_LIMIT_MS = 1_000;

    private final CarillonHost host;
    private final String instrument;
    private final Consumer<String> found;
    private final Session session;
    private final Thread thread;
    private volatile boolean isOver;
    private volatile String keyboard = "";

    /**
     * Starts to look.
     *
     * @param instrument name of the destination.
     * @param found      told the name of the keyboard when it is connected.
     */
    KeyboardWatch(CarillonHost host, String instrument, Consumer<String> found) {
        this.host = host;
        this.instrument = instrument;
        this.found = found;
        session = host.sessions().open("carillon up");
        thread = Thread.ofPlatform().daemon().name("carillon-keyboard").start(this::look);
    }

    private void look() {
        while (!isOver && session.isOpen()) {
            Optional<String> first = first();
            if (first.isPresent() && connect(first.get())) {
                keyboard = first.get();
                found.accept(keyboard);
                return;
            }
            LockSupport.parkNanos(LOOK_NS);
        }
    }

    /** Who comes first has the lowest number. */
    private Optional<String> first() {
        Set<String> devices = host.services(Devices.class).stream().flatMap(driver -> driver.devices().stream())
                .filter(device -> device.state() == DeviceInfo.State.OPEN).map(DeviceInfo::name)
                .collect(Collectors.toSet());
        return host.status().ports().stream()
                .filter(port -> port.direction() == Direction.SOURCE && devices.contains(port.name()))
                .min(Comparator.comparingInt(PortInfo::id)).map(PortInfo::name);
    }

    /** False where it has gone again meanwhile, or somebody has connected it. */
    private boolean connect(String name) {
        try {
            session.wiring().connect(name, instrument);
            return true;
        } catch (CarillonException e) {
            return e.kind() == CarillonException.Kind.REFUSED;
        }
    }

    /** Name of the keyboard; empty while there was none. */
    String keyboard() {
        return keyboard;
    }

    /** Ends the watch, and the connection: it was made for this run. */
    @Override
    public void close() {
        isOver = true;
        LockSupport.unpark(thread);
        try {
            thread.join(CLOSE_LIMIT_MS);
            if (!keyboard.isEmpty()) {
                session.wiring().disconnect(keyboard, instrument);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (CarillonException e) {
            return; // the server has stopped, or somebody has disconnected it
        } finally {
            session.close();
        }
    }
}
