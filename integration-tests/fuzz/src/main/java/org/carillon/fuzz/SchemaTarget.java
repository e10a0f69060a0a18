package org.carillon.fuzz;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import org.carillon.codegen.Generate;
import org.carillon.codegen.Language;
import org.carillon.codegen.Schema;
import org.carillon.codegen.SchemaException;

/** Schemas of any words: code in every language, or one clear message with its place. */
public final class SchemaTarget {
    private static final int MAX_WORDS = 60;
    private static final String CLASS = "{\"className\":\"";
    private static final String[] WORDS = {"[", "]", "{", "}", ",", ":", "\"A\"", "\"className\":", "\"members\":[",
        "{\"name\":\"n\",\"type\":\"int\"}", "{\"name\":\"u\",\"type\":\"uint64\"}", CLASS + "A\",\"members\":[",
        CLASS + "B\",\"members\":[", "{\"name\":\"x\",\"type\":\"A\"}", "{\"name\":\"s\",\"type\":\"string\"}",
        "{\"name\":\"a\",\"type\":\"array\",\"size\":[\"n\"],\"elem\":{\"type\":\"A\"}}",
        "{\"name\":\"b\",\"type\":\"array\",\"size\":[\"2\",\"3*n\"],\"elem\":{\"type\":\"bytes\"}}",
        "{\"name\":\"c\",\"type\":\"array\",\"size\":[\"", "n*n", "9999", "/0", "(", ")", "-",
        "\"],\"elem\":{\"type\":\"bool\"}}", "]}", "{\"request\":\"go\",\"in\":\"A\",\"right\":\"look\"}",
        ",\"out\":\"B\"", ",\"comment\":\"*/ \\\"\\\"\\\" \\\\u0022\"", ",\"id\":7", "\n", "1e9", "null"};

    private SchemaTarget() {}

    /** Called by Jazzer with the bytes of its choice. */
    public static void fuzzerTestOneInput(FuzzedDataProvider data) {
        StringBuilder words = new StringBuilder(data.consumeBoolean() ? "[" + CLASS + "A\",\"members\":[" : "");
        int count = data.consumeInt(0, MAX_WORDS);
        for (int i = 0; i < count && data.remainingBytes() > 0; i++) {
            words.append(data.consumeInt(0, 10) == 0 ? data.consumeString(4) : data.pickValue(WORDS));
        }
        String text = words.append(data.consumeBoolean() ? "]}]" : "").toString();
        try {
            Schema schema = Schema.parse("a.json", text);
            for (Language each : Language.values()) {
                if (Generate.texts(schema, each, "").isEmpty()) {
                    throw new IllegalStateException("expected code: text=" + text);
                }
            }
        } catch (SchemaException e) {
            if (e.line() < 1 || e.column() < 1 || !e.getMessage().contains("xpected")) {
                throw new IllegalStateException("expected a place and a message: " + e.getMessage(), e);
            }
        }
    }
}
