package org.carillon.launcher;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.carillon.api.port.CarillonException;
import org.carillon.api.port.Kernel;
import org.carillon.api.session.Sessions;
import org.carillon.api.status.StatusSnapshot;
import org.carillon.configuration.Settings;
import org.carillon.configuration.SettingsFiles;
import org.carillon.protocol.StatusPage;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkEvent;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.launch.Framework;
import org.osgi.service.cm.ConfigurationAdmin;

/**
 * A Carillon server inside this program: an OSGi framework with the bundles of a distribution. Any thread.
 *
 * <pre>{@code
 * try (CarillonHost host = CarillonHost.start(HostOptions.temporary());
 *         Session session = host.sessions().open("hello")) {
 *     session.wiring().connect("loop", session.destination("in").name());
 * }
 * }</pre>
 */
public final class CarillonHost implements AutoCloseable {
    /** The framework's own folder, made anew at each start. */
    private static final String CACHE = "felix";
    private static final long READY_LIMIT_NS = TimeUnit.SECONDS.toNanos(30);
    private static final long READY_STEP_NS = TimeUnit.MICROSECONDS.toNanos(500);
    private static final long STOP_LIMIT_MS = 2_000;
    /** Reads standard input, where that is asked for. */
    private static final String SHELL = "org.apache.felix.gogo.shell";
    /** Configuration that lets other programs in. */
    private static final String TRANSPORT = "org.carillon.transport.shm";
    private static final List<String> REQUIRED = List.of("org.apache.felix.configadmin", "org.apache.felix.scr",
            "org.carillon.kernel", "org.carillon.transport.local");

    private final DataFolder data;
    private final Framework framework;
    private final AtomicBoolean closed = new AtomicBoolean();
    private boolean configured;
    private Thread later;

    private CarillonHost(DataFolder data, Framework framework) {
        this.data = data;
        this.framework = framework;
    }

    /**
     * Starts a server and returns when it is ready for sessions.
     *
     * @throws CarillonException where it cannot start: one message, which names the bundle that is missing, unresolved
     *                           or failed.
     */
    public static CarillonHost start(HostOptions options) {
        JvmFlags.check();
        Preload.begin();
        Home home = Home.of(options.home());
        String packages = SystemPackages.extra(CarillonHost.class.getClassLoader());
        DataFolder data = data(options, home);
        CarillonHost host = new CarillonHost(data, framework(home, data, packages, options));
        try {
            host.begin(home, options);
            return host;
        } catch (BundleException e) {
            host.close();
            throw new CarillonException(CarillonException.Kind.FAILED,
                    "framework does not start: reason=" + e.getMessage());
        } catch (RuntimeException e) {
            host.close();
            throw e;
        }
    }

    /** What sessions are opened with. */
    public Sessions sessions() {
        return service(Sessions.class);
    }

    /** What the server shows of itself. */
    public StatusSnapshot status() {
        return StatusSnapshot.of(service(Kernel.class).status());
    }

    /**
     * A service of a bundle.
     *
     * @param type an interface that the class path and the bundles share.
     * @throws CarillonException where there is none.
     */
    public <T> T service(Class<T> type) {
        T service = find(type);
        if (service == null) {
            throw new CarillonException(CarillonException.Kind.NO_SUCH_NAME,
                    "no bundle offers this service: service=" + type.getName()
                            + (closed.get() ? ", the host is closed" : ""));
        }
        return service;
    }

    /** All services of a type that there are now, perhaps none. */
    public <T> List<T> services(Class<T> type) {
        BundleContext context = framework.getBundleContext();
        try {
            return context == null
                    ? List.of()
                    : context.getServiceReferences(type, null).stream().map(context::getService)
                            .filter(service -> service != null).toList();
        } catch (InvalidSyntaxException e) {
            throw new IllegalStateException(e); // there is no filter
        }
    }

