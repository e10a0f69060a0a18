package org.carillon.driver.loopback;

import org.carillon.api.driver.Driver;
import org.carillon.api.port.Attachment;
import org.carillon.api.ring.LocalRing;
import org.carillon.protocol.Doorbell;
import org.carillon.protocol.ServerClock;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.metatype.annotations.Designate;

/** Publishes one loop. The server itself forwards it, so that order stays total and no thread is needed. */
@Component(configurationPid = LoopbackDriver.PID, configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = LoopbackConfig.class, factory = true)
public final class LoopbackDriver implements Driver {
    static final String PID = "org.carillon.driver.loopback";
    private static final int MAX_DELAY_US = 60_000_000;

    private final String name;
    private final long delayNs;
    private final int capacityBytes;

    @Activate
    public LoopbackDriver(LoopbackConfig config) {
        if (config.name() == null || config.name().isBlank()) {
            throw new IllegalArgumentException("loopback port needs a name: name=" + config.name());
        }
        if (config.delayUs() < 0 || config.delayUs() > MAX_DELAY_US) {
            throw new IllegalArgumentException("delay must be 0 to " + MAX_DELAY_US + " microseconds: delayUs="
                    + config.delayUs() + ", name=" + config.name());
        }
        if (config.capacityBytes() < LocalRing.MIN_CAPACITY || Integer.bitCount(config.capacityBytes()) != 1) {
            throw new IllegalArgumentException("capacity must be a power of two of at least " + LocalRing.MIN_CAPACITY
                    + " bytes: capacityBytes=" + config.capacityBytes() + ", name=" + config.name());
        }
        name = config.name();
        delayNs = config.delayUs() * 1_000L;
        capacityBytes = config.capacityBytes();
    }

    @Override
    public String name() {
        return "loopback " + name;
    }

    @Override
    public void open(Attachment ports, Doorbell bell, ServerClock clock) {
        ports.addLoop(name, capacityBytes, delayNs);
    }

    @Override
    public void close() {
        // the loop lives in the server and goes with its ports
    }
}
