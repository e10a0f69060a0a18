package org.carillon.bench.soak;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToLongFunction;

/** How the server fared from second to second, to look at. */
final class Course {
    private static final String BARS = "▁▂▃▄▅▆▇█";
    private static final int BARS_IN_LINE = 60;
    private static final int WIDTH = 760;
    private static final int LEFT = 80;
    private static final int RIGHT = 740;
    private static final int HEIGHT = 110;
    private static final int FIRST_TOP = 60;
    private static final int STEP = 150;
    private static final double KB_PER_MB = 1024;
    private static final String STYLE = "<style>text{font:13px sans-serif}.t{font-size:16px}"
            + ".s{fill:#666;font-size:9px}line{stroke:#bbb}polyline{fill:none;stroke:#1a5fb4;stroke-width:1}</style>";

    /** One look at the server. */
    record Moment(double seconds, long rssKb, long events, long losses, long guests) {}

    private final List<Moment> moments = new ArrayList<>();

    void add(Moment moment) {
        moments.add(moment);
    }

    private double[] values(ToLongFunction<Moment> what, boolean isGrowth) {
        double[] values = new double[Math.max(0, moments.size() - 1)];
        for (int i = 0; i < values.length; i++) {
            Moment before = moments.get(i);
            Moment after = moments.get(i + 1);
            values[i] = isGrowth
                    ? (what.applyAsLong(after) - what.applyAsLong(before)) / (after.seconds() - before.seconds())
                    : what.applyAsLong(after);
        }
        return values;
    }

    /** Two lines of bars for a terminal. */
    String bars() {
        return "memory   " + bars(values(Moment::rssKb, false), 1 / KB_PER_MB, "MB") + "\nevents   "
                + bars(values(Moment::events, true), 1, "1/s") + "\nlosses   "
                + bars(values(Moment::losses, true), 1, "1/s");
    }

    private static String bars(double[] values, double scale, String unit) {
        StringBuilder line = new StringBuilder();
        double most = 0;
        for (double value : values) {
            most = Math.max(most, value);
        }
        int count = Math.min(BARS_IN_LINE, values.length);
        for (int i = 0; i < count; i++) {
            int from = (int) ((long) i * values.length / count);
            int to = (int) ((long) (i + 1) * values.length / count);
            double sum = 0;
            for (int j = from; j < to; j++) {
                sum += values[j];
            }
            double part = most == 0 ? 0 : sum / (to - from) / most;
            line.append(BARS.charAt((int) Math.round(Math.max(0, part) * (BARS.length() - 1))));
        }
        return line + String.format(Locale.ROOT, "  at most %,.0f %s", most * scale, unit);
    }

    /** An SVG document. @param caption for whoever finds it. */
    String picture(String caption) {
        StringBuilder svg = new StringBuilder();
        svg.append("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 ").append(WIDTH).append(' ')
                .append(FIRST_TOP + 4 * STEP).append("\">\n").append(STYLE)
                .append("\n<rect width=\"100%\" height=\"100%\" fill=\"#fff\"/>\n");
        text(svg, LEFT, 25, "t", "64 clients that come, stall and go: the server from second to second");
        text(svg, LEFT, 42, "s", caption.replace("&", "&amp;").replace("<", "&lt;"));
        graph(svg, 0, "resident memory, MB", values(Moment::rssKb, false), 1 / KB_PER_MB);
        graph(svg, 1, "events into and out of the server, 1/s", values(Moment::events, true), 1);
        graph(svg, 2, "events lost and counted, 1/s", values(Moment::losses, true), 1);
        graph(svg, 3, "clients present", values(Moment::guests, false), 1);
        return svg.append("</svg>\n").toString();
    }

    private void graph(StringBuilder svg, int row, String title, double[] values, double scale) {
        int top = FIRST_TOP + row * STEP + 15;
        int bottom = top + HEIGHT;
        double most = 1;
        for (double value : values) {
            most = Math.max(most, value);
        }
        text(svg, LEFT, top - 5, "", title);
        for (int i = 0; i <= 2; i++) {
            double y = bottom - HEIGHT * i / 2.0;
            svg.append(String.format(Locale.ROOT, "<line x1=\"%d\" y1=\"%.1f\" x2=\"%d\" y2=\"%.1f\"/>%n", LEFT, y,
                    RIGHT, y));
            text(svg, 10, y + 4, "s", String.format(Locale.ROOT, "%,.0f", most * scale * i / 2));
        }
        double duration = moments.isEmpty() ? 1 : moments.getLast().seconds();
        StringBuilder points = new StringBuilder();
        for (int i = 0; i < values.length; i++) {
            points.append(String.format(Locale.ROOT, "%.1f,%.1f ",
                    LEFT + (RIGHT - LEFT) * moments.get(i + 1).seconds() / duration,
                    bottom - HEIGHT * Math.max(0, values[i]) / most));
        }
        svg.append("<polyline points=\"").append(points.toString().strip()).append("\"/>\n");
        text(svg, RIGHT - 40, bottom + 14, "s", String.format(Locale.ROOT, "%.0f s", duration));
    }

    private static void text(StringBuilder svg, double x, double y, String styleClass, String words) {
        svg.append(String.format(Locale.ROOT, "<text x=\"%.1f\" y=\"%.1f\" class=\"%s\">%s</text>%n", x, y, styleClass,
                words));
    }
}
