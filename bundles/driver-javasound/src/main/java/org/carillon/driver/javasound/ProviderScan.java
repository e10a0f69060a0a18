package org.carillon.driver.javasound;

import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.sound.midi.MidiDevice;
import javax.sound.midi.spi.MidiDeviceProvider;

/**
 * Asks one provider for its devices, on a thread of its own, so that one that throws or hangs holds up nobody: what it
 * told last counts until it tells again. The observer's thread only.
 */
final class ProviderScan {
    private static final System.Logger LOG = System.getLogger(ProviderScan.class.getName());
    private static final long LIMIT_MS = 2_000;
    private static final int TOLD_LIMIT = 100;
    /** Vendor of our own devices, which lead to this very server. */
    private static final String OURS = "Carillon";

    private final Callable<MidiDeviceProvider> source;
    private final ExecutorService worker = Executors.newSingleThreadExecutor(task -> {
        Thread thread = new Thread(task, "carillon-javasound-provider");
        thread.setDaemon(true);
        thread.setContextClassLoader(ClassLoader.getSystemClassLoader()); // of threads that a provider starts, too
        return thread;
    });
    private volatile MidiDeviceProvider provider;
    private Future<List<ScannedDevice>> asked;
    private List<ScannedDevice> last = List.of();
    private final Set<String> told = new HashSet<>();

    /** @param source of the provider; called once, on the provider's thread. */
    ProviderScan(Callable<MidiDeviceProvider> source) {
        this.source = source;
    }

    /** What the provider lists, or has listed last. */
    List<ScannedDevice> look() throws InterruptedException {
        boolean waits = asked == null;
        if (waits) {
            List<ScannedDevice> known = last;
            asked = worker.submit(() -> scan(known));
        }
        try {
            last = asked.get(waits ? LIMIT_MS : 0, TimeUnit.MILLISECONDS);
            asked = null;
        } catch (TimeoutException e) {
            tell("provider of MIDI devices does not answer: limitMs=" + LIMIT_MS + ", provider=" + provider);
        } catch (ExecutionException e) {
            asked = null;
            tell("provider of MIDI devices fails: provider=" + provider + ", reason=" + e.getCause());
        }
        return last;
    }

    /** Whether it has not answered within its time. */
    boolean isLate() {
        return asked != null;
    }

    /** Whether it has answered since, and nobody has looked yet. */
    boolean hasLateAnswer() {
        return asked != null && asked.isDone();
    }

    private List<ScannedDevice> scan(List<ScannedDevice> known) throws Exception {
        if (provider == null) {
            provider = source.call();
        }
        List<ScannedDevice> left = new ArrayList<>(known);
        List<ScannedDevice> devices = new ArrayList<>();
        for (MidiDevice.Info info : listed()) {
            if (info != null && !OURS.equals(info.getVendor())) {
                ScannedDevice same = left.stream().filter(each -> each.isListedAs(info)).findFirst().orElse(null);
                left.remove(same);
                add(same == null ? scanned(info) : same, devices);
            }
        }
        return devices;
    }

    private MidiDevice.Info[] listed() {
        if (!ScannedDevice.isJavasOwn(provider)) {
            return provider.getDeviceInfo();
        }
        AlsaTurn.take();
        try {
            return provider.getDeviceInfo();
        } finally {
            AlsaTurn.give();
        }
    }

    private static void add(ScannedDevice device, List<ScannedDevice> devices) {
        if (device != null) {
            devices.add(device);
        }
    }

    /** One device that fails hides no other. */
    private ScannedDevice scanned(MidiDevice.Info info) {
        try {
            return new ScannedDevice(provider, info, provider.getDevice(info));
        } catch (RuntimeException | LinkageError e) {
            if (!ScannedDevice.isJavasOwn(provider)) { // their list has changed meanwhile, and is asked for again
                tell("device cannot be had from its provider: name=" + info.getName() + ", reason=" + e);
            }
            return null;
        }
    }

    /** Says something once. */
    private synchronized void tell(String words) {
        if (told.size() < TOLD_LIMIT && told.add(words)) {
            LOG.log(Level.WARNING, words);
        }
    }

    void close() {
        worker.shutdownNow();
    }
}
