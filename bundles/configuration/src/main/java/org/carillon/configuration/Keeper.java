package org.carillon.configuration;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Keeps files and configurations in step. What has changed on one side since both agreed is done on the other, key by
 * key; what was done so is no change any more, so nothing goes round in circles. One thread.
 */
final class Keeper {
    static final long QUIET_NS = TimeUnit.MILLISECONDS.toNanos(50);
    private static final System.Logger LOG = System.getLogger(Keeper.class.getName());
    /** Bundles that describe a component may come after its file. */
    private static final long UNKNOWN_NS = TimeUnit.SECONDS.toNanos(5);
    private static final String DOUBTFUL = "configuration file is doubtful";
    private static final String NOT_APPLIED = "configuration file is not applied, what was before stays";

    private final Map<String, Slot> slots = new TreeMap<>();
    private final SettingsFolders folders;
    private final SettingsStore store;
    private final Configurations configurations;
    private final Supplier<Descriptions> descriptions;
    private String folderTrouble = "";

    Keeper(SettingsFolders folders, SettingsStore store, Configurations configurations,
            Supplier<Descriptions> descriptions) {
        this.folders = folders;
        this.store = store;
        this.configurations = configurations;
        this.descriptions = descriptions;
    }

    /**
     * Takes up what is there. Files that somebody has applied already count as applied, even where other values were
     * put before theirs.
     *
     * @param readNs when files were read at the start, nanoseconds since 1970; 0 where they were not.
     */
    void adopt(long readNs, long nowNs) throws IOException {
        for (Configurations.Live live : configurations.all()) {
            Slot slot = slots.computeIfAbsent(fileName(live), Slot::new);
            slot.livePid = live.pid();
            slot.liveValues = live.values();
        }
        Map<String, SettingsFolders.Found> files = look();
        if (files != null) {
            for (Map.Entry<String, SettingsFolders.Found> each : files.entrySet()) {
                adopt(slots.computeIfAbsent(each.getKey(), Slot::new), each.getValue(), readNs, nowNs);
            }
        }
    }

    private void adopt(Slot slot, SettingsFolders.Found found, long readNs, long nowNs)
            throws IOException {
        if (found.stamp().modifiedNs() < readNs) {
            slot.seen = seen(found);
            Validator.Result result = check(slot, false); // who read it has told what could not be read
            if (result != null && slot.liveValues != null) {
                tell(slot, result, result.isUsable() ? DOUBTFUL : "configuration file is wrong", nowNs);
                slot.fileValues = result.raw();
                if (result.isUsable()) {
                    apply(slot, result.values());
                }
            } else if (result != null) {
                take(slot, nowNs);
            }
        }
    }

    /**
     * Looks for files that have changed, and does what they say.
     *
     * @return whether a file has to rest before it is looked at.
     */
    boolean scan(long nowNs) {
        Map<String, SettingsFolders.Found> files = look();
        if (files == null) {
            return false;
        }
        boolean isAnyResting = false;
        Set<String> pids = new TreeSet<>(slots.keySet());
        pids.addAll(files.keySet());
        for (String pid : pids) {
            Slot slot = slots.computeIfAbsent(pid, Slot::new);
            Slot.Seen now = seen(files.get(pid));
            if (Objects.equals(now, slot.seen)) {
                slot.isResting = false;
            } else if (slot.rests(now, nowNs, QUIET_NS)) {
                isAnyResting = true;
            } else {
                slot.isResting = false;
                slot.seen = now;
                take(slot, nowNs);
            }
            if (slot.isUnwritten && !slot.isResting) {
                writeBack(slot);
            }
            remind(slot, nowNs);
        }
        return isAnyResting;
    }

    /** Bundles have come or gone: what nobody described may be described now. */
    void bundlesChanged(long nowNs) {
        slots.values().stream().filter(slot -> !slot.unknown.isEmpty() && slot.seen != null)
                .forEach(slot -> take(slot, nowNs));
    }

    /** Somebody has changed a configuration, perhaps we. */
    void liveChanged(String livePid) throws IOException {
        Slot slot = slots.values().stream().filter(each -> each.livePid.equals(livePid)).findFirst().orElse(null);
        Configurations.Live live = configurations.get(livePid);
        if (slot == null && live != null) {
            slot = slots.computeIfAbsent(fileName(live), Slot::new);
            slot.livePid = livePid;
        }
        if (slot != null && !(live == null ? slot.liveValues == null
                : slot.liveValues != null && Values.changes(slot.liveValues, live.values()).isEmpty())) {
            slot.isUnwritten = true;
        }
    }

