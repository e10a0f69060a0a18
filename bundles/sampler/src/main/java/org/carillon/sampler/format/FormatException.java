package org.carillon.sampler.format;

import java.io.IOException;

/** A file that cannot be played at all. The message names the place, and what was expected there. */
public final class FormatException extends IOException {
    private static final long serialVersionUID = 1;

    private final Place place;

    FormatException(Place place, String expected) {
        super(place + ": " + expected);
        this.place = place;
    }

    FormatException(Place place, String expected, Throwable cause) {
        super(place + ": " + expected, cause);
        this.place = place;
    }

    /** Where it is. */
    public Place place() {
        return place;
    }
}
