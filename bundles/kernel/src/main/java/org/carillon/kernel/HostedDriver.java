package org.carillon.kernel;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.carillon.api.driver.Driver;
import org.carillon.api.port.Attachment;
import org.carillon.api.port.Kernel;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;

/**
 * One driver with its ports. Each call of its code has a thread of its own and a time limit. A thread that is late is
 * interrupted and given up; should it come back after all, it ends what it began.
 */
final class HostedDriver {
    private static final long LIMIT_S = 5;

    /** What became of a call: nothing, or a reason. */
    record Outcome(String reason, boolean hangs) {
        static final Outcome DONE = new Outcome("", false);

        boolean isDone() {
            return this == DONE;
        }
    }

    private interface Step {
        void run() throws Exception;
    }

    final long bundleId;
    private final ServiceReference<Driver> reference;
    private final BundleContext context;
    private final Kernel kernel;
    private volatile Driver driver;
    /** Its class until it has told its name, its bundle until it is there. */
    private volatile String name;
    private volatile Attachment ports;

    HostedDriver(ServiceReference<Driver> reference, BundleContext context, Kernel kernel) {
        this.reference = reference;
        this.context = context;
        this.kernel = kernel;
        bundleId = reference.getBundle().getBundleId();
        name = "of " + reference.getBundle().getSymbolicName();
    }

    String name() {
        return name;
    }

    /** Attaches and opens it; where that fails, nothing of it stays. */
    Outcome open() {
        Outcome outcome = within("open", this::attachAndOpen, this::close);
        if (outcome.hangs) {
            takePorts();
        } else if (!outcome.isDone()) {
            return new Outcome(outcome.reason, close().hangs);
        }
        return outcome;
    }

    private void attachAndOpen() throws Exception {
        driver = context.getService(reference);
        if (driver == null) {
            throw new IllegalStateException("it cannot be made, its component says why");
        }
        name = driver.getClass().getName();
        name = String.valueOf(driver.name());
        ports = kernel.attach(name, Kernel.Role.DRIVER, null);
        driver.open(ports, kernel.doorbell(), kernel.status().clock());
    }

    /** Takes its ports away, closes it, and lets go of it. */
    Outcome close() {
        Outcome outcome = takePorts() ? within("close", () -> driver.close(), () -> {}) : Outcome.DONE;
        driver = null;
        context.ungetService(reference);
        return outcome;
    }

    /** Whether there were any to take, now or before. */
    private boolean takePorts() {
        Attachment taken = ports;
        if (taken != null) {
            taken.close();
        }
        return taken != null;
    }

    /** @param late what the given-up thread does when it comes back all the same. */
    private static Outcome within(String what, Step step, Runnable late) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        Thread thread = new Thread(() -> {
            Throwable error = run(step);
            if (!(error == null ? done.complete(null) : done.completeExceptionally(error))) {
                late.run();
            }
        }, "carillon-driver-" + what);
        thread.setDaemon(true);
        thread.start();
        return await(done, thread, what);
    }

    private static Outcome await(CompletableFuture<Void> done, Thread thread, String what) {
        try {
            done.get(LIMIT_S, TimeUnit.SECONDS);
            return Outcome.DONE;
        } catch (ExecutionException e) {
            return new Outcome(reason(e.getCause()), false);
        } catch (TimeoutException e) {
            if (!done.completeExceptionally(e)) {
                return Outcome.DONE; // in the last moment
            }
            thread.interrupt();
            return new Outcome(what + " does not come back: limitS=" + LIMIT_S, true);
        } catch (InterruptedException e) {
            done.completeExceptionally(e);
            thread.interrupt();
            Thread.currentThread().interrupt();
            return new Outcome(what + " does not come back: its caller was interrupted", true);
        }
    }

    private static Throwable run(Step step) {
        try {
            step.run();
            return null;
        } catch (Throwable e) { // a driver's assertion is as good as any other reason
            return e;
        }
    }

    private static String reason(Throwable error) {
        return error.getMessage() == null ? error.toString() : error.getMessage();
    }
}
