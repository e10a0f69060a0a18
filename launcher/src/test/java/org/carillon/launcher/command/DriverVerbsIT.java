package org.carillon.launcher.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.eclipsesource.json.JsonObject;
import com.eclipsesource.json.JsonValue;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarInputStream;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.Deflater;
import org.carillon.launcher.Program;
import org.carillon.launcher.command.VerbServer.Said;
import org.carillon.platform.Platform;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Drivers, aliases and time of a server in another process, which has its own drivers folder. */
@Timeout(300)
final class DriverVerbsIT {
    private static final int NOTES = 60;

    @TempDir
    private static Path folder;
    private static Path drivers;
    private static VerbServer server;

    @BeforeAll
    static void start() throws IOException {
        assumeTrue(Platform.current().isNative(), "needs native calls");
        server = new VerbServer(folder, "left");
        drivers = Files.createDirectory(folder.resolve("drivers"));
        server.apply("org.carillon.deploy", new JsonObject().add("folder", drivers.toString()).add("maxFileMb", 1));
        Path seen = Files.writeString(drivers.resolve("seen.jar"), "no jar");
        VerbServer.await(() -> server.say("driver", "ls", "--plain").out().contains("seen.jar"));
        Files.delete(seen);
    }

    @AfterAll
    static void end() {
        if (server != null) {
            server.close();
        }
    }

    @Test
    void shouldInstallStopStartAndRemoveADriverWhileMusicPlays() throws IOException {
        CompletableFuture<Said> heard = CompletableFuture.supplyAsync(() -> server.say("tap", "left", "--plain", "-n",
                Integer.toString(2 * NOTES), "-t", "100"), Thread::startVirtualThread);
        VerbServer.await(() -> server.done("ls", "-c").contains("tap of source"));
        CompletableFuture<Said> played = CompletableFuture.supplyAsync(() -> server.say(song()),
                Thread::startVirtualThread);

        JsonObject installed = server.said("driver", "install", jar("echo.jar", "[1.0,2)").toString(), "--json").json();
        assertEquals("active", installed.getString("state", ""));
        assertEquals("org.example.echo", installed.getString("name", ""));
        VerbServer.await(() -> ports().contains("echo"));
        assertEquals("stopped", server.said("driver", "stop", "echo", "--json").json().getString("state", ""));
        VerbServer.await(() -> !ports().contains("echo"));
        assertEquals("active", server.said("driver", "start", "ECHO.jar", "--json").json().getString("state", ""));
        VerbServer.await(() -> ports().contains("echo"));
        server.said("driver", "install", jar("again.jar", "[1.0,2)").toString(), "--name", "echo.jar");
        assertEquals(1, server.done("driver", "ls", "--plain").lines().filter("echo.jar"::equals).count());
        assertEquals("absent", server.said("driver", "rm", "echo.jar", "--json").json().getString("state", ""));
        assertFalse(Files.exists(drivers.resolve("echo.jar")));

        assertEquals(ExitCodes.DONE, played.join().exitCode(), played.join().error());
        assertEquals(ExitCodes.DONE, heard.join().exitCode(), heard.join().error());
        assertEquals(2 * NOTES, heard.join().out().lines().count());
    }

    /** Two seconds of music. */
    private static String[] song() {
        List<String> words = new ArrayList<>(List.of("send", "left"));
        for (int i = 0; i < NOTES; i++) {
            words.addAll(List.of("at", String.format(Locale.ROOT, "+%.3f", 0.5 + i / 30.0), "on",
                    Integer.toString(30 + i), "100", "at", String.format(Locale.ROOT, "+%.3f", 0.52 + i / 30.0),
                    "off", Integer.toString(30 + i)));
        }
        return words.toArray(String[]::new);
    }

    @Test
    void shouldRefuseWhatIsNoDriverAndLeaveTheFolderAlone() throws IOException {
        Path text = Files.writeString(folder.resolve("text.jar"), "this is no jar");
        Said noJar = server.say("driver", "install", text.toString());
        assertEquals(ExitCodes.REFUSED, noJar.exitCode(), noJar.error());
        assertTrue(noJar.error().contains("file=text.jar"), noJar.error());

        Path large = folder.resolve("large.jar");
        Files.write(large, new byte[(1 << 20) + 1]);
        Said tooLarge = server.say("driver", "install", large.toString());
        assertEquals(ExitCodes.REFUSED, tooLarge.exitCode(), tooLarge.error());
        assertTrue(tooLarge.error().contains("too large: limitBytes=1048576"), tooLarge.error());

        Path good = jar("good.jar", "[1.0,2)");
        assertEquals(ExitCodes.WRONG_USAGE, server.say("driver", "install", good.toString(), "--name", "../x.jar")
                .exitCode());
        assertEquals(ExitCodes.NO_SUCH_NAME, server.say("driver", "install", folder.resolve("absent.jar").toString())
                .exitCode());
        assertEquals(ExitCodes.NO_SUCH_NAME, server.say("driver", "install", folder.toString()).exitCode());
        try (var files = Files.list(drivers)) {
            assertEquals(List.of(), files.filter(file -> !file.endsWith("newer.jar")).toList());
        }
    }

