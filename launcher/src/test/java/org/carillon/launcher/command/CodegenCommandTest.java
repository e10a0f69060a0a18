package org.carillon.launcher.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.eclipsesource.json.Json;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CodegenCommandTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter error = new StringWriter();

    @TempDir
    private Path folder;
    private Path schema;

    @BeforeEach
    void writeSchema() throws IOException {
        schema = folder.resolve("n.json");
        Files.writeString(schema, "[{\"className\": \"Point\", \"members\": [{\"name\": \"x\", \"type\": \"int\"}]}]");
    }

    private int run(String... arguments) {
        return Main.commandLine().setOut(new PrintWriter(out, true)).setErr(new PrintWriter(error, true))
                .execute(arguments);
    }

    @Test
    void shouldWriteAModule() throws IOException {
        assertEquals(ExitCodes.DONE, run("codegen", schema.toString(), "--lang", "python", "--out", folder.toString()));
        assertEquals(folder.resolve("n.py").toString(), out.toString().strip());
        assertTrue(Files.readString(folder.resolve("n.py")).contains("class Point:"));
    }

    @Test
    void shouldTellItsFilesAsJson() {
        assertEquals(ExitCodes.DONE, run("codegen", schema.toString(), "--lang", "cpp", "--package", "a::b", "--out",
                folder.toString(), "--json"));
        assertEquals(folder.resolve("a/b.hpp").toString(),
                Json.parse(out.toString()).asObject().get("files").asArray().get(0).asString());
    }

    @Test
    void shouldNameThePlaceOfWhatIsWrong() throws IOException {
        Files.writeString(schema, "[\n {\"className\": \"Point\"}]");

        assertEquals(ExitCodes.FAILED, run("codegen", schema.toString(), "--lang", "java", "--out", folder.toString()));
        assertEquals("carillon: " + schema + ":2:2: expected members, a list: class=Point", error.toString().strip());
    }

    @Test
    void shouldRefuseWrongWords() {
        assertEquals(ExitCodes.WRONG_USAGE, run("codegen", schema.toString(), "--lang", "c", "--out",
                folder.toString()));
        assertTrue(error.toString().contains("expected java, cpp or python: lang=c"), error.toString());
        assertEquals(ExitCodes.FAILED, run("codegen", folder.resolve("no.json").toString(), "--lang", "java", "--out",
                folder.toString()));
        assertTrue(error.toString().contains("file must exist"), error.toString());
    }
}
