package org.carillon.codegen;

import java.util.Locale;

/** What a client may ask for. Without an {@code out} it is one-way: nobody answers. */
record Request(Place place, String name, long id, String in, String out, Right right, String comment) {
    /** What a caller must be allowed; each holds those before it. */
    enum Right {
        LOOK, WIRE, ADMINISTER;

        /** As a schema has it. */
        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    boolean isOneWay() {
        return out == null;
    }

    /** The name as a constant: {@code openSession} becomes {@code OPEN_SESSION}. */
    String constant() {
        return name.replaceAll("([a-z0-9])([A-Z])", "$1_$2").toUpperCase(Locale.ROOT);
    }
}
