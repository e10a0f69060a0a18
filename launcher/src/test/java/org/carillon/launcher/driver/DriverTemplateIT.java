package org.carillon.launcher.driver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.eclipsesource.json.Json;
import com.eclipsesource.json.JsonObject;
import com.eclipsesource.json.JsonValue;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.carillon.api.session.Session;
import org.carillon.api.session.Source;
import org.carillon.launcher.CarillonHost;
import org.carillon.launcher.HostOptions;
import org.carillon.launcher.Program;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What somebody does who writes a driver with nothing but the packed distribution and a JDK. */
public final class DriverTemplateIT {
    private static final long LIMIT_NS = TimeUnit.SECONDS.toNanos(30);
    private static final String SOURCE = "src/org/example/echo/EchoDriver.java";

    @TempDir
    private Path folder;

    @Test
    void shouldBuildOutsideTheTreeConformAndPlayWhenItIsDropped() throws Exception {
        Path home = unpacked();
        Path jar = build(home, "mine");

        Program check = check(home, jar);
        assertEquals(0, check.exitCode(), check.out() + check.error());
        assertEquals(List.of(), expectations(check, "failed"), check.out());
        assertEquals(22, expectations(check, "ok").size(), check.out());
        playThrough(home, jar);
    }

    @Test
    void shouldPlayThroughADriverThatWasBuiltWhenTheBaselineWasSet() throws Exception {
        Path jar = folder.resolve("old.jar");
        try (InputStream old = DriverTemplateIT.class.getResourceAsStream("echo-1.0.0.jar")) {
            Files.copy(old, jar);
        }
        playThrough(Program.distribution(), jar);
        assertEquals(0, check(Program.distribution(), jar).exitCode());
    }

    @Test
    void shouldFindADriverThatDoesNotReadItsDestination() throws Exception {
        Path home = unpacked();
        Program check = check(home, build(home, "deaf", "out.poll(this::write, 64) == 0", "true"));

        assertEquals(1, check.exitCode(), check.out() + check.error());
        assertTrue(expectations(check, "failed").contains("takes what its destinations get"), check.out());
    }

    @Test
    void shouldFindADriverThatLeavesItsThreadAndOneThatDoesNotWriteReleases() throws Exception {
        Path home = unpacked();
        Program leaves = check(home, build(home, "leaving", "        isOpen = false;\n", "        if (isOpen) {\n"
                + "            return;\n        }\n"));
        assertEquals(1, leaves.exitCode(), leaves.out() + leaves.error());
        assertEquals(List.of("leaves no thread behind"), expectations(leaves, "failed"), leaves.out());

        Program holds = check(home, build(home, "holding", "isOpen || !out.isEmpty()", "isOpen && given.isOpen()",
                "        isOpen = true;\n", "        given = ports;\n        isOpen = true;\n",
                "    private int sourceId;\n", "    private int sourceId;\n    private Attachment given;\n"));
        assertEquals(1, holds.exitCode(), holds.out() + holds.error());
        assertEquals(List.of("writes out what releases notes"), expectations(holds, "failed"), holds.out());
    }

    @Test
    void shouldFindADriverThatHangsAndOneThatForgesItsSource() throws Exception {
        Path home = unpacked();
        Program hangs = check(home, build(home, "hanging", "        isOpen = true;\n",
                "        while (clock != null) {\n            LockSupport.parkNanos(1_000_000);\n        }\n"));
        assertEquals(1, hangs.exitCode(), hangs.out() + hangs.error());
        assertTrue(expectations(hangs, "failed").contains("opens within 5000 ms"), hangs.out());

        Program forges = check(home, build(home, "forging", "clock.nowNs(), own", "0, own + 1"));
        assertEquals(1, forges.exitCode(), forges.out() + forges.error());
        assertTrue(expectations(forges, "failed").contains("sends whole, stamped records of its own"), forges.out());
    }

