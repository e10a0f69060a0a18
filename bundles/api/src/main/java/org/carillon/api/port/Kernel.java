package org.carillon.api.port;

import org.carillon.api.ring.LocalRing;
import org.carillon.protocol.Doorbell;
import org.carillon.protocol.StatusPage;
import org.osgi.annotation.versioning.ProviderType;

/** The time thread as transports and the driver host see it. Any thread. */
@ProviderType
public interface Kernel {
    /** What is being attached. The order is part of the status page. */
    enum Role {
        SESSION, DRIVER
    }

    /**
     * Attaches a session or a driver.
     *
     * @param name     unique among those attached.
     * @param received the ring that its tasks and other events to itself go to, or null where it has none.
     */
    Attachment attach(String name, Role role, LocalRing received);

    /** Wakes the kernel: the consumer's bell of every ring that a source is read from. */
    Doorbell doorbell();

    /** Connections, as the owner of the server changes them: all are remembered. */
    Wiring wiring();

    /**
     * Lets server time go on at another rate from now; pending events keep their dates. In effect when the call
     * returns.
     *
     * @param rate nanoseconds of server time in one of the system's clock, above 0 and at most 1000.
     */
    void rate(double rate);

    StatusPage status();
}
