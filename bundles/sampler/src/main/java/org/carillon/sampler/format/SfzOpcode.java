package org.carillon.sampler.format;

/**
 * A value of an SFZ file, after its definitions were put in.
 *
 * @param name lower case, and the usual one where an opcode has several.
 */
record SfzOpcode(String name, String value, Place place) {
    private static final int MAX_SHOWN = 80;

    /** What is said about it: place, then name and value. */
    String shown() {
        return ": opcode=" + shown(name) + ", value=" + shown(value);
    }

    /** A word of a file, cut to what a message may hold, without what would spoil a terminal. */
    static String shown(String text) {
        String clean = text.codePoints().limit(MAX_SHOWN).map(c -> Character.isISOControl(c) ? '?' : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append).toString();
        return text.length() > MAX_SHOWN ? clean + "..." : clean;
    }
}
