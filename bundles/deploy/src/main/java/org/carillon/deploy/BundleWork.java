package org.carillon.deploy;

import java.io.IOException;
import java.io.InputStream;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.wiring.FrameworkWiring;

/**
 * What is done with the framework, each on the thread of an {@link Action}. A bundle is always installed as a copy:
 * the file in the folder may be overwritten in place while classes are still to be loaded from it.
 */
final class BundleWork {
    /** Begins the location of every bundle that comes from the folder; the name of its file follows. */
    static final String LOCATION = "carillon-driver:";
    private static final System.Logger LOG = System.getLogger(BundleWork.class.getName());
    private static final int START = Bundle.START_TRANSIENT | Bundle.START_ACTIVATION_POLICY;
    private static final long REFRESH_LIMIT_S = 30;

    private final BundleContext context;
    private final Folder folder;
    private final Fence fence;
    private final Path staging;
    /** File by the symbolic name that it has taken. */
    private final Map<String, String> takenNames = new ConcurrentHashMap<>();

    /** @param staging folder for copies that are being checked. */
    BundleWork(BundleContext context, Folder folder, Fence fence, Path staging) {
        this.context = context;
        this.folder = folder;
        this.fence = fence;
        this.staging = staging;
    }

    /** Bundles that came from the folder before. */
    List<Bundle> present() {
        List<Bundle> bundles = new ArrayList<>();
        for (Bundle bundle : context.getBundles()) {
            if (bundle.getLocation().startsWith(LOCATION)) {
                bundles.add(bundle);
                takenNames.put(bundle.getSymbolicName(), fileOf(bundle));
            }
        }
        return bundles;
    }

    /** Whether a bundle came from the folder. Any thread. */
    boolean isOurs(long bundleId) {
        Bundle bundle = context.getBundle(bundleId);
        return bundle != null && bundle.getLocation().startsWith(LOCATION);
    }

    static String fileOf(Bundle bundle) {
        return bundle.getLocation().substring(LOCATION.length());
    }

    /**
     * Puts a file in the place of the bundle that it had before, if any, and starts it. Everything that can be found
     * out before is found out before that one stops.
     */
    void deploy(Action action, FileStamp stamp) throws Trouble, IOException, BundleException,
            InterruptedException {
        Path copy = Files.createTempFile(staging, "driver", ".jar");
        try {
            DriverJar jar = DriverJar.staged(folder.file(action.file), copy, folder.limitBytes());
            if (!stamp.equals(folder.stamp(action.file))) {
                throw new Trouble(Trouble.Kind.NOT_WHOLE, "file changes while it is read");
            }
            fence.check(jar.symbolicName());
            take(jar.symbolicName(), action.file);
            replace(action, jar);
        } finally {
            Files.delete(copy);
        }
        start(action);
    }

    private void take(String symbolicName, String file) throws Trouble {
        String holder = takenNames.putIfAbsent(symbolicName, file);
        for (Bundle bundle : context.getBundles()) {
            if (holder == null && symbolicName.equals(bundle.getSymbolicName())
                    && !bundle.getLocation().startsWith(LOCATION)) {
                takenNames.remove(symbolicName, file);
                holder = bundle.getLocation();
            }
        }
        if (holder != null && !holder.equals(file)) {
            throw new Trouble(Trouble.Kind.UNRESOLVED, "symbolic name is taken: symbolicName=" + symbolicName
                    + ", by=" + holder);
        }
    }

    private void replace(Action action, DriverJar jar) throws IOException, BundleException, InterruptedException,
            Trouble {
        Bundle before = action.bundle();
        if (before != null) {
            stop(action);
        }
        try (InputStream in = Files.newInputStream(jar.file())) {
            if (before == null) {
                action.bundle(context.installBundle(LOCATION + action.file, in));
            } else {
                String oldName = before.getSymbolicName();
                before.update(in);
                if (!oldName.equals(jar.symbolicName())) {
                    takenNames.remove(oldName, action.file);
                }
                refresh(action, before);
            }
            action.jar(jar);
        } catch (BundleException e) {
            if (before == null) {
                takenNames.remove(jar.symbolicName(), action.file);
            }
            throw e;
        }
    }

    void start(Action action) throws BundleException {
        action.call("start", () -> action.bundle().start(START));
    }

    /** Stops and starts it. */
    void restart(Action action) throws BundleException, Trouble {
        stop(action);
        start(action);
    }

    /** Stops it; that it complains does not keep it from being stopped. */
    void stop(Action action) throws BundleException, Trouble {
        Bundle bundle = action.bundle();
        action.call("stop", () -> {
            try {
                bundle.stop(Bundle.STOP_TRANSIENT);
            } catch (BundleException e) {
                if (bundle.getState() == Bundle.ACTIVE) {
                    throw e;
                }
                LOG.log(Level.WARNING, "driver complains when it is stopped: file={0}, reason={1}", action.file,
                        Trouble.reason(e));
            }
        });
        if (fence.holds(bundle.getBundleId())) {
            throw new Trouble(Trouble.Kind.FENCED, "stop does not come back");
        }
    }

    void remove(Action action) throws BundleException, InterruptedException, Trouble {
        Bundle bundle = action.bundle();
        stop(action);
        String symbolicName = bundle.getSymbolicName();
        bundle.uninstall();
        takenNames.remove(symbolicName, action.file);
        action.bundle(null);
        refresh(action, bundle);
    }

    /**
     * Lets go of the classes that a bundle had. Whoever uses them is stopped before that, here where a limit is kept:
     * the framework has one thread for all refreshing, and a bundle that hung there would end that for good.
     */
    private void refresh(Action action, Bundle bundle) throws BundleException, InterruptedException {
        FrameworkWiring wiring = context.getBundle(Constants.SYSTEM_BUNDLE_LOCATION).adapt(FrameworkWiring.class);
        Set<Bundle> users = new HashSet<>(wiring.getDependencyClosure(Set.of(bundle)));
        users.remove(bundle);
        List<Bundle> stopped = new ArrayList<>();
        for (Bundle user : users) {
            if (user.getState() == Bundle.STARTING && !isLazy(user) || user.getState() == Bundle.STOPPING) {
                startAgain(action, stopped);
                return; // it hangs: its old classes stay, and so do ours for it
            }
            if (user.getState() == Bundle.ACTIVE || user.getState() == Bundle.STARTING) {
                action.call("stop of " + user.getSymbolicName(), () -> user.stop(Bundle.STOP_TRANSIENT));
                stopped.add(user);
            }
        }
        CountDownLatch done = new CountDownLatch(1);
        wiring.refreshBundles(Set.of(bundle), event -> done.countDown());
        done.await(REFRESH_LIMIT_S, TimeUnit.SECONDS);
        startAgain(action, stopped);
    }

    private static boolean isLazy(Bundle bundle) {
        return Constants.ACTIVATION_LAZY.equals(bundle.getHeaders("").get(Constants.BUNDLE_ACTIVATIONPOLICY));
    }

    private static void startAgain(Action action, Collection<Bundle> stopped) throws BundleException {
        for (Bundle user : stopped) {
            action.call("start of " + user.getSymbolicName(), () -> {
                try {
                    user.start(START);
                } catch (BundleException e) {
                    LOG.log(Level.ERROR, "driver does not start again: symbolicName={0}, reason={1}",
                            user.getSymbolicName(), Trouble.reason(e));
                }
            });
        }
    }
}