    @Test
    void shouldCheckADriverThatWantsAConfiguration() throws Exception {
        Path home = unpacked();
        Path jar = buildConfigured(home);
        Path left = Files.writeString(folder.resolve("org.example.echo~left.cfg.json"), "{\"name\": \"left\"}");
        Path wrong = Files.writeString(folder.resolve("org.example.echo~wrong.cfg.json"), "{\n    \"name\": 5\n}");

        Program without = check(home, jar);
        assertEquals(1, without.exitCode(), without.out() + without.error());
        assertTrue(detail(without, "offers a driver with a name").endsWith(
                "it may want a configuration, PID.cfg.json or PID~name.cfg.json: pid=org.example.echo"), without.out());

        Program with = check(home, jar, "--config", left.toString());
        assertEquals(0, with.exitCode(), with.out() + with.error());
        assertTrue(expectations(with, "ok").contains("takes org.example.echo~left.cfg.json"), with.out());
        assertEquals("from left, to left", detail(with, "publishes ports, again"));

        Program refused = check(home, jar, "--config", wrong.toString());
        assertEquals(1, refused.exitCode(), refused.out() + refused.error());
        assertEquals("line=2, column=13, key=name: expected a string: name=5",
                detail(refused, "takes org.example.echo~wrong.cfg.json"));
        assertEquals(3, check(home, jar, "--config", folder.resolve("nothing.cfg").toString()).exitCode());

        Files.move(left, jar.resolveSibling(left.getFileName()));
        Files.writeString(jar.resolveSibling("org.example.other.cfg.json"), "{\"nobody\": 1}");
        Program beside = check(home, jar);
        assertEquals(0, beside.exitCode(), beside.out() + beside.error());
        assertEquals("from left, to left", detail(beside, "publishes ports"));
    }

    /** The shipped configuration of a shipped driver. */
    @Test
    void shouldCheckADriverOfOursWithTheConfigurationThatIsShipped() throws Exception {
        Path home = Program.distribution();
        Path jar;
        try (var found = Files.newDirectoryStream(home.resolve("bundles/5"), "org.carillon.driver.loopback-*.jar")) {
            jar = found.iterator().next();
        }
        Program check = check(home, jar, "--config",
                home.resolve("config/org.carillon.driver.loopback~loop.cfg.json").toString());
        assertEquals(List.of(), expectations(check, "failed"), check.out() + check.error());
        assertEquals(0, check.exitCode());
    }

    /** The template as a component that has its port's name from a configuration, which it must have. */
    private Path buildConfigured(Path home) throws IOException, InterruptedException {
        Path project = copyTemplate(home, "configured", "private static final String PORT = \"echo\";",
                "private String port;\n\n    public void activate(java.util.Map<String, Object> given) {\n"
                        + "        port = (String) given.get(\"name\");\n    }",
                "addSource(PORT", "addSource(port", "addDestination(PORT", "addDestination(port");
        Path component = project.resolve("OSGI-INF/driver.xml");
        Files.writeString(component, Files.readString(component).replace("name=\"org.example.echo\"",
                "name=\"org.example.echo\" configuration-policy=\"require\" activate=\"activate\""));
        Files.writeString(Files.createDirectory(project.resolve("OSGI-INF/metatype")).resolve("echo.xml"), """
                <metatype:MetaData xmlns:metatype="http://www.osgi.org/xmlns/metatype/v1.4.0">
                    <OCD id="echo" name="Echo"><AD id="name" type="String"/></OCD>
                    <Designate factoryPid="org.example.echo"><Object ocdref="echo"/></Designate>
                </metatype:MetaData>
                """);
        return build(home, project);
    }

    private static String detail(Program check, String expectation) {
        return Json.parse(check.out()).asObject().get("checks").asArray().values().stream().map(JsonValue::asObject)
                .filter(each -> each.getString("expectation", "").equals(expectation))
                .map(each -> each.getString("detail", "")).findFirst().orElse("not checked");
    }

    @Test
    void shouldRefuseWhatIsNoBundle() throws Exception {
        Path text = Files.writeString(folder.resolve("text.jar"), "no jar at all");
        Program check = check(Program.distribution(), text);

        assertEquals(1, check.exitCode(), check.out() + check.error());
        assertEquals(List.of("is a bundle that starts"), expectations(check, "failed"), check.out());
        assertEquals(3, check(Program.distribution(), folder.resolve("nothing.jar")).exitCode());
    }

