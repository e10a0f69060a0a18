package org.carillon.driver.javasound;

import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.util.Locale;
import javax.sound.midi.MidiDevice;
import javax.sound.midi.MidiUnavailableException;
import javax.sound.midi.Transmitter;
import org.carillon.api.port.Attachment;
import org.carillon.api.port.CarillonException;
import org.carillon.api.ring.LocalRing;
import org.carillon.driver.javasound.Count.Counters;
import org.carillon.driver.javasound.JavaSoundPort.Server;
import org.carillon.platform.Platform;
import org.carillon.platform.WaitPoint;
import org.carillon.platform.device.Holder;
import org.carillon.protocol.Doorbell;

/**
 * One opening of a device, on a thread of its own: opens it, publishes its ports, sends what comes for it until the
 * end, takes the ports back and closes it. A device that does not come back from being closed is left alone: closing
 * has a thread of its own, too.
 */
final class JavaSoundEnd {
    private static final System.Logger LOG = System.getLogger(JavaSoundEnd.class.getName());
    private static final int RING_BYTES = 64 * 1024;
    /** How long the rest is sent after the end was asked for. */
    private static final long REST_LIMIT_NS = 1_500_000_000L;
    private static final long CLOSE_LIMIT_MS = 2_000;
    /** Until a device that is opened on demand is tried again. */
    private static final long RETRY_NS = 5_000_000_000L;
    private static final String ON_DEMAND = "opened when something is connected";

    enum State {
        OPENING, OPEN, ENDED
    }

    /** Java's list is not as it was. */
    private static final class OtherListException extends MidiUnavailableException {
        private static final long serialVersionUID = 1;

        OtherListException(String message) {
            super(message);
        }
    }

    /**
     * What is opened.
     *
     * @param node     behind it; null where the system has none, or does not tell.
     * @param onDemand whether its port is there before it is open.
     */
    record Target(String name, ScannedDevice device, AlsaNodes.Node node, boolean onDemand) {
        String threadName() {
            return "carillon-javasound " + name;
        }

        void checkFree() throws MidiUnavailableException {
            if (device.sends && node.isTaken(true) || device.receives && node.isTaken(false)) {
                throw new MidiUnavailableException("device is busy");
            }
        }

        /** Java opens what is at a place of its list; by being asked for the list it sees which place that is now. */
        void checkListed() throws MidiUnavailableException {
            if (!device.isListed()) {
                throw new OtherListException("device must be listed still: name=" + device.name);
            }
        }

        /** The list may be old all the same; what was free before must be taken now, where the system tells. */
        void checkOpened() throws MidiUnavailableException {
            boolean isTaken = (!device.sends || node.isTaken(true)) && (!device.receives || node.isTaken(false));
            if (!isTaken && Files.isDirectory(node.proc().resolve("self/fd"))) {
                throw new OtherListException("java must open the device that it lists: path=" + node.path());
            }
        }

        boolean isHeldByUs() {
            return node != null && Files.isDirectory(node.proc().resolve("self/fd"))
                    && Holder.isThisProcess(node.path(), node.proc());
        }

        String holder() {
            return node == null ? Holder.UNKNOWN : Holder.of(node.path(), node.proc());
        }
    }

    private final Target target;
    private final MidiDevice device;
    private final Counters counters;
    private final Attachment ports;
    private final LocalRing sourceRing;
    private final JavaSoundSource source;
    private final WaitPoint waitPoint = Platform.current().newWaitPoint();
    private final Doorbell bell = new Doorbell(waitPoint.word(), waitPoint::wake);
    private final LocalRing ring = new LocalRing(RING_BYTES, bell);
    private final JavaSoundDestination destination;
    private final Thread thread;
    private volatile int sourceId;
    private volatile int destinationId;
    private volatile State state = State.OPENING;
    private volatile String reason = "";
    private volatile boolean isBusy;
    /** The reason lies in this process, and is soon over. */
    private volatile boolean isPassing;
    /** It has a port and cannot be opened. */
    private volatile boolean fails;
    /** Whether it was tried to open: what others have opened is not ours to close. */
    private boolean isTouched;
    private volatile boolean wanted;
    private volatile boolean ends;
    private volatile boolean isLost;
    private volatile long openedNs;
    private volatile long endAskedNs;

    JavaSoundEnd(Target target, LocalRing sourceRing, Counters counters, Server server) {
        this.target = target;
        this.sourceRing = sourceRing;
        this.counters = counters;
        device = target.device.device;
        ports = server.ports();
        source = new JavaSoundSource(sourceRing, counters, server.clock());
        destination = new JavaSoundDestination(ring, counters);
        thread = new Thread(this::run, target.threadName());
        thread.setDaemon(true);
        thread.setContextClassLoader(ClassLoader.getSystemClassLoader()); // Java Sound's own threads take it over
    }

    void start() {
        thread.start();
    }

    private void run() {
        try {
            if (target.onDemand) {
                destinationId = ports.addDestination(target.name, ring, 0, false);
                reason = ON_DEMAND;
                opened();
                openOnDemand();
            } else {
                open();
                publish();
                opened();
            }
            while (!ends) {
                turn();
            }
        } catch (MidiUnavailableException | RuntimeException | LinkageError e) {
            failed(e);
        } finally {
            finish();
            state = State.ENDED;
        }
    }

    /** Until it is open, or the end is asked for. */
    private void openOnDemand() {
        boolean isOpen = false;
        while (!ends && !isOpen) {
            if (wanted || !ring.isEmpty()) {
                isOpen = tryToOpen();
                if (!isOpen) {
                    pause(System.nanoTime() + RETRY_NS);
                }
            } else {
                sleep(Long.MAX_VALUE);
            }
        }
    }

