package org.carillon.configuration;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.osgi.framework.BundleContext;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.cm.ConfigurationEvent;
import org.osgi.service.cm.ConfigurationListener;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/** Has a thread that keeps the files of the configuration folder and Configuration Admin in step. */
@Component(service = ConfigurationListener.class, immediate = true)
public final class ConfigurationFiles implements ConfigurationListener {
    private static final System.Logger LOG = System.getLogger(ConfigurationFiles.class.getName());
    private static final String HOME = "carillon.home";
    private static final String DATA = "carillon.data";
    /** When the launcher read the files, milliseconds since 1970; "never" where they are not to be used. */
    private static final String READ_MS = "carillon.config.readMs";
    private static final String NEVER = "never";
    /** Whether the folder of the installation may be written to, true or false. */
    private static final String WRITE = "carillon.config.write";
    /** Changes are heard of; this is for a folder that is not there yet, and for systems that do not tell. */
    private static final long SCAN_NS = TimeUnit.SECONDS.toNanos(1);
    /** A file that is written to all the time must not keep this thread busy. */
    private static final long PAUSE_NS = TimeUnit.MILLISECONDS.toNanos(10);
    private static final long JOIN_MS = 1_000;

    private interface Message {
        void run() throws IOException;
    }

    private final LinkedBlockingQueue<Message> messages = new LinkedBlockingQueue<>();
    private final FolderWatch watch = new FolderWatch(() -> messages.add(this::look));
    private final LiveDescriptions descriptions;
    private final SettingsFolders folders;
    private final AdminConfigurations configurations;
    private final Keeper keeper;
    private final long readNs;
    private final Thread thread = new Thread(this::run, "carillon-configuration");
    private volatile boolean closed;
    private long nextScanNs;
    private long scannedNs;
    private long bundlesVersion;

    /** Does nothing where no home is known or files are not to be used. */
    @Activate
    public ConfigurationFiles(BundleContext context, @Reference ConfigurationAdmin admin) throws IOException {
        String home = context.getProperty(HOME);
        String read = context.getProperty(READ_MS);
        descriptions = new LiveDescriptions(context);
        if (home == null || NEVER.equals(read)) {
            folders = null;
            configurations = null;
            keeper = null;
            readNs = 0;
            return;
        }
        Path own = Files.createDirectories(context.getDataFile("").toPath());
        String data = context.getProperty(DATA);
        folders = new SettingsFolders(Path.of(home, "config"), SettingsFiles.kept(data == null ? own : Path.of(data)),
                Ownership.of(Files.createDirectories(own.resolve("ours"))));
        configurations = new AdminConfigurations(admin);
        keeper = new Keeper(folders, new SettingsStore(folders, !"false".equals(context.getProperty(WRITE))),
                configurations, descriptions::now);
        readNs = read == null ? 0 : TimeUnit.MILLISECONDS.toNanos(Long.parseLong(read));
        thread.setDaemon(true);
        thread.start();
    }

    /** Ends the watch; configurations stay as they are. */
    @Deactivate
    void deactivate() {
        closed = true;
        messages.add(() -> {});
        try {
            thread.join(JOIN_MS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void configurationEvent(ConfigurationEvent event) {
        if (keeper != null && event.getType() != ConfigurationEvent.CM_LOCATION_CHANGED
                && !configurations.isTurn(event)) {
            messages.add(() -> {
                keeper.liveChanged(event.getPid());
                look();
            });
        }
    }

    private void look() {
        nextScanNs = Math.min(nextScanNs, scannedNs + PAUSE_NS);
    }

    private void run() {
        try {
            nextScanNs = System.nanoTime();
            scannedNs = nextScanNs - SCAN_NS;
            keeper.adopt(readNs, nextScanNs);
            while (!closed) {
                turn();
            }
        } catch (InterruptedException e) {
            // the end
        } catch (IOException e) {
            LOG.log(Level.ERROR, "configurations cannot be read, files are not watched: reason={0}", e.getMessage());
        } finally {
            watch.close();
        }
    }

    private void turn() throws InterruptedException {
        long waitNs = Math.max(0, nextScanNs - System.nanoTime());
        Message message = messages.poll(waitNs, TimeUnit.NANOSECONDS);
        try {
            for (; message != null && !closed; message = messages.poll()) {
                message.run();
            }
            long nowNs = System.nanoTime();
            if (!closed && nowNs - nextScanNs >= 0) {
                scan(nowNs);
            }
        } catch (IOException | RuntimeException e) {
            LOG.log(Level.ERROR, "configuration files: this should not happen, going on", e);
        }
    }

    private void scan(long nowNs) {
        scannedNs = nowNs;
        nextScanNs = nowNs + SCAN_NS;
        watch.watch(List.of(folders.installed(), folders.kept()));
        if (descriptions.version() != bundlesVersion) {
            bundlesVersion = descriptions.version();
            keeper.bundlesChanged(nowNs);
        }
        if (keeper.scan(nowNs)) {
            nextScanNs = nowNs + Keeper.QUIET_NS;
        }
    }
}