    private Path unpacked() throws IOException {
        Path distribution = Program.distribution();
        Path zip = distribution.resolveSibling(distribution.getFileName() + ".zip");
        Path home = folder.resolve("unpacked").resolve(distribution.getFileName());
        if (!Files.exists(home)) {
            try (FileSystem packed = FileSystems.newFileSystem(zip)) {
                copy(packed.getPath("/"), folder.resolve("unpacked"));
            }
        }
        return home;
    }

    private static void copy(Path from, Path to) throws IOException {
        try (var files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Path target = to.resolve(from.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(file, target);
                }
            }
        }
    }

    /** Copies the template, changes it by pairs of words, and builds it as its README says. */
    private Path build(Path home, String name, String... changes) throws IOException, InterruptedException {
        return build(home, copyTemplate(home, name, changes));
    }

    private Path copyTemplate(Path home, String name, String... changes) throws IOException {
        Path project = folder.resolve(name);
        copy(home.resolve("driver-template"), project);
        String code = Files.readString(project.resolve(SOURCE));
        for (int i = 0; i < changes.length; i += 2) {
            assertTrue(code.contains(changes[i]), changes[i]);
            code = code.replace(changes[i], changes[i + 1]);
        }
        Files.writeString(project.resolve(SOURCE), code);
        return project;
    }

    private static Path build(Path home, Path project) throws IOException, InterruptedException {
        ProcessBuilder build = new ProcessBuilder("sh", "build").directory(project.toFile()).redirectErrorStream(true)
                .redirectOutput(project.resolve("build.log").toFile());
        build.environment().put("CARILLON", home.toString());
        build.environment().put("JAVA_HOME", System.getProperty("java.home"));
        assertEquals(0, build.start().waitFor(), () -> read(project.resolve("build.log")));
        return project.resolve("target/driver.jar");
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            return e.toString();
        }
    }

    private static Program check(Path home, Path jar, String... options) throws IOException, InterruptedException {
        List<String> line = new ArrayList<>(List.of("@" + home.resolve("lib/default.options"), "-jar"));
        try (var files = Files.newDirectoryStream(home.resolve("lib"), "org.carillon.launcher-*.jar")) {
            files.forEach(file -> line.add(file.toString()));
        }
        line.addAll(List.of("driver", "check", jar.toString(), "--json"));
        line.addAll(List.of(options));
        return Program.java(line.toArray(String[]::new));
    }

    private static List<String> expectations(Program check, String verdict) {
        List<String> found = new ArrayList<>();
        for (JsonValue each : Json.parse(check.out()).asObject().get("checks").asArray()) {
            JsonObject one = each.asObject();
            if (one.getString("verdict", "").equals(verdict)) {
                found.add(one.getString("expectation", ""));
            }
        }
        return found;
    }

    /** Drops the driver into the folder of a running server, sends a note to it and gets it back. */
    private void playThrough(Path home, Path jar) throws Exception {
        Path drivers = Files.createDirectory(folder.resolve("drivers"));
        HostOptions options = HostOptions.defaults().home(home).data(folder.resolve("data"))
                .withoutConfigurationFiles().configuration("org.carillon.deploy", Map.of("folder", drivers.toString()));
        try (CarillonHost host = CarillonHost.start(options); Session session = host.sessions().open("author")) {
            Source out = session.source("out");
            session.destination("in");
            session.wiring().connect("author:out", "echo");
            session.wiring().connect("echo", "author:in");
            Files.copy(jar, drivers.resolve("echo.jar"));
            await(() -> host.status().ports().stream().filter(port -> port.name().equals("echo")).count() == 2);
            out.send(0, 0x90, 60, 100);
            out.flush();
            List<Integer> statuses = new ArrayList<>();
            await(() -> session.poll(event -> statuses.add(event.status()), 10) >= 0 && statuses.size() == 1);
            Files.delete(drivers.resolve("echo.jar"));
            await(() -> host.status().ports().stream().noneMatch(port -> port.name().equals("echo")));
            await(() -> session.poll(event -> statuses.add(event.status()), 10) >= 0 && statuses.size() == 2);
            assertEquals(List.of(0x90, 0x80), statuses);
            assertEquals(0, host.status().droppedInAll());
        }
    }

    private static void await(BooleanSupplier condition) {
        long untilNs = System.nanoTime() + LIMIT_NS;
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() - untilNs < 0, "waited in vain");
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
        }
    }
}