    /** Instances that were made without a name take the value of their key name, or the end of their PID. */
    private String fileName(Configurations.Live live) {
        String factory = live.factoryPid();
        if (factory.isEmpty() || live.pid().startsWith(factory + SettingsFile.NAME_SEPARATOR)) {
            return live.pid();
        }
        String name = String.valueOf(live.values().get("name"));
        String wished = factory + SettingsFile.NAME_SEPARATOR + name;
        boolean isFree = !slots.containsKey(wished) || slots.get(wished).livePid.equals(live.pid());
        return name.matches("[A-Za-z0-9][A-Za-z0-9_-]*") && live.values().containsKey("name") && isFree
                ? wished
                : factory + SettingsFile.NAME_SEPARATOR + live.pid().substring(
                        live.pid().startsWith(factory + ".") ? factory.length() + 1 : 0);
    }

    private static Slot.Seen seen(SettingsFolders.Found found) {
        return found == null ? null : new Slot.Seen(found.file(), found.stamp(), found.overruled());
    }

    /** Null where the folder cannot be used; said once for each reason. */
    private Map<String, SettingsFolders.Found> look() {
        try {
            Map<String, SettingsFolders.Found> files = folders.look();
            folderTrouble = "";
            return files;
        } catch (IOException e) {
            String reason = String.valueOf(e.getMessage());
            if (!folderTrouble.equals(reason)) {
                folderTrouble = reason;
                LOG.log(Level.ERROR, "configuration folder cannot be used, what applies stays: folder={0}, "
                        + "reason={1}", folders.installed(), reason);
            }
            return null;
        }
    }

    /** Does what the file says that was seen. */
    private void take(Slot slot, long nowNs) {
        try {
            if (slot.seen == null) {
                leave(slot);
                return;
            }
            Validator.Result result = check(slot, true);
            if (result != null) {
                tell(slot, result, result.isUsable() ? DOUBTFUL : NOT_APPLIED, nowNs);
                if (result.isUsable()) {
                    apply(slot, result.values());
                }
            }
        } catch (IOException | RuntimeException e) {
            tell(slot, Level.ERROR, "configuration is not applied: pid=" + slot.pid + ", reason=" + e);
        }
    }

    /** @return null where it cannot be read. */
    private Validator.Result check(Slot slot, boolean isTold) {
        SettingsFile file = slot.seen.file();
        String objection = slot.seen.stamp().objection();
        String wrong;
        try {
            if (objection.isEmpty()) {
                return Validator.check(file, file.read(), descriptions.get());
            }
            wrong = NOT_APPLIED + ", it " + objection + ", file=" + file.path();
        } catch (SettingsException e) {
            wrong = new Finding(Finding.Kind.ERROR, file.path(), e.line(), e.column(), e.key(), e.getMessage())
                    .line(NOT_APPLIED);
        } catch (NoSuchFileException e) {
            return null; // it has just gone: the next look finds that out
        } catch (IOException e) {
            wrong = NOT_APPLIED + ": file=" + file.path() + ", reason=" + e;
        }
        slot.isWrong = true;
        if (isTold && !slot.told.contains(wrong)) {
            slot.told.clear();
            tell(slot, Level.ERROR, wrong);
        }
        return null;
    }

    private void apply(Slot slot, Map<String, Object> values) throws IOException {
        Configurations.Live live = configurations.get(slot.livePid);
        Map<String, Object> known = slot.liveValues == null || live == null ? Map.of() : slot.liveValues;
        Map<String, Object> before = live == null || slot.liveValues == null ? Map.of() : live.values();
        Map<String, Object> fileBefore = slot.fileValues == null ? Map.of() : slot.fileValues;
        Map<String, Object> changes = known.isEmpty() ? values : Values.changes(fileBefore, values);
        Map<String, Object> after = Values.changed(before, changes);
        slot.fileValues = values;
        slot.liveValues = Values.changed(known, changes);
        if (live == null || !Values.changes(live.values(), after).isEmpty()) {
            configurations.put(slot.livePid, after);
        }
    }

    private void leave(Slot slot) throws IOException {
        boolean isOurs = slot.fileValues != null && slot.liveValues != null;
        slot.fileValues = null;
        slot.isWrong = false;
        slot.unknown = "";
        slot.isUnwritten = false;
        slot.told.clear();
        if (isOurs) {
            LOG.log(Level.INFO, "configuration file is gone, and its configuration with it: pid={0}", slot.pid);
            slot.liveValues = null;
            configurations.delete(slot.livePid);
            slot.livePid = slot.pid;
        }
    }

