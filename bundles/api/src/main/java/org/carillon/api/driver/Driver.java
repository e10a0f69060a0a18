package org.carillon.api.driver;

import org.carillon.api.port.Attachment;
import org.carillon.protocol.Doorbell;
import org.carillon.protocol.ServerClock;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * What a driver bundle offers as a service. Its life: the service appears, {@link #open} publishes ports, events flow,
 * {@link #close} ends its threads and devices, the service goes. Both calls come on a thread of their own and are given
 * five seconds; whatever a driver leaves behind is taken away by the host.
 */
@ConsumerType
public interface Driver {
    /** Unique among drivers; shown to people. */
    String name();

    /**
     * Opens devices and publishes ports.
     *
     * @param ports where to publish them.
     * @param bell  wakes the kernel: the consumer's bell for the rings of sources.
     * @param clock server time, to stamp what comes in.
     * @throws Exception where the driver cannot start; its message is what people see.
     */
    void open(Attachment ports, Doorbell bell, ServerClock clock) throws Exception;

    /**
     * Ends all threads and closes all devices. The ports have gone already, and the rings of destinations hold what
     * releases the notes that sounded: write it out first.
     */
    void close();
}
