package org.carillon.deploy;

import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.carillon.api.driver.DriverInfo.State;
import org.osgi.framework.Bundle;

/**
 * Decides what is to be done with each file of the folder, and what became of it. Owned by the deployer's thread; what
 * is slow is handed to an {@link Action}.
 */
final class Keeper {
    private static final System.Logger LOG = System.getLogger(Keeper.class.getName());
    private static final String STAMP = "stamp ";
    /** How many quiet times a file may stay unfinished before people are told. */
    private static final int PATIENCE = 20;

    private final TreeMap<String, Slot> slots = new TreeMap<>();
    private final Folder folder;
    private final BundleWork work;
    private final Components components;
    private final RunNotes notes;
    private final Fence fence;
    private final Quiet quiet;
    private final long patienceNs;
    private final long limitNs;
    private final Consumer<Action> finished;
    private LongConsumer endDrivers = bundleId -> {};

    /** @param finished brings an action back to {@link #finished}, on the deployer's thread. */
    Keeper(DeployConfig config, Folder folder, BundleWork work, Components components, RunNotes notes, Fence fence,
            Quiet quiet, Consumer<Action> finished) {
        this.folder = folder;
        this.work = work;
        this.components = components;
        this.notes = notes;
        this.fence = fence;
        this.quiet = quiet;
        this.finished = finished;
        patienceNs = PATIENCE * TimeUnit.MILLISECONDS.toNanos(config.quietMs());
        limitNs = TimeUnit.MILLISECONDS.toNanos(config.actionLimitMs());
    }

    Collection<Slot> slots() {
        return slots.values();
    }

    /** Null where there never was such a file. */
    Slot slot(String file) {
        return slots.get(file);
    }

    /** Takes what ends all drivers of a bundle. */
    void attend(LongConsumer end) {
        endDrivers = end;
    }

    /** Takes up the bundles that run already: this one was replaced, or configured anew. */
    void adopt() {
        for (Bundle bundle : work.present()) {
            Slot slot = slots.computeIfAbsent(BundleWork.fileOf(bundle), Slot::new);
            slot.bundle = bundle;
            slot.symbolicName = bundle.getSymbolicName();
            slot.version = bundle.getVersion().toString();
            fence.recall(slot.symbolicName, bundle.getBundleId());
            FileStamp stamp = folder.stamp(slot.file);
            if (!fence.reasonOf(slot.file).isEmpty()) {
                slot.set(State.FENCED, fence.reasonOf(slot.file));
            } else if (slot.runs() && stamp != null && notes.get(STAMP + slot.file).equals(stamp.toString())) {
                slot.stamp = stamp;
                slot.set(State.ACTIVE, "");
            }
        }
    }

    /** Whether a file is not what was dealt with last. */
    boolean isNews(String file, FileStamp stamp) {
        Slot slot = slots.get(file);
        if (slot == null || slot.action != null) {
            return slot == null;
        }
        return stamp == null ? slot.stamp != null || slot.bundle != null && !slot.isFenced()
                : !stamp.equals(slot.stamp);
    }

    /** Sees what has become of a file, and begins what is to be done about it. */
    void look(String file, long nowNs) {
        FileStamp stamp = folder.stamp(file);
        Slot slot = stamp == null ? slots.get(file) : slots.computeIfAbsent(file, Slot::new);
        if (slot == null) {
            return;
        }
        if (slot.action != null) {
            slot.again = true;
        } else if (stamp == null) {
            leave(slot);
        } else if (!stamp.equals(slot.stamp)) {
            slot.tries = 0;
            slot.told = "";
            take(slot, stamp);
        }
        slot.settle();
    }

    private void leave(Slot slot) {
        slot.stamp = null;
        slot.unfinished = null;
        slot.mayRetry = false;
        notes.remove(STAMP + slot.file);
        if (slot.bundle == null && !slot.isFenced()) {
            slot.set(State.ABSENT, "");
        } else if (!slot.isFenced()) {
            begin(slot, State.ABSENT, null, work::remove);
        }
    }

    private void take(Slot slot, FileStamp stamp) {
        String fenced = fence.reasonOf(slot.file);
        if (!fenced.isEmpty()) {
            slot.stamp = stamp;
            slot.set(State.FENCED, fenced);
            tell(Level.ERROR, "driver stays fenced off until the server restarts", slot, fenced);
        } else if (!stamp.objection().isEmpty()) {
            slot.stamp = stamp;
            complain(slot, "file " + stamp.objection());
        } else {
            slot.installed = false;
            begin(slot, State.ACTIVE, stamp, action -> work.deploy(action, stamp));
        }
    }

