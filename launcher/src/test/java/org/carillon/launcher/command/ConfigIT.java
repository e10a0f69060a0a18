package org.carillon.launcher.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.eclipsesource.json.Json;
import com.eclipsesource.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import org.carillon.launcher.Program;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code carillon config check} against the bundles of the distribution. */
final class ConfigIT {
    @TempDir
    private Path folder;

    private static Program check(String... arguments) throws Exception {
        String[] all = new String[arguments.length + 2];
        all[0] = "config";
        all[1] = "check";
        System.arraycopy(arguments, 0, all, 2, arguments.length);
        return Program.java(Program.command(all));
    }

    @Test
    void shouldFindNothingWrongWithWhatIsShipped() throws Exception {
        Program check = check("--json", "--data", folder.toString());

        JsonObject report = Json.parse(check.out()).asObject();
        assertEquals("[]", report.get("findings").toString());
        assertTrue(report.get("files").asArray().size() >= 3, check.out());
        assertEquals(ExitCodes.DONE, check.exitCode(), check.error());
    }

    @Test
    void shouldSayWhereWhatIsWrong() throws Exception {
        Path file = folder.resolve("org.carillon.driver.loopback~hall.cfg.json");
        Files.writeString(file, "{ // the hall\n    \"delayUs\": -1,\n    \"capacitybytes\": 8192\n}\n");
        Program text = check(file.toString());
        Program json = check("--json", file.toString());

        assertEquals(ExitCodes.FAILED, text.exitCode(), text.error());
        assertTrue(text.out().contains("2:16     error    delayUs          expected a whole number, 0 to 60000000: "
                + "delayUs=-1"), text.out());
        assertTrue(text.out().contains("did you mean: capacityBytes"), text.out());
        assertTrue(text.out().stripTrailing().endsWith("files=1, findings=3"), text.out());
        JsonObject first = Json.parse(json.out()).asObject().get("findings").asArray().get(0).asObject();
        assertEquals("2:16 delayUs error", first.getInt("line", 0) + ":" + first.getInt("column", 0) + " "
                + first.getString("key", "") + " " + first.getString("severity", ""));
        assertEquals(ExitCodes.FAILED, json.exitCode());
    }

    @Test
    void shouldSayWhichOfTwoFilesDoesNotCount() throws Exception {
        Path file = folder.resolve("org.carillon.kernel.cfg");
        Files.writeString(file, "spinUs = 100\n");
        Files.writeString(folder.resolve("org.carillon.kernel.cfg.json"), "{\"spinUs\": 100}");
        Program check = check("--json", file.toString(), file + ".json");

        JsonObject finding = Json.parse(check.out()).asObject().get("findings").asArray().get(0).asObject();
        assertEquals(file + " warning", finding.getString("file", "") + " " + finding.getString("severity", ""));
        assertEquals(ExitCodes.FAILED, check.exitCode(), check.error());
    }

    @Test
    void shouldSayInOneLineThatAFileIsMissing() throws Exception {
        Program check = check(folder.resolve("org.carillon.kernel.cfg.json").toString());

        assertEquals(ExitCodes.FAILED, check.exitCode());
        assertEquals(1, check.error().lines().count(), check.error());
        assertTrue(check.error().contains("file must exist"), check.error());
    }
}
