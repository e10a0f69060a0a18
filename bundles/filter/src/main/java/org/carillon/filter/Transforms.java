package org.carillon.filter;

import static org.carillon.filter.Argument.ends;
import static org.carillon.filter.Argument.one;
import static org.carillon.filter.Argument.pair;
import static org.carillon.filter.Word.transform;

import java.util.List;
import java.util.function.IntUnaryOperator;

/** The words that change, as a table. */
final class Transforms {
    private static final int MAX = 127;
    /** Velocity 0 would make a note-off of a note-on. */
    private static final IntUnaryOperator AUDIBLE = velocity -> Math.max(velocity, 1);

    static final List<Word> WORDS = List.of(
            transform("chset", "channel becomes another", (t, v) -> t.mapChannel(channel -> v.whole(0) - 1),
                    one("N", Quantity.CHANNEL)),
            transform("chmap", "one channel becomes another",
                    (t, v) -> t.mapChannel(replace(v.whole(0) - 1, v.whole(1) - 1)), one("FROM", Quantity.CHANNEL),
                    one("TO", Quantity.CHANNEL)),
            transform("transp", "note up or down", (t, v) -> t.mapPitch(transpose(v.whole(0))),
                    one("SEMITONES", Quantity.SEMITONES)),
            transform("notemap", "one note becomes another", (t, v) -> t.mapPitch(replace(v.whole(0), v.whole(1))),
                    one("FROM", Quantity.NOTE), one("TO", Quantity.NOTE)),
            transform("velscale", "velocity times a factor",
                    (t, v) -> t.mapVelocity(scale(v.decimal(0)).andThen(AUDIBLE)),
                    one("FACTOR", Quantity.FACTOR)),
            transform("velcurve", "velocity along a curve",
                    (t, v) -> t.mapVelocity(curve(v.decimal(0)).andThen(AUDIBLE)),
                    one("GAMMA", Quantity.GAMMA)),
            transform("velclip", "velocity kept within two",
                    (t, v) -> t.mapVelocity(clip(v.whole(0), v.whole(1)).andThen(AUDIBLE)),
                    pair("MIN MAX", Quantity.VELOCITY)),
            transform("ccmap", "one controller becomes another",
                    (t, v) -> t.mapController(replace(v.whole(0), v.whole(1))), one("FROM", Quantity.CONTROLLER),
                    one("TO", Quantity.CONTROLLER)),
            transform("ccscale", "value of a controller times a factor",
                    (t, v) -> t.mapControllerValue(v.whole(0), scale(v.decimal(1))),
                    one("NUMBER", Quantity.CONTROLLER), one("FACTOR", Quantity.FACTOR)),
            transform("cccurve", "value of a controller along a curve",
                    (t, v) -> t.mapControllerValue(v.whole(0), curve(v.decimal(1))),
                    one("NUMBER", Quantity.CONTROLLER), one("GAMMA", Quantity.GAMMA)),
            transform("ccrescale", "values of a controller spread over others",
                    (t, v) -> t.mapControllerValue(v.whole(0), rescale(v)), one("NUMBER", Quantity.CONTROLLER),
                    pair("INLO INHI", Quantity.VALUE), ends("OUTLO OUTHI", Quantity.VALUE)),
            transform("ccset", "value of a controller becomes another",
                    (t, v) -> t.mapControllerValue(v.whole(0), value -> v.whole(1)),
                    one("NUMBER", Quantity.CONTROLLER), one("VALUE", Quantity.VALUE)),
            transform("pcmap", "one program becomes another",
                    (t, v) -> t.mapProgram(replace(v.whole(0), v.whole(1))), one("FROM", Quantity.PROGRAM),
                    one("TO", Quantity.PROGRAM)));

    private Transforms() {}

    private static IntUnaryOperator replace(int from, int to) {
        return value -> value == from ? to : value;
    }

    private static IntUnaryOperator transpose(int semitones) {
        return note -> note + semitones <= MAX ? note + semitones : -1;
    }

    private static IntUnaryOperator scale(double factor) {
        return value -> (int) Math.min(Math.round(value * factor), MAX);
    }

    private static IntUnaryOperator clip(int low, int high) {
        return value -> Math.clamp(value, low, high);
    }

    private static IntUnaryOperator curve(double gamma) {
        return value -> (int) Math.round(MAX * Math.pow((double) value / MAX, gamma));
    }

    private static IntUnaryOperator rescale(Values values) {
        int low = values.whole(1);
        int high = values.whole(2);
        int outLow = values.whole(3);
        int outHigh = values.whole(4);
        double slope = (double) (outHigh - outLow) / Math.max(high - low, 1);
        return value -> (int) Math.round(outLow + slope * (Math.clamp(value, low, high) - low));
    }
}