    @Test
    void shouldSayWhyADriverForAnotherServerDoesNotRun() throws IOException {
        Said said = server.say("driver", "install", jar("newer.jar", "[9.0,10)").toString());
        int started = server.say("driver", "start", "newer.jar").exitCode();
        server.said("driver", "rm", "newer.jar");

        assertEquals(ExitCodes.FAILED, said.exitCode(), said.error());
        assertTrue(said.error().contains("driver does not run: file=newer.jar"), said.error());
        assertTrue(said.error().contains("org.carillon.api"), said.error());
        assertEquals(ExitCodes.FAILED, started);
    }

    @Test
    void shouldGiveADeviceAnotherNameAndTakeItBack() {
        VerbServer.await(() -> !devices().isEmpty());
        String device = devices().getFirst();

        server.said("alias", device, "Grand Piano");
        VerbServer.await(() -> devices().contains("Grand Piano") && ports().contains("Grand Piano"));
        server.said("alias", "@grand piano");

        VerbServer.await(() -> devices().contains(device));
        assertEquals(ExitCodes.NO_SUCH_NAME, server.say("alias", "Grand Piano", "x").exitCode());
    }

    @Test
    void shouldChangeTheRateOfServerTime() {
        assertEquals(2.0, server.said("time", "--rate", "2", "--json").json().getDouble("rate", 0));
        assertEquals(2.0, server.said("time", "--json").json().getDouble("rate", 0));
        assertEquals(1.0, server.said("time", "--rate", "1", "--json").json().getDouble("rate", 0));
        assertEquals(ExitCodes.WRONG_USAGE, server.say("time", "--rate", "0").exitCode());
    }

    @Test
    void shouldEndAllConnectionsButNoTap() {
        server.said("connect", "left", "\"a:in\"");
        server.said("connect", "\"b:out\"", "left");

        assertTrue(server.said("disconnect", "--all", "--json").json().getInt("disconnected", 0) >= 2);

        assertFalse(server.done("ls", "-c").contains("a:in"));
        assertEquals(ExitCodes.WRONG_USAGE, server.say("disconnect", "--all", "left").exitCode());
    }

    @Test
    void shouldFollowTheLog() throws Exception {
        Path out = folder.resolve("log.txt");
        ProcessBuilder builder = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        builder.command().addAll(List.of(Program.command("log", "--follow", "--plain")));
        builder.environment().put("CARILLON_SERVER", server.socket().toString());
        Process log = builder.redirectOutput(out.toFile()).redirectErrorStream(true).start();
        try {
            VerbServer.await(() -> installed(read(out)) > 0
                    && installed(read(out)) == installed(server.done("log", "--plain")));
            long before = installed(read(out));
            server.said("driver", "install", jar("logged.jar", "[1.0,2)").toString());
            VerbServer.await(() -> installed(read(out)) > before);
            server.said("driver", "rm", "logged.jar");
        } finally {
            log.destroy();
        }
    }

    private static long installed(String log) {
        return log.lines().filter("BundleEvent INSTALLED"::equals).count();
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static List<String> ports() {
        return server.done("ls", "--plain").lines().distinct().toList();
    }

    private static List<String> devices() {
        return server.said("ls", "devices", "--json").json().get("devices").asArray().values().stream()
                .map(JsonValue::asObject).filter(device -> device.getBoolean("present", false))
                .map(device -> device.getString("alias", "").isEmpty()
                        ? device.getString("name", "")
                        : device.getString("alias", ""))
                .toList();
    }

    /** The driver that was built when the baseline was set, for servers of other versions. */
    private static Path jar(String name, String versions) throws IOException {
        Path jar = folder.resolve(name);
        try (InputStream resource = Program.class.getResourceAsStream("driver/echo-1.0.0.jar");
                JarInputStream from = new JarInputStream(resource)) {
            Manifest manifest = from.getManifest();
            Attributes attributes = manifest.getMainAttributes();
            attributes.putValue("Import-Package", attributes.getValue("Import-Package").replace("[1.0,2)", versions));
            try (JarOutputStream to = new JarOutputStream(Files.newOutputStream(jar), manifest)) {
                to.setLevel(Deflater.BEST_SPEED);
                for (JarEntry entry = from.getNextJarEntry(); entry != null; entry = from.getNextJarEntry()) {
                    to.putNextEntry(new JarEntry(entry.getName()));
                    from.transferTo(to);
                    to.closeEntry();
                }
            }
        }
        return jar;
    }
}
