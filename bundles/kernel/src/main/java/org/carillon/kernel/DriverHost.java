package org.carillon.kernel;

import java.lang.System.Logger.Level;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.carillon.api.driver.Driver;
import org.carillon.api.driver.DriverGuard;
import org.carillon.api.port.Kernel;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.Constants;
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
    /** By the number of the service. */
    private final Map<Long, HostedDriver> hosted = new ConcurrentHashMap<>();
    private final SynchronousBundleListener bundles = this::onBundleEvent;

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
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

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void addDriver(Driver driver, Map<String, Object> properties) {
        HostedDriver one = new HostedDriver(driver, (Long) properties.get(Constants.SERVICE_BUNDLEID), kernel);
        DriverGuard asked = guard;
        if (asked == null || asked.mayOpen(one.bundleId)) {
            hosted.put(serviceId(properties), one);
            HostedDriver.Outcome outcome = one.open();
            if (outcome.isDone()) {
                tellOpened(one);
            } else {
                hosted.remove(serviceId(properties), one);
                tell(one, "driver is not opened", outcome);
            }
        }
    }

    void removeDriver(Driver driver, Map<String, Object> properties) {
        remove(serviceId(properties));
    }

    private void onBundleEvent(BundleEvent event) {
        if (event.getType() == BundleEvent.STOPPING) {
            hosted.forEach((serviceId, driver) -> {
                if (driver.bundleId == event.getBundle().getBundleId()) {
                    remove(serviceId);
                }
            });
        }
    }

    private void remove(long serviceId) {
        HostedDriver driver = hosted.remove(serviceId);
        if (driver != null) {
            HostedDriver.Outcome outcome = driver.close();
            if (!outcome.isDone()) {
                tell(driver, "driver is not closed", outcome);
            }
        }
    }

    private static Long serviceId(Map<String, Object> properties) {
        return (Long) properties.get(Constants.SERVICE_ID);
    }

    private void tellOpened(HostedDriver driver) {
        DriverGuard told = guard;
        if (told != null) {
            told.opened(driver.bundleId, driver.name());
        }
    }

    private void tell(HostedDriver driver, String what, HostedDriver.Outcome outcome) {
        DriverGuard told = guard;
        if (told == null || !told.failed(driver.bundleId, driver.name(), outcome.reason(), outcome.hangs())) {
            LOG.log(Level.ERROR, "{0}: driver={1}, reason={2}", what, driver.name(), outcome.reason());
        }
    }
}
