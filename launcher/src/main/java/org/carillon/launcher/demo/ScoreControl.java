package org.carillon.launcher.demo;

import java.util.Locale;

/** The settings a score can change, by the names they have in the text. */
enum ScoreControl {
    /** General MIDI sound, counted from 0. */
    PROGRAM(-1),
    /** Controller 7. */
    VOLUME(7),
    /** Controller 10; 64 is the middle. */
    PAN(10),
    /** Controller 11, for swells. */
    EXPRESSION(11),
    /** Controller 64; from 64 on the pedal is down. */
    SUSTAIN(64),
    /** Pitch wheel from -8192 to 8191; 0 is at rest. */
    BEND(-1);

    private final int controller;

    ScoreControl(int controller) {
        this.controller = controller;
    }

    static ScoreControl named(ScoreWord word) {
        for (ScoreControl control : values()) {
            if (word.is(control.name().toLowerCase(Locale.ROOT))) {
                return control;
            }
        }
        throw word.wrong("setting must be program, volume, pan, expression, sustain, bend or velocity");
    }

    int value(ScoreWord word) {
        return this == BEND
                ? word.number("bend", ScoreMessages.BEND_MIN, ScoreMessages.BEND_MAX)
                : word.number("value", 0, ScoreMessages.DATA_MAX);
    }

    byte[] message(int channel, int value) {
        return switch (this) {
            case PROGRAM -> ScoreMessages.program(channel, value);
            case BEND -> ScoreMessages.bend(channel, value);
            default -> ScoreMessages.control(channel, controller, value);
        };
    }
}
