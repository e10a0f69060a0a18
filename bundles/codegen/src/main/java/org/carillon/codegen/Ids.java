package org.carillon.codegen;

import java.nio.charset.StandardCharsets;

/** The id of a name that has been given none: FNV-1a, 32 bits, over its UTF-8 bytes. */
final class Ids {
    static final long MAX_ID = 0xFFFF_FFFFL;
    private static final int BASIS = 0x811C_9DC5;
    private static final int PRIME = 0x0100_0193;

    private Ids() {}

    static long of(String name) {
        int hash = BASIS;
        for (byte each : name.getBytes(StandardCharsets.UTF_8)) {
            hash = (hash ^ (each & 0xFF)) * PRIME;
        }
        return Integer.toUnsignedLong(hash);
    }
}
