package org.carillon.driver.rawmidi;

import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import org.carillon.api.port.Attachment;
import org.carillon.api.port.CarillonException;

/**
 * One opening of a device in one direction, on a thread of its own: opens, publishes a port, carries bytes until the
 * device or the server goes, and takes the port back.
 */
abstract sealed class RawMidiEnd permits RawMidiSource, RawMidiDestination {
    enum State {
        OPENING, OPEN, ENDED
    }

    private final Thread thread;
    private volatile State state = State.OPENING;
    private volatile String reason = "";
    private volatile boolean isBusy;
    private volatile long openedNs;
    private volatile boolean ends;
    private volatile FileChannel channel;

    /** Opens the device; it may wait for ever in the system, on this end's own thread. */
    interface Opening {
        FileChannel open() throws IOException;
    }

    RawMidiEnd(String threadName, Opening opening) {
        thread = new Thread(() -> run(opening), threadName);
        thread.setDaemon(true);
    }

    final void start() {
        thread.start();
    }

    private void run(Opening opening) {
        try (FileChannel opened = opening.open()) {
            channel = opened;
            if (!ends) {
                carry(opened);
            }
        } catch (IOException | RuntimeException e) {
            isBusy = e instanceof DeviceFile.BusyException;
            reason = ends && e instanceof ClosedChannelException ? "" : reason(e);
        } finally {
            state = State.ENDED;
        }
    }

    private static String reason(Exception e) {
        return e.getMessage() == null ? e.toString() : e.getMessage();
    }

    /** Publishes the port, says {@link #opened}, carries until the end, takes the port away. On the own thread. */
    abstract void carry(FileChannel device) throws IOException;

    final void opened() {
        openedNs = System.nanoTime();
        state = State.OPEN;
    }

    /** When it was opened, by {@link System#nanoTime()}; 0 where it never was. */
    final long openedNs() {
        return openedNs;
    }

    /** Takes a port away where the server still has it. */
    static void remove(Attachment ports, int portId) {
        try {
            ports.removePort(portId);
        } catch (CarillonException e) {
            return; // the server has stopped, and its ports with it
        }
    }

    /** Asks for the end, in good order: what is left is written first. Any thread. */
    void end() {
        ends = true;
    }

    /** Ends at once: closes the device under whoever waits for it. Any thread. */
    final void cut() {
        end();
        closeDevice();
    }

    final void closeDevice() {
        FileChannel open = channel;
        if (open != null) {
            try {
                open.close();
            } catch (IOException e) {
                return; // it is closed all the same
            }
        }
    }

    final boolean isAskedToEnd() {
        return ends;
    }

    final State state() {
        return state;
    }

    /** Why it has ended; empty where it was asked to. */
    final String reason() {
        return reason;
    }

    final boolean isBusy() {
        return isBusy;
    }

    /** Waits for the end of the thread until a time of {@link System#nanoTime()}. */
    final void join(long untilMonoNs) throws InterruptedException {
        long leftMs = (untilMonoNs - System.nanoTime()) / 1_000_000L;
        if (leftMs > 0) {
            thread.join(leftMs);
        }
    }
}
