package org.carillon.launcher.demo;

import java.util.Locale;
import org.carillon.launcher.command.Decibels;
import org.carillon.launcher.sound.LevelMeter;

/** Draws the outline of sound over time as SVG, full scale from top to bottom. */
final class WaveformPicture {
    private static final int WIDTH = 960;
    private static final int LEFT = 56;
    private static final int RIGHT = WIDTH - 40;
    private static final int TOP = 96;
    private static final int MIDDLE = TOP + 130;
    private static final int HALF_HEIGHT = 120;
    private static final int BOTTOM = MIDDLE + 130;
    private static final int HEIGHT = BOTTOM + 84;
    private static final int TITLE_COLUMNS = 70;
    private static final int MAX_TICKS = 12;
    private static final int[] NICE_STEPS_S = {1, 2, 5, 10, 20, 30, 60, 120, 300, 600, 1_800, 3_600};
    private static final double HALF_DB = -6.02;

    private static final String STYLE = """
            <style>
            text { font-family: system-ui, "Segoe UI", "Helvetica Neue", Helvetica, Arial, sans-serif; fill: #1f2937; }
            .title { font-size: 22px; font-weight: 600; }
            .summary { font-size: 14px; fill: #4b5563; }
            .tick { font-size: 13px; fill: #4b5563; }
            .grid { stroke: #e5e7eb; }
            .axis { stroke: #6b7280; }
            .sound { fill: #4f86c6; stroke: #4f86c6; stroke-width: 0.6; }
            </style>
            """;

    private final SvgText svg = new SvgText();
    private final LevelMeter meter;
    private final double seconds;

    private WaveformPicture(LevelMeter meter, double seconds) {
        this.meter = meter;
        this.seconds = seconds;
    }

    /** The whole document. */
    static String svg(String title, String where, LevelMeter meter, double seconds) {
        return new WaveformPicture(meter, seconds).draw(title, where);
    }

    private String draw(String title, String where) {
        String summary = String.format(Locale.ROOT, "%.1f seconds · peak %s · RMS %s · %s", seconds,
                Decibels.text(meter.peakDbfs()), Decibels.text(meter.rmsDbfs()), where);
        String shown = SvgText.wrapped(title, TITLE_COLUMNS).getFirst();
        svg.line("<?xml version=\"1.0\" encoding=\"UTF-8\"?>");
        svg.line("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" width=\"%d\" height=\"%d\""
                + " role=\"img\" aria-labelledby=\"title description\">", WIDTH, HEIGHT, WIDTH, HEIGHT);
        svg.line("<title id=\"title\">%s</title>", SvgText.escaped(title));
        svg.line("<desc id=\"description\">Waveform over time. %s</desc>", SvgText.escaped(summary));
        svg.line("%s<rect width=\"100%%\" height=\"100%%\" fill=\"#fcfcfd\"/>", STYLE);
        svg.text("class=\"title\"", LEFT, 48, shown);
        svg.text("class=\"summary\"", LEFT, 74, summary);
        level("full", HALF_HEIGHT);
        level(String.format(Locale.ROOT, "%.0f dB", HALF_DB), HALF_HEIGHT / 2.0);
        outline();
        svg.stroke("axis", LEFT, MIDDLE, RIGHT, MIDDLE);
        time();
        return svg.line("</svg>").toString();
    }

    private void level(String name, double distance) {
        for (double y : new double[]{MIDDLE - distance, MIDDLE + distance}) {
            svg.stroke("grid", LEFT, y, RIGHT, y);
            svg.text("class=\"tick\" text-anchor=\"end\"", LEFT - 8, y + 4, name);
        }
    }

    /** The highest values from left to right, the lowest ones back. */
    private void outline() {
        float[] highs = meter.highs();
        float[] lows = meter.lows();
        StringBuilder path = new StringBuilder();
        int columns = Math.min(highs.length, RIGHT - LEFT);
        for (int i = 0; i < columns; i++) {
            point(path, i, columns, extreme(highs, i, columns, 1));
        }
        for (int i = columns - 1; i >= 0; i--) {
            point(path, i, columns, extreme(lows, i, columns, -1));
        }
        if (columns > 0) {
            svg.line("<path class=\"sound\" d=\"M%sZ\"/>", path.substring(1));
        }
    }

    /** The greatest value, or the smallest with a sign of -1, that falls into a column. */
    private static double extreme(float[] values, int column, int columns, int sign) {
        int from = (int) ((long) values.length * column / columns);
        int to = (int) ((long) values.length * (column + 1) / columns);
        double extreme = 0;
        for (int i = from; i < to; i++) {
            extreme = Math.max(extreme, sign * values[i]);
        }
        return sign * Math.min(1, extreme);
    }

    private static void point(StringBuilder path, int column, int columns, double value) {
        double x = LEFT + (double) (RIGHT - LEFT) * column / columns;
        path.append(String.format(Locale.ROOT, "L%.1f %.1f", x, MIDDLE - value * HALF_HEIGHT));
    }

    private void time() {
        int step = NICE_STEPS_S[NICE_STEPS_S.length - 1];
        for (int i = NICE_STEPS_S.length - 1; i >= 0 && seconds / NICE_STEPS_S[i] <= MAX_TICKS; i--) {
            step = NICE_STEPS_S[i];
        }
        svg.stroke("axis", LEFT, BOTTOM, RIGHT, BOTTOM);
        for (long second = 0; second <= seconds; second += step) {
            double x = LEFT + (RIGHT - LEFT) * second / Math.max(seconds, 1e-9);
            svg.stroke("axis", x, BOTTOM, x, BOTTOM + 6);
            svg.text("class=\"tick\" text-anchor=\"middle\"", x, BOTTOM + 24, Long.toString(second));
        }
        svg.text("class=\"tick\" text-anchor=\"middle\"", (LEFT + RIGHT) / 2.0, BOTTOM + 50, "seconds");
    }
}
