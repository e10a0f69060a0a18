package org.carillon.codegen;

import java.util.Locale;

/** A number or a truth value of fixed length. */
enum Scalar implements Type {
    INT8(1), INT16(2), INT32(4), INT64(8), UINT8(1), UINT16(2), UINT32(4), UINT64(8), FLOAT32(4), FLOAT64(8), BOOL8(1);

    private final int length;

    Scalar(int length) {
        this.length = length;
    }

    /** In bytes. */
    int length() {
        return length;
    }

    boolean isInteger() {
        return ordinal() <= UINT64.ordinal();
    }

    /** The word that all generated readers and writers have for it. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** By the word of a schema; null where there is none. */
    static Scalar named(String word) {
        return switch (word) {
            case "int" -> INT32;
            case "unsigned" -> UINT32;
            case "float" -> FLOAT32;
            case "double" -> FLOAT64;
            case "bool" -> BOOL8;
            case "int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "uint64" ->
                valueOf(word.toUpperCase(Locale.ROOT));
            default -> null;
        };
    }
}
