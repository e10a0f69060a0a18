package org.carillon.client.javasound;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import javax.sound.midi.MidiDevice;
import javax.sound.midi.MidiSystem;
import javax.sound.midi.MidiUnavailableException;
import javax.sound.midi.Receiver;
import javax.sound.midi.Transmitter;
import org.carillon.client.ClientException;

/**
 * A port as a device. {@link #open} opens it until {@link #close}; what {@link MidiSystem} hands out as its default
 * receiver or transmitter opens it until the last such end is closed, as the interface promises. Any thread.
 */
abstract sealed class PortDevice implements MidiDevice permits SourceDevice, DestinationDevice {
    private static final StackWalker CALLER = StackWalker.getInstance(StackWalker.Option.RETAIN_CLASS_REFERENCE);

    private final PortInfo info;
    private final PortDevices devices;
    /** Ends that have opened the device without a word. */
    private final Set<AutoCloseable> keepers = Collections.newSetFromMap(new IdentityHashMap<>());
    private boolean staysOpen;
    /** Null while the device is closed. */
    private volatile ProgramSession session;
    private volatile long openedMonoNs;

    PortDevice(PortInfo info, PortDevices devices) {
        this.info = info;
        this.devices = devices;
    }

    /** Publishes this device's own port and connects it. */
    abstract void join(ProgramSession joined);

    /** Takes it away again. */
    abstract void leave(ProgramSession left);

    /** Transmitters and receivers that are not closed. */
    abstract List<? extends AutoCloseable> ends();

    /** They are closed without a further word to this device. */
    abstract void closeEnds();

    @Override
    public final Info getDeviceInfo() {
        return info;
    }

    String port() {
        return info.getName();
    }

    ProgramSession session() {
        return session;
    }

    /** Where the device's time begins, on {@link System#nanoTime()}. */
    long openedMonoNs() {
        return openedMonoNs;
    }

    @Override
    public final synchronized void open() throws MidiUnavailableException {
        begin();
        staysOpen = true;
    }

    private void begin() throws MidiUnavailableException {
        if (session != null) {
            return;
        }
        try {
            ProgramSession joined = devices.join(this);
            try {
                if (!joined.hasPort(port(), this instanceof DestinationDevice)) {
                    throw new MidiUnavailableException("port must be there: port=" + port());
                }
                openedMonoNs = System.nanoTime();
                join(joined);
                session = joined;
            } finally {
                if (session == null) {
                    devices.leave(this, joined);
                }
            }
        } catch (ClientException e) {
            throw unavailable(e);
        }
    }

    private MidiUnavailableException unavailable(ClientException e) {
        MidiUnavailableException unavailable = new MidiUnavailableException(
                "port cannot be opened: port=" + port() + ", reason=" + e.getMessage());
        unavailable.initCause(e);
        return unavailable;
    }

    @Override
    public final synchronized void close() {
        ProgramSession left = session;
        if (left == null) {
            return;
        }
        closeEnds();
        keepers.clear();
        staysOpen = false;
        leave(left);
        session = null;
        devices.leave(this, left);
    }

    @Override
    public final boolean isOpen() {
        return session != null;
    }

    /** Whoever calls the caller of this method is Java's own look-up of the default device. */
    static boolean isCalledBySystem() {
        return CALLER.walk(frames -> frames.skip(2).findFirst())
                .map(frame -> frame.getDeclaringClass() == MidiSystem.class).orElse(false);
    }

    /** Opens the device until this end and all like it are closed. */
    final synchronized void keepOpen(AutoCloseable end) throws MidiUnavailableException {
        begin();
        keepers.add(end);
    }

    /** An end was closed. */
    final synchronized void ended(AutoCloseable end) {
        if (keepers.remove(end) && keepers.isEmpty() && !staysOpen) {
            close();
        }
    }

    @Override
    public final long getMicrosecondPosition() {
        return isOpen() ? TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - openedMonoNs) : -1;
    }

    @Override
    public int getMaxReceivers() {
        return 0;
    }

    @Override
    public int getMaxTransmitters() {
        return 0;
    }

    @Override
    public Receiver getReceiver() throws MidiUnavailableException {
        throw new MidiUnavailableException("device has no receivers: port=" + port());
    }

    @Override
    public Transmitter getTransmitter() throws MidiUnavailableException {
        throw new MidiUnavailableException("device has no transmitters: port=" + port());
    }

    @Override
    public List<Receiver> getReceivers() {
        return new ArrayList<>();
    }

    @Override
    public List<Transmitter> getTransmitters() {
        return new ArrayList<>();
    }
}
