package org.carillon.launcher;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.carillon.api.port.CarillonException;
import org.carillon.configuration.Settings;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.launch.Framework;
import org.osgi.framework.wiring.FrameworkWiring;
import org.osgi.service.cm.ConfigurationAdmin;

/** The OSGi services of a distribution without the server: where a single bundle is looked at. */
public final class BareFramework implements AutoCloseable {
    private static final long STOP_LIMIT_MS = 2_000;
    private static final int SERVICES_LEVEL = 1;

    private final DataFolder data = DataFolder.temporary();
    private final Framework framework;

    /** Starts it. */
    public BareFramework() {
        Home home = Home.of(Optional.empty());
        Map<String, String> properties = new LinkedHashMap<>();
        properties.put(Constants.FRAMEWORK_STORAGE, data.folder().resolve("felix").toString());
        properties.put(Constants.FRAMEWORK_SYSTEMPACKAGES_EXTRA,
                SystemPackages.extra(BareFramework.class.getClassLoader()));
        properties.put("carillon.data", data.folder().toString());
        properties.put("felix.log.level", "0");
        framework = new org.apache.felix.framework.FrameworkFactory().newFramework(properties);
        try {
            framework.start();
            new LogBridge(framework.getBundleContext()).open();
            new Bundles(framework.getBundleContext(), Set.of()).startServices(home.bundles(), SERVICES_LEVEL);
        } catch (BundleException e) {
            close();
            throw new CarillonException(CarillonException.Kind.FAILED, "framework does not start: reason="
                    + e.getMessage());
        }
    }

    /** Installs a bundle and starts it. */
    public Bundle start(Path jar) throws BundleException {
        Bundle bundle = framework.getBundleContext().installBundle(jar.toUri().toString());
        if (bundle.getSymbolicName() == null) {
            throw new BundleException("it has no Bundle-SymbolicName in its manifest");
        }
        bundle.start();
        return bundle;
    }

    /** Gives a component its configuration, whether its bundle is there already or not. */
    public void configure(Settings settings) throws IOException {
        BundleContext context = framework.getBundleContext();
        ServiceReference<ConfigurationAdmin> reference = context.getServiceReference(ConfigurationAdmin.class);
        if (reference == null) {
            throw new IOException("configuration admin must be among the services of the distribution");
        }
        settings.applyTo(context.getService(reference));
    }

    /** Takes a bundle away, with all that still holds on to it. */
    public void remove(Bundle bundle) throws BundleException {
        bundle.uninstall();
        framework.adapt(FrameworkWiring.class).refreshBundles(null);
    }

    @Override
    public void close() {
        try {
            framework.stop();
            framework.waitForStop(STOP_LIMIT_MS);
        } catch (BundleException e) {
            HostLog.log(System.Logger.Level.WARNING, "framework does not stop cleanly: reason={0}", e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        data.close();
    }
}
