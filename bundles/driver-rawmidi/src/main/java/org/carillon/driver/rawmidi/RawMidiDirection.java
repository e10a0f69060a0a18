package org.carillon.driver.rawmidi;

import java.lang.System.Logger.Level;
import java.util.function.Supplier;
import org.carillon.api.device.DeviceInfo;

/** One direction of a device: the end that carries it, and when to try again where that fails. Observer's thread. */
final class RawMidiDirection {
    private static final System.Logger LOG = System.getLogger(RawMidiDirection.class.getName());
    private static final long FIRST_PAUSE_NS = 100_000_000L;
    private static final long LONGEST_PAUSE_NS = 5_000_000_000L;
    /** An end that stayed open as long as this was not opened in vain. */
    private static final long WORTH_NS = 1_000_000_000L;

    private final String name;
    private final String word;
    private final Supplier<RawMidiEnd> opening;
    private volatile RawMidiEnd end;
    private long pauseNs;
    private long nextNs;
    private volatile DeviceInfo.State state = DeviceInfo.State.ABSENT;
    private volatile String reason = "";

    /** @param word for people: which direction this is. */
    RawMidiDirection(String name, String word, Supplier<RawMidiEnd> opening) {
        this.name = name;
        this.word = word;
        this.opening = opening;
    }

    /** The end that is there, or null. */
    RawMidiEnd current() {
        return end;
    }

    /** When to try again; of no meaning while there is an end. */
    long nextNs() {
        return nextNs;
    }

    /** Any thread. */
    DeviceInfo.State state() {
        return isOpen() ? DeviceInfo.State.OPEN : state;
    }

    /** Why it is not open. Any thread. */
    String reason() {
        return isOpen() ? "" : reason;
    }

    private boolean isOpen() {
        RawMidiEnd current = end;
        return current != null && current.state() == RawMidiEnd.State.OPEN;
    }

    /** Takes notice of what the end has come to. */
    void look(long nowNs) {
        if (end != null && end.state() == RawMidiEnd.State.OPEN) {
            reason = "";
            if (state != DeviceInfo.State.OPEN) {
                state = DeviceInfo.State.OPEN;
                LOG.log(Level.DEBUG, "device is open: name={0}, direction={1}", name, word);
            }
        } else if (end != null && end.state() == RawMidiEnd.State.ENDED) {
            ended(nowNs);
            end = null;
        }
    }

    private void ended(long nowNs) {
        boolean wasOpen = end.openedNs() != 0;
        boolean wasWorth = wasOpen && nowNs - end.openedNs() >= WORTH_NS;
        pauseNs = wasWorth ? FIRST_PAUSE_NS : Math.min(LONGEST_PAUSE_NS, Math.max(FIRST_PAUSE_NS, 2 * pauseNs));
        nextNs = nowNs + pauseNs;
        String told = end.reason();
        if (!told.isEmpty() && !told.equals(reason)) {
            LOG.log(wasOpen ? Level.INFO : Level.WARNING, "{0}: name={1}, direction={2}, reason={3}",
                    wasOpen ? "device is gone" : "device is not opened", name, word, told);
        }
        reason = told;
        state = end.isBusy() ? DeviceInfo.State.BUSY : DeviceInfo.State.FAILED;
    }

    /** Something has changed: what failed is tried again at once. */
    void renew(long nowNs) {
        pauseNs = 0;
        nextNs = nowNs;
        reason = "";
        state = DeviceInfo.State.ABSENT;
    }

    void openIfDue(long nowNs) {
        if (end == null && nextNs - nowNs <= 0) {
            end = opening.get();
            end.start();
        }
    }

    void end() {
        if (end != null) {
            end.end();
        }
    }
}
