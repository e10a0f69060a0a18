package org.carillon.transport.shm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.sound.midi.InvalidMidiDataException;
import javax.sound.midi.MidiEvent;
import javax.sound.midi.MidiSystem;
import javax.sound.midi.Sequence;
import javax.sound.midi.ShortMessage;
import javax.sound.midi.Track;
import org.carillon.client.CarillonClient;
import org.carillon.platform.Platform;
import org.carillon.protocol.Event;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The shipped examples: built as their users build them, run against a real server. */
@Timeout(240)
class ExamplesTest {
    private static final Path CLIENT = Path.of("../client").toAbsolutePath().normalize();
    private static final long LIMIT_S = 60;

    @TempDir
    private static Path prefix;
    private static Path built;

    @TempDir
    Path folder;
    private ServerRig rig;
    private final List<Process> programs = new ArrayList<>();

    /** Lays the headers out as the distribution does, and builds with CMake. */
    @BeforeAll
    static void build() throws IOException, InterruptedException {
        copy(CLIENT.resolve("src/main/cpp/carillon"), prefix.resolve("include/carillon"));
        copy(CLIENT.resolve("target/generated-cpp/carillon"), prefix.resolve("include/carillon"));
        copy(CLIENT.resolve("src/main/cmake"), prefix.resolve("lib/cmake/carillon"));
        copy(CLIENT.resolve("src/main/pkgconfig"), prefix.resolve("lib/pkgconfig"));
        copy(CLIENT.resolve("examples/cpp"), prefix.resolve("examples"));
        built = prefix.resolve("build");
        run(Map.of(), "cmake", "-S", prefix.resolve("examples").toString(), "-B", built.toString(),
                "-DCMAKE_BUILD_TYPE=Release", "-DCMAKE_PREFIX_PATH=" + prefix);
        run(Map.of(), "cmake", "--build", built.toString());
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.createDirectories(to);
        try (Stream<Path> files = Files.list(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(file.getFileName()));
            }
        }
    }

    private static String run(Map<String, String> environment, String... command)
            throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().putAll(environment);
        Process process = builder.start();
        String said = new String(process.getInputStream().readAllBytes());
        assertEquals(0, process.waitFor(), said);
        return said.strip();
    }

    @BeforeEach
    void start() throws IOException {
        rig = new ServerRig(folder);
    }

    @AfterEach
    void stop() throws IOException {
        programs.forEach(Process::destroyForcibly);
        rig.close();
    }

    private Process begin(List<String> command) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("CARILLON_SERVER", rig.socket.toString());
        Process process = builder.start();
        programs.add(process);
        return process;
    }

    private Process start(String language, String name, String... arguments) throws IOException {
        List<String> command = new ArrayList<>();
        if (language.equals("cpp")) {
            command.add(built.resolve(name.toLowerCase(java.util.Locale.ROOT)).toString());
        } else {
            command.addAll(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "--enable-native-access=ALL-UNNAMED", "-cp", classPath(),
                    CLIENT.resolve("examples/java/" + name + ".java").toString()));
        }
        command.addAll(List.of(arguments));
        return begin(command);
    }

    /** The three jars that a client needs. */
    private static String classPath() {
        return Stream.of(CarillonClient.class, Event.class, Platform.class)
                .map(type -> type.getProtectionDomain().getCodeSource().getLocation().getPath())
                .reduce((left, right) -> left + ":" + right).orElseThrow();
    }

    private static void awaitListening(BufferedReader said) throws IOException {
        assertEquals("listening", said.readLine());
    }

    private static String rest(Process process, BufferedReader said) throws IOException, InterruptedException {
        String text = String.join("\n", said.lines().toList());
        assertTrue(process.waitFor(LIMIT_S, TimeUnit.SECONDS), text);
        assertEquals(0, process.exitValue(), text);
        return text;
    }

    @Test
    void shouldBeFoundByPkgConfig() throws IOException, InterruptedException {
        String flags = run(Map.of("PKG_CONFIG_PATH", prefix.resolve("lib/pkgconfig").toString()), "pkg-config",
                "--cflags", "--libs", "carillon");

        assertTrue(flags.contains("-I") && flags.contains("/include") && flags.contains("-pthread"), flags);
        List<String> command = new ArrayList<>(List.of("g++", "-std=c++17", "-fsyntax-only",
                prefix.resolve("examples/monitor.cpp").toString()));
        command.addAll(List.of(flags.split(" +")));
        run(Map.of(), command.toArray(String[]::new));
    }

    @Test
    void shouldPlayFromProducerToConsumer() throws IOException, InterruptedException {
        Process consumer = start("cpp", "consumer", "--blocks", "1500");
        BufferedReader said = consumer.inputReader();
        awaitListening(said);
        Process producer = start("cpp", "producer", "--count", "16", "--every", "20", "consumer:in");

        assertTrue(rest(producer, producer.inputReader()).contains("sent=16"));
        String figures = rest(consumer, said);

        assertTrue(figures.matches("events=32 notes=16 peak=0\\.098 late=[0-9]+ realTime=[01]"), figures);
    }

    @ParameterizedTest
    @ValueSource(strings = {"cpp", "java"})
    void shouldEchoAndMonitor(String language) throws IOException, InterruptedException {
        Process echo = start(language, "Echo", "--count", "6");
        BufferedReader echoSaid = echo.inputReader();
        awaitListening(echoSaid);
        Process monitor = start(language, "Monitor", "--count", "6", "echo:out");
        BufferedReader monitorSaid = monitor.inputReader();
        awaitListening(monitorSaid);
        Process producer = start("cpp", "producer", "--count", "3", "--every", "5", "echo:in");

        String printed = rest(monitor, monitorSaid);

        rest(producer, producer.inputReader());
        assertTrue(rest(echo, echoSaid).endsWith("sent=6 lost=0"));
        List<String> lines = printed.lines().map(line -> line.replaceFirst("^[0-9]+ ", "")).toList();
        assertEquals("keyon ch 1 90 3c 64 00 00 00 00 00", lines.getFirst());
        assertEquals(6, lines.size(), printed);
        assertEquals(3, lines.stream().filter(line -> line.startsWith("keyoff ch 1")).count(), printed);
    }

    @Test
    void shouldBeSeenByProgramsThatKnowJavaxSoundAlone()
            throws IOException, InterruptedException, InvalidMidiDataException {
        Process echo = start("cpp", "Echo", "--count", "3");
        awaitListening(echo.inputReader());
        Process list = start("java", "SoundPorts", "list");
        List<String> listed = rest(list, list.inputReader()).lines().toList();
        assertTrue(listed.containsAll(List.of("to   echo:in (Carillon)", "from echo:out (Carillon)")),
                listed.toString());
        Process listener = start("java", "SoundPorts", "listen", "echo:out", "3");
        BufferedReader heard = listener.inputReader();
        awaitListening(heard);
        assertTrue(rig.status().sessions().contains("SoundPorts"), rig.status().sessions().toString());
        Sequence song = new Sequence(Sequence.PPQ, 480);
        Track track = song.createTrack();
        track.add(new MidiEvent(new ShortMessage(0xC2, 5, 0), 10));
        track.add(new MidiEvent(new ShortMessage(0x92, 60, 100), 20));
        track.add(new MidiEvent(new ShortMessage(0x82, 60, 64), 40));
        Path file = folder.resolve("song.mid");
        MidiSystem.write(song, 0, file.toFile());

        Process player = start("java", "SoundPorts", "play", file.toString(), "echo:in");

        assertEquals("", rest(player, player.inputReader()));
        List<String> lines = rest(listener, heard).lines().map(line -> line.replaceFirst("^[0-9]+ ", "")).toList();
        // what comes then is all that Java's player sends when it stops
        assertEquals(List.of("c2 05", "92 3c 64", "82 3c 40"), lines.subList(0, 3));
    }

    @Test
    void shouldSayWhyNothingHappens() throws IOException, InterruptedException {
        Process first = start("cpp", "monitor", "some:port");
        awaitListening(first.inputReader());

        Process second = start("cpp", "monitor", "some:port");
        String said = String.join("\n", second.inputReader().lines().toList());

        assertEquals(1, second.waitFor());
        assertTrue(said.startsWith("monitor: ") && said.contains("name"), said);
    }
}
