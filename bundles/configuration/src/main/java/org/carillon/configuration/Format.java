package org.carillon.configuration;

import java.util.Map;

/** How a configuration file is written, by the end of its name. */
enum Format {
    /** JSON with comments. It goes before the other where both are there. */
    JSON(".cfg.json") {
        @Override
        SettingsText read(String text) throws SettingsException {
            return SettingsReader.read(text);
        }

        @Override
        String changed(String text, Map<String, Object> changes) throws SettingsException {
            return JsonEdit.changed(text, changes);
        }

        @Override
        String written(Map<String, Object> values) throws SettingsException {
            return JsonEdit.changed("{\n}\n", values);
        }
    },
    /** Lines of {@code key = value}, as Java's properties are written, in UTF-8. */
    PROPERTIES(".cfg") {
        @Override
        SettingsText read(String text) throws SettingsException {
            return PropertiesReader.read(text);
        }

        @Override
        String changed(String text, Map<String, Object> changes) throws SettingsException {
            return PropertiesEdit.changed(text, changes);
        }

        @Override
        String written(Map<String, Object> values) throws SettingsException {
            return PropertiesEdit.changed("", values);
        }
    };

    private final String suffix;

    Format(String suffix) {
        this.suffix = suffix;
    }

    String suffix() {
        return suffix;
    }

    abstract SettingsText read(String text) throws SettingsException;

    /** @param changes new values by key; null takes a key away. */
    abstract String changed(String text, Map<String, Object> changes) throws SettingsException;

    /** The text of a new file. */
    abstract String written(Map<String, Object> values) throws SettingsException;
}
