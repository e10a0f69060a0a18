package org.carillon.configuration;

import java.lang.reflect.Array;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/** Values of configurations, whatever Java type they have: files know fewer types than components. */
final class Values {
    /** What Configuration Admin adds by itself. */
    private static final Set<String> ADDED = Set.of("service.pid", "service.factoryPid", "service.bundleLocation");

    private Values() {}

    static boolean isList(Object value) {
        return value instanceof Collection || value != null && value.getClass().isArray();
    }

    static List<Object> list(Object value) {
        if (value instanceof Collection<?> collection) {
            return new ArrayList<>(collection);
        }
        List<Object> list = new ArrayList<>();
        for (int i = 0; i < Array.getLength(value); i++) {
            list.add(Array.get(value, i));
        }
        return list;
    }

    static boolean isFinite(Object value) {
        return value instanceof Number number && Double.isFinite(number.doubleValue());
    }

    /** A number as people write it, anything else as it is; 5, 5L and 5.0 are one. */
    static String plain(Object value) {
        return isFinite(value)
                ? new BigDecimal(value.toString()).stripTrailingZeros().toPlainString()
                : String.valueOf(value);
    }

    /** Values in one word, as {@code .cfg} files have them: commas between, a backslash before one that is meant. */
    static String word(Object value) {
        return isList(value)
                ? list(value).stream().map(each -> plain(each).replace("\\", "\\\\").replace(",", "\\,"))
                        .collect(Collectors.joining(","))
                : plain(value);
    }

    /** What {@link #word} has put together. */
    static List<String> split(String word) {
        List<String> parts = new ArrayList<>();
        StringBuilder part = new StringBuilder();
        for (int i = 0; i < word.length(); i++) {
            char sign = word.charAt(i);
            if (sign == '\\' && i + 1 < word.length()) {
                part.append(word.charAt(++i));
            } else if (sign == ',') {
                parts.add(part.toString().strip());
                part.setLength(0);
            } else {
                part.append(sign);
            }
        }
        if (!word.isBlank()) {
            parts.add(part.toString().strip());
        }
        return parts;
    }

    /** Whether two values mean the same to a component. */
    static boolean same(Object a, Object b) {
        if (a == null || b == null || isList(a) != isList(b)) {
            return Objects.equals(a, b);
        }
        return isList(a)
                ? list(a).stream().map(Values::plain).toList().equals(list(b).stream().map(Values::plain).toList())
                : plain(a).equals(plain(b));
    }

    /** What makes the second of the first: new values by key, null where a key has gone. */
    static Map<String, Object> changes(Map<String, Object> before, Map<String, Object> after) {
        Set<String> keys = new LinkedHashSet<>(before.keySet());
        keys.addAll(after.keySet());
        Map<String, Object> changes = new LinkedHashMap<>();
        for (String key : keys) {
            if (!same(before.get(key), after.get(key))) {
                changes.put(key, after.get(key));
            }
        }
        return changes;
    }

    static Map<String, Object> changed(Map<String, Object> before, Map<String, Object> changes) {
        Map<String, Object> after = new LinkedHashMap<>(before);
        changes.forEach((key, value) -> {
            if (value == null) {
                after.remove(key);
            } else {
                after.put(key, value);
            }
        });
        return after;
    }

    /** The values of a configuration without those that are added to it. */
    static Map<String, Object> of(java.util.Dictionary<String, Object> properties) {
        Map<String, Object> values = new LinkedHashMap<>();
        if (properties != null) {
            List<String> keys = Collections.list(properties.keys());
            Collections.sort(keys);
            keys.stream().filter(key -> !ADDED.contains(key)).forEach(key -> values.put(key, properties.get(key)));
        }
        return values;
    }
}
