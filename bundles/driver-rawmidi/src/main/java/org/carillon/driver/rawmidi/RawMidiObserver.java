package org.carillon.driver.rawmidi;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.carillon.api.device.DeviceEvidence;
import org.carillon.api.device.DeviceInfo;
import org.carillon.api.device.DeviceName;
import org.carillon.api.device.DeviceRegistry;
import org.carillon.api.device.PortNames;
import org.carillon.driver.rawmidi.RawMidiDevice.Found;
import org.carillon.platform.device.DeviceFolder;

/**
 * Sees devices come and go, on a thread of its own: at once where the system announces changes of a folder, and by a
 * look each second. The folder itself may come and go.
 */
final class RawMidiObserver {
    private static final System.Logger LOG = System.getLogger(RawMidiObserver.class.getName());
    private static final long LOOK_NS = 1_000_000_000L;
    private static final long SOON_NS = 20_000_000L;
    /** Between two looks at the least. */
    private static final long REST_NS = 1_000_000L;
    /** How long the system may take to tell all about a device that has come. */
    private static final long COMING_LIMIT_NS = 5_000_000_000L;
    private static final int MAX_FILES = 64;
    private static final long CLOSE_LIMIT_NS = 2_000_000_000L;
    private static final long CUT_LIMIT_NS = 500_000_000L;
    private static final long JOIN_LIMIT_MS = 1_000;

    private final String driver;
    private final RawMidiSettings settings;
    private final RawMidiDevice.Server server;
    private final Supplier<DeviceRegistry> registry;
    private final Thread thread = new Thread(this::run, "carillon-rawmidi-observer");
    /** By name, everything that is or was there. */
    private final Map<String, RawMidiDevice> devices = new ConcurrentHashMap<>();
    private final Map<Path, DeviceFile> files = new HashMap<>();
    private final Map<Path, Long> comingSinceNs = new HashMap<>();
    /** Those that another driver has. */
    private final Map<Path, DeviceInfo> left = new ConcurrentHashMap<>();
    private final Map<String, String> told = new HashMap<>();
    /** For where nobody remembers names beyond this run. */
    private final PortNames ownNames = new PortNames();
    private final PathMatcher matcher;
    private volatile boolean closed;

