package org.carillon.bench.process;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a process measured: names and numbers, on one line as a flat JSON object; values that are text are left out. */
public record Reading(Map<String, Double> values) {
    private static final Pattern PAIR = Pattern
            .compile("\"(\\w+)\"\\s*:\\s*(-?[0-9]+(?:\\.[0-9]*)?(?:[eE][-+]?[0-9]+)?)(?=\\s*[,}])");

    public Reading {
        values = Map.copyOf(values);
    }

    /** @throws IllegalStateException when the line is no object. */
    public static Reading parse(String line) {
        String trimmed = line.strip();
        if (!trimmed.startsWith("{") || !trimmed.endsWith("}")) {
            throw new IllegalStateException("expected one object: line=" + line);
        }
        Map<String, Double> values = new LinkedHashMap<>();
        Matcher matcher = PAIR.matcher(trimmed);
        while (matcher.find()) {
            values.put(matcher.group(1), Double.valueOf(matcher.group(2)));
        }
        return new Reading(values);
    }

    /** @throws IllegalStateException when there is no such number. */
    public double get(String name) {
        Double value = values.get(name);
        if (value == null) {
            throw new IllegalStateException("expected a number of this name: name=" + name + ", reading=" + values);
        }
        return value;
    }
}
