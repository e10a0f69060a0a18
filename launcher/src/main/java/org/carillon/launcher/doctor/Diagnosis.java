package org.carillon.launcher.doctor;

import com.eclipsesource.json.Json;
import com.eclipsesource.json.JsonArray;
import com.eclipsesource.json.JsonObject;
import java.util.Comparator;
import java.util.List;

/** All that was found, for programs and for people. */
public final class Diagnosis {
    private static final int SCHEMA = 1;
    private static final int INDENT = 34;

    private final List<Finding> findings;
    private final Measurement measurement;

    Diagnosis(List<Finding> findings, Measurement measurement) {
        this.findings = List.copyOf(findings);
        this.measurement = measurement;
    }

    /** Whether nothing fails. */
    public boolean isWell() {
        return count(Verdict.FAIL) == 0;
    }

    /** One object in one line. */
    public String json() {
        JsonArray checks = new JsonArray();
        findings.forEach(finding -> checks.add(json(finding)));
        return Json.object().add("schema", SCHEMA).add("checks", checks).add("measured", measured()).toString();
    }

    /**
     * The worst first, then what to do next.
     *
     * @param paint for verdicts.
     */
    public String text(Paint paint) {
        StringBuilder text = new StringBuilder();
        findings.stream().sorted(Comparator.comparing(Finding::verdict)).forEach(each -> add(text, each, paint));
        text.append('\n');
        add(text, measurement.finding(), paint);
        if (measurement.wakeUps().isPresent()) {
            addLine(text, measurement.figures());
        }
        text.append('\n');
        for (Verdict verdict : Verdict.values()) {
            text.append(verdict == Verdict.FAIL ? "" : ", ").append(verdict.word()).append('=').append(count(verdict));
        }
        return text.append("\nnext: ").append(next()).toString();
    }

    private static JsonObject json(Finding finding) {
        return Json.object().add("id", finding.id()).add("level", finding.level().word()).add("value", finding.value())
                .add("verdict", finding.verdict().word()).add("advice", finding.advice()).add("undo", finding.undo());
    }

    private JsonObject measured() {
        JsonObject object = json(measurement.finding());
        JsonArray blocks = new JsonArray();
        measurement.wakeUps().ifPresent(wakeUps -> {
            if (wakeUps.isEnough()) {
                WakeUps.LENGTHS.forEach(frames -> blocks.add(Json.object().add("frames", frames).add("verdict",
                        wakeUps.safety(frames).word())));
            }
            object.add("seconds", wakeUps.seconds()).add("sample_rate_hz", WakeUps.RATE_HZ)
                    .add("fifo_priority", wakeUps.fifoPriority()).add("voices", wakeUps.voices())
                    .add("wake_ups", wakeUps.lateness().count()).add("xruns", wakeUps.xruns())
                    .add("late_p50_us", Measurement.us(wakeUps.lateness().p50Ns()))
                    .add("late_p99_us", Measurement.us(wakeUps.lateness().p99Ns()))
                    .add("late_p999_us", Measurement.us(wakeUps.lateness().p999Ns()))
                    .add("late_max_us", Measurement.us(wakeUps.lateness().maxNs()))
                    .add("block_p99_us", Measurement.us(wakeUps.render().p99Ns()));
        });
        return object.add("blocks", blocks);
    }

    private static void add(StringBuilder text, Finding finding, Paint paint) {
        text.append(paint.verdict(finding.verdict(), "%-9s".formatted(finding.verdict().word())))
                .append("%-9s %-14s ".formatted(finding.level().word(), finding.id())).append(finding.value())
                .append('\n');
        if (!finding.advice().isEmpty()) {
            addLine(text, "do:   " + finding.advice());
        }
        if (!finding.undo().isEmpty()) {
            addLine(text, "undo: " + finding.undo());
        }
    }

    private static void addLine(StringBuilder text, String line) {
        text.append(" ".repeat(INDENT)).append(line).append('\n');
    }

    private long count(Verdict verdict) {
        return findings.stream().filter(each -> each.verdict() == verdict).count()
                + (measurement.finding().verdict() == verdict ? 1 : 0);
    }

    private String next() {
        List<String> failing = ids(Verdict.FAIL);
        List<String> unknown = ids(Verdict.UNKNOWN);
        if (failing.contains(Rights.RTPRIO) || failing.contains(Rights.MEMLOCK)) {
            return "carillon doctor --print limits shows the file that grants what is missing; put it in place as it "
                    + "says, log out and in, ask again; failing: " + String.join(", ", failing);
        }
        if (!failing.isEmpty()) {
            return "do what stands at the top, then ask again; failing: " + String.join(", ", failing);
        }
        if (!unknown.isEmpty()) {
            return "nothing fails that is known; on the machine itself type carillon doctor; required and unknown: "
                    + String.join(", ", unknown);
        }
        if (measurement.finding().verdict() != Verdict.PASS) {
            return "nothing fails; end other programs and measure for longer: carillon doctor --seconds 30";
        }
        return count(Verdict.WARN) > 0
                ? "nothing fails; carillon up --realtime; what warns can be made better one by one"
                : "carillon up --realtime";
    }

    /** What is required and ends so. */
    private List<String> ids(Verdict verdict) {
        return findings.stream().filter(each -> each.verdict() == verdict && each.level() == Level.REQUIRED)
                .map(Finding::id).toList();
    }
}