    /** What comes meanwhile has nowhere to go. */
    private void pause(long untilNs) {
        do {
            destination.discard();
            sleep(untilNs);
        } while (!ends && untilNs - System.nanoTime() > 0);
        destination.discard();
    }

    private boolean tryToOpen() {
        try {
            open();
            reason = "";
            fails = false;
            return true;
        } catch (MidiUnavailableException | RuntimeException | LinkageError e) {
            String before = reason;
            failed(e);
            fails = true;
            if (!reason.equals(before)) {
                LOG.log(Level.WARNING, "device is not opened: name={0}, reason={1}", target.name, reason);
            }
            return false;
        }
    }

    private void open() throws MidiUnavailableException {
        if (target.node == null) {
            isTouched = true;
            device.open();
        } else {
            openInTurn();
        }
        if (target.device.receives) {
            destination.begin(device.getReceiver());
        }
    }

    private void openInTurn() throws MidiUnavailableException {
        AlsaTurn.take();
        try {
            target.checkListed();
            target.checkFree();
            isTouched = true;
            device.open();
            target.checkOpened();
        } finally {
            AlsaTurn.give();
        }
    }

    private void publish() throws MidiUnavailableException {
        if (target.device.sends) {
            Transmitter transmitter = device.getTransmitter();
            sourceId = ports.addSource(target.name, sourceRing);
            source.begin(sourceId);
            transmitter.setReceiver(source);
        }
        if (target.device.receives) {
            destinationId = ports.addDestination(target.name, ring, 0, false);
        }
    }

    private void opened() {
        openedNs = System.nanoTime();
        state = State.OPEN;
    }

    private void failed(Throwable error) {
        String words = error.getMessage() == null ? error.toString() : error.getMessage();
        isBusy = words.toLowerCase(Locale.ROOT).contains("busy");
        isPassing = error instanceof OtherListException || isBusy && target.isHeldByUs();
        reason = isBusy ? "device is busy: name=" + target.name + ", holder=" + target.holder() : words;
    }

    /** Sends what is there, then sleeps until there is more to do. */
    private void turn() {
        try {
            if (destination.send() == 0) {
                sleep(Long.MAX_VALUE);
            }
        } catch (RuntimeException e) {
            counters.add(Count.UNWRITTEN_OUT, 1); // the one that it was given
            throw e;
        }
    }

    private void sleep(long untilNs) {
        bell.arm();
        if (destination.isIdle() && !ends) {
            waitPoint.await(untilNs);
        }
        bell.disarm();
    }

    /** The port goes first: what sounds is released into the ring, and written unless the device has gone. */
    private void finish() {
        remove(destinationId);
        source.end();
        remove(sourceId);
        try {
            long untilNs = System.nanoTime() + REST_LIMIT_NS;
            while (!isLost && !destination.isIdle() && System.nanoTime() - untilNs < 0) {
                destination.send();
            }
        } catch (RuntimeException e) {
            LOG.log(Level.DEBUG, "device takes nothing any more: name={0}, reason={1}", target.name, e);
        }
        destination.discard();
        if (isTouched) {
            closeDevice();
        }
    }

    private void closeDevice() {
        Thread closing = new Thread(this::closeSafely, "carillon-javasound-close " + target.name);
        closing.setDaemon(true);
        closing.setContextClassLoader(ClassLoader.getSystemClassLoader());
        closing.start();
        try {
            closing.join(CLOSE_LIMIT_MS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (closing.isAlive()) {
            LOG.log(Level.WARNING, "device does not come back from being closed, and is left alone: name={0}, "
                    + "limitMs={1}", target.name, CLOSE_LIMIT_MS);
        }
    }

    private void closeSafely() {
        try {
            device.close();
        } catch (RuntimeException | LinkageError e) {
            LOG.log(Level.WARNING, "device is not closed: name={0}, reason={1}", target.name, e);
        }
    }

    /** Takes the ports away where the server still has them. Any thread. */
    void removePorts() {
        remove(destinationId);
        remove(sourceId);
    }

    private void remove(int portId) {
        try {
            if (portId != 0) {
                ports.removePort(portId);
            }
        } catch (CarillonException e) {
            return; // it is away, or the server has stopped and its ports with it
        }
    }

    /** Something is connected to its port. Any thread. */
    void want() {
        wanted = true;
        bell.ring();
    }

    /**
     * Asks for the end. Any thread.
     *
     * @param lost whether the device is no more; otherwise what is left is written first.
     */
    void end(boolean lost) {
        if (!ends) {
            isLost = lost;
            endAskedNs = System.nanoTime();
            ends = true;
        }
        bell.ring();
    }

    boolean isAskedToEnd() {
        return ends;
    }

    /** When the end was asked for, by {@link System#nanoTime()}. */
    long endAskedNs() {
        return endAskedNs;
    }

    /** When its port was there, by {@link System#nanoTime()}; 0 where it never was. */
    long openedNs() {
        return openedNs;
    }

    State state() {
        return state;
    }

    boolean fails() {
        return fails;
    }

    String reason() {
        return reason;
    }

    boolean isBusy() {
        return isBusy;
    }

    /** Whether it failed for a reason in this process, which is soon over. */
    boolean isPassing() {
        return isPassing;
    }

    ScannedDevice device() {
        return target.device;
    }

    /** Waits for the end of the thread until a time of {@link System#nanoTime()}. */
    void join(long untilMonoNs) throws InterruptedException {
        long leftMs = (untilMonoNs - System.nanoTime()) / 1_000_000L;
        if (leftMs > 0) {
            thread.join(leftMs);
        }
    }
}
