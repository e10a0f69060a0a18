package org.carillon.launcher.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.eclipsesource.json.Json;
import com.eclipsesource.json.JsonObject;
import com.eclipsesource.json.JsonValue;
import java.util.List;
import org.carillon.launcher.Program;
import org.junit.jupiter.api.Test;

/** {@code carillon doctor} on the machine that runs the tests, whatever that is like. */
final class DoctorIT {
    @Test
    void shouldMeasureThisMachineAndTellByItsExitCode() throws Exception {
        Program doctor = Program.java(Program.command("doctor", "--json", "--seconds", "1"));

        assertEquals(1, doctor.out().lines().count(), doctor.out() + doctor.error());
        JsonObject report = Json.parse(doctor.out()).asObject();
        JsonObject measured = report.get("measured").asObject();
        List<JsonObject> checks = report.get("checks").asArray().values().stream().map(JsonValue::asObject).toList();
        assertTrue(checks.size() >= 20, doctor.out());
        for (JsonObject check : checks) {
            assertEquals(List.of("id", "level", "value", "verdict", "advice", "undo"), check.names());
        }
        assertTrue(measured.getInt("wake_ups", 0) > 0, doctor.out());
        assertTrue(measured.getInt("voices", 0) > 0, doctor.out());
        assertEquals(verdict(checks, "fifo").equals("pass"), measured.getInt("fifo_priority", 0) > 0, doctor.out());
        assertFalse(isFailing(measured), "a busy moment is no failure");
        boolean isWell = checks.stream().noneMatch(DoctorIT::isFailing);
        assertEquals(isWell ? ExitCodes.DONE : ExitCodes.FAILED, doctor.exitCode(), doctor.error());
    }

    @Test
    void shouldRunOnTheCollectorThatItAsksFor() throws Exception {
        Program doctor = Program.java(Program.command("doctor", "--json", "--seconds", "0"));
        JsonObject report = Json.parse(doctor.out()).asObject();

        assertEquals("pass", verdict(report.get("checks").asArray().values().stream().map(JsonValue::asObject)
                .toList(), "collector"));
        assertEquals("unknown", report.get("measured").asObject().getString("verdict", ""));
    }

    @Test
    void shouldPrintFilesThatStartThisDistribution() throws Exception {
        Program unit = Program.java(Program.command("doctor", "--print", "unit"));
        Program limits = Program.java(Program.command("doctor", "--print", "limits"));

        assertEquals(ExitCodes.DONE, unit.exitCode(), unit.error());
        assertTrue(unit.out().contains("ExecStart=\"" + Program.distribution().toRealPath().resolve("bin/carillon")
                + "\" up --realtime"), unit.out());
        assertEquals(ExitCodes.DONE, limits.exitCode(), limits.error());
        assertTrue(limits.out().lines().anyMatch(line -> line.endsWith(" - rtprio 95")), limits.out());
        assertFalse((unit.out() + limits.out()).contains("\033"));
    }

    private static boolean isFailing(JsonObject check) {
        return check.getString("verdict", "").equals("fail");
    }

    private static String verdict(List<JsonObject> checks, String id) {
        return checks.stream().filter(check -> check.getString("id", "").equals(id)).findFirst().orElseThrow()
                .getString("verdict", "");
    }
}
