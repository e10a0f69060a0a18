package org.carillon.launcher.driver;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.carillon.api.driver.Driver;
import org.carillon.api.port.Direction;
import org.carillon.configuration.ConfigurationCheck;
import org.carillon.configuration.Descriptions;
import org.carillon.configuration.SettingsException;
import org.carillon.launcher.BareFramework;
import org.carillon.launcher.driver.Check.Verdict;
import org.carillon.launcher.driver.CheckedPorts.Port;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.ServiceReference;

/**
 * Does with a driver's bundle what the host would do, and looks at both ends: starts it, opens it, plays to its ports,
 * takes it away, and all of that again. One thread.
 */
public final class DriverConformance {
    private static final long LIMIT_MS = 5_000;
    private static final long LOOK_NS = TimeUnit.MILLISECONDS.toNanos(1);
    /** How long nothing may come any more after the end. */
    private static final long AFTER_MS = 200;
    private static final int ROUNDS = 2;
    private static final String TAKES = "takes ";

    private final List<Check> checks = new ArrayList<>();
    private final Path jar;
    private final List<Path> configurations;
    private final Descriptions descriptions = new Descriptions();

    private DriverConformance(Path jar, List<Path> configurations) {
        this.jar = jar;
        this.configurations = configurations;
    }

    /**
     * Checks the bundle in a jar; takes seconds, most where something hangs. Of several drivers in it the first is
     * checked.
     *
     * @param configurations files of its components; none to take those that lie beside the jar and are of components
     *                       that it describes.
     */
    public static List<Check> of(Path jar, List<Path> configurations) {
        DriverConformance conformance = new DriverConformance(jar, configurations);
        try (BareFramework framework = new BareFramework()) {
            conformance.check(framework);
        }
        return List.copyOf(conformance.checks);
    }

    private void check(BareFramework framework) {
        if (!configure(framework)) {
            return;
        }
        Set<Thread> before = new HashSet<>(Thread.getAllStackTraces().keySet());
        for (int round = 1; round <= ROUNDS; round++) {
            String again = round == 1 ? "" : ", again";
            Bundle bundle = start(framework, again);
            boolean goesOn = bundle != null && live(bundle, again);
            if (bundle == null || !stop(framework, bundle, again) || !goesOn) {
                return;
            }
            expectNoThread(before, again);
            if (checks.stream().anyMatch(check -> check.verdict() == Verdict.FAILED)) {
                return;
            }
        }
    }

    /** Whether all its files are right. */
    private boolean configure(BareFramework framework) {
        ConfigurationCheck check = new ConfigurationCheck(descriptions);
        try {
            descriptions.addJar(jar);
            for (Path file : configurations.isEmpty() ? beside(check) : configurations) {
                configure(framework, check, file);
            }
        } catch (IOException e) {
            return true; // what it is if it is no jar is said when it is started
        }
        return checks.stream().allMatch(each -> each.verdict() == Verdict.OK);
    }

    private List<Path> beside(ConfigurationCheck check) throws IOException {
        try (Stream<Path> files = Files.list(jar.toAbsolutePath().getParent())) {
            return files.filter(check::isDescribed).sorted().toList();
        }
    }

    private void configure(BareFramework framework, ConfigurationCheck check, Path file) {
        String trouble = "";
        try {
            framework.configure(check.settings(file));
        } catch (SettingsException e) {
            trouble = "line=" + e.line() + ", column=" + e.column() + (e.key().isEmpty() ? "" : ", key=" + e.key())
                    + ": " + e.getMessage();
        } catch (IOException e) {
            trouble = "it cannot be read: reason=" + e;
        }
        verdict(TAKES + file.getFileName(), trouble, "");
    }

    private Bundle start(BareFramework framework, String again) {
        String expectation = "is a bundle that starts" + again;
        Bundle[] started = {null};
        String trouble = within(() -> started[0] = framework.start(jar));
        if (!trouble.isEmpty()) {
            failed(expectation, trouble);
            return null;
        }
        ok(expectation, started[0].getSymbolicName() + " " + started[0].getVersion());
        return started[0];
    }

    private boolean stop(BareFramework framework, Bundle bundle, String again) {
        return verdict("goes within " + LIMIT_MS + " ms" + again, within(() -> framework.remove(bundle)), "");
    }

    /** Whether it was worth going on. */
    private boolean live(Bundle bundle, String again) {
        BundleContext context = bundle.getBundleContext();
        await(() -> reference(bundle) != null);
        ServiceReference<Driver> reference = reference(bundle);
        Driver[] driver = {null};
        String[] name = {""};
        String trouble = reference == null ? "no service: " + Driver.class.getName() + wanted() : within(() -> {
            driver[0] = context.getService(reference);
            if (driver[0] == null) {
                throw new IllegalStateException("its component cannot be made: the log says why");
            }
            name[0] = driver[0].name();
        });
        if (trouble.isEmpty() && (name[0] == null || name[0].isBlank())) {
            trouble = "its name is empty";
        }
        return verdict("offers a driver with a name" + again, trouble, name[0]) && play(driver[0], name[0], again);
    }

    /** What it may lack. */
    private String wanted() {
        return !checks.getFirst().expectation().startsWith(TAKES) && !descriptions.pids().isEmpty()
                ? "; it may want a configuration, PID.cfg.json or PID~name.cfg.json: pid="
                        + String.join(" or ", descriptions.pids())
                : "";
    }

