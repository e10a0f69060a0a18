package org.carillon.launcher.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.eclipsesource.json.Json;
import com.eclipsesource.json.JsonObject;
import com.eclipsesource.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.carillon.sampler.output.DurationSummary;
import org.junit.jupiter.api.Test;

final class DiagnosisTest {
    private static final Paint PLAIN = new Paint(false);
    private static final Subject REQUIRED = Subject.required("rtprio");
    private static final Subject ADVISED = Subject.advised("swap");
    private static final DurationSummary SHORT = new DurationSummary(3_750, 5_000, 6_000, 7_000, 8_000, 9_000);
    private static final Measurement SAFE = Measurement.of(new WakeUps(5, 70, 16, 0, SHORT, SHORT));

    private static Diagnosis of(Measurement measurement, Finding... findings) {
        return new Diagnosis(List.of(findings), measurement);
    }

    @Test
    void shouldFailOnlyWhereSomethingFails() {
        assertTrue(of(SAFE, REQUIRED.pass("95"), ADVISED.lacking("60", "do", "undo")).isWell());
        assertTrue(of(Measurement.none("recorded"), REQUIRED.unknown("gone")).isWell());
        assertTrue(of(SAFE, REQUIRED.warn("75", "do", "undo")).isWell());
        assertFalse(of(SAFE, REQUIRED.lacking("0", "do", "undo")).isWell());
    }

    @Test
    void shouldOnlyWarnOfABusyMoment() {
        DurationSummary late = new DurationSummary(3_750, 5_000, 6_000, 7_000, 40_000_000, 50_000_000);
        Diagnosis diagnosis = of(Measurement.of(new WakeUps(5, 0, 16, 9, late, SHORT)), REQUIRED.pass("95"));

        assertTrue(diagnosis.isWell());
        assertTrue(diagnosis.text(PLAIN).contains("\nfail=0, warn=1, "), diagnosis.text(PLAIN));
        assertTrue(diagnosis.text(PLAIN).endsWith("--seconds 30"), diagnosis.text(PLAIN));
    }

    @Test
    void shouldGiveOneObjectWithAllThatWasFound() {
        String json = of(SAFE, REQUIRED.lacking("soft=0", "raise it", "lower it")).json();

        assertEquals(1, json.lines().count());
        JsonObject report = Json.parse(json).asObject();
        assertEquals(List.of("schema", "checks", "measured"), report.names());
        assertEquals(1, report.getInt("schema", 0));
        assertEquals(Json.parse("{\"id\":\"rtprio\",\"level\":\"required\",\"value\":\"soft=0\",\"verdict\":\"fail\","
                + "\"advice\":\"raise it\",\"undo\":\"lower it\"}"), report.get("checks").asArray().get(0));
        JsonObject measured = report.get("measured").asObject();
        assertEquals("measured advised pass 64 frames: safe", measured.getString("id", "") + " "
                + measured.getString("level", "") + " " + measured.getString("verdict", "") + " "
                + measured.getString("value", ""));
        assertEquals(3_750, measured.getInt("wake_ups", 0));
        assertEquals(70, measured.getInt("fifo_priority", 0));
        assertEquals(8.0, measured.getDouble("late_p999_us", 0));
        assertEquals(WakeUps.LENGTHS, measured.get("blocks").asArray().values().stream().map(JsonValue::asObject)
                .map(block -> block.getInt("frames", 0)).toList());
    }

    @Test
    void shouldGiveNoFiguresWhereNothingWasMeasured() {
        JsonObject measured = Json.parse(of(Measurement.none("not asked for")).json()).asObject().get("measured")
                .asObject();

        assertEquals(List.of("id", "level", "value", "verdict", "advice", "undo", "blocks"), measured.names());
        assertEquals("unknown", measured.getString("verdict", ""));
        assertTrue(measured.get("blocks").asArray().isEmpty());
    }

    @Test
    void shouldShowTheWorstFirst() {
        String text = of(SAFE, ADVISED.pass("a"), ADVISED.unknown("b"), ADVISED.lacking("c", "mend it", "break it"),
                REQUIRED.lacking("d", "raise it", "")).text(PLAIN);

        List<String> verdicts = new ArrayList<>();
        text.lines().filter(line -> line.matches("(fail|warn|unknown|pass) .*"))
                .forEach(line -> verdicts.add(line.substring(0, line.indexOf(' '))));
        assertEquals(List.of("fail", "warn", "unknown", "pass", "pass"), verdicts);
        assertTrue(text.contains("do:   raise it\n"), text);
        assertTrue(text.contains("do:   mend it\n"), text);
        assertTrue(text.contains("undo: break it\n"), text);
        assertTrue(text.contains("\nfail=1, warn=1, unknown=1, pass=2\n"), text);
        assertTrue(text.contains("64 frames: safe"), text);
    }

    @Test
    void shouldEndWithWhatToDoNext() {
        Map<String, Diagnosis> expected = Map.of(
                "--print limits", of(SAFE, REQUIRED.lacking("0", "do", "undo")),
                "failing: rt-group", of(SAFE, Subject.required("rt-group").lacking("0", "do", "undo")),
                "unknown: rtprio", of(SAFE, REQUIRED.unknown("gone")),
                "measure for longer", of(Measurement.none("recorded"), REQUIRED.pass("95")),
                "what warns", of(SAFE, ADVISED.lacking("60", "do", "undo")),
                "next: carillon up --realtime", of(SAFE, ADVISED.pass("none")));
        expected.forEach((words, diagnosis) -> {
            String last = diagnosis.text(PLAIN).lines().reduce((first, second) -> second).orElse("");
            assertTrue(last.startsWith("next: ") && last.contains(words), last);
        });
    }

    @Test
    void shouldPaintOnlyWhereSomebodyLooksWhoWantsIt() {
        assertTrue(Paint.of(true, Map.of("TERM", "xterm")::get).isOn());
        assertTrue(Paint.of(true, Map.of("NO_COLOR", "")::get).isOn());
        assertFalse(Paint.of(false, Map.of("TERM", "xterm")::get).isOn());
        assertFalse(Paint.of(true, Map.of("NO_COLOR", "1")::get).isOn());
        assertFalse(Paint.of(true, Map.of("TERM", "dumb")::get).isOn());
    }

    @Test
    void shouldPaintVerdictsAndNothingElse() {
        Diagnosis diagnosis = of(SAFE, REQUIRED.lacking("0", "do", "undo"), ADVISED.pass("none"));
        String painted = diagnosis.text(new Paint(true));

        assertTrue(painted.startsWith("\033[31mfail"), painted);
        assertTrue(painted.contains("\033[32mpass"), painted);
        assertEquals(diagnosis.text(PLAIN), painted.replaceAll("\033\\[\\d+m", ""));
    }
}
