package org.carillon.driver.javasound;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import javax.sound.midi.spi.MidiDeviceProvider;
import org.carillon.api.device.DeviceInfo;
import org.carillon.api.device.DeviceRegistry;
import org.carillon.api.device.Devices;
import org.carillon.api.driver.Driver;
import org.carillon.api.port.Attachment;
import org.carillon.api.port.ConnectionInfo;
import org.carillon.api.port.Kernel;
import org.carillon.api.status.StatusSnapshot;
import org.carillon.protocol.Doorbell;
import org.carillon.protocol.ServerClock;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.metatype.annotations.Designate;

/** Publishes the devices of javax.sound.midi that one configuration names. */
@Component(configurationPid = JavaSoundDriver.PID, configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = JavaSoundConfig.class, factory = true)
public final class JavaSoundDriver implements Driver, Devices {
    static final String PID = "org.carillon.driver.javasound";

    private final JavaSoundSettings settings;
    private final BundleContext context;
    private final Providers providers = new Providers();
    private volatile JavaSoundObserver observer;

    /** Without it devices have their names for as long as this runs. */
    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
    private volatile DeviceRegistry registry;

    /** It tells what is connected; without it synthesizers are opened by the first event. */
    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
    private volatile Kernel kernel;

    @Activate
    public JavaSoundDriver(JavaSoundConfig config, BundleContext context) {
        settings = JavaSoundSettings.of(config);
        this.context = context;
    }

    /** A reference: the provider itself is made on a thread of its own, for it may hang there already. */
    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC,
            service = MidiDeviceProvider.class)
    void addProvider(ServiceReference<MidiDeviceProvider> reference) {
        providers.add(reference, () -> context.getService(reference));
    }

    void removeProvider(ServiceReference<MidiDeviceProvider> reference) {
        providers.remove(reference);
        context.ungetService(reference);
    }

    @Override
    public String name() {
        return "javasound " + settings.name();
    }

    @Override
    public void open(Attachment ports, Doorbell bell, ServerClock clock) {
        JavaSoundObserver opened = new JavaSoundObserver(name(), settings, providers,
                new JavaSoundPort.Server(ports, bell, clock), () -> registry, this::connected);
        observer = opened;
        providers.load(ClassLoader.getSystemClassLoader());
        opened.start();
    }

    /** Names of destinations that something is connected to. */
    private Set<String> connected() {
        Kernel asked = kernel;
        return asked == null ? Set.of() : connected(asked);
    }

    static Set<String> connected(Kernel kernel) {
        return StatusSnapshot.of(kernel.status()).connections().stream()
                .filter(each -> each.state() == ConnectionInfo.State.ACTIVE).map(ConnectionInfo::destination)
                .collect(Collectors.toSet());
    }

    @Override
    public void close() {
        JavaSoundObserver open = observer;
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
        JavaSoundObserver open = observer;
        return open == null ? List.of() : open.devices();
    }
}