    /** Does in the file what was done to the configuration. */
    private void writeBack(Slot slot) {
        try {
            Configurations.Live live = configurations.get(slot.livePid);
            if (live == null) {
                disable(slot);
            } else if (slot.seen == null) {
                String text = Format.JSON.written(live.values());
                written(slot, store.add(slot.pid, text), live.values());
            } else {
                SettingsFile file = slot.seen.file();
                Map<String, Object> changes = Values.changes(slot.liveValues == null ? Map.of() : slot.liveValues,
                        live.values());
                String before = file.read().text();
                String text = file.format().changed(before, changes);
                if (text.equals(before)) {
                    slot.liveValues = live.values();
                } else {
                    written(slot, store.replace(file, text), live.values());
                }
            }
            slot.isUnwritten = false;
        } catch (SettingsException e) {
            tell(slot, Level.WARNING, "change of a configuration waits until its file is right: file="
                    + slot.seen.file().path());
        } catch (IOException | RuntimeException e) {
            slot.isUnwritten = false;
            LOG.log(Level.ERROR, "change of a configuration is not written: pid={0}, reason={1}", slot.pid, e);
        }
    }

    private void written(Slot slot, SettingsStore.Written written, Map<String, Object> liveValues) {
        List<Path> overruled = new ArrayList<>();
        if (slot.seen != null) {
            overruled.addAll(slot.seen.overruled());
            if (!slot.seen.file().path().equals(written.file().path())) {
                overruled.addFirst(slot.seen.file().path());
            }
        }
        boolean isNews = slot.seen == null || !slot.seen.file().path().equals(written.file().path());
        slot.seen = new Slot.Seen(written.file(), written.stamp(), List.copyOf(overruled));
        slot.liveValues = liveValues;
        slot.fileValues = liveValues;
        if (isNews && written.isKept()) {
            LOG.log(Level.WARNING, "changed configuration is kept apart, its file or folder is not to be written: "
                    + "pid={0}, kept={1}", slot.pid, written.file().path());
        }
        Validator.Result result = check(slot, true);
        if (result != null) {
            slot.fileValues = result.values();
            tell(slot, result, "configuration was changed to what is wrong", System.nanoTime());
        }
    }

    private void disable(Slot slot) throws IOException {
        if (slot.seen != null) {
            SettingsFile file = slot.seen.file();
            List<Path> files = new ArrayList<>(slot.seen.overruled());
            files.addFirst(file.path());
            store.disable(files);
            slot.seen = null;
            slot.fileValues = null;
            LOG.log(Level.INFO, "configuration was deleted, its file is put out of use: file={0}", file.path());
        }
        slot.liveValues = null;
        leave(slot);
        slot.livePid = slot.pid;
    }

    private void tell(Slot slot, Validator.Result result, String what, long nowNs) {
        boolean wasWrong = slot.isWrong;
        boolean wasUnknown = !slot.unknown.isEmpty();
        Set<String> standing = new HashSet<>();
        slot.unknown = "";
        Map<String, Level> lines = new LinkedHashMap<>();
        for (Finding finding : result.findings()) {
            if (finding.kind() == Finding.Kind.UNKNOWN_PID) {
                slot.unknown = finding.line("configuration file is of nobody");
                slot.unknownSinceNs = wasUnknown ? slot.unknownSinceNs : nowNs;
            } else {
                lines.put(finding.line(what), finding.kind() == Finding.Kind.ERROR ? Level.ERROR : Level.WARNING);
            }
        }
        for (Path other : slot.seen.overruled()) {
            lines.put("two configuration files of one component, the other does not count: counts="
                    + slot.seen.file().path() + ", other=" + other, Level.WARNING);
        }
        lines.forEach((line, level) -> {
            standing.add(line);
            if (!slot.told.contains(line)) {
                LOG.log(level, line);
            }
        });
        slot.told = standing;
        slot.isWrong = !result.isUsable();
        if (wasWrong && !slot.isWrong) {
            LOG.log(Level.INFO, "configuration file is right again: file={0}", slot.seen.file().path());
        }
    }

    private static void tell(Slot slot, Level level, String line) {
        if (slot.told.add(line)) {
            LOG.log(level, line);
        }
    }

    /** Says that nobody describes a component once there was time for its bundle to come. */
    private void remind(Slot slot, long nowNs) {
        if (!slot.unknown.isEmpty() && nowNs - slot.unknownSinceNs > UNKNOWN_NS) {
            tell(slot, Level.WARNING, slot.unknown);
        }
    }
}
