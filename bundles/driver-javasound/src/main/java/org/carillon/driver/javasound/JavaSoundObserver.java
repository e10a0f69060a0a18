package org.carillon.driver.javasound;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.carillon.api.device.DeviceInfo;
import org.carillon.api.device.DeviceName;
import org.carillon.api.device.DeviceRegistry;
import org.carillon.api.device.PortNames;
import org.carillon.driver.javasound.JavaSoundPort.Found;
import org.carillon.driver.javasound.JavaSoundPort.Server;
import org.carillon.platform.device.DeviceFolder;

/**
 * Sees devices come and go, on a thread of its own: at once where the system announces changes of the folder of device
 * files, and by a look each second.
 */
final class JavaSoundObserver {
    private static final Path PROC = Path.of("/proc");
    private static final System.Logger LOG = System.getLogger(JavaSoundObserver.class.getName());
    private static final Path DEVICES = Path.of("/dev/snd");
    private static final Path SYS = Path.of("/sys");
    private static final long LOOK_NS = 1_000_000_000L;
    private static final long SOON_NS = 20_000_000L;
    /** How long after a change of the folder it is looked at often: the system and Java take their time. */
    private static final long RESTLESS_NS = 1_000_000_000L;
    private static final long REST_NS = 1_000_000L;
    private static final int MAX_DEVICES = 64;
    private static final long CLOSE_LIMIT_NS = 3_500_000_000L;
    private static final long JOIN_LIMIT_MS = 1_000;

    private final String driver;
    private final Server server;
    private final Providers providers;
    private final Supplier<DeviceRegistry> registry;
    private final Supplier<Set<String>> connected;
    private final Path folder;
    private final DeviceFinder finder;
    private final Thread thread = new Thread(this::run, "carillon-javasound-observer");
    private final Map<Object, ProviderScan> scans = new HashMap<>();
    /** By name, everything that is or was there. */
    private final Map<String, JavaSoundPort> ports = new ConcurrentHashMap<>();
    private final Set<String> claimed = ConcurrentHashMap.newKeySet();
    /** By address, those that another driver has. */
    private final Map<String, DeviceInfo> left = new ConcurrentHashMap<>();
    private final Map<String, String> told = new HashMap<>();
    /** For where nobody remembers names beyond this run. */
    private final PortNames ownNames = new PortNames();
    private List<Found> found = List.of();
    private long nextScanNs = System.nanoTime();
    /** Something has changed since the last scan. */
    private boolean isNews = true;
    private long restlessUntilNs = System.nanoTime();
    /** Where looking takes long, others need the time between. */
    private long lookTookNs;
    private volatile boolean closed;

    JavaSoundObserver(String driver, JavaSoundSettings settings, Providers providers, Server server,
            Supplier<DeviceRegistry> registry, Supplier<Set<String>> connected) {
        this(driver, settings, providers, server, registry, connected, DEVICES, new AlsaNodes(DEVICES, PROC, SYS));
    }

