package org.carillon.launcher;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SettingsReaderTest {
    @Test
    void shouldReadValuesOfAllTypes() throws SettingsException {
        Map<String, Object> values = SettingsReader.read("""
                { // the loop
                    "name": "a // \\" /* no comment */",
                    "delayUs": 5, "gain": 0.5, "on": true, /* two
                    lines */ "list": [1, 2], "none": []
                }
                """);

        assertEquals("a // \" /* no comment */", values.get("name"));
        assertEquals(5L, values.get("delayUs"));
        assertEquals(0.5, values.get("gain"));
        assertEquals(true, values.get("on"));
        assertArrayEquals(new Long[]{1L, 2L}, (Long[]) values.get("list"));
        assertArrayEquals(new String[0], (String[]) values.get("none"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"a": }                  | 1 | 7  | expected value
            {"a": 1 "b": 2}          | 1 | 9  | expected ',' or '}'
            {"a": 1,                 | 1 | 9  | expected more
            { /* }                   | 1 | 3  | expected */
            {"a": {"b": 1}}          | 1 | 7  | found an object
            {"a": [[1]]}             | 1 | 8  | found an array in one
            {"a": null}              | 1 | 7  | found null
            {"a": [1, "b"]}          | 1 | 14 | one type
            {"a": 1, "a": 2}         | 1 | 16 | each key once
            [1]                      | 1 | 1  | found an array
            17                       | 1 | 1  | expected an object
            """)
    void shouldSayWhatIsWrongWhere(String text, int line, int column, String expected) {
        SettingsException e = assertThrows(SettingsException.class, () -> SettingsReader.read(text));

        assertTrue(e.getMessage().contains(expected), e.getMessage());
        assertEquals(line + ":" + column, e.line() + ":" + e.column(), e.getMessage());
    }

    @Test
    void shouldCountLinesThroughComments() {
        SettingsException e = assertThrows(SettingsException.class, () -> SettingsReader.read("""
                /* one
                   two */ {
                    // three
                    "name" 1
                }
                """));

        assertEquals("4:12", e.line() + ":" + e.column(), e.getMessage());
    }

    @Test
    void shouldLeaveOutWrongFilesOnly(@TempDir Path folder) throws IOException {
        Files.writeString(folder.resolve("a.b~c.cfg.json"), "{\"name\": \"c\"}");
        Files.writeString(folder.resolve("a.b~wrong.cfg.json"), "{");
        Files.write(folder.resolve("a.b~latin.cfg.json"), new byte[]{'{', '"', (byte) 0xE4, '"', ':', '1', '}'});
        Files.writeString(folder.resolve("notes.txt"), "not a configuration");

        assertEquals(Set.of("a.b~c"), SettingsFiles.read(folder).keySet());
        assertEquals(Map.of(), SettingsFiles.read(folder.resolve("absent")));
    }
}
