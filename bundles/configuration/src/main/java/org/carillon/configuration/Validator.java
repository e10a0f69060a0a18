package org.carillon.configuration;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** Compares a file with what the bundles say of its component. */
final class Validator {
    /** Keys that components have beside their own: properties of the service, choice of references. */
    private static final Pattern COMMON = Pattern.compile("service\\..*|component\\..*|\\..*|.*\\.target"
            + "|.*\\.cardinality\\.minimum");
    /** Letters that may be wrong in a name that is meant. */
    private static final int MAX_DISTANCE = 2;

    /**
     * What came of it.
     *
     * @param raw    values as the file has them.
     * @param values the same with the types that the description wants.
     */
    record Result(Map<String, Object> raw, Map<String, Object> values, List<Finding> findings) {
        boolean isUsable() {
            return findings.stream().noneMatch(finding -> finding.kind() == Finding.Kind.ERROR);
        }
    }

    private final Path file;
    private final SettingsText text;
    private final boolean isWord;
    private final Map<String, Object> values = new LinkedHashMap<>();
    private final List<Finding> findings = new ArrayList<>();

    private Validator(SettingsFile file, SettingsText text) {
        this.file = file.path();
        this.text = text;
        isWord = file.format() == Format.PROPERTIES;
    }

    static Result check(SettingsFile file, SettingsText text, Descriptions descriptions) {
        Validator validator = new Validator(file, text);
        validator.check(file.pid(), descriptions);
        return new Result(text.values(), validator.values, validator.findings);
    }

    private void check(String pid, Descriptions descriptions) {
        Description description = descriptions.of(pid);
        values.putAll(text.values());
        int separator = pid.indexOf(SettingsFile.NAME_SEPARATOR);
        if (description == null) {
            String name = separator < 0 ? pid : pid.substring(0, separator);
            add(Finding.Kind.UNKNOWN_PID, 0, "", "no bundle describes this component: pid=" + name
                    + meant(name, descriptions.pids()));
            return;
        }
        if (description.isFactory() != separator > 0) {
            add(Finding.Kind.WARNING, 0, "", description.isFactory()
                    ? "expected an instance, PID~name, in the name of the file: pid=" + pid
                    : "expected no ~name in the name of the file, there is one of this component: pid=" + pid);
        }
        text.entries().forEach((key, entry) -> check(key, entry, description));
        description.attributes().values().stream()
                .filter(each -> each.isNeeded() && !text.entries().containsKey(each.key()))
                .forEach(each -> add(Finding.Kind.ERROR, text.endOffset(), each.key(),
                        "expected this key, with " + each.expected()));
    }

    private void check(String key, SettingsText.Entry entry, Description description) {
        Attribute attribute = description.attributes().get(key);
        if (attribute != null) {
            Attribute.Outcome outcome = attribute.check(entry.value(), isWord);
            if (outcome.objection().isEmpty()) {
                values.put(key, outcome.value());
            } else {
                add(Finding.Kind.ERROR, entry.valueOffset(), key, outcome.objection());
            }
        } else if (!COMMON.matcher(key).matches()) {
            add(Finding.Kind.WARNING, entry.keyOffset(), key, "component does not know this key"
                    + meant(key, description.attributes().keySet()));
        }
    }

    private void add(Finding.Kind kind, int offset, String key, String message) {
        SettingsText.Place place = text.place(offset);
        findings.add(new Finding(kind, file, place.line(), place.column(), key, message));
    }

    private static String meant(String word, Collection<String> known) {
        List<String> near = known.stream().filter(each -> isNear(word, each)).sorted().toList();
        return near.isEmpty() ? "" : ", did you mean: " + String.join(" or ", near);
    }

    private static boolean isNear(String word, String known) {
        String a = word.toLowerCase(Locale.ROOT);
        String b = known.toLowerCase(Locale.ROOT);
        return distance(a, b) <= Math.min(MAX_DISTANCE, b.length() - 1) || a.length() > MAX_DISTANCE
                && (b.startsWith(a) || a.startsWith(b) || b.endsWith("." + a));
    }

    /** How many letters must be put in, taken out or replaced to make one word of the other. */
    private static int distance(String a, String b) {
        int[] costs = new int[b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            int corner = 0;
            for (int j = 0; j <= b.length(); j++) {
                int above = costs[j];
                if (i == 0 || j == 0) {
                    costs[j] = i + j;
                } else {
                    int replaced = corner + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                    costs[j] = Math.min(replaced, Math.min(above, costs[j - 1]) + 1);
                }
                corner = above;
            }
        }
        return costs[b.length()];
    }
}
