package org.carillon.api.driver;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * Offered as a service by whoever looks after driver bundles: it is asked before one of their drivers is opened, and
 * told how it went. Called on threads that are bound to a driver's start or end: answer at once.
 */
@ConsumerType
public interface DriverGuard {
    /**
     * Whether a driver of this bundle may be opened.
     *
     * @param bundleId of the bundle that publishes the driver.
     */
    boolean mayOpen(long bundleId);

    /** A driver has opened. */
    void opened(long bundleId, String driver);

    /**
     * A driver could not be opened or closed.
     *
     * @param driver its name, or its class where it has told none.
     * @param reason for people.
     * @param hangs  whether the call has not come back: its thread is lost.
     * @return whether people are told; otherwise the caller does it.
     */
    boolean failed(long bundleId, String driver, String reason, boolean hangs);
}
