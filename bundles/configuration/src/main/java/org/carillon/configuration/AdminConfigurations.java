package org.carillon.configuration;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.cm.ConfigurationEvent;

/** Those of Configuration Admin. One thread, but for {@link #isTurn}. */
final class AdminConfigurations implements Configurations {
    private static final System.Logger LOG = System.getLogger(AdminConfigurations.class.getName());
    /** A configuration of nobody, there for a moment: who hears of it has heard of everything before. */
    static final String TURN_PID = "org.carillon.configuration.turn";
    /** Whoever is slow to end a component holds up the news of configurations; files must not wait for ever. */
    private static final long TURN_LIMIT_S = 5;

    private final ConfigurationAdmin admin;
    /** PIDs of components, not of instances, that have had a configuration. */
    private final Set<String> known = new HashSet<>();
    private final Semaphore turns = new Semaphore(0);

    AdminConfigurations(ConfigurationAdmin admin) {
        this.admin = admin;
    }

    /** Whether news of a configuration are only of a turn that was waited for here. Any thread. */
    boolean isTurn(ConfigurationEvent event) {
        boolean isTurn = TURN_PID.equals(event.getPid());
        if (isTurn && event.getType() == ConfigurationEvent.CM_UPDATED) {
            turns.release();
        }
        return isTurn;
    }

    @Override
    public List<Live> all() throws IOException {
        List<Live> all = new ArrayList<>();
        for (Configuration each : find(null)) {
            if (!TURN_PID.equals(each.getPid())) {
                all.add(seen(each));
            }
        }
        return all;
    }

    private Configuration[] find(String pid) throws IOException {
        try {
            Configuration[] found = admin.listConfigurations(pid == null ? null : "(service.pid=" + escaped(pid) + ")");
            return found == null ? new Configuration[0] : found;
        } catch (InvalidSyntaxException e) {
            throw new IOException("PID cannot be asked for: pid=" + pid, e);
        }
    }

    private static String escaped(String word) {
        return word.replaceAll("([\\\\*()])", "\\\\$1");
    }

    private Live seen(Configuration each) {
        String factoryPid = each.getFactoryPid();
        if (factoryPid == null) {
            known.add(each.getPid());
        }
        return new Live(each.getPid(), factoryPid == null ? "" : factoryPid, Values.of(each.getProperties()));
    }

    @Override
    public Live get(String pid) throws IOException {
        Configuration[] found = find(pid);
        return found.length == 0 ? null : seen(found[0]);
    }

    /**
     * A configuration that is made anew counts its changes anew. The component runtime overlooks one of a component,
     * not of an instance, that counts less than the one before it and is there already when the runtime hears that the
     * one before was deleted. So that news is waited for. Then one change is enough: others see it from then on, and
     * may change it too.
     */
    @Override
    public void put(String pid, Map<String, Object> values) throws IOException {
        Configuration[] found = find(pid);
        if (found.length == 0 && known.contains(pid)) {
            awaitTurn();
        }
        Configuration configuration = found.length > 0 ? found[0] : Settings.configuration(admin, pid);
        configuration.update(FrameworkUtil.asDictionary(values));
        seen(configuration);
    }

    /** Waits until every listener has heard of what was done so far: all hear one after the other, in order. */
    private void awaitTurn() throws IOException {
        turns.drainPermits();
        Configuration turn = admin.getConfiguration(TURN_PID, null);
        try {
            turn.update(new Hashtable<>());
            if (!turns.tryAcquire(TURN_LIMIT_S, TimeUnit.SECONDS)) {
                LOG.log(Level.WARNING, "listeners have not heard of a deleted configuration, going on: limitS={0}",
                        TURN_LIMIT_S);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            turn.delete();
        }
    }

    @Override
    public void delete(String pid) throws IOException {
        for (Configuration each : find(pid)) {
            seen(each);
            each.delete();
        }
    }
}
