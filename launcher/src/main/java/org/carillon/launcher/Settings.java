package org.carillon.launcher;

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
record Settings(String pid, Map<String, Object> values) {
    private static final char NAME_SEPARATOR = '~';
    /** Visible to whichever bundle has the component. */
    private static final String ANY_LOCATION = "?";

    /** These, with those of others in place of the ones of the same keys. */
    Settings with(Settings others) {
        Map<String, Object> all = new LinkedHashMap<>(values);
        all.putAll(others.values);
        return new Settings(pid, all);
    }

    /** Hands them to the components; nothing is restarted where nothing differs. */
    void applyTo(ConfigurationAdmin admin) throws IOException {
        int separator = pid.indexOf(NAME_SEPARATOR);
        Configuration configuration = separator < 0
                ? admin.getConfiguration(pid, ANY_LOCATION)
                : admin.getFactoryConfiguration(pid.substring(0, separator), pid.substring(separator + 1),
                        ANY_LOCATION);
        configuration.updateIfDifferent(FrameworkUtil.asDictionary(values));
    }
}
