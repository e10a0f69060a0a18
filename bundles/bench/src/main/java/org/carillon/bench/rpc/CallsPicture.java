package org.carillon.bench.rpc;

import java.util.Locale;
import java.util.Map;

/** A picture of how many requests each of a number of clients completes within its millisecond. */
final class CallsPicture {
    private static final int WIDTH = 640;
    private static final int HEIGHT = 400;
    private static final int LEFT = 70;
    private static final int BOTTOM = 330;
    private static final int TOP = 60;
    private static final int RIGHT = 610;
    private static final String STYLE = "<style>text{font:13px sans-serif;fill:#222}.t{font-size:16px;font-weight:bold}"
            + ".s{fill:#666;font-size:11px}line{stroke:#bbb}polyline{fill:none;stroke:#1a5fb4;stroke-width:2.5}"
            + "circle{fill:#1a5fb4}</style>";

    private CallsPicture() {}

    /** An SVG document. @param calls requests of each client, by the number of clients. */
    static String of(Map<Integer, Integer> calls, String machine) {
        int most = Math.max(1, calls.values().stream().mapToInt(Integer::intValue).max().orElse(1));
        int clients = calls.keySet().stream().mapToInt(Integer::intValue).max().orElse(1);
        StringBuilder svg = new StringBuilder();
        svg.append("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 ").append(WIDTH).append(' ').append(HEIGHT)
                .append("\">\n").append(STYLE).append("\n<rect width=\"100%\" height=\"100%\" fill=\"#fff\"/>\n");
        text(svg, LEFT, 30, "t", "Requests that each client completes in its call-back of every millisecond");
        text(svg, LEFT, 385, "s", machine.replace("&", "&amp;").replace("<", "&lt;"));
        for (int i = 0; i <= 4; i++) {
            double value = most * i / 4.0;
            double y = y(value, most);
            svg.append(String.format(Locale.ROOT, "<line x1=\"%d\" y1=\"%.1f\" x2=\"%d\" y2=\"%.1f\"/>%n", LEFT, y,
                    RIGHT, y));
            text(svg, LEFT - 45, y + 4, "", String.format(Locale.ROOT, "%.1f", value));
        }
        StringBuilder points = new StringBuilder();
        calls.forEach((count, value) -> {
            double x = LEFT + (RIGHT - LEFT - 20.0) * count / clients;
            points.append(String.format(Locale.ROOT, "%.1f,%.1f ", x, y(value, most)));
            svg.append(String.format(Locale.ROOT, "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"4\"/>%n", x, y(value, most)));
            text(svg, x - 4, y(value, most) - 10, "", Integer.toString(value));
            text(svg, x - 4, BOTTOM + 20, "", Integer.toString(count));
        });
        svg.append("<polyline points=\"").append(points.toString().strip()).append("\"/>\n");
        text(svg, (LEFT + RIGHT) / 2.0 - 25, BOTTOM + 40, "", "clients");
        return svg.append("</svg>\n").toString();
    }

    private static double y(double value, int most) {
        return BOTTOM - (BOTTOM - TOP) * value / most;
    }

    private static void text(StringBuilder svg, double x, double y, String styleClass, String words) {
        svg.append(String.format(Locale.ROOT, "<text x=\"%.1f\" y=\"%.1f\" class=\"%s\">%s</text>%n", x, y, styleClass,
                words));
    }
}
