package org.carillon.configuration;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
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
                """).values();

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
    void shouldLeaveOutWrongFilesOnly(@TempDir Path folder, @TempDir Path data) throws IOException {
        Files.writeString(folder.resolve("a.b~c.cfg.json"), "{\"name\": \"c\"}");
        Files.writeString(folder.resolve("a.b~wrong.cfg.json"), "{");
        Files.write(folder.resolve("a.b~latin.cfg.json"), new byte[]{'{', '"', (byte) 0xE4, '"', ':', '1', '}'});
        Files.writeString(folder.resolve("notes.txt"), "not a configuration");

        Files.createSymbolicLink(folder.resolve("a.b~link.cfg.json"), folder.resolve("a.b~c.cfg.json"));
        Files.writeString(folder.resolve("a.b~shared.cfg.json"), "{}");
        Files.setPosixFilePermissions(folder.resolve("a.b~shared.cfg.json"),
                PosixFilePermissions.fromString("rw-rw-r--"));
        List<String> complaints = new ArrayList<>();

        assertEquals(Set.of("a.b~c", "a.b~link"),
                SettingsFiles.read(folder, data, data, complaints::add).keySet());
        assertEquals(3, complaints.size(), complaints.toString());
        assertTrue(complaints.getFirst().endsWith("file must be UTF-8"), complaints.getFirst());
        assertEquals(Map.of(), SettingsFiles.read(folder.resolve("absent"), data, data, complaints::add));
        assertEquals(3, complaints.size(), complaints.toString());
    }

    @Test
    void shouldPreferWhatWasKeptApart(@TempDir Path folder, @TempDir Path data) throws IOException {
        Files.writeString(folder.resolve("a.b.cfg.json"), "{\"from\": \"installed\"}");
        Files.writeString(folder.resolve("a.c.cfg"), "from = installed");
        Files.writeString(folder.resolve("a.d.cfg.json"), "{}");
        Files.createDirectory(data.resolve("config"));
        Files.writeString(data.resolve("config/a.b.cfg"), "from = kept");
        Files.writeString(data.resolve("config/a.d.cfg.json.disabled"), "{}");

        Map<String, Settings> all = SettingsFiles.read(folder, data, data, complaint -> fail(complaint));

        assertEquals(Set.of("a.b", "a.c"), all.keySet());
        assertEquals(Map.of("from", "kept"), all.get("a.b").values());
        assertEquals(Map.of("from", "installed"), all.get("a.c").values());
    }

    @Test
    void shouldKnowWhereEachValueStands() throws SettingsException {
        String text = "\uFEFF{ /* \u00e4 */ \"a\" : [1, 2] , // x\n \"b\":\"\\n\"\n}";
        SettingsText settings = SettingsReader.read(text);

        SettingsText.Entry a = settings.entries().get("a");
        SettingsText.Entry b = settings.entries().get("b");
        assertEquals("[1, 2]", text.substring(a.valueOffset(), a.endOffset()));
        assertEquals("\"\\n\"", text.substring(b.valueOffset(), b.endOffset()));
        assertEquals('}', text.charAt(settings.endOffset()));
        assertEquals(new SettingsText.Place(2, 2), settings.place(b.keyOffset()));
    }
}
