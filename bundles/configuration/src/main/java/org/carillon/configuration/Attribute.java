package org.carillon.configuration;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * One key of a description, after the Metatype Service of the OSGi Compendium (chapter 105).
 *
 * @param type        name of its type there.
 * @param cardinality 0 for one value, else for several.
 * @param isNeeded    whether it must be there: it has no default.
 * @param min         empty for none; of strings, the length.
 * @param max         empty for none.
 * @param options     allowed values, empty for all.
 */
record Attribute(String key, String type, int cardinality, boolean isNeeded, String min, String max,
        List<String> options) {
    /** What a value is turned into, or why it cannot be. */
    record Outcome(Object value, String objection) {}

    /**
     * Checks a value of a file, and gives it the type it is to have.
     *
     * @param isWord whether the file knows words only, so that they stand for any type.
     */
    Outcome check(Object value, boolean isWord) {
        if (cardinality == 0 || !isWord && !Values.isList(value)) { // one where several may be is taken for several
            return Values.isList(value) ? wrong(value) : checkOne(value, isWord);
        }
        List<?> given = Values.isList(value) ? Values.list(value)
                : isWord ? Values.split((String) value) : List.of(value);
        List<Object> values = new ArrayList<>();
        for (Object each : given) {
            Outcome outcome = checkOne(each, isWord);
            if (!outcome.objection.isEmpty()) {
                return outcome;
            }
            values.add(outcome.value);
        }
        long most = Math.abs((long) cardinality);
        if (values.size() > most) {
            return new Outcome(null, "expected at most " + most + " values: count=" + values.size());
        }
        return new Outcome(typed(values), "");
    }

    private static Object typed(List<Object> values) {
        Class<?> each = values.isEmpty() ? String.class : values.getFirst().getClass();
        return values.toArray((Object[]) java.lang.reflect.Array.newInstance(each, values.size()));
    }

    private Outcome checkOne(Object value, boolean isWord) {
        Object typed = isWord ? read((String) value) : accepted(value);
        if (typed == null || !isInside(typed)
                || !options.isEmpty() && options.stream().noneMatch(each -> each.equals(Values.plain(typed)))) {
            return wrong(value);
        }
        return new Outcome(typed, "");
    }

    private Object accepted(Object value) {
        return switch (type) {
            case "Byte", "Short", "Integer", "Long" -> value instanceof Long ? value : null;
            case "Double", "Float" -> value instanceof Number ? value : null;
            case "Boolean" -> value instanceof Boolean ? value : null;
            case "Character" -> value instanceof String s && s.length() == 1 ? s : null;
            default -> value instanceof String ? value : null;
        };
    }

    private Object read(String word) {
        try {
            return switch (type) {
                case "Byte", "Short", "Integer", "Long" -> Long.valueOf(word.strip());
                case "Double", "Float" -> Double.valueOf(word.strip());
                case "Boolean" -> switch (word.strip().toLowerCase(Locale.ROOT)) {
                    case "true" -> Boolean.TRUE;
                    case "false" -> Boolean.FALSE;
                    default -> null;
                };
                default -> accepted(word);
            };
        } catch (NumberFormatException e) {
            return null;
        }
    }

    private boolean isInside(Object value) {
        if (value instanceof Number && !Values.isFinite(value)) {
            return false;
        }
        BigDecimal size = value instanceof Number ? new BigDecimal(value.toString())
                : value instanceof String word ? BigDecimal.valueOf(word.length()) : BigDecimal.ZERO;
        return (least().isEmpty() || size.compareTo(new BigDecimal(least())) >= 0)
                && (most().isEmpty() || size.compareTo(new BigDecimal(most())) <= 0);
    }

    private String least() {
        return !min.isEmpty() ? min : switch (type) {
            case "Byte" -> Byte.toString(Byte.MIN_VALUE);
            case "Short" -> Short.toString(Short.MIN_VALUE);
            case "Integer" -> Integer.toString(Integer.MIN_VALUE);
            default -> "";
        };
    }

    private String most() {
        return !max.isEmpty() ? max : switch (type) {
            case "Byte" -> Byte.toString(Byte.MAX_VALUE);
            case "Short" -> Short.toString(Short.MAX_VALUE);
            case "Integer" -> Integer.toString(Integer.MAX_VALUE);
            default -> "";
        };
    }

    private Outcome wrong(Object value) {
        return new Outcome(null, "expected " + expected() + ": " + key + "="
                + (Values.isList(value) ? Values.list(value)
                        : value instanceof String s ? '"' + s + '"'
                                : Values.plain(value)));
    }

    /** In words. */
    String expected() {
        String kind = switch (type) {
            case "Byte", "Short", "Integer", "Long" -> "a whole number";
            case "Double", "Float" -> "a number";
            case "Boolean" -> "true or false";
            case "Character" -> "one letter";
            default -> "a string";
        };
        String range = options.isEmpty() ? range() : ", one of " + String.join(", ", options);
        return kind + range + (cardinality == 0 ? "" : ", or an array of these");
    }

    private String range() {
        String what = accepted("") == null ? "" : "length ";
        if (!min.isEmpty() && !max.isEmpty()) {
            return ", " + what + min + " to " + max;
        }
        return !min.isEmpty() ? ", " + what + "at least " + min : !max.isEmpty() ? ", " + what + "at most " + max : "";
    }
}