    JavaSoundObserver(String driver, JavaSoundSettings settings, Providers providers, Server server,
            Supplier<DeviceRegistry> registry, Supplier<Set<String>> connected, Path folder, AlsaNodes nodes) {
        this.driver = driver;
        this.providers = providers;
        this.server = server;
        this.registry = registry;
        this.connected = connected;
        this.folder = folder;
        finder = new DeviceFinder(settings, nodes);
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    List<DeviceInfo> devices() {
        return Stream.concat(ports.values().stream().map(JavaSoundPort::info), left.values().stream())
                .sorted(Comparator.comparing(DeviceInfo::name)).toList();
    }

    private void run() {
        try (DeviceFolder changes = new DeviceFolder(folder, name -> true)) {
            while (!closed) {
                lookSafely();
                sleep(changes);
            }
        } catch (IOException e) {
            LOG.log(Level.ERROR, "devices cannot be watched: folder={0}, reason={1}", folder, e);
        } catch (InterruptedException e) {
            closed = true; // asked to end
        }
    }

    private void sleep(DeviceFolder changes) throws InterruptedException {
        long nowNs = System.nanoTime();
        boolean soon = isRestless(nowNs) || ports.values().stream().anyMatch(JavaSoundPort::isChanging);
        long nextNs = soon ? nowNs + Math.max(SOON_NS, lookTookNs) : nextScanNs;
        for (JavaSoundPort port : ports.values()) {
            nextNs = port.nextNs(nextNs);
        }
        long limitNs = Math.max(nextNs - nowNs, REST_NS);
        boolean isLate = scans.values().stream().anyMatch(ProviderScan::isLate);
        if (changes.await(limitNs, isLate ? SOON_NS : limitNs,
                () -> scans.values().stream().anyMatch(ProviderScan::hasLateAnswer))) {
            isNews = true;
            restlessUntilNs = System.nanoTime() + RESTLESS_NS;
        }
    }

    /** Whether more may come within moments. */
    private boolean isRestless(long nowNs) {
        return providers.isLoading() || restlessUntilNs - nowNs > 0 && !finder.hasAll();
    }

    /** What goes wrong with one look may go well with the next. */
    private void lookSafely() throws InterruptedException {
        long startNs = System.nanoTime();
        try {
            look();
            lookTookNs = System.nanoTime() - startNs;
        } catch (RuntimeException e) {
            tell("look", Level.WARNING, "devices cannot be looked at: driver=" + driver + ", reason=" + e);
        }
    }

    private void look() throws InterruptedException {
        if (isScanDue()) {
            isNews = false;
            nextScanNs = System.nanoTime() + LOOK_NS;
            found = limited(finder.find(scan()));
        }
        List<Found> all = found;
        Set<String> there = all.stream().map(Found::address).collect(Collectors.toSet());
        left.keySet().retainAll(there);
        Map<String, Found> byName = name(all.stream().filter(this::isMine).toList());
        byName.keySet().forEach(name -> ports.computeIfAbsent(name, key -> new JavaSoundPort(key, server)));
        long nowNs = System.nanoTime();
        ports.forEach((name, port) -> port.look(free(name, byName.get(name)), all, nowNs));
        openWanted();
        releaseUnheld(there);
    }

    /** Asking providers takes long, and what they do meanwhile is in the way of openings: only if there may be news. */
    private boolean isScanDue() {
        long nowNs = System.nanoTime();
        return isNews || nextScanNs - nowNs <= 0 || isRestless(nowNs)
                || scans.values().stream().anyMatch(ProviderScan::hasLateAnswer)
                || ports.values().stream().anyMatch(JavaSoundPort::isPuzzled);
    }

    private List<Found> limited(List<Found> all) {
        if (all.size() <= MAX_DEVICES) {
            return all;
        }
        tell("many", Level.WARNING, "more devices are there than are opened: devices=" + all.size() + ", limit="
                + MAX_DEVICES);
        return all.subList(0, MAX_DEVICES);
    }

    private List<List<ScannedDevice>> scan() throws InterruptedException {
        var sources = providers.sources();
        for (Object gone : scans.keySet().stream().filter(key -> !sources.containsKey(key)).toList()) {
            scans.remove(gone).close();
        }
        sources.forEach((key, source) -> scans.computeIfAbsent(key, added -> new ProviderScan(source)));
        List<List<ScannedDevice>> listed = new ArrayList<>();
        for (ProviderScan scan : scans.values()) {
            listed.add(scan.look());
        }
        return listed;
    }

    /** What is found, unless it is still open under another name. */
    private Found free(String name, Found found) {
        boolean isHeld = found != null && ports.entrySet().stream()
                .anyMatch(each -> !each.getKey().equals(name) && each.getValue().holds(found));
        return isHeld ? null : found;
    }

    private void openWanted() {
        if (ports.values().stream().anyMatch(JavaSoundPort::isOnDemand)) {
            Set<String> names = connected.get();
            ports.forEach((name, port) -> {
                if (port.isOnDemand() && names.contains(name)) {
                    port.want();
                }
            });
        }
    }

    /** A device is opened by one driver. */
    private boolean isMine(Found found) {
        DeviceRegistry shared = registry.get();
        String owner = shared == null ? "" : shared.claim(driver, found.address());
        claimed.add(found.address());
        if (owner.isEmpty()) {
            left.remove(found.address());
        } else {
            String words = "device is left to another driver: driver=" + owner;
            tell(found.address(), Level.DEBUG, words + ", address=" + found.address());
            left.put(found.address(), new DeviceInfo("", found.address(), found.evidence(), DeviceInfo.State.BUSY, "",
                    words, Map.of()));
        }
        return owner.isEmpty();
    }

    /** Gives back what is gone or shall be another driver's, once it is closed. */
    private void releaseUnheld(Set<String> there) {
        DeviceRegistry shared = registry.get();
        for (String address : List.copyOf(claimed)) {
            boolean isWanted = there.contains(address) && !left.containsKey(address);
            if (!isWanted && ports.values().stream().noneMatch(port -> port.holds(address))) {
                claimed.remove(address);
                if (shared != null) {
                    shared.release(driver, address);
                }
            }
        }
    }

    private Map<String, Found> name(List<Found> found) {
        DeviceRegistry shared = registry.get();
        var evidence = found.stream().map(Found::evidence).toList();
        List<DeviceName> names = shared == null
                ? ownNames.identify(driver, evidence)
                : shared.identify(driver, evidence);
        Map<String, Found> byName = new LinkedHashMap<>();
        for (int i = 0; i < names.size(); i++) {
            DeviceName name = names.get(i);
            if (!name.doubt().isEmpty()) {
                tell(name.name(), Level.WARNING, "name of a device is in doubt: name=" + name.name() + ", address="
                        + found.get(i).address() + ", reason=" + name.doubt());
            }
            byName.put(name.name(), found.get(i).doubted(name.doubt()));
        }
        return byName;
    }

    /** Says something once. */
    private void tell(String about, Level level, String words) {
        if (!words.equals(told.put(about, words))) {
            LOG.log(level, words);
        }
    }

    /** Ends everything: sends out what is left, for some four seconds at most. */
    void close() throws InterruptedException {
        closed = true;
        thread.interrupt();
        thread.join(JOIN_LIMIT_MS);
        List<JavaSoundEnd> ends = new ArrayList<>();
        ports.values().forEach(port -> ends.addAll(port.ends()));
        ends.forEach(end -> end.end(false));
        long untilNs = System.nanoTime() + CLOSE_LIMIT_NS;
        for (JavaSoundEnd end : new HashSet<>(ends)) {
            end.join(untilNs);
        }
        scans.values().forEach(ProviderScan::close);
        DeviceRegistry shared = registry.get();
        if (shared != null) {
            claimed.forEach(address -> shared.release(driver, address));
            shared.identify(driver, List.of());
        }
    }
}
