package org.carillon.launcher.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.carillon.client.CarillonClient;
import org.carillon.client.ClientSession;
import org.carillon.launcher.command.HelpExamples.Example;
import org.carillon.launcher.command.VerbServer.Said;
import org.carillon.launcher.sound.Songs;
import org.carillon.platform.Platform;
import org.carillon.sequencer.MidiFileWriter;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** What all verbs have in common: how ports are named, and that looking starts no server. */
@Timeout(240)
final class VerbGrammarIT {
    private static final String PORT = "PORT";
    private static final List<String> OF_SOURCES = List.of("tap PORT -i -t 0.01", "stats PORT", "connect PORT \"x:in\"",
            "record take.mid -p PORT --seconds 0.01", "sysex dump PORT take.syx -t 0.01",
            "sysex request \"Keys:In\" PORT take.syx --hex F07DF7 -t 0.01", "tap --conn PORT \"y:in\" -t 0.01");
    private static final List<String> OF_DESTINATIONS = List.of("tap PORT -o -t 0.01", "stats PORT", "panic PORT",
            "send PORT cc 1 1", "play song.mid -p PORT --tempo 1000%", "sysex send PORT bank.syx",
            "connect \"x:out\" PORT");
    /** Verbs that start a server where none is. */
    private static final Set<String> CHANGING = Set.of("carillon up", "carillon connect", "carillon disconnect",
            "carillon filter", "carillon config apply", "carillon driver install");
    private static final Pattern WORD = Pattern.compile("'([^']*)'|(\\S+)");

    @TempDir
    private static Path folder;
    private static VerbServer server;
    private static CarillonClient client;
    private static ClientSession keys;

    @BeforeAll
    static void start() throws IOException {
        assumeTrue(Platform.current().isNative(), "needs native calls");
        MidiFileWriter.write(Songs.twoTracks(1), folder.resolve("song.mid"));
        Files.write(folder.resolve("bank.syx"), HexFormat.of().parseHex("f07d0102f7"));
        Files.writeString(folder.resolve("words.txt"), "on C4 1");
        server = new VerbServer(folder, "other");
        client = server.client();
        keys = client.open("Keys");
        keys.source("Out");
        keys.destination("In");
        server.done("connect", "\"Keys:Out\"", "\"y:in\"");
    }

    @AfterAll
    static void end() {
        if (server != null) {
            client.close();
            server.close();
        }
    }

    /** Words of a line, with names of files that are in the folder made whole. */
    private static List<String> words(String line) {
        List<String> words = new ArrayList<>();
        WORD.matcher(line).results().map(found -> found.group(1) == null ? found.group(2) : found.group(1))
                .map(word -> word.startsWith("take.") || Files.isRegularFile(folder.resolve(word))
                        ? folder.resolve(word).toString()
                        : word)
                .forEach(words::add);
        return words;
    }

    private static Said say(String line, String port) {
        return server.say(words(line).stream().map(word -> word.equals(PORT) ? port : word).toArray(String[]::new));
    }

    private static int id(String name) {
        return client.look().ports().stream().filter(port -> port.name().equals(name)).findFirst().orElseThrow()
                .portId();
    }

    @Test
    void shouldFindASourceByAllItsNamesWithEachVerb() {
        for (String form : List.of("Keys:Out", "keys:OUT", "eys:ou", "\"Keys:Out\"", "k?ys:o*", "/^keys:o.t$/", "@KEYS",
                "#" + id("Keys:Out"))) {
            OF_SOURCES.forEach(line -> check(line, form));
        }
    }

    @Test
    void shouldFindADestinationByAllItsNamesWithEachVerb() {
        for (String form : List.of("Keys:In", "keys:IN", "eys:i", "\"Keys:In\"", "k?ys:i*", "/^keys:in$/",
                "#" + id("Keys:In"))) {
            OF_DESTINATIONS.forEach(line -> check(line, form));
        }
    }

    /** What waits for messages may find none; connections are as they were after it. */
    private static void check(String line, String form) {
        if (line.contains("--conn") && form.startsWith("#") || line.startsWith("stats") && form.startsWith("@")) {
            return; // the number of a port is none of a list of connections; a device has more than one port
        }
        Said said = say(line, form);
        assertTrue(
                said.exitCode() == ExitCodes.DONE || line.startsWith("sysex") && said.exitCode() == ExitCodes.TIMED_OUT,
                line + ", " + form + ": " + said.error());
        if (line.startsWith("connect")) {
            assertTrue(said.out().contains(line.contains("x:in") ? "Keys:Out --> x:in" : "x:out --> Keys:In"), form);
            server.done("disconnect", "*", line.contains("x:in") ? "x:in" : "Keys:In");
        }
    }

    @Test
    void shouldNameTheCandidatesWithEachVerb() {
        for (String line : Stream.concat(OF_SOURCES.stream(), OF_DESTINATIONS.stream()).toList()) {
            Said many = say(line, line.startsWith("stats") ? "*" : "/e/");
            Said none = say(line, "nowhere");

            assertEquals(ExitCodes.NO_SUCH_NAME, none.exitCode(), line);
            if (!line.contains("--conn") && !line.startsWith("stats")) {
                assertEquals(ExitCodes.NO_SUCH_NAME, many.exitCode(), line);
                assertTrue(many.error().lines().anyMatch(each -> each.matches("  #\\d+  Keys:(In|Out)")), many.error());
                assertTrue(many.error().lines().anyMatch(each -> each.matches("  #\\d+  other")), many.error());
            }
        }
    }

    /** By their examples, so that a new verb is asked, too. */
    @Test
    void shouldStartNoServerToLook() {
        Path none = folder.resolve("none/control");
        int asked = 0;
        InputStream before = System.in;
        System.setIn(new ByteArrayInputStream(new byte[0]));
        try {
            for (CommandLine verb : HelpExamples.verbs(Main.commandLine())) {
                boolean isClient = verb.getCommandSpec().findOption("--server") != null
                        && !CHANGING.contains(verb.getCommandSpec().qualifiedName());
                for (Example example : isClient ? HelpExamples.of(verb) : List.<Example>of()) {
                    asked += asks(example, none) ? 1 : 0;
                }
            }
        } finally {
            System.setIn(before);
        }
        assertTrue(asked > 40, "asked=" + asked);
    }

    /**
     * Songs are played and recorded by a server of the verb's own where no port is named; a shell asks when it is told.
     */
    private static boolean asks(Example example, Path none) {
        boolean hasServer = Set.of("carillon play", "carillon record").contains(example.verb())
                && !example.line().contains(" -p ") || example.verb().equals("carillon shell");
        if (hasServer || !example.line().startsWith("carillon ")) {
            return false;
        }
        Said said = VerbServer.sayTo(none, words(example.line()).stream().skip(1).toArray(String[]::new));
        assertEquals(ExitCodes.UNREACHABLE, said.exitCode(), example.line() + ": " + said.error());
        assertTrue(said.error().contains("carillon up --detach"), example.line() + ": " + said.error());
        return true;
    }
}
