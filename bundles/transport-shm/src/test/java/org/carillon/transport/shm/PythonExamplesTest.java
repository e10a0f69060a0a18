package org.carillon.transport.shm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The shipped examples in Python against a real server, and what their users do with the folder they lie in. */
@Timeout(180)
class PythonExamplesTest {
    private static final String EXAMPLES = "examples/python/";

    @TempDir
    Path folder;
    private ServerRig rig;
    private final List<ClientProgram> programs = new ArrayList<>();

    @BeforeEach
    void start() throws IOException {
        rig = new ServerRig(folder);
    }

    @AfterEach
    void stop() throws IOException {
        programs.forEach(ClientProgram::close);
        rig.close();
    }

    private ClientProgram run(String name, String... arguments) throws IOException {
        ClientProgram program = PythonProgram.start(EXAMPLES + name, rig.socket, arguments);
        programs.add(program);
        return program;
    }

    private ClientProgram listening(String name, String... arguments) throws IOException {
        ClientProgram program = run(name, arguments);
        assertEquals("listening", program.line());
        return program;
    }

    private static List<String> withoutDates(String said) {
        return said.lines().map(line -> line.replaceFirst("^[0-9]+ ", "")).toList();
    }

    @Test
    void shouldSendEchoAndMonitor() throws IOException, InterruptedException {
        ClientProgram echo = listening("echo.py", "--count", "3");
        ClientProgram monitor = listening("monitor.py", "--count", "3", "echo:out");

        assertEquals("sent=3\n", run("send.py", "--after", "0.01", "echo:in", "90", "3c", "64").end());
        assertEquals("sent=6\n", run("send.py", "echo:in", "f07e7f0601f7").end());

        assertEquals("sent=3 lost=0\n", echo.end());
        // a note does not outlive who sent it
        assertEquals(List.of("keyon ch 1 90 3c 64 00 00 00 00 00", "keyoff ch 1 80 3c 40 00 00 00 00 00",
                "sysex ch 1 f0 7e 7f 06 01 f7"),
                withoutDates(monitor.end()));
    }

    @Test
    void shouldPlayArpeggios() throws IOException, InterruptedException {
        ClientProgram arpeggiator = listening("arpeggiator.py", "--every", "20", "--count", "6");
        ClientProgram monitor = listening("monitor.py", "--count", "12", "arpeggiator:out");

        ClientProgram key = run("send.py", "--hold", "60", "arpeggiator:in", "90", "40", "64");
        assertEquals("sent=3", key.line()); // it is held as long as its sender is there

        assertEquals("steps=6\n", arpeggiator.end());
        key.close();
        String said = monitor.end();
        List<String> lines = withoutDates(said);
        assertEquals("keyon ch 1 90 40 64 00 00 00 00 00", lines.getFirst(), said);
        assertEquals(6, lines.stream().filter(line -> line.startsWith("keyoff")).count(), said);
        List<Long> steps = said.lines().filter(line -> line.contains(" keyon ")).map(line -> line.split(" ")[0])
                .map(Long::valueOf).toList();
        for (int i = 1; i < steps.size(); i++) {
            assertEquals(20_000_000L, steps.get(i) - steps.get(i - 1), said);
        }
    }

    @Test
    void shouldSayWhatIsWrong() throws IOException, InterruptedException {
        listening("monitor.py", "some:port");

        String taken = run("monitor.py", "some:port").failure();
        String incomplete = run("send.py", "some:port", "90", "3c").failure();

        assertTrue(taken.startsWith("monitor: ") && taken.contains("name"), taken);
        assertEquals("send: expected one complete message: bytes=90 3c\n", incomplete);
    }

    @Test
    void shouldBeInstalledByPip() throws IOException, InterruptedException {
        Path target = Files.createDirectory(folder.resolve("installed"));

        PythonProgram.tool(Map.of(), "python3", "-m", "pip", "install", "--no-index", "--target", target.toString(),
                PythonProgram.MODULES.toString());

        assertTrue(Files.exists(target.resolve("carillon/control.py")));
        assertTrue(Files.exists(target.resolve("carillon/py.typed")));
        assertFalse(Files.exists(target.resolve("wheel_maker.py")));
        assertTrue(Files.exists(target.resolve("carillon-0.1.0.dist-info/METADATA")));
    }

    @Test
    void shouldHaveTypesThatMypyAccepts() throws IOException, InterruptedException {
        String said = PythonProgram.tool(Map.of("MYPYPATH", PythonProgram.MODULES.toString(), "MYPY_CACHE_DIR",
                folder.resolve("mypy").toString()), "mypy", "--config-file",
                PythonProgram.MODULES.resolve("pyproject.toml").toString(), "-p", "carillon");

        assertTrue(said.startsWith("Success"), said);
    }
}
