package org.carillon.it;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.carillon.api.driver.DriverInfo;
import org.carillon.api.driver.DriverInfo.State;
import org.carillon.api.driver.Drivers;
import org.junit.After;
import org.junit.Before;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;

/** A server that watches a drivers folder of the test's own. */
public abstract class DriversTest extends ContainerTest {
    static final int QUIET_MS = 30;
    /** For drivers that are meant to hang; it must not hit a healthy one on a busy machine. */
    static final int SHORT_LIMIT_MS = 3_000;
    private static final int LIMIT_MS = 20_000;

    Path folder;

    @Configuration
    public Option[] config() {
        return without();
    }

    @Before
    public void makeFolder() throws IOException {
        System.clearProperty(MadeDriver.RELEASE);
        folder = Files.createTempDirectory("drivers");
        watch(folder, limitMs());
    }

    /** How long a driver may take to start or stop. */
    int limitMs() {
        return LIMIT_MS;
    }

    void watch(Path path, int actionLimitMs) throws IOException {
        server.configureToStay(Drivers.class, DEPLOY,
                Map.of("folder", path.toString(), "quietMs", QUIET_MS, "actionLimitMs",
                        actionLimitMs, "maxFileMb", 1));
    }

    @After
    public void removeFolder() throws IOException {
        System.setProperty(MadeDriver.RELEASE, "true");
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
        Server.await("drivers are gone", () -> drivers().list().stream()
                .allMatch(info -> info.state() == State.ABSENT || info.state() == State.FENCED));
    }

    Drivers drivers() {
        return server.service(Drivers.class);
    }

    /** Puts a file there as a careful program does: under another name first. */
    void drop(String file, DriverFile jar) throws IOException {
        Path part = Files.write(folder.resolve("." + file + ".part"), jar.bytes());
        Files.move(part, folder.resolve(file), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** Null while the server knows no such file. */
    DriverInfo info(String file) {
        return drivers().list().stream().filter(info -> info.file().equals(file)).findFirst().orElse(null);
    }

    DriverInfo await(String file, State state) {
        DriverInfo[] last = {null};
        Server.await(file + " " + state, () -> {
            last[0] = info(file);
            return last[0] != null && last[0].state() == state;
        }, () -> last[0] + " " + messages.lines());
        return last[0];
    }

    void awaitVersion(String file, String version) {
        Server.await(file + " " + version, () -> info(file) != null && info(file).state() == State.ACTIVE
                && info(file).version().equals(version), () -> info(file) + " " + messages.lines());
    }

    void awaitPort(String name) {
        Server.await("port " + name, () -> server.hasPort(name));
    }

    void awaitNoPort(String name) {
        Server.await("no port " + name, () -> !server.hasPort(name));
    }

    /** That exactly one line was said about a file, and that it has these words in it. */
    void assertToldOnce(String file, String... words) {
        Server.await("a line about " + file, () -> !linesAbout(file).isEmpty());
        List<String> lines = linesAbout(file);
        assertEquals(lines.toString(), 1, lines.size());
        for (String word : words) {
            assertTrue(word + " in " + lines, lines.getFirst().contains(word));
        }
    }

    List<String> linesAbout(String file) {
        return new ArrayList<>(messages.lines().stream().filter(line -> line.contains("file=" + file)).toList());
    }

    /** That the folder is alive: another driver comes and goes. */
    void assertOthersComeAndGo(String name) throws IOException {
        drop(name + ".jar", DriverFile.driver("it." + name, "1.0.0", name));
        awaitPort(name);
        await(name + ".jar", State.ACTIVE);
        Files.delete(folder.resolve(name + ".jar"));
        awaitNoPort(name);
    }
}
