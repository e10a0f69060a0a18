package org.carillon.bench;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * What a benchmark found.
 *
 * @param machine what it ran on, for a reader.
 * @param rounds  that each median was taken over.
 */
public record Report(String bench, String machine, int rounds, List<Figure> figures) {
    private static final int SCHEMA = 1;
    private static final int FIRST_PRINTABLE = 0x20;

    public Report {
        figures = List.copyOf(figures);
    }

    /** The report as one JSON object on one line; figures without control have no fields for it. */
    public String toJson() {
        return "{\"schema\":" + SCHEMA + ",\"bench\":" + quoted(bench) + ",\"machine\":" + quoted(machine)
                + ",\"rounds\":" + rounds + ",\"figures\":"
                + figures.stream().map(Report::json).collect(Collectors.joining(",", "[", "]")) + "}";
    }

    /** The report as a table for people. */
    public String toTable() {
        int width = figures.stream().mapToInt(figure -> figure.name().length()).max().orElse(0);
        StringBuilder table = new StringBuilder();
        table.append(bench).append(": medians of ").append(rounds).append(" rounds\n").append(machine).append("\n\n");
        String header = "%-" + width + "s %14s %-8s %14s %7s  %s%n";
        table.append(String.format(Locale.ROOT, header, "figure", "value", "unit", "control", "ratio", "control is"));
        for (Figure figure : figures) {
            String control = figure.hasControl() ? number(figure.controlValue()) : "";
            String ratio = figure.hasControl() ? String.format(Locale.ROOT, "%.3f", figure.ratio()) : "";
            String name = figure.hasControl() ? figure.control() : "";
            String line = String.format(Locale.ROOT, header, figure.name(), number(figure.value()), figure.unit(),
                    control, ratio, name);
            table.append(line.stripTrailing()).append('\n');
        }
        return table.toString();
    }

    private static String json(Figure figure) {
        String json = "{\"name\":" + quoted(figure.name()) + ",\"value\":" + number(figure.value()) + ",\"unit\":"
                + quoted(figure.unit());
        if (figure.hasControl()) {
            json += ",\"control\":" + quoted(figure.control()) + ",\"control_value\":" + number(figure.controlValue())
                    + ",\"ratio\":" + ratio(figure.ratio());
        }
        return json + "}";
    }

    /** Whole numbers as such, others with two digits; what is not a number has no JSON form but null. */
    private static String number(double value) {
        if (!Double.isFinite(value)) {
            return "null";
        }
        return String.format(Locale.ROOT, value == Math.rint(value) ? "%.0f" : "%.2f", value);
    }

    private static String ratio(double ratio) {
        return Double.isFinite(ratio) ? String.format(Locale.ROOT, "%.4f", ratio) : "null";
    }

    private static String quoted(String text) {
        StringBuilder json = new StringBuilder("\"");
        for (char c : text.toCharArray()) {
            if (c == '"' || c == '\\') {
                json.append('\\').append(c);
            } else if (c < FIRST_PRINTABLE || Character.isSurrogate(c)) {
                json.append(String.format("\\u%04x", (int) c));
            } else {
                json.append(c);
            }
        }
        return json.append('"').toString();
    }
}
