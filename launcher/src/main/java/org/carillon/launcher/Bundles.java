package org.carillon.launcher;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.Stream;
import org.carillon.api.port.CarillonException;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.startlevel.BundleStartLevel;

/**
 * The jars of {@code bundles/<start level>/}, installed where they lie. Whatever is wrong with one is told once, and
 * the rest starts.
 */
final class Bundles {
    /** Start levels from this on, hardware first, are not waited for. */
    private static final int FIRST_LATER_LEVEL = 6;
    /** Of the web console and all that only it needs. */
    private static final int WEB_LEVEL = 20;

    private final BundleContext context;
    private final Set<String> unasked;
    private final SortedMap<Integer, List<Path>> files = new TreeMap<>();
    private final SortedMap<Integer, List<Bundle>> bundles = new ConcurrentSkipListMap<>();
    /** By symbolic name, what is wrong with a bundle. */
    private final Map<String, String> problems = Collections.synchronizedMap(new LinkedHashMap<>());

    /** @param unasked symbolic names of bundles that lie there and are not started. */
    Bundles(BundleContext context, Set<String> unasked) {
        this.context = context;
        this.unasked = unasked;
    }

    /** The start levels that have a folder. */
    static SortedMap<Integer, Path> levels(Path folder) {
        SortedMap<Integer, Path> levels = new TreeMap<>();
        for (Path each : list(folder)) {
            if (each.getFileName().toString().matches("[1-9]\\d{0,3}")) {
                levels.put(Integer.valueOf(each.getFileName().toString()), each);
            }
        }
        return levels;
    }

    /**
     * Installs and starts the bundles that music needs, level by level.
     *
     * @param without names of bundles to leave out, whole or from a dot on.
     */
    void startMusic(Path folder, Set<String> without, AfterLevel afterLevel) {
        levels(folder).forEach((level, jars) -> files.put(level, list(jars).stream()
                .filter(jar -> jar.getFileName().toString().endsWith(".jar") && !unasked.contains(nameOf(jar)))
                .toList()));
        without.forEach(this::leaveOut);
        files.headMap(FIRST_LATER_LEVEL).forEach(this::install);
        bundles.values().forEach(each -> {
            each.forEach(this::start);
            afterLevel.started();
        });
    }

    /** Installs and starts the bundles of one level. */
    void startServices(Path folder, int level) {
        install(level, list(levels(folder).get(level)).stream()
                .filter(jar -> jar.getFileName().toString().endsWith(".jar")).toList());
        bundles.get(level).forEach(this::start);
    }

    /** Installs and starts the others on a thread of their own, which ends then: music does not wait for them. */
    Thread startLater() {
        Thread thread = new Thread(() -> files.tailMap(FIRST_LATER_LEVEL).forEach((level, jars) -> {
            install(level, jars);
            bundles.getOrDefault(level, List.of()).forEach(this::start);
        }), "carillon-later-bundles");
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    /** What is done when all bundles of a start level have been started. */
    interface AfterLevel {
        void started();
    }

    private void install(int level, List<Path> jars) {
        bundles.put(level, jars.stream().filter(jar -> isOpen()).map(jar -> install(jar, level))
                .filter(bundle -> bundle != null).toList());
    }

    private Bundle install(Path jar, int level) {
        try {
            Bundle bundle = context.installBundle("reference:" + jar.toUri());
            if (bundle.getSymbolicName() == null) {
                bundle.uninstall();
                throw new BundleException("no Bundle-SymbolicName in its manifest");
            }
            bundle.adapt(BundleStartLevel.class).setStartLevel(level);
            return bundle;
        } catch (BundleException | RuntimeException e) {
            report(nameOf(jar), "bundle file cannot be used: file=" + jar + ", reason=" + reason(e));
            return null;
        }
    }

    private void leaveOut(String name) {
        if (name.equals(HostOptions.REST)) {
            files.tailMap(FIRST_LATER_LEVEL).clear();
            return;
        }
        if (name.equals(HostOptions.WEB)) {
            files.remove(WEB_LEVEL);
            return;
        }
        Set<String> known = new TreeSet<>();
        files.values().forEach(jars -> jars.forEach(jar -> known.add(nameOf(jar))));
        if (known.stream().noneMatch(each -> isNamed(each, name))) {
            throw new CarillonException(CarillonException.Kind.NO_SUCH_NAME,
                    "no bundle of this name to leave out: name=" + name + ", known=" + String.join(" ", known));
        }
        files.replaceAll((level, jars) -> jars.stream().filter(jar -> !isNamed(nameOf(jar), name)).toList());
    }

    private static boolean isNamed(String bundleName, String name) {
        return bundleName.equals(name) || bundleName.endsWith("." + name);
    }

    /** Whether the host is not being closed. */
    private boolean isOpen() {
        return context.getBundle(0).getState() == Bundle.ACTIVE;
    }

    private void start(Bundle bundle) {
        try {
            if (isOpen()) {
                bundle.start(Bundle.START_TRANSIENT | Bundle.START_ACTIVATION_POLICY);
            }
        } catch (BundleException | RuntimeException e) {
            report(bundle.getSymbolicName(),
                    (e instanceof BundleException b && b.getType() == BundleException.RESOLVE_ERROR
                            ? "bundle cannot be resolved: bundle="
                            : "bundle does not start: bundle=") + bundle.getSymbolicName()
                            + ", file=" + bundle.getLocation().replaceFirst("^reference:file:/*", "/") + ", reason="
                            + reason(e));
        }
    }

    private void report(String name, String message) {
        problems.put(name, message);
        HostLog.log(Level.ERROR, message);
    }

    /** What keeps these bundles from running, one line; empty when all of them run. */
    String obstacle(List<String> required) {
        for (String name : required) {
            boolean runs = bundles.values().stream().flatMap(List::stream)
                    .anyMatch(bundle -> bundle.getSymbolicName().equals(name) && bundle.getState() == Bundle.ACTIVE);
            if (!runs) {
                return problems.getOrDefault(name, "bundle is missing: bundle=" + name);
            }
        }
        return "";
    }

    /** Everything that is wrong, one line. */
    String problems() {
        synchronized (problems) {
            return String.join("; ", problems.values());
        }
    }

    /** The name that a bundle's jar has, without its version. */
    private static String nameOf(Path jar) {
        return jar.getFileName().toString().replaceFirst("(-\\d.*)?\\.jar$", "");
    }

    private static String reason(Exception e) {
        Throwable cause = e;
        while (cause.getCause() != null && cause.getCause() != cause && !(cause instanceof BundleException b
                && b.getType() == BundleException.RESOLVE_ERROR)) {
            cause = cause.getCause();
        }
        String message = cause.getMessage() == null ? cause.toString() : cause.getMessage();
        return message.replaceFirst(" Unresolved requirements: .*", "");
    }

    private static List<Path> list(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList();
        } catch (IOException e) {
            throw new CarillonException(CarillonException.Kind.FAILED,
                    "folder of bundles must be readable: folder=" + folder + ", reason=" + e);
        }
    }
}