    /** Whether a bundle runs, by its symbolic name. */
    public boolean runs(String symbolicName) {
        BundleContext context = framework.getBundleContext();
        return context != null && Stream.of(context.getBundles()).anyMatch(
                bundle -> symbolicName.equals(bundle.getSymbolicName()) && bundle.getState() == Bundle.ACTIVE);
    }

    /**
     * Waits for the bundles that {@link #start} does not wait for: hardware drivers, sound, administration.
     *
     * @return false when they take longer, or were interrupted.
     */
    public boolean awaitRest(Duration limit) {
        try {
            return later.join(limit);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /**
     * Waits until the server has been stopped, by {@link #close} or by somebody who asked the server to stop.
     *
     * @param limit zero for none.
     * @return false when it still runs after that time.
     */
    public boolean awaitEnd(Duration limit) throws InterruptedException {
        return framework.waitForStop(limit.toMillis()).getType() != FrameworkEvent.WAIT_TIMEDOUT;
    }

    /**
     * Stops the server: all sessions end. Returns within about two seconds, six where a bundle hangs; a second call
     * does nothing.
     */
    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            try {
                stop();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            data.close();
        }
    }

    private void stop() throws InterruptedException {
        ThreadGroup stopping = new ThreadGroup("carillon-stop");
        BundleContext context = framework.getBundleContext();
        List<Bundle> bundles = context == null ? List.of() : List.of(context.getBundles()).reversed();
        in(stopping, framework::stop).join();
        if (framework.waitForStop(STOP_LIMIT_MS).getType() == FrameworkEvent.WAIT_TIMEDOUT) {
            stopAround(bundles, stopping);
        }
    }

    /**
     * The framework stops bundle after bundle on a thread of its own, which waits for good for one that hangs, and with
     * it the program. So the others are stopped here, and that wait is ended.
     */
    private void stopAround(List<Bundle> bundles, ThreadGroup stopping) throws InterruptedException {
        in(stopping, () -> {
            for (Bundle bundle : bundles) {
                if (bundle.getState() == Bundle.ACTIVE && bundle.getBundleId() != Constants.SYSTEM_BUNDLE_ID) {
                    bundle.stop(Bundle.STOP_TRANSIENT);
                }
            }
        }).join(STOP_LIMIT_MS);
        stopping.interrupt();
        framework.waitForStop(STOP_LIMIT_MS);
    }

    private interface Stop {
        void run() throws BundleException;
    }

    private static Thread in(ThreadGroup group, Stop stop) {
        Thread thread = new Thread(group, () -> {
            try {
                stop.run();
            } catch (BundleException e) {
                HostLog.log(Level.WARNING, "framework does not stop cleanly: reason={0}", e.getMessage());
            }
        }, "carillon-stop");
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    private static DataFolder data(HostOptions options, Home home) {
        if (options.isTemporary()) {
            return DataFolder.temporary();
        }
        return DataFolder.open(options.data().map(List::of).orElseGet(() -> List.of(home.data(),
                DataFolder.ofUser(System.getenv("XDG_STATE_HOME"), System.getProperty("user.home")))));
    }

    private static Framework framework(Home home, DataFolder data, String packages, HostOptions options) {
        SortedMap<Integer, ?> levels = Bundles.levels(home.bundles());
        Map<String, String> properties = new LinkedHashMap<>();
        properties.put(Constants.FRAMEWORK_STORAGE, data.folder().resolve(CACHE).toString());
        properties.put("carillon.data", data.folder().toString()); // where bundles keep what outlives a run
        properties.put(Constants.FRAMEWORK_STORAGE_CLEAN, Constants.FRAMEWORK_STORAGE_CLEAN_ONFIRSTINIT);
        properties.put(Constants.FRAMEWORK_SYSTEMPACKAGES_EXTRA, packages);
        properties.put("carillon.home", home.folder().toString()); // bundles find their folders in it
        // files changed after this are news to the bundle that watches them
        properties.put("carillon.config.readMs", options.readsFiles() ? Long.toString(System.currentTimeMillis())
                : "never");
        properties.put("carillon.config.write", Boolean.toString(!options.isTemporary()));
        properties.put(Constants.FRAMEWORK_BEGINNING_STARTLEVEL,
                Integer.toString(levels.isEmpty() ? 1 : levels.lastKey()));
        properties.put("org.apache.felix.http.require.config", "true"); // nothing listens but what the console asks for
        properties.put("felix.webconsole.security.providers", "carillon"); // no log-in but by the generated password
        properties.put("felix.resolver.parallelism", "1"); // a dozen bundles are resolved before threads are awake
        properties.put("gosh.args", "--noshutdown"); // the end of the prompt is not the end of the music
        properties.put("felix.log.level", "0"); // what it would print is thrown or in the log service
        return new org.apache.felix.framework.FrameworkFactory().newFramework(properties);
    }

    private void begin(Home home, HostOptions options) throws BundleException {
        framework.start();
        BundleContext context = framework.getBundleContext();
        new LogBridge(context).open();
        Bundles bundles = new Bundles(context, options.hasShell() ? Set.of() : Set.of(SHELL));
        List<Settings> settings = settings(home, options);
        bundles.startMusic(home.bundles(), options.without(), () -> configure(settings));
        awaitReady(bundles);
        later = bundles.startLater();
    }

    private List<Settings> settings(Home home, HostOptions options) {
        Map<String, Settings> all = new LinkedHashMap<>();
        if (options.readsFiles()) {
            all.putAll(SettingsFiles.read(home.configuration(), data.folder(), data.folder().resolve(CACHE),
                    complaint -> HostLog.log(Level.ERROR, "{0}", complaint)));
        }
        if (options.isTemporary()) {
            all.remove(TRANSPORT); // it is of one program: others look for the server that stays
        }
        options.configurations().forEach((pid, values) -> all.merge(pid, new Settings(pid, values), Settings::with));
        return new ArrayList<>(all.values());
    }

    /** As soon as there is somebody to tell, so that the bundles of higher levels find theirs when they start. */
    private void configure(List<Settings> settings) {
        ConfigurationAdmin admin = configured ? null : find(ConfigurationAdmin.class);
        if (admin != null) {
            configured = true;
            for (Settings each : settings) {
                try {
                    each.applyTo(admin);
                } catch (IOException | RuntimeException e) {
                    HostLog.log(Level.ERROR, "configuration is not applied: pid={0}, reason={1}", each.pid(), e);
                }
            }
        }
    }

    private void awaitReady(Bundles bundles) {
        long untilNs = System.nanoTime() + READY_LIMIT_NS;
        while (!isReady()) {
            String obstacle = bundles.obstacle(REQUIRED);
            if (!obstacle.isEmpty()) {
                throw new CarillonException(CarillonException.Kind.FAILED, obstacle);
            }
            if (System.nanoTime() - untilNs >= 0) {
                throw new CarillonException(CarillonException.Kind.TIMED_OUT, notReady(bundles));
            }
            LockSupport.parkNanos(READY_STEP_NS);
        }
    }

    private boolean isReady() {
        Kernel kernel = find(Kernel.class);
        return kernel != null && kernel.status().state() == StatusPage.READY && find(Sessions.class) != null;
    }

    private String notReady(Bundles bundles) {
        String bundle = find(Kernel.class) == null ? "org.carillon.kernel"
                : find(Sessions.class) == null ? "org.carillon.transport.local" : "";
        String why = bundle.isEmpty() ? "time thread is not ready" : "component fails: bundle=" + bundle;
        String problems = bundles.problems();
        return why + ", limitMs=" + TimeUnit.NANOSECONDS.toMillis(READY_LIMIT_NS)
                + (problems.isEmpty() ? "" : ", also: " + problems);
    }

    private <T> T find(Class<T> type) {
        BundleContext context = framework.getBundleContext();
        if (context == null) {
            return null;
        }
        ServiceReference<T> reference = context.getServiceReference(type);
        return reference == null ? null : context.getService(reference);
    }
}
