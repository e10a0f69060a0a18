package org.carillon.configuration;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class JsonEditTest {
    private static final String TEXT = """
            // the loop of the hall
            {
                /* unique */ "name": "hall", // as in "name": "x"
              "delayUs":5 ,
                // more { of } it
                "list": [1,
                         2], /* "old": 1 */
                "last": true // the end
                // of all
            }
            // and more
            """;

    private static String changed(String text, String key, Object value) throws SettingsException {
        return JsonEdit.changed(text, Collections.singletonMap(key, value));
    }

    @Test
    void shouldReplaceTheTextOfAValueOnly() throws SettingsException {
        assertEquals(TEXT.replace("\"hall\"", "\"\\\"big\\\" hall\""), changed(TEXT, "name", "\"big\" hall"));
        assertEquals(TEXT.replace(":5 ,", ":0.5 ,"), changed(TEXT, "delayUs", 0.5f));
        assertEquals(TEXT.replace("[1,\n             2]", "[\"a\", \"b\"]"),
                changed(TEXT, "list", new String[]{"a", "b"}));
        assertEquals(TEXT.replace(": true //", ": 70 //"), changed(TEXT, "last", 70));
    }

    @Test
    void shouldAddAKeyBeforeTheBrace() throws SettingsException {
        assertEquals(TEXT.replace(": true //", ": true, //").replace("// of all\n", "// of all\n    \"new\": [1, 2]\n"),
                changed(TEXT, "new", new int[]{1, 2}));
        assertEquals("{\"a\": 1, \"b\": 2}", changed("{\"a\": 1}", "b", 2));
        assertEquals("{\n    \"b\": \"x\"\n}\n", changed("{\n}\n", "b", "x"));
        assertEquals("{ // none\n    \"b\": 1\n}", changed("{ // none\n}", "b", 1));
        assertEquals("{\r\n\t\"a\": 1,\r\n\t\"b\": 2\r\n}", changed("{\r\n\t\"a\": 1\r\n}", "b", 2));
        assertEquals("{\n  \"a\": 1,\n  \"b\": 2\n}", changed("{\n  \"a\": 1}", "b", 2));
    }

    @Test
    void shouldTakeAKeyAway() throws SettingsException {
        assertEquals(TEXT.replace("  \"delayUs\":5 ,\n", ""), changed(TEXT, "delayUs", null));
        assertEquals(TEXT.replace("\"name\": \"hall\", //", "//"), changed(TEXT, "name", null));
        assertEquals(TEXT.replace("2], /*", "2] /*").replace("\"last\": true //", "//"), changed(TEXT, "last", null));
        assertEquals("{\"a\": 1}", changed("{\"a\": 1, \"b\": 2}", "b", null).replace(" }", "}"));
        assertEquals("{\n}", changed("{\n  \"a\": 1\n}", "a", null));
        assertEquals(TEXT, changed(TEXT, "unknown", null));
    }

    @Test
    void shouldAlwaysSayWhatItWasToldToSay() throws SettingsException {
        Random random = new Random(1);
        String[] keys = {"name", "delayUs", "list", "last", "new", "a b", "\"", "//"};
        Object[] values = {null, 1, -2.5, "x", "/* } , \n \\", true, new String[]{"a", "]"}, new Integer[0]};
        String text = TEXT;
        Map<String, Object> expected = new LinkedHashMap<>(SettingsReader.read(TEXT).values());
        for (int i = 0; i < 2_000; i++) {
            String key = keys[random.nextInt(keys.length)];
            Object value = values[random.nextInt(values.length)];
            text = changed(text, key, value);
            expected = Values.changed(expected, Collections.singletonMap(key, value));
            Map<String, Object> read = SettingsReader.read(text).values();
            assertEquals(Map.of(), Values.changes(expected, read), text);
        }
        for (String comment : new String[]{"// the loop of the hall", "// more { of } it", "// of all",
            "// and more"}) {
            assertEquals(1, text.lines().filter(line -> line.strip().equals(comment)).count(), text);
        }
    }
}
