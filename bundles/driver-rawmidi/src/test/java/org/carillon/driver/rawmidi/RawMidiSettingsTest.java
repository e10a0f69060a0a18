package org.carillon.driver.rawmidi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RawMidiSettingsTest {
    static RawMidiConfig config(Map<String, Object> values) {
        return (RawMidiConfig) Proxy.newProxyInstance(RawMidiConfig.class.getClassLoader(),
                new Class<?>[]{RawMidiConfig.class},
                (self, method, arguments) -> values.getOrDefault(method.getName(), method.getDefaultValue()));
    }

    private static RawMidiSettings settings(Map<String, Object> values) {
        return RawMidiSettings.of(config(values));
    }

    @Test
    void shouldReadAPatternOfFilesAndOfNothingElse() {
        RawMidiSettings alsa = settings(Map.of("path", "/dev/snd/midiC*D*"));

        assertTrue(alsa.isPattern() && alsa.reads() && alsa.writes());
        assertEquals(Path.of("/dev/snd"), alsa.folder());
        assertTrue(alsa.matcher().matches(Path.of("midiC10D2")));
        assertFalse(alsa.matcher().matches(Path.of("controlC0")));
        assertTrue(settings(Map.of("path", "/tmp/[a]{b}\\c")).matcher().matches(Path.of("[a]{b}\\c")));
    }

    @Test
    void shouldTakeDevicesOnSlowLinesAtTheirPaceUnlessToldOtherwise() {
        assertEquals(3_125, settings(Map.of("path", "/x")).bytesPerSecond(true));
        assertEquals(0, settings(Map.of("path", "/x")).bytesPerSecond(false));
        assertEquals(500, settings(Map.of("path", "/x", "bytesPerSecond", 500)).bytesPerSecond(false));
        assertEquals(0, settings(Map.of("path", "/x", "bytesPerSecond", 0)).bytesPerSecond(true));
    }

    @Test
    void shouldRefuseWhatCannotBe() {
        refuse("path must be absolute and name a file: path=", Map.of());
        refuse("path must be absolute and name a file: path=midi", Map.of("path", "midi"));
        refuse("path must be absolute and name a file: path=/", Map.of("path", "/"));
        refuse("only the last part of a path may be a pattern: path=/a*/b", Map.of("path", "/a*/b"));
        refuse("a pattern stands for many files, which cannot share a name: name=n", Map.of("path", "/a*", "name",
                "n"));
        refuse("direction must be in, out or both: direction=up", Map.of("path", "/a", "direction", "up"));
        refuse("bytes per second must be -1, 0, or 100 to 10000000: bytesPerSecond=99",
                Map.of("path", "/a", "bytesPerSecond", 99));
        refuse("gap after system exclusive messages must be 0 to 10000 milliseconds: sysexGapMs=-1",
                Map.of("path", "/a", "sysexGapMs", -1));
    }

    private static void refuse(String message, Map<String, Object> values) {
        assertEquals(message, assertThrows(IllegalArgumentException.class, () -> settings(values)).getMessage());
    }
}
