package org.carillon.codegen;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GenerateTest {
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @TempDir
    private Path folder;
    private Path schema;

    @BeforeEach
    void writeSchema() throws IOException {
        schema = folder.resolve("control.json");
        Files.writeString(schema, "[{\"className\":\"Point\",\"comment\":\"On a map.\",\"members\":[{\"name\":\"x\","
                + "\"type\":\"int\",\"comment\":\"To the east */.\"}]}]");
    }

    private int run(String... arguments) {
        return Generate.run(arguments, new PrintStream(err, true));
    }

    @ParameterizedTest
    @CsvSource({"java, a.b, a/b/Point.java", "cpp, a::b, a/b.hpp", "python, a.b, a/b.py",
        "java, '', control/Point.java",
        "cpp, '', control.hpp", "python, '', control.py"})
    void shouldWriteWithItsComments(String language, String packageName, String file) throws IOException {
        Path out = folder.resolve("out");

        assertEquals(0, packageName.isEmpty()
                ? run(schema.toString(), "--lang", language, "--out", out.toString())
                : run("--package", packageName, schema.toString(), "--lang", language, "--out", out.toString()),
                err.toString());
        String text = Files.readString(out.resolve(file));

        assertTrue(text.contains("On a map.") && text.contains("To the east *"), text);
        assertFalse(text.contains("$"), text);
    }

    @Test
    void shouldLeaveWhatIsTheSame() throws IOException {
        run(schema.toString(), "--lang", "cpp", "--out", folder.toString());
        Path header = folder.resolve("control.hpp");
        Files.setLastModifiedTime(header, FileTime.fromMillis(1000));
        run(schema.toString(), "--lang", "cpp", "--out", folder.toString());

        assertEquals(1000, Files.getLastModifiedTime(header).toMillis());
    }

    @ParameterizedTest
    @CsvSource({"basic, a.b, 'expected java, cpp or python: lang=basic'", "cpp, a.b, expected names joined by ::",
        "java, a..b, expected names joined by .", "python, ../a, expected names joined by ."})
    void shouldRefuseWrongWords(String language, String packageName, String message) {
        assertEquals(2, run(schema.toString(), "--lang", language, "--out", folder.toString(), "--package",
                packageName));
        assertTrue(err.toString().contains(message), err.toString());
    }

    @Test
    void shouldSayWhatIsWrongAndWriteNothing() throws IOException {
        Files.writeString(schema, "[{\"className\":\"A\",\n\"members\":{}}]");
        Path out = folder.resolve("out");

        assertEquals(1, run(schema.toString(), "--lang", "java", "--out", out.toString()));
        assertEquals(schema + ":2:11: expected members, a list: class=A", err.toString().strip());
        assertFalse(Files.exists(out));
        assertEquals(1, run(folder.resolve("none.json").toString(), "--lang", "java", "--out", out.toString()));
        assertTrue(err.toString().contains("file must exist"), err.toString());
        assertEquals(2, run(schema.toString()));
    }
}
