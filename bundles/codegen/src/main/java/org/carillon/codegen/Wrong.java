package org.carillon.codegen;

/** Carries a finding out of the parser, which knows no checked exceptions; {@link Schema} names the file. */
final class Wrong extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Place place;

    Wrong(Place place, String message) {
        super(message, null, false, false);
        this.place = place;
    }

    Place place() {
        return place;
    }
}
