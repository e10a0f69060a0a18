package org.carillon.launcher.command;

import com.eclipsesource.json.Json;
import com.eclipsesource.json.JsonValue;
import java.util.Locale;

/** Levels against full scale, for people and as JSON, which knows no infinity. */
public final class Decibels {
    private Decibels() {}

    /** Two decimals, or null for silence. */
    public static JsonValue json(double dbfs) {
        return Double.isInfinite(dbfs) ? Json.NULL : Json.value(Math.round(dbfs * 100) / 100.0);
    }

    public static String text(double dbfs) {
        return Double.isInfinite(dbfs) ? "silence" : String.format(Locale.ROOT, "%.1f dBFS", dbfs);
    }
}
