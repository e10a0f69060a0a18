package org.carillon.launcher.demo;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Draws latencies as a picture that any browser shows: SVG without scripts, fonts or files of its own.
 * <p>
 * The x axis is logarithmic from 1 µs to 100 ms, the y axis counts. The median and the 99th percentile stand as
 * labelled lines; bars beyond the latter have another colour.
 */
final class HistogramPicture {
    private static final int WIDTH = 960;
    private static final int MARGIN = 32;
    private static final int LEFT = 88;
    private static final int RIGHT = WIDTH - 40;
    private static final int PLOT_HEIGHT = 300;
    private static final int TITLE_STEP = 30;
    private static final int TITLE_COLUMNS = 70;
    private static final int CAPTION_STEP = 20;
    private static final int CAPTION_COLUMNS = 124;
    private static final int SUMMARY_HEIGHT = 24;
    private static final int LABEL_HEIGHT = 24;
    private static final int LABEL_WIDTH = 130;
    private static final int LABEL_GAP = 8;
    private static final int LABELS_GAP = 18;
    private static final int AXIS_HEIGHT = 78;
    private static final int GRID_LINES_MAX = 6;
    private static final double BAR_GAP = 1;
    private static final double BAR_MIN_HEIGHT = 2;
    private static final int[] NICE_STEPS = {1, 2, 5};

    private static final String STYLE = """
            <style>
            text { font-family: system-ui, "Segoe UI", "Helvetica Neue", Helvetica, Arial, sans-serif; fill: #1f2937; }
            .title { font-size: 22px; font-weight: 600; }
            .summary { font-size: 14px; fill: #4b5563; }
            .tick, .caption { font-size: 13px; fill: #4b5563; }
            .label { font-size: 14px; font-weight: 600; paint-order: stroke; stroke: #fcfcfd; stroke-width: 5px; }
            .grid { stroke: #e5e7eb; }
            .axis { stroke: #6b7280; }
            .bar { fill: #4f86c6; }
            .tail { fill: #e08e45; }
            .p50 { stroke: #111827; stroke-width: 2; }
            .p99 { stroke: #b45309; stroke-width: 2; stroke-dasharray: 6 4; }
            </style>
            """;

    private final SvgText svg = new SvgText();
    private final List<String> titleLines;
    private final List<String> captionLines = new ArrayList<>();
    private final int[] counts;
    private final int valueCount;
    private final Percentiles percentiles;
    private final int gridStep;
    private final int gridLines;
    private final double top;
    private final double bottom;

    private HistogramPicture(String title, List<String> captions, long[] valuesNs) {
        titleLines = SvgText.wrapped(title, TITLE_COLUMNS);
        captions.forEach(caption -> captionLines.addAll(SvgText.wrapped(caption, CAPTION_COLUMNS)));
        counts = LatencyScale.counts(valuesNs);
        valueCount = valuesNs.length;
        percentiles = Percentiles.of(valuesNs);
        int maxCount = Arrays.stream(counts).max().orElseThrow();
        gridStep = gridStep(maxCount);
        gridLines = Math.ceilDiv(maxCount, gridStep);
        top = MARGIN + titleLines.size() * TITLE_STEP + SUMMARY_HEIGHT + 2 * LABEL_HEIGHT + LABELS_GAP;
        bottom = top + PLOT_HEIGHT;
    }

    /**
     * The whole document.
     *
     * @param title    above the picture, and its name for who cannot see it.
     * @param captions lines below; a long one is broken.
     * @param valuesNs latencies, at least one.
     */
    static String svg(String title, List<String> captions, long[] valuesNs) {
        return new HistogramPicture(title, captions, valuesNs).draw();
    }

    private static int gridStep(int maxCount) {
        int decade = 1;
        while (true) {
            for (int nice : NICE_STEPS) {
                if (Math.ceilDiv(maxCount, nice * decade) <= GRID_LINES_MAX) {
                    return nice * decade;
                }
            }
            decade *= 10;
        }
    }

    private String draw() {
        double height = bottom + AXIS_HEIGHT + captionLines.size() * CAPTION_STEP + MARGIN / 2.0;
        svg.line("<?xml version=\"1.0\" encoding=\"UTF-8\"?>");
        svg.line("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %.0f\" width=\"%d\" height=\"%.0f\""
                + " role=\"img\" aria-labelledby=\"title description\">", WIDTH, height, WIDTH, height);
        svg.line("<title id=\"title\">%s</title>", SvgText.escaped(String.join(" ", titleLines)));
        svg.line("<desc id=\"description\">%s</desc>", SvgText.escaped(description()));
        svg.line("%s<rect width=\"100%%\" height=\"100%%\" fill=\"#fcfcfd\"/>", STYLE);
        heading();
        grid();
        bars();
        axis();
        marker("p50", percentiles.p50Ns(), LABEL_HEIGHT * 2);
        marker("p99", percentiles.p99Ns(), LABEL_HEIGHT);
        captions();
        return svg.line("</svg>").toString();
    }