    RawMidiObserver(String driver, RawMidiSettings settings, RawMidiDevice.Server server,
            Supplier<DeviceRegistry> registry) {
        this.driver = driver;
        this.settings = settings;
        this.server = server;
        this.registry = registry;
        matcher = settings.matcher();
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    List<DeviceInfo> devices() {
        return Stream.concat(devices.values().stream().map(RawMidiDevice::info), left.values().stream())
                .sorted(Comparator.comparing(DeviceInfo::name)).toList();
    }

    private void run() {
        try (DeviceFolder changes = new DeviceFolder(settings.folder(), matcher::matches)) {
            while (!closed) {
                lookSafely();
                sleep(changes);
            }
        } catch (IOException e) {
            LOG.log(Level.ERROR, "devices cannot be watched: path={0}, reason={1}", settings.path(), e);
        } catch (InterruptedException e) {
            closed = true; // asked to end
        }
    }

    private void sleep(DeviceFolder changes) throws InterruptedException {
        long nowNs = System.nanoTime();
        boolean soon = !comingSinceNs.isEmpty() || devices.values().stream().anyMatch(RawMidiDevice::isChanging);
        long nextNs = nowNs + (soon ? SOON_NS : LOOK_NS);
        for (RawMidiDevice device : devices.values()) {
            nextNs = device.nextNs(nextNs);
        }
        changes.await(Math.max(nextNs - nowNs, REST_NS));
    }

    /** What goes wrong with one look may go well with the next. */
    private void lookSafely() {
        try {
            look();
        } catch (RuntimeException e) {
            tell("look", "devices cannot be looked at: path=" + settings.path() + ", reason=" + e);
        }
    }

    private void look() {
        List<Found> found = new ArrayList<>();
        for (Path path : paths()) {
            DeviceFile file = file(path);
            if (file != null && isMine(file)) {
                addStreams(file, found);
            }
        }
        Map<String, Found> byName = name(found);
        for (String name : byName.keySet()) {
            devices.computeIfAbsent(name, key -> new RawMidiDevice(key, server, settings));
        }
        long nowNs = System.nanoTime();
        devices.forEach((name, device) -> device.look(free(name, byName.get(name)), nowNs));
        giveUpLeft();
    }

    /** Gives back what another driver shall have, once it is closed. */
    private void giveUpLeft() {
        DeviceRegistry shared = registry.get();
        for (DeviceFile file : files.values()) {
            if (shared != null && left.containsKey(file.path)
                    && devices.values().stream().noneMatch(device -> device.holds(file))) {
                shared.release(driver, file.address());
            }
        }
    }

    /** What is found, unless it is still open under another name. */
    private Found free(String name, Found found) {
        boolean isHeld = found != null
                && devices.entrySet().stream().anyMatch(each -> !each.getKey().equals(name)
                        && each.getValue().holds(found));
        return isHeld ? null : found;
    }

    /** In the order of their numbers; those that are gone are forgotten. */
    private List<Path> paths() {
        List<Path> paths = new ArrayList<>();
        if (!settings.isPattern()) {
            paths.add(settings.path());
        } else if (Files.isDirectory(settings.folder())) {
            try (DirectoryStream<Path> matching = Files.newDirectoryStream(settings.folder(),
                    path -> matcher.matches(path.getFileName()))) {
                matching.forEach(paths::add);
            } catch (IOException e) {
                tell("folder", "folder cannot be read: folder=" + settings.folder() + ", reason=" + e);
            }
        }
        paths.sort(Comparator.comparing((Path path) -> path.toString().length()).thenComparing(Path::toString));
        if (paths.size() > MAX_FILES) {
            tell("many", "pattern matches more files than are opened: path=" + settings.path() + ", files="
                    + paths.size() + ", limit=" + MAX_FILES);
            paths.subList(MAX_FILES, paths.size()).clear();
        }
        comingSinceNs.keySet().retainAll(paths);
        for (Path gone : files.keySet().stream().filter(each -> !paths.contains(each)).toList()) {
            release(gone);
        }
        return paths;
    }

    /** The file that a path stands for now, or null where there is none yet. */
    private DeviceFile file(Path path) {
        DeviceFile known = files.get(path);
        if (known != null && known.isStillThere()) {
            return known;
        }
        release(path);
        try {
            DeviceFile file = new DeviceFile(path);
            long sinceNs = comingSinceNs.computeIfAbsent(path, key -> System.nanoTime());
            if (!file.read() && System.nanoTime() - sinceNs < COMING_LIMIT_NS) {
                return null;
            }
            comingSinceNs.remove(path);
            files.put(path, file);
            return file;
        } catch (IOException e) {
            comingSinceNs.remove(path);
            return null;
        }
    }

    /** Forgets a file that is there no more. */
    private void release(Path path) {
        left.remove(path);
        DeviceFile file = files.remove(path);
        DeviceRegistry shared = registry.get();
        if (file != null && shared != null) {
            shared.release(driver, file.address());
        }
    }

    /** A file is opened by one driver. */
    private boolean isMine(DeviceFile file) {
        DeviceRegistry shared = registry.get();
        String owner = shared == null ? "" : shared.claim(driver, file.address());
        if (!owner.isEmpty()) {
            left.put(file.path, info(file, owner));
            tell(file.address(), "device is left to another driver: path=" + file + ", driver=" + owner);
        } else {
            told.remove(file.address());
            left.remove(file.path);
        }
        return owner.isEmpty();
    }

    private static DeviceInfo info(DeviceFile file, String owner) {
        return new DeviceInfo("", file.address(), file.evidence(0), DeviceInfo.State.BUSY, "",
                "device is left to another driver: driver=" + owner, Map.of());
    }

    private void addStreams(DeviceFile file, List<Found> found) {
        int inputs = settings.reads() ? file.inputs() : 0;
        int outputs = settings.writes() ? file.outputs() : 0;
        for (int stream = 0; stream < Math.max(inputs, outputs); stream++) {
            found.add(new Found(file, stream, stream < inputs, stream < outputs, file.streams().get(stream), ""));
        }
    }

    private Map<String, Found> name(List<Found> found) {
        Map<String, Found> byName = new LinkedHashMap<>();
        if (!settings.name().isEmpty()) {
            for (Found each : found) {
                byName.put(found.size() == 1 ? settings.name() : settings.name() + " " + (each.stream() + 1), each);
            }
            return byName;
        }
        List<DeviceEvidence> evidence = found.stream().map(Found::evidence).toList();
        DeviceRegistry shared = registry.get();
        List<DeviceName> names = shared == null
                ? ownNames.identify(driver, evidence)
                : shared.identify(driver, evidence);
        for (int i = 0; i < names.size(); i++) {
            Found each = found.get(i);
            DeviceName name = names.get(i);
            if (!name.doubt().isEmpty()) {
                tell(name.name(), "name of a device is in doubt: name=" + name.name() + ", path=" + each.file()
                        + ", reason=" + name.doubt());
            }
            byName.put(name.name(), new Found(each.file(), each.stream(), each.reads(), each.writes(),
                    each.evidence(), name.doubt()));
        }
        return byName;
    }

    /** Says something once. */
    private void tell(String about, String words) {
        if (!words.equals(told.put(about, words))) {
            LOG.log(Level.WARNING, words);
        }
    }

    /** Ends everything: writes out what is left, for some two seconds at most. */
    void close() throws InterruptedException {
        closed = true;
        thread.interrupt();
        thread.join(JOIN_LIMIT_MS);
        List<RawMidiEnd> ends = devices.values().stream().flatMap(device -> device.ends().stream()).toList();
        ends.forEach(RawMidiEnd::end);
        join(ends, CLOSE_LIMIT_NS);
        ends.forEach(RawMidiEnd::cut);
        join(ends, CUT_LIMIT_NS);
        DeviceRegistry shared = registry.get();
        if (shared != null) {
            files.values().forEach(file -> shared.release(driver, file.address()));
            shared.identify(driver, List.of());
        }
    }

    private static void join(List<RawMidiEnd> ends, long limitNs) throws InterruptedException {
        long untilNs = System.nanoTime() + limitNs;
        for (RawMidiEnd end : ends) {
            end.join(untilNs);
        }
    }
}
