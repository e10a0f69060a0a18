package org.carillon.filter;

/**
 * One argument of a word.
 *
 * @param label how the grammar calls it; a pair has two, with a blank between them.
 */
record Argument(String label, Shape shape, Quantity quantity) {
    /** How many values an argument has, and how they are written. */
    enum Shape {
        /** One value. */
        ONE,
        /** One value, which stands for both ends, or LO..HI. */
        SPAN,
        /** A span, or nothing for everything. */
        OPTIONAL,
        /** LO HI or LO..HI, the lower one first. */
        PAIR,
        /** Like a pair, in any order. */
        ENDS
    }

    static Argument one(String label, Quantity quantity) {
        return new Argument(label, Shape.ONE, quantity);
    }

    static Argument span(String label, Quantity quantity) {
        return new Argument(label, Shape.SPAN, quantity);
    }

    static Argument optional(String label, Quantity quantity) {
        return new Argument(label, Shape.OPTIONAL, quantity);
    }

    static Argument pair(String label, Quantity quantity) {
        return new Argument(label, Shape.PAIR, quantity);
    }

    static Argument ends(String label, Quantity quantity) {
        return new Argument(label, Shape.ENDS, quantity);
    }

    /** How the grammar writes it. */
    String usage() {
        return switch (shape) {
            case ONE, PAIR, ENDS -> label;
            case SPAN -> label + "|LO..HI";
            case OPTIONAL -> "[" + label + "|LO..HI]";
        };
    }
}
