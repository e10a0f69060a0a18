package org.carillon.sampler.format;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.carillon.sampler.instrument.Region;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FolderReaderTest {
    @TempDir
    Path folder;

    private Loaded load(String... names) throws IOException {
        for (String name : names) {
            RiffBytes.mono(1, 2).write(folder.resolve(name));
        }
        return InstrumentLoader.load(folder);
    }

    /** The only region of each note, by the name of its file and its keys. */
    private static List<String> map(Loaded loaded) {
        List<String> map = new ArrayList<>();
        for (Region region : loaded.instrument().programs().getFirst().regions()) {
            Region.Builder r = region.with();
            String name = Path.of(r.sample.name()).getFileName().toString().replace(".wav", "");
            map.add(name + " root " + r.rootKey + " keys " + r.loKey + ".." + r.hiKey + " velocities " + r.loVelocity
                    + ".." + r.hiVelocity + " turn " + r.sequencePosition + "/" + r.sequenceLength);
        }
        return map;
    }

    private static void assertSaid(Loaded loaded, String file, String text) {
        assertTrue(loaded.notices().stream()
                .anyMatch(n -> n.place().file().endsWith(file) && n.text().contains(text)),
                loaded.notices().toString());
    }

    @ParameterizedTest
    @CsvSource({"C4,60", "c4,60", "piano_C#4,61", "piano Cs4,61", "pad-Db3-v127,49", "C-1,0", "G9,127", "60,60",
        "Kick_36_v1-64,36", "name_A3_rr2,57", "Bb2,46", "a 200 Hz E2,40", "Cb4,59", "piano-C-1,0", "Piano 2 C4,60",
        "007,7", "v12_C4,60"})
    void shouldFindTheKey(String name, int key) {
        SampleName found = SampleName.of(name + ".wav");
        assertEquals("", found.problem());
        assertEquals(key, found.key());
    }

    @ParameterizedTest
    @CsvSource({"A3_piano_C4,notes=2", "1_60,numbers=2", "G#9,note=G#9", "C4_v64-12,velocities=v64-12",
        "C4_v64_v12,velocities=2", "C4_rr0,rr=0", "C4_v128,velocities=v128"})
    void shouldSayWhatIsWrongWithAName(String name, String problem) {
        assertTrue(SampleName.of(name + ".wav").problem().contains(problem), SampleName.of(name + ".wav").problem());
    }

    @Test
    void shouldSpreadAPitchedSetHalfWay() throws IOException {
        assertEquals(List.of("p_C3 root 48 keys 0..51 velocities 0..127 turn 1/1",
                "p_G3 root 55 keys 52..57 velocities 0..127 turn 1/1",
                "p_C4 root 60 keys 58..127 velocities 0..127 turn 1/1"), map(load("p_C4.wav", "p_C3.wav", "p_G3.wav")));
    }

    @Test
    void shouldLayerVelocitiesAndTakeTurns() throws IOException {
        Loaded loaded = load("p_C4_v40.wav", "p_C4_v80_rr1.wav", "p_C4_v80_rr3.wav", "p_C4_v120.wav");
        assertEquals(List.of("p_C4_v120 root 60 keys 0..127 velocities 81..127 turn 1/1",
                "p_C4_v40 root 60 keys 0..127 velocities 0..40 turn 1/1",
                "p_C4_v80_rr1 root 60 keys 0..127 velocities 41..80 turn 1/2",
                "p_C4_v80_rr3 root 60 keys 0..127 velocities 41..80 turn 2/2"), map(loaded));
        assertEquals(List.of(), loaded.notices());
    }

    @Test
    void shouldKeepAKitOnItsKeys() throws IOException {
        Loaded loaded = load("Kick_36_v1-64.wav", "Kick_36_v65-127.wav", "Snare_38.wav");
        assertEquals(List.of("Kick_36_v1-64 root 36 keys 36..36 velocities 1..64 turn 1/1",
                "Kick_36_v65-127 root 36 keys 36..36 velocities 65..127 turn 1/1",
                "Snare_38 root 38 keys 38..38 velocities 0..127 turn 1/1"), map(loaded));
        assertSaid(loaded, folder.getFileName().toString(), "names=2");
    }

    @Test
    void shouldTakeThePitchOfAFileWhoseNameSaysNone() throws IOException {
        RiffBytes.mono(RiffBytes.sampler(50, 0x4000_0000L), 1).write(folder.resolve("voice.wav"));
        RiffBytes.mono(RiffBytes.sampler(50, 0x4000_0000L), 1).write(folder.resolve("voice_C4.wav"));
        Loaded loaded = load();
        assertEquals(List.of("voice root 50 keys 0..55 velocities 0..127 turn 1/1",
                "voice_C4 root 60 keys 56..127 velocities 0..127 turn 1/1"), map(loaded));
        List<Region> regions = loaded.instrument().programs().getFirst().regions();
        assertEquals(-25, regions.get(0).with().tuneCents);
        assertEquals(0, regions.get(1).with().tuneCents);
    }

    @Test
    void shouldSayWhatIsLeftOut() throws IOException {
        Files.writeString(folder.resolve("broken_C5.wav"), "no sound");
        Files.writeString(folder.resolve("a.flac"), "");
        Files.writeString(folder.resolve("readme.txt"), "");
        Files.writeString(folder.resolve("set.sfz"), "");
        Files.writeString(folder.resolve("._p_C4.wav"), "");
        Loaded loaded = load("p_C4.wav", "piano.wav", "A1_A2.wav", "P C4.wav");
        assertEquals(2, map(loaded).size());
        assertSaid(loaded, "broken_C5.wav", "expected 12 more bytes");
        assertSaid(loaded, "a.flac", "extension=flac");
        assertSaid(loaded, "set.sfz", "load the SFZ file");
        assertSaid(loaded, "piano.wav", "expected a key in its name");
        assertSaid(loaded, "A1_A2.wav", "notes=2");
        assertSaid(loaded, "p_C4.wav", "another file has the same key");
        assertEquals(6, loaded.notices().size(), loaded.notices().toString());
    }

    @Test
    void shouldRefuseAFolderWithoutSound() {
        assertTrue(assertThrows(FormatException.class, this::load).getMessage()
                .contains("expected at least one WAV file with a key in its name: first=none"));
    }

    @Test
    void shouldLoadOneFile() throws IOException {
        Path file = RiffBytes.mono(RiffBytes.sampler(50, 0, new int[]{0, 0, 1, 0}), 1, 2)
                .write(folder.resolve("pad.wav"));
        Loaded pad = InstrumentLoader.load(file);
        assertEquals(List.of("pad root 50 keys 0..127 velocities 0..127 turn 1/1"), map(pad));
        assertEquals("pad", pad.instrument().name());
        Path named = RiffBytes.mono(RiffBytes.sampler(50, 0), 1).write(folder.resolve("pad_C4.wav"));
        assertEquals(List.of("pad_C4 root 60 keys 0..127 velocities 0..127 turn 1/1"),
                map(InstrumentLoader.load(named)));
        Path other = RiffBytes.mono(1).write(folder.resolve("sound.bin"));
        assertEquals(1, map(InstrumentLoader.load(other)).size());
        Path text = Files.writeString(folder.resolve("song.mid"), "MThd, and so on");
        assertTrue(assertThrows(FormatException.class, () -> InstrumentLoader.load(text)).getMessage()
                .contains("song.mid: expected a folder, or a .wav, .sfz or .sf2 file"));
    }
}
