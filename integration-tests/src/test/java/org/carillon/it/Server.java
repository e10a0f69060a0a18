package org.carillon.it;

import static org.junit.Assert.fail;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Dictionary;
import java.util.Enumeration;
import java.util.HashMap;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.carillon.api.port.CarillonException;
import org.carillon.api.port.ConnectionInfo;
import org.carillon.api.port.Kernel;
import org.carillon.api.port.Wiring;
import org.carillon.api.schedule.Scheduler;
import org.carillon.api.session.Session;
import org.carillon.api.session.Sessions;
import org.carillon.api.status.StatusSnapshot;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.PrototypeServiceFactory;
import org.osgi.framework.ServiceObjects;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.log.LogEntry;
import org.osgi.service.log.LogLevel;
import org.osgi.service.log.LogReaderService;

/** The running server as a test sees it: services, bundles, configurations. What a test made goes with it. */
final class Server {
    private static final long LIMIT_NS = TimeUnit.SECONDS.toNanos(20);
    private static final long LOOK_NS = TimeUnit.MILLISECONDS.toNanos(2);

    private final BundleContext context;
    private final List<Session> sessions = new ArrayList<>();
    private final List<Configuration> configurations = new ArrayList<>();
    private final List<String[]> connections = new ArrayList<>();

    Server(BundleContext context) {
        this.context = context;
    }

    /** Waits until something is so, and fails when it never is. */
    static void await(String what, BooleanSupplier condition) {
        await(what, condition, () -> "");
    }

