package org.carillon.kernel;

import java.lang.System.Logger.Level;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.carillon.api.driver.Driver;
import org.carillon.api.port.Attachment;
import org.carillon.api.port.CarillonException;
import org.carillon.api.port.Kernel;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/**
 * Opens drivers as they come and closes them as they go, each on a thread of its own and with a time limit, so that one
 * that hangs holds up nobody. What a driver leaves behind is taken away.
 */
@Component(service = {}, immediate = true)
public final class DriverHost {
    private static final System.Logger LOG = System.getLogger(DriverHost.class.getName());
    private static final long LIMIT_S = 5;

    private final Kernel kernel;
    private final Map<Driver, Attachment> open = new ConcurrentHashMap<>();

    @Activate
    public DriverHost(@Reference Kernel kernel) {
        this.kernel = kernel;
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void addDriver(Driver driver) {
        try {
            Attachment ports = kernel.attach(driver.name(), Kernel.Role.DRIVER, null);
            open.put(driver, ports);
            if (!within("open", driver, () -> driver.open(ports, kernel.doorbell(), kernel.status().clock()))) {
                removeDriver(driver);
            }
        } catch (CarillonException e) {
            LOG.log(Level.ERROR, "driver is not opened: {0}", e.getMessage());
        }
    }

    void removeDriver(Driver driver) {
        Attachment ports = open.remove(driver);
        if (ports != null) {
            ports.close();
            within("close", driver, driver::close);
        }
    }

    private interface Step {
        void run() throws Exception;
    }

    private static boolean within(String what, Driver driver, Step step) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        Thread thread = new Thread(() -> {
            try {
                step.run();
                done.complete(null);
            } catch (Exception | LinkageError e) {
                done.completeExceptionally(e);
            }
        }, "carillon-driver-" + what);
        thread.setDaemon(true);
        thread.start();
        try {
            done.get(LIMIT_S, TimeUnit.SECONDS);
            return true;
        } catch (ExecutionException e) {
            LOG.log(Level.ERROR, "driver failed: what={0}, class={1}, reason={2}", what, driver.getClass().getName(),
                    e.getCause().getMessage());
        } catch (TimeoutException e) {
            LOG.log(Level.ERROR, "driver does not come back: what={0}, class={1}, limitS={2}", what,
                    driver.getClass().getName(), LIMIT_S);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return false;
    }
}