    private String description() {
        return "Histogram of latencies on a logarithmic axis from 1 µs to 100 ms. " + summary();
    }

    private String summary() {
        return String.format(Locale.ROOT, "%,d events · p50 %s · p99 %s · max %s", valueCount,
                LatencyScale.text(percentiles.p50Ns()), LatencyScale.text(percentiles.p99Ns()),
                LatencyScale.text(percentiles.maxNs()));
    }

    private void heading() {
        double y = MARGIN;
        for (String line : titleLines) {
            y += TITLE_STEP;
            svg.text("class=\"title\"", MARGIN, y - 8, line);
        }
        svg.text("class=\"summary\"", MARGIN, y + SUMMARY_HEIGHT - 8, summary());
    }

    private void grid() {
        for (int i = 1; i <= gridLines; i++) {
            double y = y(i * gridStep);
            svg.stroke("grid", LEFT, y, RIGHT, y);
            countText(y, i * gridStep);
        }
        countText(bottom, 0);
        for (int decade = 0; decade <= LatencyScale.DECADES; decade++) {
            double x = x(LatencyScale.decadeNs(decade));
            svg.stroke("grid", x, top, x, bottom);
        }
        String place = "translate(%d %.0f) rotate(-90)".formatted(MARGIN, (top + bottom) / 2);
        svg.text("class=\"tick\" text-anchor=\"middle\" transform=\"" + place + "\"", 0, 0, "events");
    }

    private void countText(double y, int count) {
        svg.text("class=\"tick\" text-anchor=\"end\"", LEFT - 10, y + 4, String.format(Locale.ROOT, "%,d", count));
    }

    private void bars() {
        double barWidth = (double) (RIGHT - LEFT) / LatencyScale.BARS;
        int p99Bar = (int) (LatencyScale.position(percentiles.p99Ns()) * LatencyScale.BARS);
        for (int i = 0; i < counts.length; i++) {
            if (counts[i] > 0) {
                double height = Math.max(bottom - y(counts[i]), BAR_MIN_HEIGHT);
                svg.line("<rect class=\"%s\" x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" rx=\"1\"/>",
                        i > p99Bar ? "tail" : "bar", LEFT + i * barWidth + BAR_GAP / 2, bottom - height,
                        barWidth - BAR_GAP, height);
            }
        }
    }

    private void axis() {
        svg.stroke("axis", LEFT, bottom, RIGHT, bottom);
        for (int decade = 0; decade <= LatencyScale.DECADES; decade++) {
            double decadeNs = LatencyScale.decadeNs(decade);
            svg.stroke("axis", x(decadeNs), bottom, x(decadeNs), bottom + 9);
            svg.text("class=\"tick\" text-anchor=\"middle\"", x(decadeNs), bottom + 26,
                    LatencyScale.tickText(decadeNs));
            for (int multiple = 2; multiple < 10 && decade < LatencyScale.DECADES; multiple++) {
                double x = x(multiple * decadeNs);
                svg.stroke("axis", x, bottom, x, bottom + 5);
            }
        }
        svg.text("class=\"tick\" text-anchor=\"middle\"", (LEFT + RIGHT) / 2.0, bottom + 48, "latency (logarithmic)");
    }

    /** The label stands right of the head of its line, or left near the edge; each percentile has a row of its own. */
    private void marker(String name, long valueNs, int aboveTop) {
        double x = x(valueNs);
        double head = top - LABELS_GAP / 2.0 - aboveTop;
        boolean left = x > RIGHT - LABEL_WIDTH;
        String look = "class=\"label\" text-anchor=\"" + (left ? "end" : "start") + "\"";
        svg.stroke(name, x, head, x, bottom);
        svg.text(look, x + (left ? -LABEL_GAP : LABEL_GAP), head + 14, name + " " + LatencyScale.text(valueNs));
    }

    private void captions() {
        double y = bottom + AXIS_HEIGHT;
        for (String line : captionLines) {
            svg.text("class=\"caption\"", MARGIN, y, line);
            y += CAPTION_STEP;
        }
    }

    private double x(double valueNs) {
        return LEFT + LatencyScale.position(valueNs) * (RIGHT - LEFT);
    }

    private double y(long count) {
        return bottom - (double) count / ((long) gridLines * gridStep) * PLOT_HEIGHT;
    }
}