    /** @param state of things when it fails. */
    static void await(String what, BooleanSupplier condition, Supplier<Object> state) {
        long untilNs = System.nanoTime() + LIMIT_NS;
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - untilNs > 0) {
                fail("waited in vain for: " + what + " " + state.get());
            }
            LockSupport.parkNanos(LOOK_NS);
        }
    }

    Bundle bundle(String symbolicName) {
        return Arrays.stream(context.getBundles()).filter(b -> symbolicName.equals(b.getSymbolicName())).findFirst()
                .orElse(null);
    }

    List<Bundle> bundles() {
        return List.of(context.getBundles());
    }

    /** A service that is there or comes soon. */
    <T> T service(Class<T> type) {
        AtomicReference<T> found = new AtomicReference<>();
        await("service " + type.getName(), () -> {
            found.set(find(type).orElse(null));
            return found.get() != null;
        });
        return found.get();
    }

    /** A service that is there now. */
    <T> Optional<T> find(Class<T> type) {
        ServiceReference<T> reference = context.getServiceReference(type);
        return Optional.ofNullable(reference == null ? null : context.getService(reference));
    }

    boolean has(Class<?> type) {
        return context.getServiceReference(type) != null;
    }

    /** What the framework and its component runtime have logged as a warning or worse; nobody sees it otherwise. */
    List<String> frameworkWarnings() {
        Enumeration<LogEntry> entries = service(LogReaderService.class).getLog();
        return Collections.list(entries).stream().filter(entry -> entry.getLogLevel().compareTo(LogLevel.WARN) <= 0)
                .map(entry -> entry.getBundle().getSymbolicName() + ": " + entry.getMessage() + " "
                        + entry.getException())
                .toList();
    }

    /** Replaces a bundle by itself, from the file that it was installed from, as a user would replace it. */
    void update(String symbolicName) throws IOException, BundleException {
        Bundle bundle = bundle(symbolicName);
        try (InputStream jar = URI.create(bundle.getLocation()).toURL().openStream()) {
            bundle.update(jar);
        }
    }

    /** Registers a scheduler that is preferred to the one there is, made of instances of that one. */
    ServiceRegistration<Scheduler> offerBetterScheduler() {
        ServiceObjects<Scheduler> plain = context.getServiceObjects(context.getServiceReference(Scheduler.class));
        return context.registerService(Scheduler.class, new PrototypeServiceFactory<>() {
            @Override
            public Scheduler getService(Bundle user, ServiceRegistration<Scheduler> registration) {
                return plain.getService();
            }

            @Override
            public void ungetService(Bundle user, ServiceRegistration<Scheduler> registration, Scheduler service) {
                plain.ungetService(service);
            }
        }, new Hashtable<>(Map.of(Constants.SERVICE_RANKING, 1)));
    }

    Kernel kernel() {
        return service(Kernel.class);
    }

    StatusSnapshot status() {
        return StatusSnapshot.of(kernel().status());
    }

    /** Opens a session that ends with the test. */
    Session open(String name) {
        Session session = service(Sessions.class).open(name);
        sessions.add(session);
        return session;
    }

    /** Makes a loop and waits for its port; it goes with the test. */
    Configuration loop(String name, int delayUs) throws IOException {
        Configuration configuration = loopWithoutWaiting(name, delayUs);
        await("port " + name, () -> hasPort(name));
        return configuration;
    }

    Configuration loopWithoutWaiting(String name, int delayUs) throws IOException {
        Configuration configuration = service(ConfigurationAdmin.class).createFactoryConfiguration(
                "org.carillon.driver.loopback", "?");
        configurations.add(configuration);
        configuration.update(loopProperties(name, delayUs));
        return configuration;
    }

    /** An instance of a factory, which goes with the test. */
    void configureInstance(String factoryPid, String name, Map<String, Object> properties) throws IOException {
        Configuration configuration = service(ConfigurationAdmin.class).getFactoryConfiguration(factoryPid, name, "?");
        configurations.add(configuration);
        configuration.update(new Hashtable<>(properties));
    }

    /** A configuration that goes with the test. */
    Configuration configure(String pid, Map<String, Object> properties) throws IOException {
        Configuration configuration = service(ConfigurationAdmin.class).getConfiguration(pid, "?");
        configurations.add(configuration);
        configuration.update(new Hashtable<>(properties));
        return configuration;
    }

    /** Configures what offers a service and waits until it does so with this very configuration. */
    void configure(Class<?> service, String pid, Map<String, Object> properties) throws IOException {
        configurations.add(configureToStay(service, pid, properties));
    }

    /**
     * As above; the configuration outlives the test. One that is deleted and made again at once can be overlooked: its
     * count of changes begins anew, and what the component runtime saw last was higher.
     */
    Configuration configureToStay(Class<?> service, String pid, Map<String, Object> properties) throws IOException {
        Long mark = System.nanoTime();
        Map<String, Object> marked = new HashMap<>(properties);
        marked.put("mark", mark);
        Configuration configuration = service(ConfigurationAdmin.class).getConfiguration(pid, "?");
        configuration.update(new Hashtable<>(marked));
        await("configured " + pid, () -> {
            ServiceReference<?> reference = context.getServiceReference(service);
            return reference != null && mark.equals(reference.getProperty("mark"));
        });
        return configuration;
    }

    /** An instance of a factory that goes with the test. */
    Configuration instance(String factoryPid, Map<String, Object> properties) throws IOException {
        Configuration configuration = service(ConfigurationAdmin.class).createFactoryConfiguration(factoryPid, "?");
        configurations.add(configuration);
        configuration.update(new Hashtable<>(properties));
        return configuration;
    }

    static Dictionary<String, Object> loopProperties(String name, int delayUs) {
        return new Hashtable<>(Map.of("name", name, "delayUs", delayUs, "capacityBytes", Traffic.RING_BYTES));
    }

    boolean hasPort(String name) {
        return status().ports().stream().anyMatch(port -> port.name().equals(name));
    }

    /** Connects; the connection goes with the test. */
    void connect(String source, String destination, String filter) {
        kernel().wiring().connect(source, destination, filter, Wiring.Loops.REFUSED);
        connections.add(new String[]{source, destination});
    }

    ConnectionInfo connection(String source, String destination) {
        return status().connections().stream()
                .filter(c -> c.source().equals(source) && c.destination().equals(destination)).findFirst()
                .orElseThrow();
    }

    void awaitState(String source, String destination, ConnectionInfo.State state) {
        await(source + " --> " + destination + " " + state, () -> connection(source, destination).state() == state);
    }

    /** Takes away what the test has made. */
    void tidyUp() {
        sessions.forEach(Session::close);
        for (String[] ends : connections) {
            try {
                kernel().wiring().disconnect(ends[0], ends[1]);
            } catch (CarillonException e) {
                // it went with a kernel that was started anew
            }
        }
        for (Configuration configuration : configurations) {
            try {
                configuration.delete();
            } catch (IOException | IllegalStateException e) {
                // the test has deleted it
            }
        }
    }
}
