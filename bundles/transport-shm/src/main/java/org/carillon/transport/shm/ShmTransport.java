package org.carillon.transport.shm;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.util.List;
import org.carillon.api.device.DeviceRegistry;
import org.carillon.api.device.Devices;
import org.carillon.api.driver.Drivers;
import org.carillon.api.port.Kernel;
import org.carillon.platform.Platform;
import org.carillon.platform.ipc.ServerPaths;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.log.LogReaderService;
import org.osgi.service.metatype.annotations.Designate;

/** Listens for programs of this machine, as long as there is a kernel and a configuration. */
@Component(service = {}, immediate = true, configurationPid = ShmTransport.PID,
        configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = ShmConfig.class)
public final class ShmTransport implements Services {
    static final String PID = "org.carillon.transport.shm";
    private static final System.Logger LOG = System.getLogger(ShmTransport.class.getName());

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
    private volatile Drivers drivers;
    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
    private volatile DeviceRegistry registry;
    @Reference(policy = ReferencePolicy.DYNAMIC)
    private volatile List<Devices> devices;
    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
    private volatile ConfigurationAdmin configurations;
    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
    private volatile LogReaderService log;

    /** Null where nobody can be served. */
    private final ControlServer server;

    @Activate
    public ShmTransport(@Reference Kernel kernel, ShmConfig config, BundleContext context) {
        server = open(kernel, config, context);
    }

    private ControlServer open(Kernel kernel, ShmConfig config, BundleContext context) {
        Platform platform = Platform.current();
        if (!platform.isNative() || kernel.statusDescriptor() < 0) {
            LOG.log(Level.INFO, "programs of this machine cannot reach the server: reason={0}", platform.describe());
            return null;
        }
        Path path = config.socket().isBlank() ? ServerPaths.toListenAt() : Path.of(config.socket()).toAbsolutePath();
        ListeningPlace place = null;
        try {
            place = ListeningPlace.open(path, config.group());
            return new ControlServer(kernel, this, place, config, version(context), () -> stop(context));
        } catch (IOException | RuntimeException e) {
            LOG.log(Level.WARNING, "programs of this machine cannot reach the server: socket={0}, reason={1}", path,
                    e.getMessage());
            close(place);
            return null;
        }
    }

    private static void close(ListeningPlace place) {
        try {
            if (place != null) {
                place.close();
            }
        } catch (IOException e) {
            LOG.log(Level.WARNING, "socket file stays: socket={0}, reason={1}", place.path(), e.getMessage());
        }
    }

    private static String version(BundleContext context) {
        var version = context.getBundle().getVersion();
        return version.getMajor() + "." + version.getMinor() + "." + version.getMicro();
    }

    /** Ends the framework, and with it the program where that is nothing but the server. */
    private static void stop(BundleContext context) {
        Thread.ofPlatform().daemon().name("carillon-down").start(() -> {
            try {
                context.getBundle(Constants.SYSTEM_BUNDLE_LOCATION).stop();
            } catch (BundleException e) {
                LOG.log(Level.ERROR, "server does not stop: reason={0}", e.getMessage());
            }
        });
    }

    @Deactivate
    void deactivate() {
        if (server != null) {
            server.close();
        }
    }

    @Override
    public Drivers drivers() {
        return drivers;
    }

    @Override
    public DeviceRegistry registry() {
        return registry;
    }

    @Override
    public List<Devices> devices() {
        return devices;
    }

    @Override
    public ConfigurationAdmin configurations() {
        return configurations;
    }

    @Override
    public LogReaderService log() {
        return log;
    }
}
