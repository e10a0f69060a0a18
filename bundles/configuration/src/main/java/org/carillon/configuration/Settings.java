package org.carillon.configuration;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.osgi.framework.FrameworkUtil;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;

/**
 * Configuration of one component, or of one instance of a factory.
 *
 * @param pid    of the component, or {@code factoryPid~name}.
 * @param values by key.
 */
public record Settings(String pid, Map<String, Object> values) {
    private static final char NAME_SEPARATOR = '~';
    /** Visible to whichever bundle has the component. */
    private static final String ANY_LOCATION = "?";

    /** These, with those of others in place of the ones of the same keys. */
    public Settings with(Settings others) {
        Map<String, Object> all = new LinkedHashMap<>(values);
        all.putAll(others.values);
        return new Settings(pid, all);
    }

    /** The configuration of this PID, made where there is none yet. */
    static Configuration configuration(ConfigurationAdmin admin, String pid) throws IOException {
        int separator = pid.indexOf(NAME_SEPARATOR);
        return separator < 0
                ? admin.getConfiguration(pid, ANY_LOCATION)
                : admin.getFactoryConfiguration(pid.substring(0, separator), pid.substring(separator + 1),
                        ANY_LOCATION);
    }

    /** Hands them to the components; nothing is restarted where nothing differs. */
    public void applyTo(ConfigurationAdmin admin) throws IOException {
        configuration(admin, pid).updateIfDifferent(FrameworkUtil.asDictionary(values));
    }
}
