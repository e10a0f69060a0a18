package org.carillon.driver.javasound;

import java.lang.System.Logger.Level;
import java.util.function.Supplier;
import org.carillon.api.device.DeviceInfo;

/**
 * One device that is to be open: the end that carries it, and when to try again where that fails. The observer's
 * thread, but for {@link #state} and {@link #reason}.
 */
final class JavaSoundOpening {
    private static final System.Logger LOG = System.getLogger(JavaSoundOpening.class.getName());
    private static final long FIRST_PAUSE_NS = 100_000_000L;
    private static final long LONGEST_PAUSE_NS = 5_000_000_000L;
    /** While this process itself is in the way it is tried often; not for ever, as another may hold it besides. */
    private static final long OWN_PAUSE_NS = 50_000_000L;
    private static final int OWN_LIMIT = 40;
    /** An end that stayed open as long as this was not opened in vain. */
    private static final long WORTH_NS = 1_000_000_000L;
    /** The ports of an end that hangs in its device are taken away after this, and after the other it is given up. */
    private static final long PORT_LIMIT_NS = 500_000_000L;
    private static final long END_LIMIT_NS = 5_000_000_000L;

    private final String name;
    private final ScannedDevice device;
    private final Supplier<JavaSoundEnd> opening;
    private volatile JavaSoundEnd end;
    private long startedNs;
    private long pauseNs;
    private int ownRefusals;
    private long nextNs;
    private volatile boolean isStuck;
    private volatile DeviceInfo.State state = DeviceInfo.State.ABSENT;
    private volatile String reason = "";

    JavaSoundOpening(String name, ScannedDevice device, Supplier<JavaSoundEnd> opening, long nowNs) {
        this.name = name;
        this.device = device;
        this.opening = opening;
        nextNs = nowNs;
    }

    ScannedDevice device() {
        return device;
    }

    /** The end that is there, or null. */
    JavaSoundEnd current() {
        return end;
    }

    /** Whether it is open or about to be, and nobody has asked for its end. */
    boolean isUnderWay() {
        JavaSoundEnd current = end;
        return current != null && !current.isAskedToEnd();
    }

    /** When to try again; of no meaning while there is an end. */
    long nextNs() {
        return nextNs;
    }

    DeviceInfo.State state() {
        JavaSoundEnd current = end;
        if (current != null && current.state() == JavaSoundEnd.State.OPEN) {
            DeviceInfo.State failure = current.isBusy() ? DeviceInfo.State.BUSY : DeviceInfo.State.FAILED;
            return current.fails() ? failure : DeviceInfo.State.OPEN;
        }
        return isStuck ? DeviceInfo.State.FAILED : state;
    }

    /** Why it is not open; empty where there is nothing to say. */
    String reason() {
        JavaSoundEnd current = end;
        if (current != null && current.state() == JavaSoundEnd.State.OPEN) {
            return current.reason();
        }
        return isStuck ? "device does not come back from being opened" : reason;
    }

    /** Takes notice of what the end has come to. */
    void look(long nowNs) {
        if (end == null) {
            return;
        }
        isStuck = end.state() == JavaSoundEnd.State.OPENING && nowNs - startedNs > END_LIMIT_NS;
        if (end.state() == JavaSoundEnd.State.ENDED) {
            ended(nowNs);
            end = null;
        } else if (end.isAskedToEnd() && nowNs - end.endAskedNs() > PORT_LIMIT_NS) {
            end.removePorts();
            if (nowNs - end.endAskedNs() > END_LIMIT_NS) {
                LOG.log(Level.WARNING, "device hangs, and is left alone: name={0}, limitMs={1}", name,
                        END_LIMIT_NS / 1_000_000);
                end = null;
            }
        } else if (end.state() == JavaSoundEnd.State.OPEN && !end.fails()) {
            reason = "";
            state = DeviceInfo.State.OPEN;
        }
    }

    private void ended(long nowNs) {
        boolean wasOpen = end.openedNs() != 0;
        boolean wasWorth = wasOpen && nowNs - end.openedNs() >= WORTH_NS;
        pauseNs = pauseNs(wasWorth);
        nextNs = nowNs + pauseNs;
        String told = end.isAskedToEnd() ? "" : end.reason();
        if (!told.isEmpty() && !told.equals(reason)) {
            LOG.log(wasOpen ? Level.INFO : Level.WARNING, "{0}: name={1}, reason={2}",
                    wasOpen ? "device is gone" : "device is not opened", name, told);
        }
        reason = told;
        state = end.isBusy() ? DeviceInfo.State.BUSY : DeviceInfo.State.FAILED;
    }

    private long pauseNs(boolean wasWorth) {
        ownRefusals = end.isPassing() ? ownRefusals + 1 : 0;
        if (end.isPassing() && ownRefusals <= OWN_LIMIT) {
            return OWN_PAUSE_NS;
        }
        return wasWorth ? FIRST_PAUSE_NS : Math.min(LONGEST_PAUSE_NS, Math.max(FIRST_PAUSE_NS, 2 * pauseNs));
    }

    void openIfDue(long nowNs) {
        if (end == null && nextNs - nowNs <= 0) {
            startedNs = nowNs;
            end = opening.get();
            end.start();
        }
    }

    /** @param lost whether the device is no more. */
    void end(boolean lost) {
        if (end != null) {
            end.end(lost);
        }
    }

    /** Whether Java opened another device than the one it listed, or none: its list has changed. */
    boolean isPuzzled() {
        return end == null && ownRefusals > 0;
    }

    /** Whether something is under way that a look soon will find done. */
    boolean isChanging() {
        return end != null && (end.state() != JavaSoundEnd.State.OPEN && !isStuck || end.isAskedToEnd());
    }
}
