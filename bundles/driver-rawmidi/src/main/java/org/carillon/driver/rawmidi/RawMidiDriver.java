package org.carillon.driver.rawmidi;

import java.util.List;
import org.carillon.api.device.DeviceInfo;
import org.carillon.api.device.DeviceRegistry;
import org.carillon.api.device.Devices;
import org.carillon.api.driver.Driver;
import org.carillon.api.port.Attachment;
import org.carillon.protocol.Doorbell;
import org.carillon.protocol.ServerClock;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.metatype.annotations.Designate;

/** Publishes the devices of one configuration: one path, or all files that match a pattern. */
@Component(configurationPid = RawMidiDriver.PID, configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = RawMidiConfig.class, factory = true)
public final class RawMidiDriver implements Driver, Devices {
    static final String PID = "org.carillon.driver.rawmidi";

    private final RawMidiSettings settings;
    private volatile RawMidiObserver observer;

    /** Without it devices have their names for as long as this runs. */
    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
    private volatile DeviceRegistry registry;

    @Activate
    public RawMidiDriver(RawMidiConfig config) {
        settings = RawMidiSettings.of(config);
    }

    @Override
    public String name() {
        return "rawmidi " + (settings.name().isEmpty() ? settings.path() : settings.name());
    }

    @Override
    public void open(Attachment ports, Doorbell bell, ServerClock clock) {
        RawMidiObserver opened = new RawMidiObserver(name(), settings, new RawMidiDevice.Server(ports, bell, clock),
                () -> registry);
        observer = opened;
        opened.start();
    }

    @Override
    public void close() {
        RawMidiObserver open = observer;
        if (open != null) {
            try {
                open.close();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public String driver() {
        return name();
    }

    @Override
    public List<DeviceInfo> devices() {
        RawMidiObserver open = observer;
        return open == null ? List.of() : open.devices();
    }
}
