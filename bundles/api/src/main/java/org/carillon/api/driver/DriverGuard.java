package org.carillon.api.driver;

import java.util.function.LongConsumer;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Offered as a service by whoever looks after driver bundles: it is asked before one of their drivers is opened, and
 * told how it went. Called on threads that are bound to a driver's start or end: answer at once.
 */
@ConsumerType
public interface DriverGuard {
    /**
     * Hands over what ends all drivers of a bundle, given by its number: their ports go and they are closed, which may
     * take seconds. It may be called by any thread, from within no other call of this interface.
     */
    void attend(LongConsumer endDrivers);

    /**
     * Whether a driver of this bundle may be opened.
     *
     * @param bundleId of the bundle that publishes the driver.
     */
    boolean mayOpen(long bundleId);

    /** A driver has opened. */
    void opened(long bundleId, String driver);

    /**
     * A driver could not be opened.
     *
     * @param driver its name, or its class where it has told none.
     * @param reason for people.
     * @param hangs  whether the call has not come back: its thread is lost.
     * @return whether people are told; otherwise the caller does it.
     */
    boolean notOpened(long bundleId, String driver, String reason, boolean hangs);

    /**
     * A driver has gone, and complained or did not come back when it was closed; all else as with
     * {@link #notOpened}.
     */
    boolean notClosed(long bundleId, String driver, String reason, boolean hangs);
}
