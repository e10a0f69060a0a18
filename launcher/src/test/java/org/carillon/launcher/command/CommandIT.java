package org.carillon.launcher.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.eclipsesource.json.Json;
import com.eclipsesource.json.JsonObject;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.carillon.launcher.Program;
import org.carillon.sampler.format.WavReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command as users run it. */
final class CommandIT {
    private static final long LIMIT_S = 30;

    @TempDir
    private Path folder;

    @Test
    void shouldPlayTheDemoWithoutLoss() throws Exception {
        Path picture = folder.resolve("picture.svg");
        Path waveform = folder.resolve("waveform.svg");
        Path wav = folder.resolve("demo.wav");
        Program demo = Program.java(Program.command("demo", "--json", "--seconds", "3", "--picture",
                picture.toString(), "--wav", wav.toString(), "--waveform", waveform.toString()));

        assertEquals(1, demo.out().lines().count(), demo.out() + demo.error());
        JsonObject report = Json.parse(demo.out()).asObject();
        assertEquals(0, report.getInt("events_lost", -1), demo.out());
        assertEquals(0, report.getInt("events_reordered", -1), demo.out());
        assertEquals(4, report.getInt("notes_released", -1), demo.out());
        assertEquals(0, report.getInt("notes_left_sounding", -1), demo.out());
        assertEquals(picture.toString(), report.getString("picture", ""));
        assertTrue(Files.readString(picture).contains("</svg>"));
        assertTrue(Files.readString(waveform).contains("</svg>"));
        assertEquals(wav.toString(), report.getString("wav", ""));
        assertTrue(report.getDouble("rms_dbfs", -200) > -40, demo.out());
        assertTrue(WavReader.read(wav).sample().frames() >= 3 * 48_000, demo.out());
        assertEquals(0, demo.exitCode(), demo.error());
    }

    @Test
    void shouldRunUntilItIsToldToEnd() throws Exception {
        Path out = folder.resolve("out");
        Process up = Program.start(out, folder.resolve("error"), Program.command("up", "--json", "--data",
                folder.resolve("data").toString()));
        try {
            long untilNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_S);
            while (!Files.readString(out).endsWith("\n") && System.nanoTime() - untilNs < 0) {
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
            }
            JsonObject ready = Json.parse(Files.readString(out)).asObject();
            assertEquals(1, ready.getInt("schema", 0));
            assertEquals(up.pid(), ready.getLong("pid", 0));
            List<String> ports = ready.get("ports").asArray().values().stream()
                    .map(port -> port.asObject().getString("name", "")).toList();
            assertTrue(ports.contains("loop"), ports.toString());
            Path password = Path.of(ready.get("console").asObject().getString("password_file", ""));
            assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(password)));

            up.destroy();
            assertTrue(up.waitFor(LIMIT_S, TimeUnit.SECONDS));
            assertEquals(0, up.exitValue());
        } finally {
            up.destroyForcibly();
        }
    }

    @Test
    void shouldReadCommandsWhenItIsAskedTo() throws Exception {
        String said = typed("help carillon:connect\nconnect loop loop\ncarillon:ports\n", "DIRECTION", "--shell");

        assertTrue(said.contains("connects a source with a destination"), said);
        assertTrue(said.contains("connection would close a loop"), said);
        assertFalse(said.contains("\tat "), said);
    }

    @Test
    void shouldReadNothingOtherwise() throws Exception {
        String said = typed("carillon:ports\n", "2 ports");

        assertFalse(said.contains("DIRECTION"), said);
        assertFalse(said.contains("Gogo"), said);
        assertTrue(said.matches("(?s)ready after .*\nport    source +loop  .*\nconsole http://127\\.0\\.0\\.1:.*"
                + "\ndriver  loopback loop: 2 ports\n.*"), said);
    }

    /** What a server says that finds something on standard input, until an expected word comes. */
    private String typed(String lines, String expected, String... options) throws Exception {
        Path out = folder.resolve("out");
        List<String> line = new ArrayList<>(List.of("up", "--data", folder.resolve("data").toString()));
        line.addAll(List.of(options));
        Process up = Program.start(out, folder.resolve("error"), Program.command(line.toArray(String[]::new)));
        try (Writer typist = up.outputWriter()) {
            typist.write(lines);
            typist.flush();
            long untilNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_S);
            while (!Files.readString(out).contains(expected)) {
                assertTrue(System.nanoTime() - untilNs < 0, () -> "waited in vain for " + expected);
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
            }
            return Files.readString(out);
        } finally {
            up.destroyForcibly();
        }
    }
}
