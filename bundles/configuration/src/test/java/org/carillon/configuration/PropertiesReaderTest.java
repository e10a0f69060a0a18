package org.carillon.configuration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.io.StringReader;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;

final class PropertiesReaderTest {
    private static final String TEXT = """
            # a comment = no
              ! another
            name = the \\
               hall
            a\\ key\\:x:1
            empty
            path=/dev/snd\\u002Fmidi \\t
            """;

    @Test
    void shouldReadWhatJavaReads() throws SettingsException, IOException {
        Properties java = new Properties();
        java.load(new StringReader(TEXT));

        assertEquals(java, PropertiesReader.read(TEXT).values());
        assertEquals(4, java.size());
    }

    @Test
    void shouldSayWhatIsWrongWhere() {
        SettingsException twice = assertThrows(SettingsException.class,
                () -> PropertiesReader.read("# one\na = 1\na = 2\n"));
        SettingsException digits = assertThrows(SettingsException.class, () -> PropertiesReader.read("a = \\u00g0"));

        assertEquals("3:1 a", twice.line() + ":" + twice.column() + " " + twice.key());
        assertEquals("1:9", digits.line() + ":" + digits.column());
    }

    @Test
    void shouldChangeValuesAndNothingElse() throws SettingsException {
        String text = "# the loop\r\nname = hall  \r\n\r\n! gone\r\ndelayUs: 5\r\nempty\r\nlist = a,b";
        Map<String, Object> changes = new java.util.LinkedHashMap<>();
        changes.put("name", " big \\ hall");
        changes.put("delayUs", null);
        changes.put("empty", true);
        changes.put("list", new String[]{"x,y", "z"});
        changes.put("new key", 5L);

        String changed = PropertiesEdit.changed(text, changes);

        assertEquals("# the loop\r\nname = \\ big \\\\ hall\r\n\r\n! gone\r\nempty = true\r\n"
                + "list = x\\\\,y,z\r\nnew\\ key = 5\r\n", changed);
        assertEquals(" big \\ hall", PropertiesReader.read(changed).values().get("name"));
        assertEquals(java.util.List.of("x,y", "z"),
                Values.split((String) PropertiesReader.read(changed).values().get("list")));
    }
}
