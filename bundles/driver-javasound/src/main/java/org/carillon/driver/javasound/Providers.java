package org.carillon.driver.javasound;

import java.lang.System.Logger.Level;
import java.util.Iterator;
import java.util.Map;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import javax.sound.midi.spi.MidiDeviceProvider;

/**
 * The providers of MIDI devices there are: those of Java and of the class path, looked for once on a thread of their
 * own, since making one may hang; and those that bundles offer, which Java's own look-up does not see. Any thread.
 */
final class Providers {
    private static final System.Logger LOG = System.getLogger(Providers.class.getName());
    private static final int FAILURE_LIMIT = 100;

    private final Map<Object, Callable<MidiDeviceProvider>> sources = new ConcurrentHashMap<>();
    private volatile boolean isLoading;

    /** Begins to look on the class path. */
    void load(ClassLoader classPath) {
        isLoading = true;
        Thread thread = new Thread(() -> {
            try {
                load(ServiceLoader.load(MidiDeviceProvider.class, classPath).iterator());
            } finally {
                isLoading = false;
            }
        }, "carillon-javasound-load");
        thread.setDaemon(true);
        thread.setContextClassLoader(classPath);
        thread.start();
    }

    /** Whether more may come within moments. */
    boolean isLoading() {
        return isLoading;
    }

    private void load(Iterator<MidiDeviceProvider> found) {
        for (int failures = 0; failures < FAILURE_LIMIT;) {
            try {
                if (!found.hasNext()) {
                    return;
                }
                MidiDeviceProvider provider = found.next();
                sources.put(provider, () -> provider);
            } catch (ServiceConfigurationError | LinkageError e) {
                failures++;
                LOG.log(Level.WARNING, "provider of MIDI devices cannot be made: reason={0}", e);
            }
        }
    }

    /**
     * A provider has come.
     *
     * @param key    that it goes by again.
     * @param source of it; called on a thread that may hang.
     */
    void add(Object key, Callable<MidiDeviceProvider> source) {
        sources.put(key, source);
    }

    void remove(Object key) {
        sources.remove(key);
    }

    Map<Object, Callable<MidiDeviceProvider>> sources() {
        return Map.copyOf(sources);
    }
}
