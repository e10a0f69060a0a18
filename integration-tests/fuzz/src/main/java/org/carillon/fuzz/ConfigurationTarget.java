package org.carillon.fuzz;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import java.util.Arrays;
import java.util.Collections;
import java.util.Map;
import org.carillon.configuration.JsonEdit;
import org.carillon.configuration.SettingsException;
import org.carillon.configuration.SettingsReader;

/**
 * Configuration files with comments: values, or one clear message with its place; and one that can be read can still be
 * read when a value was written into it, and says that value and otherwise what it said.
 */
public final class ConfigurationTarget {
    private static final int MAX_WORDS = 60;
    private static final String[] WORDS = {"{", "}", "[", "]", ",", ":", "\"", "\"a\"", "\"b\"", "\"a\": 1",
        "\"b\": []", "\n", "\r\n", "    ", "// x\n", "//", "/*", "*/", "/* , } */", "true", "null", "1", "-0.5",
        "1e999", "\\", "\uFEFF", "\"// } \"", "\"\\\"\""};
    private static final Object[] VALUES = {1L, "x", "/* } , \n", true, new String[]{"]", "\""}};

    private ConfigurationTarget() {}

    /** Called by Jazzer with the bytes of its choice. */
    public static void fuzzerTestOneInput(FuzzedDataProvider data) {
        String key = data.pickValue(new String[]{"a", "b", "c"});
        Object value = data.pickValue(VALUES);
        StringBuilder words = new StringBuilder(data.consumeBoolean() ? "{" : "");
        int count = data.consumeInt(0, MAX_WORDS);
        for (int i = 0; i < count && data.remainingBytes() > 0; i++) {
            words.append(data.consumeInt(0, 10) == 0 ? data.consumeString(4) : data.pickValue(WORDS));
        }
        String text = words.append(data.consumeBoolean() ? "}" : "").toString();
        Map<String, Object> before;
        try {
            before = SettingsReader.read(text).values();
        } catch (SettingsException e) {
            if (e.line() < 1 || e.column() < 1 || e.getMessage().isEmpty()) {
                throw new IllegalStateException("expected a place and a message: " + e.line() + ":" + e.column(), e);
            }
            return;
        }
        check(text, before, key, value);
        check(text, before, key, null);
    }

    private static void check(String text, Map<String, Object> before, String key, Object value) {
        try {
            String changed = JsonEdit.changed(text, Collections.singletonMap(key, value));
            Map<String, Object> after = SettingsReader.read(changed).values();
            boolean isRight = value == null ? !after.containsKey(key) : same(value, after.get(key));
            for (Map.Entry<String, Object> each : before.entrySet()) {
                isRight &= each.getKey().equals(key) || same(each.getValue(), after.get(each.getKey()));
            }
            if (!isRight) {
                throw new IllegalStateException("expected the value and the others as they were: text=" + text
                        + ", changed=" + changed);
            }
        } catch (SettingsException e) {
            throw new IllegalStateException("expected that it can be read again: text=" + text, e);
        }
    }

    private static boolean same(Object a, Object b) {
        return Arrays.deepEquals(new Object[]{a}, new Object[]{b});
    }
}