    /** Begins an action, unless one is under way. */
    void begin(Slot slot, State wanted, FileStamp stamp, Action.Work what) {
        slot.failures.clear();
        slot.wanted = wanted;
        slot.taking = stamp;
        slot.mayRetry = false;
        if (!slot.isFenced()) {
            slot.set(State.PENDING, "");
        }
        slot.action = new Action(slot.file, slot.bundle, what);
        slot.action.start(finished);
    }

    /** Starts a driver that does not run, or runs without all that it should. */
    void start(Slot slot, long nowNs) {
        if (slot.bundle != null && slot.installed) {
            begin(slot, State.ACTIVE, slot.stamp, work::restart);
        } else {
            slot.stamp = null;
            look(slot.file, nowNs);
        }
    }

    void stop(Slot slot) {
        begin(slot, State.STOPPED, slot.stamp, work::stop);
    }

    /** An action has ended, perhaps long after it was given up. */
    void finished(Action action, long nowNs) {
        Slot slot = slots.get(action.file);
        boolean wasGivenUp = slot.action != action;
        slot.bundle = action.bundle();
        if (!wasGivenUp) {
            slot.action = null;
            if (action.jar() != null) {
                slot.installed = true;
                slot.name(action.jar());
            }
            if (!slot.isFenced()) {
                conclude(slot, action.trouble(), nowNs);
            }
        }
        calm(slot);
        if (slot.again && slot.action == null) {
            slot.again = false;
            look(slot.file, nowNs);
        }
        slot.settle();
    }

    private void conclude(Slot slot, Trouble trouble, long nowNs) {
        if (trouble == null) {
            slot.stamp = slot.taking;
            slot.unfinished = null;
            succeed(slot);
            retryOthers(slot, true, nowNs);
        } else if (trouble.kind() == Trouble.Kind.NOT_WHOLE && !slot.taking.equals(slot.unfinished)) {
            slot.unfinished = slot.taking;
            slot.set(slot.runs() ? State.ACTIVE : State.PENDING, trouble.getMessage());
            quiet.later(slot.file, nowNs, patienceNs);
        } else {
            slot.stamp = slot.taking;
            fail(slot, trouble);
            retryOthers(slot, false, nowNs);
        }
    }

    private void succeed(Slot slot) {
        switch (slot.wanted) {
            case ABSENT -> {
                slot.set(State.ABSENT, "");
                tell(Level.INFO, "driver is gone", slot, "");
            }
            case STOPPED -> {
                slot.set(State.STOPPED, "by request");
                tell(Level.INFO, "driver is stopped", slot, "");
            }
            default -> {
                notes.put(STAMP + slot.file, slot.stamp.toString());
                String failure = slot.failures.isEmpty() ? components.failure(slot.bundle) : "";
                if (!failure.isEmpty()) {
                    slot.set(State.FAILED, failure);
                    tell(Level.ERROR, "driver fails", slot, failure);
                } else if (slot.failures.isEmpty()) {
                    slot.set(State.ACTIVE, "");
                    tell(Level.INFO, "driver is active", slot, components.wish(slot.bundle));
                } else {
                    slot.set(State.FAILED, String.join("; ", slot.failures.values()));
                }
            }
        }
    }

    private void fail(Slot slot, Trouble trouble) {
        if (trouble.kind() == Trouble.Kind.FENCED) {
            slot.set(State.FENCED, trouble.getMessage());
            tell(Level.ERROR, "driver stays fenced off until the server restarts", slot, trouble.getMessage());
            return;
        }
        slot.mayRetry = trouble.kind() == Trouble.Kind.UNRESOLVED;
        boolean mayStillCome = slot.mayRetry && slot.tries++ == 0 && slots.values().stream()
                .anyMatch(other -> other.action != null || quiet.isWaiting(other.file));
        if (mayStillCome) {
            slot.set(slot.runs() ? State.ACTIVE : State.PENDING, trouble.getMessage());
        } else {
            complain(slot, trouble.getMessage());
        }
    }

    private void complain(Slot slot, String reason) {
        boolean runs = slot.runs();
        slot.set(runs ? State.ACTIVE : State.FAILED, runs ? reason + "; the version before plays on" : reason);
        if (!reason.equals(slot.told)) {
            slot.told = reason;
            tell(Level.ERROR, runs ? "driver file cannot be used, the version before plays on"
                    : "driver cannot be used", slot, reason);
        }
    }

