package org.carillon.bench.hotload;

import java.lang.ref.WeakReference;
import java.util.Queue;
import org.carillon.api.driver.Driver;
import org.carillon.api.port.Attachment;
import org.carillon.protocol.Doorbell;
import org.carillon.protocol.ServerClock;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;

/**
 * The driver that is dropped and swapped: one virtual port. Each version that is opened leaves a weak reference to its
 * class loader in a queue that the benchmark keeps among the system properties, the one place both can see.
 */
public final class BellDriver implements BundleActivator, Driver {
    static final String PORT = "bell";
    static final String LOADERS = "carillon.bench.loaders";
    private static final int CAPACITY_BYTES = 1 << 16;

    @Override
    public void start(BundleContext context) {
        context.registerService(Driver.class, this, null);
    }

    @Override
    public void stop(BundleContext context) {
        // the framework takes the service back
    }

    @Override
    public String name() {
        return "bell driver";
    }

    @Override
    @SuppressWarnings("unchecked")
    public void open(Attachment ports, Doorbell bell, ServerClock clock) {
        ports.addLoop(PORT, CAPACITY_BYTES, 0);
        ((Queue<WeakReference<ClassLoader>>) System.getProperties().get(LOADERS))
                .add(new WeakReference<>(BellDriver.class.getClassLoader()));
    }

    @Override
    public void close() {
        // the port lives in the server
    }
}
