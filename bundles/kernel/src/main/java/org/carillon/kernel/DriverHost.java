package org.carillon.kernel;

import java.lang.System.Logger.Level;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.carillon.api.driver.Driver;
import org.carillon.api.driver.DriverGuard;
import org.carillon.api.port.Kernel;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.SynchronousBundleListener;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/**
 * Opens drivers as they come and closes them as they go, so that one that hangs holds up nobody. What a driver leaves
 * behind is taken away. The ports of a bundle go before its own code is told to stop, from which it may never come
 * back.
 */
@Component(service = {}, immediate = true)
public final class DriverHost {
    private static final System.Logger LOG = System.getLogger(DriverHost.class.getName());

    private final Kernel kernel;
    private final BundleContext context;
    private final Map<ServiceReference<Driver>, HostedDriver> hosted = new ConcurrentHashMap<>();
    private final SynchronousBundleListener bundles = this::onBundleEvent;
    private volatile DriverGuard guard;

    @Activate
    public DriverHost(@Reference Kernel kernel, BundleContext context) {
        this.kernel = kernel;
        this.context = context;
        context.addBundleListener(bundles);
    }

    @Deactivate
    void deactivate() {
        context.removeBundleListener(bundles);
    }

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
    synchronized void setGuard(DriverGuard guard) {
        this.guard = guard;
        guard.attend(this::endDriversOf);
    }

    synchronized void unsetGuard(DriverGuard gone) {
        if (guard == gone) {
            guard = null;
        }
    }

    /** A reference: the driver itself is made on the thread that opens it, for it may hang there already. */
    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC, service = Driver.class)
    void addDriver(ServiceReference<Driver> reference) {
        HostedDriver driver = new HostedDriver(reference, context, kernel);
        DriverGuard asked = guard;
        if (asked == null || asked.mayOpen(driver.bundleId)) {
            hosted.put(reference, driver);
            HostedDriver.Outcome outcome = driver.open();
            if (outcome.isDone()) {
                tellOpened(driver);
            } else {
                hosted.remove(reference, driver);
                tellNotOpened(driver, outcome);
            }
        }
    }

    void removeDriver(ServiceReference<Driver> reference) {
        HostedDriver driver = hosted.remove(reference);
        if (driver != null) {
            HostedDriver.Outcome outcome = driver.close();
            if (!outcome.isDone()) {
                tellNotClosed(driver, outcome);
            }
        }
    }

    private void onBundleEvent(BundleEvent event) {
        if (event.getType() == BundleEvent.STOPPING) {
            endDriversOf(event.getBundle().getBundleId());
        }
    }

    private void endDriversOf(long bundleId) {
        hosted.forEach((reference, driver) -> {
            if (driver.bundleId == bundleId) {
                removeDriver(reference);
            }
        });
    }

    private void tellOpened(HostedDriver driver) {
        DriverGuard told = guard;
        if (told != null) {
            told.opened(driver.bundleId, driver.name());
        }
    }

    private void tellNotOpened(HostedDriver driver, HostedDriver.Outcome outcome) {
        DriverGuard told = guard;
        if (told == null || !told.notOpened(driver.bundleId, driver.name(), outcome.reason(), outcome.hangs())) {
            LOG.log(Level.ERROR, "driver is not opened: driver={0}, reason={1}", driver.name(), outcome.reason());
        }
    }

    private void tellNotClosed(HostedDriver driver, HostedDriver.Outcome outcome) {
        DriverGuard told = guard;
        if (told == null || !told.notClosed(driver.bundleId, driver.name(), outcome.reason(), outcome.hangs())) {
            LOG.log(Level.ERROR, "driver is not closed: driver={0}, reason={1}", driver.name(), outcome.reason());
        }
    }
}