    @SuppressWarnings("unchecked") // a reference of that name is of that type
    private static ServiceReference<Driver> reference(Bundle bundle) {
        ServiceReference<?>[] offered = bundle.getRegisteredServices();
        for (ServiceReference<?> each : offered == null ? new ServiceReference<?>[0] : offered) {
            if (List.of((String[]) each.getProperty("objectClass")).contains(Driver.class.getName())) {
                return (ServiceReference<Driver>) each;
            }
        }
        return null;
    }

    private boolean play(Driver driver, String name, String again) {
        CheckedPorts ports = new CheckedPorts(name);
        CheckedMusic music = new CheckedMusic(ports);
        boolean opens = verdict("opens within " + LIMIT_MS + " ms" + again,
                within(() -> driver.open(ports, music.bell(), music.clock())), "");
        if (opens) {
            await(() -> !ports.all(Direction.SOURCE).isEmpty() || !ports.all(Direction.DESTINATION).isEmpty());
            String names = names(ports);
            verdict("publishes ports" + again, names.isEmpty() ? "there are none" : String.join("; ", ports.mistakes()),
                    names);
            verdict("takes what its destinations get" + again, music.send(), music.sent() + " records");
        }
        ports.close(); // as when it is unplugged: releases lie in the rings, nobody reads the sources
        music.release();
        boolean closes = verdict("closes within " + LIMIT_MS + " ms" + again, within(driver::close), "");
        if (opens && closes) {
            verdict("writes out what releases notes" + again, music.left(), "");
            music.listen();
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(AFTER_MS));
            verdict("is silent when it is closed" + again, music.late(), "");
            came(music, again);
        }
        return opens && closes;
    }

    private void came(CheckedMusic music, String again) {
        String expectation = "sends whole, stamped records of its own" + again;
        if (music.came() == 0) {
            checks.add(new Check(expectation, Verdict.SKIPPED, "nothing came from it"));
        } else {
            verdict(expectation, music.wrong(), music.came() + " records");
        }
    }

    private static String names(CheckedPorts ports) {
        List<String> names = new ArrayList<>();
        ports.all(Direction.SOURCE).forEach(port -> names.add("from " + port.name()));
        ports.all(Direction.DESTINATION).stream().map(Port::name).forEach(name -> names.add("to " + name));
        return String.join(", ", names);
    }

    private void expectNoThread(Set<Thread> before, String again) {
        await(() -> left(before).isEmpty());
        verdict("leaves no thread behind" + again, left(before).stream().map(Thread::getName)
                .collect(Collectors.joining(", ")), "");
    }

    /** Threads of the driver: those of the framework and of Java are older, or have names of theirs. */
    private static List<Thread> left(Set<Thread> before) {
        return Thread.getAllStackTraces().keySet().stream().filter(thread -> !before.contains(thread)
                && thread.isAlive() && thread != Thread.currentThread() && !isOfTheHost(thread)).toList();
    }

    private static boolean isOfTheHost(Thread thread) {
        ThreadGroup group = thread.getThreadGroup();
        String name = thread.getName();
        return group == null || group.getName().equals("system") || group.getName().equals("InnocuousThreadGroup")
                || name.startsWith("Felix") || name.startsWith("SCR") || name.startsWith("CM ")
                || name.startsWith("Background");
    }

    /** Something that a driver does. */
    private interface Step {
        void run() throws Exception;
    }

    /** Runs a step on a thread of its own; empty, or what went wrong. */
    private static String within(Step step) {
        CompletableFuture<String> answer = new CompletableFuture<>();
        Thread thread = new Thread(() -> {
            try {
                step.run();
                answer.complete("");
            } catch (BundleException | RuntimeException e) {
                answer.complete(reason(e));
            } catch (Throwable e) { // a driver may throw anything
                answer.complete(e.toString());
            }
        }, "Felix check"); // not one of the driver's
        thread.setDaemon(true);
        thread.start();
        try {
            return answer.get(LIMIT_MS, TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            thread.interrupt();
            return "it does not come back: limitMs=" + LIMIT_MS;
        } catch (ExecutionException | InterruptedException e) {
            return e.toString();
        }
    }

    private static String reason(Throwable error) {
        Throwable cause = error;
        while (cause.getCause() != null && cause.getCause() != cause) {
            cause = cause.getCause();
        }
        return cause.getMessage() == null ? cause.toString() : cause.getMessage();
    }

    private static void await(BooleanSupplier condition) {
        long untilNs = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(LIMIT_MS);
        while (!condition.getAsBoolean() && System.nanoTime() - untilNs < 0) {
            LockSupport.parkNanos(LOOK_NS);
        }
    }

    private boolean verdict(String expectation, String trouble, String seen) {
        if (trouble.isEmpty()) {
            ok(expectation, seen);
        } else {
            failed(expectation, trouble);
        }
        return trouble.isEmpty();
    }

    private void ok(String expectation, String seen) {
        checks.add(new Check(expectation, Verdict.OK, seen));
    }

    private void failed(String expectation, String trouble) {
        checks.add(new Check(expectation, Verdict.FAILED, trouble));
    }
}
