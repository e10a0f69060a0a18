package org.carillon.launcher.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.eclipsesource.json.Json;
import com.eclipsesource.json.JsonObject;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.carillon.launcher.sound.Songs;
import org.carillon.sequencer.MidiFileWriter;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The verbs that read files and need no server. */
final class FileCommandsTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter error = new StringWriter();

    @TempDir
    private Path folder;
    private Path song;

    @BeforeEach
    void writeSong() throws IOException {
        song = folder.resolve("song.mid");
        MidiFileWriter.write(Songs.twoTracks(4), song);
    }

    @Test
    void shouldTellWhatIsInASong() {
        assertEquals(ExitCodes.DONE, run("info", song.toString(), "--json", "--strict"), error.toString());
        JsonObject info = Json.parse(out.toString()).asObject();

        assertEquals(1, info.getInt("schema", 0));
        assertEquals("midi", info.getString("kind", ""));
        assertEquals(12, info.getInt("notes", 0));
        assertEquals(1.0, info.getDouble("seconds", 0));
        assertEquals(240, info.getDouble("slowest_bpm", 0));
        assertEquals("[1,2]", info.get("channels").toString());
        assertEquals("[3,48]", info.get("programs").toString());
        assertEquals("[{\"at\":\"1:1\",\"signature\":\"4/4\"}]", info.get("time_signatures").toString());
        assertEquals("chords", info.get("tracks").asArray().get(1).asObject().getString("name", ""));
        assertEquals("[]", info.get("damage").toString());
    }

    @Test
    void shouldTellWhatIsDamaged() throws IOException {
        Files.write(song, Arrays.copyOf(Files.readAllBytes(song), 100));

        assertEquals(ExitCodes.DONE, run("info", song.toString()));
        assertTrue(out.toString().contains("no-end-of-track") && out.toString().contains("offset=100"), out.toString());
        assertEquals(ExitCodes.FAILED, run("info", song.toString(), "--strict"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"empty.mid", "text.mid", "missing.mid", "empty.wav", "empty.sf2", "folder"})
    void shouldSayInOneLineThatNothingCanBeRead(String name) throws IOException {
        Path file = folder.resolve(name);
        if (name.equals("folder")) {
            Files.createDirectory(file);
        } else if (!name.startsWith("missing")) {
            Files.writeString(file, name.startsWith("text") ? "this is no music at all" : "");
        }

        assertEquals(ExitCodes.FAILED, run("info", file.toString()));
        assertEquals(1, error.toString().lines().count(), error.toString());
        assertTrue(error.toString().startsWith("carillon: ") && error.toString().contains(name), error.toString());
    }

    @Test
    void shouldRenderAndTellWhatIsInTheFile() {
        Path wav = folder.resolve("song C4.wav");
        assertEquals(ExitCodes.DONE, run("render", song.toString(), "-o", wav.toString(), "--json"), error.toString());
        JsonObject rendered = Json.parse(out.toString()).asObject();
        assertEquals(wav.toString(), rendered.getString("wav", ""));
        assertEquals(26, rendered.getInt("events", 0));
        assertTrue(rendered.getDouble("rms_dbfs", -200) > -40, out.toString());
        assertFalse(rendered.getBoolean("gain_lowered", true));

        out.getBuffer().setLength(0);
        assertEquals(ExitCodes.DONE, run("info", wav.toString(), "--json"), error.toString());
        JsonObject info = Json.parse(out.toString()).asObject();
        assertEquals("wav", info.getString("kind", ""));
        assertEquals(rendered.getInt("frames", 0), info.getInt("frames", -1));
        assertEquals(rendered.getDouble("peak_dbfs", 0), info.getDouble("peak_dbfs", 1), 0.01);

        out.getBuffer().setLength(0);
        assertEquals(ExitCodes.DONE, run("info", folder.toString(), "--json"), error.toString());
        JsonObject instrument = Json.parse(out.toString()).asObject();
        assertEquals("instrument", instrument.getString("kind", ""));
        assertEquals(1, instrument.getInt("samples", 0), out.toString());
    }

    @Test
    void shouldRenderWithTheInstrumentThatIsGiven() {
        Path wav = folder.resolve("one.wav");
        Path again = folder.resolve("two.wav");
        assertEquals(ExitCodes.DONE, run("render", song.toString(), "-o", wav.toString()), error.toString());
        out.getBuffer().setLength(0);
        assertEquals(ExitCodes.DONE, run("play", song.toString(), "--output", again.toString(), "--instrument",
                wav.toString(), "--json"), error.toString());

        assertEquals(wav.toString(), Json.parse(out.toString()).asObject().getString("instrument", ""));
        assertTrue(Files.exists(again));
    }

    @ParameterizedTest
    @ValueSource(strings = {"--format 8", "--rate 100", "--gain 100", "--block 1", "--polyphony 0", "--tempo 0%",
        "--tempo fast", "--from 3", "--mute 3"})
    void shouldRefuseToRenderWhatMakesNoSense(String words) {
        String[] option = words.split(" ");
        Path wav = folder.resolve("song.wav");

        assertEquals(ExitCodes.WRONG_USAGE, run("render", song.toString(), "-o", wav.toString(), option[0], option[1]));
        assertTrue(error.toString().contains(option[1]), error.toString());
        assertFalse(Files.exists(wav));
    }

    @ParameterizedTest
    @ValueSource(strings = {"--output nowhere", "--loop 1:1", "--loop 5..6", "--gain 61", "--from x"})
    void shouldRefuseToPlayWhatMakesNoSense(String words) {
        String[] option = words.split(" ");

        assertEquals(ExitCodes.WRONG_USAGE, run("play", song.toString(), option[0], option[1]));
        assertTrue(error.toString().contains(option[0].substring(2)), error.toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "86401", "x"})
    void shouldRefuseToRecordForNoTime(String seconds) {
        assertEquals(ExitCodes.WRONG_USAGE, run("record", folder.resolve("a.mid").toString(), "--seconds", seconds));
    }

    @Test
    void shouldRefuseToRecordWhereThereIsNoFolder() {
        assertEquals(ExitCodes.FAILED, run("record", folder.resolve("nowhere/a.mid").toString()));
        assertTrue(error.toString().contains("nowhere"), error.toString());
    }

    @Test
    void shouldNameTheSoundsThatThereAre() {
        assertEquals(ExitCodes.WRONG_USAGE, run("fetch-sounds", "piano"));
        assertTrue(error.toString().contains("small, gm"), error.toString());
    }

    private int run(String... arguments) {
        return Main.commandLine().setOut(new PrintWriter(out, true)).setErr(new PrintWriter(error, true))
                .execute(arguments);
    }
}
