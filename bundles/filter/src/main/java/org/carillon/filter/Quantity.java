package org.carillon.filter;

import org.carillon.protocol.EventType;

/** What an argument can be: how it is read, and from where to where it goes. */
enum Quantity {
    PORT("a port from 0 to 255", 0, 255),
    CHANNEL("a channel from 1 to 16", 1, 16),
    TYPE("a type by name or code from 0 to 255", 0, 255) {
        @Override
        double parse(String text) {
            int type = EventType.named(text);
            return type < 0 ? super.parse(text) : EventType.code(type);
        }
    },
    NOTE("a note from C-1 to G9 or 0 to 127", 0, 127) {
        @Override
        double parse(String text) {
            double note = Numbers.note(text);
            return Double.isNaN(note) ? super.parse(text) : note;
        }
    },
    CONTROLLER("a controller from 0 to 127", 0, 127),
    PROGRAM("a program from 0 to 127", 0, 127),
    VELOCITY("a velocity from 0 to 127", 0, 127),
    VALUE("a value from 0 to 127", 0, 127),
    SEMITONES("semitones from -127 to 127", -127, 127),
    FACTOR("a factor from 0 to 100", 0, 100) {
        @Override
        double parse(String text) {
            return Numbers.decimal(text);
        }
    },
    GAMMA("a gamma from 0.01 to 100", 0.01, 100) {
        @Override
        double parse(String text) {
            return Numbers.decimal(text);
        }
    };

    private final String description;
    private final double low;
    private final double high;

    Quantity(String description, double low, double high) {
        this.description = description;
        this.low = low;
        this.high = high;
    }

    /** For messages: what it is and its range. */
    String description() {
        return description;
    }

    double low() {
        return low;
    }

    double high() {
        return high;
    }

    /** The value, or NaN where the text is none or lies outside. */
    double read(String text) {
        double value = parse(text);
        return value >= low && value <= high ? value : Double.NaN;
    }

    double parse(String text) {
        return Numbers.whole(text);
    }
}
