package org.carillon.sampler.format;

/**
 * Something about a file that sounds otherwise than the file says, or that a person should know.
 *
 * @param text what was expected or done, then the values; lower case.
 */
public record Notice(Kind kind, Place place, String text) {
    /** What a notice is about. */
    public enum Kind {
        /** The file asks for something that this sampler does not do; the rest is done. */
        NOT_HONOURED,
        /** A value is wrong; the nearest right one or the default serves, or the region is left out. */
        WRONG,
        /** A file, sample or program is not there; the others play. */
        MISSING,
        /** The file leaves something open, and this was chosen. */
        ASSUMED
    }

    /** {@code place: text}. */
    @Override
    public String toString() {
        return place + ": " + text;
    }
}
