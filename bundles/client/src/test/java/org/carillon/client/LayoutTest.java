package org.carillon.client;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The clients of other languages against the golden file, and their rings against queues and hostile peers. */
class LayoutTest {
    @TempDir
    Path folder;

    @Test
    void shouldMakeAndReadTheGoldenBytesInCpp() throws IOException, InterruptedException {
        Path program = Tool.compile("golden_test.cpp");

        String said = Tool.run(List.of(program.toString(), Tool.GOLDEN.toString()));

        assertTrue(said.matches("(?s).*checked=[0-9]{3,} failures=0\\s*"), said);
    }

    @Test
    void shouldSeeAWrongByteInCpp() throws IOException, InterruptedException {
        Path program = Tool.compile("golden_test.cpp");
        Path wrong = Files.writeString(folder.resolve("golden.txt"),
                Files.readString(Tool.GOLDEN).replaceFirst("903c640000000000\\n\\n", "903c650000000000\n\n"));

        Process process = new ProcessBuilder(program.toString(), wrong.toString()).redirectErrorStream(true).start();

        assertTrue(new String(process.getInputStream().readAllBytes()).contains("record note-on, bytes"));
        assertFalse(process.waitFor() == 0);
    }

    @Test
    void shouldPassEventsAndSeeHostilePeersInCpp() throws IOException, InterruptedException {
        Tool.run(List.of(Tool.compile("ring_test.cpp").toString()));
    }

    @Test
    void shouldMakeAndReadTheGoldenBytesInPython() throws IOException, InterruptedException {
        String said = Tool.python("golden_test.py", Tool.GOLDEN.toString());

        assertTrue(said.contains("Ran 4 tests"), said);
    }

    @Test
    void shouldPassEventsAndSeeHostilePeersInPython() throws IOException, InterruptedException {
        String said = Tool.python("ring_test.py");

        assertTrue(said.contains("Ran 9 tests"), said);
    }

    @Test
    void shouldCompileWithoutAWarningAndTwice() throws IOException, InterruptedException {
        for (String header : List.of("event_ring.hpp", "clock.hpp", "client.hpp")) { // what programs include
            Path source = Files.writeString(folder.resolve("alone.cpp"), ("#include \"carillon/" + header + "\"\n")
                    .repeat(2) + "int main() { return 0; }\n");
            Tool.run(List.of("g++", "-std=c++17", "-Wall", "-Wextra", "-Wpedantic", "-Wshadow", "-Werror",
                    "-fsyntax-only", "-I" + Tool.HEADERS, "-I" + Tool.GENERATED, source.toString()));
        }
    }
}
