package org.carillon.client.javasound;

import java.lang.ref.WeakReference;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.carillon.client.CarillonClient;
import org.carillon.client.ClientOptions;
import org.carillon.client.ServerView;
import org.carillon.platform.ipc.ServerPaths;
import org.carillon.protocol.control.PortEntry;

/** The devices of one program, and the one session that those of them share which are open. Any thread. */
final class PortDevices {
    /** A list is asked for in passing: a server that does not answer is none. */
    private static final long LOOK_LIMIT_NS = TimeUnit.SECONDS.toNanos(1);
    /** Constant and yet with state: Java makes a provider for each question, which could remember nothing. */
    private static final PortDevices OF_THIS_PROGRAM = new PortDevices(ServerPaths::isAnyThere,
            () -> ClientOptions.named(ProgramName.ofThisProcess()));

    /** A port by what it is. */
    private record Key(String port, boolean isDestination) {}

    private final BooleanSupplier mayBeThere;
    private final Supplier<ClientOptions> options;
    private final Map<Key, WeakReference<PortInfo>> infos = new HashMap<>();
    private final Object sessionLock = new Object();
    /** Looks at the server; null while none is known. */
    private CarillonClient looking;
    /** Null while no device is open. */
    private volatile ProgramSession session;
    /** Held, so that one whose program has lost it while it is open can be had again and closed. */
    private final Set<PortDevice> open = new HashSet<>();

    private PortDevices(BooleanSupplier mayBeThere, Supplier<ClientOptions> options) {
        this.mayBeThere = mayBeThere;
        this.options = () -> options.get().startedBy();
    }

    static PortDevices ofThisProgram() {
        return OF_THIS_PROGRAM;
    }

    static PortDevices of(ClientOptions options) {
        return new PortDevices(() -> true, () -> options);
    }

    /**
     * What is told of the ports that are there now, in order of their names. None where there is no server, or none
     * that can be understood: whoever asks Java for devices has not asked for one.
     */
    synchronized List<PortInfo> list() {
        infos.values().removeIf(info -> info.get() == null);
        try {
            ProgramSession own = session;
            String ownName = own == null ? "" : own.name();
            return ports().stream().filter(port -> !port.session().equals(ownName))
                    .map(port -> info(new Key(port.name(), port.isDestination()))).toList();
        } catch (RuntimeException | LinkageError e) {
            System.getLogger(PortDevices.class.getName()).log(System.Logger.Level.DEBUG, "no ports", e);
            lookAfresh();
            return List.of();
        }
    }

    private PortInfo info(Key key) {
        WeakReference<PortInfo> known = infos.get(key);
        PortInfo info = known == null ? null : known.get();
        if (info == null) {
            info = new PortInfo(this, key.port, key.isDestination);
            infos.put(key, new WeakReference<>(info));
        }
        return info;
    }

    private List<PortEntry> ports() {
        if (looking == null && mayBeThere.getAsBoolean()) {
            looking = new CarillonClient(options.get().within(LOOK_LIMIT_NS));
        }
        Optional<ServerView> server = looking == null ? Optional.empty() : looking.present();
        if (server.isEmpty()) {
            lookAfresh();
            return List.of();
        }
        return server.get().isReady() ? server.get().ports() : List.of();
    }

    /** The next server may listen elsewhere. */
    private void lookAfresh() {
        if (looking != null) {
            looking.close();
            looking = null;
        }
    }

    /** The session, for a device that is being opened; {@link #leave} gives it back. */
    ProgramSession join(PortDevice device) {
        synchronized (sessionLock) {
            ProgramSession present = session;
            if (present == null || present.hasEnded()) { // devices of one that has ended stay silent
                present = ProgramSession.open(options.get());
                session = present;
                open.clear();
            }
            open.add(device);
            return present;
        }
    }

    void leave(PortDevice device, ProgramSession left) {
        synchronized (sessionLock) {
            if (left == session) {
                open.remove(device);
                if (open.isEmpty()) {
                    session = null;
                    left.close();
                }
            } else {
                left.close();
            }
        }
    }
}
