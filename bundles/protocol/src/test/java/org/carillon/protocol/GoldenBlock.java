package org.carillon.protocol;

import java.util.Map;

/**
 * One sample of the golden file: what it is in words, and its bytes.
 *
 * @param kind   {@code record}, {@code clock}, {@code status-head}, {@code session}, {@code port}, {@code connection}.
 * @param fields in the order of the file.
 */
record GoldenBlock(String kind, String name, Map<String, String> fields, byte[] bytes) {
    String text(String field) {
        String value = fields.get(field);
        if (value == null) {
            throw new AssertionError("golden block lacks a field: field=" + field + ", name=" + name);
        }
        return value;
    }

    long number(String field) {
        return Long.parseLong(text(field));
    }

    int word(String field) {
        return Math.toIntExact(number(field));
    }

    GoldenBlock withBytes(byte[] other) {
        return new GoldenBlock(kind, name, fields, other);
    }

    @Override
    public String toString() {
        return kind + " " + name;
    }
}