    /** Another one has come or gone: what could not be resolved may be now, and what was not told is. */
    private void retryOthers(Slot slot, boolean changed, long nowNs) {
        for (Slot other : List.copyOf(slots.values())) {
            if (other != slot && other.mayRetry && other.action == null && (changed || other.state == State.PENDING)) {
                start(other, nowNs);
            }
        }
    }

    /** One of the drivers of a bundle has opened. */
    void opened(long bundleId, String driver) {
        Slot slot = slotOf(bundleId);
        if (slot != null && slot.failures.remove(driver) != null && slot.failures.isEmpty() && slot.action == null
                && slot.state == State.FAILED) {
            slot.set(State.ACTIVE, "");
        }
    }

    /** One of the drivers of a bundle could not be opened. */
    void notOpened(long bundleId, String driver, String reason, boolean hangs) {
        Slot slot = slotOf(bundleId);
        if (slot == null || slot.isFenced()) {
            return;
        }
        String failure = hangs ? "" : components.failure(bundleOf(slot));
        String words = failure.isEmpty() ? "driver " + driver + ": " + reason : failure;
        if (hangs) {
            fenceOff(slot, words);
            calm(slot);
        } else if (!words.equals(slot.failures.put(driver, words))) {
            slot.set(State.FAILED, words);
            tell(Level.ERROR, "driver fails", slot, words);
        }
    }

    /** One of the drivers of a bundle complained when it was closed, or does not come back from there. */
    void notClosed(long bundleId, String driver, String reason, boolean hangs) {
        Slot slot = slotOf(bundleId);
        if (slot == null || slot.isFenced()) {
            return;
        }
        String words = "driver " + driver + ": " + reason;
        if (hangs) {
            fenceOff(slot, words);
            calm(slot);
        } else {
            tell(Level.WARNING, "driver complains when it is stopped", slot, words);
        }
    }

    private static Bundle bundleOf(Slot slot) {
        return slot.action == null ? slot.bundle : slot.action.bundle();
    }

    private Slot slotOf(long bundleId) {
        for (Slot slot : slots.values()) {
            Bundle bundle = bundleOf(slot);
            if (bundle != null && bundle.getBundleId() == bundleId) {
                if (slot.action != null && slot.action.jar() != null) {
                    slot.name(slot.action.jar());
                }
                return slot;
            }
        }
        return null;
    }

    /** Gives up the actions whose calls do not come back. */
    void checkLimits(long nowNs) {
        for (Slot slot : new ArrayList<>(slots.values())) {
            Action action = slot.action;
            String call = action == null ? "" : action.late(nowNs, limitNs);
            if (!call.isEmpty()) {
                slot.bundle = action.bundle();
                if (!slot.isFenced()) {
                    fenceOff(slot, call + " does not come back: limitMs=" + TimeUnit.NANOSECONDS.toMillis(limitNs));
                }
                slot.action = null;
                action.giveUp();
                action.interrupt();
                slot.settle();
            }
        }
    }

    /** Whether there is something whose limit is to be checked. */
    boolean isBusy() {
        return slots.values().stream().anyMatch(slot -> slot.action != null);
    }

    private void fenceOff(Slot slot, String reason) {
        long bundleId = bundleOf(slot).getBundleId();
        if (slot.action != null) {
            slot.stamp = slot.taking;
            if (slot.action.jar() != null) {
                slot.name(slot.action.jar());
            }
        }
        fence.add(slot.file, slot.symbolicName, bundleId, reason);
        slot.set(State.FENCED, reason);
        tell(Level.ERROR, "driver is fenced off until the server restarts", slot, reason);
        LongConsumer end = endDrivers;
        Thread thread = new Thread(() -> end.accept(bundleId), "carillon-drivers-end");
        thread.setDaemon(true);
        thread.start();
    }

    /** Stops what still runs of a driver that was fenced off; once, for it may hang there, too. */
    private void calm(Slot slot) {
        if (slot.isFenced() && slot.action == null && slot.runs() && !slot.calmed) {
            slot.calmed = true;
            begin(slot, State.FENCED, slot.stamp, work::stop);
        }
    }

    private static void tell(Level level, String what, Slot slot, String reason) {
        LOG.log(level, "{0}: file={1}{2}{3}{4}", what, slot.file, named(", symbolicName=", slot.symbolicName),
                named(", version=", slot.version), named(", reason=", reason));
    }

    private static String named(String name, String value) {
        return value.isEmpty() ? "" : name + value;
    }
}
