package org.carillon.configuration;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;

/** Those of Configuration Admin. One thread. */
final class AdminConfigurations implements Configurations {
    private final ConfigurationAdmin admin;
    /** By PID, how often each had been changed when it was seen last. */
    private final Map<String, Long> changeCounts = new HashMap<>();

    AdminConfigurations(ConfigurationAdmin admin) {
        this.admin = admin;
    }

    @Override
    public List<Live> all() throws IOException {
        List<Live> all = new ArrayList<>();
        for (Configuration each : find(null)) {
            all.add(seen(each));
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
        changeCounts.merge(each.getPid(), each.getChangeCount(), Math::max);
        String factoryPid = each.getFactoryPid();
        return new Live(each.getPid(), factoryPid == null ? "" : factoryPid, Values.of(each.getProperties()));
    }

    @Override
    public Live get(String pid) throws IOException {
        Configuration[] found = find(pid);
        return found.length == 0 ? null : seen(found[0]);
    }

    /**
     * A configuration that is made anew counts its changes anew, and the component runtime overlooks one that counts
     * less than what it saw last. So it is changed until it counts more.
     */
    @Override
    public void put(String pid, Map<String, Object> values) throws IOException {
        Configuration[] found = find(pid);
        if (found.length > 0) {
            found[0].update(FrameworkUtil.asDictionary(values));
            seen(found[0]);
            return;
        }
        Configuration made = Settings.configuration(admin, pid);
        long least = changeCounts.getOrDefault(pid, -1L);
        do {
            made.update(FrameworkUtil.asDictionary(values));
        } while (made.getChangeCount() <= least);
        seen(made);
    }

    @Override
    public void delete(String pid) throws IOException {
        for (Configuration each : find(pid)) {
            seen(each);
            each.delete();
        }
    }
}
