package org.carillon.it;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.carillon.api.driver.DriverInfo.State;
import org.junit.Test;

/** Files that cannot be drivers, and drivers that complain: one clear message for each, and everything else goes on. */
public class BadDriverIT extends DriversTest {
    @Override
    boolean isExpected(String frameworkWarning) {
        return frameworkWarning.startsWith("it.component: ") || frameworkWarning.contains("(Component: made (");
    }

    @Test
    public void shouldTellOnceOfAFileThatStaysHalfAndTakeItWhenTheRestComes() throws IOException {
        byte[] jar = DriverFile.driver("it.half", "1.0.0", "half").bytes();
        Files.write(folder.resolve("half.jar"), Arrays.copyOf(jar, jar.length / 2));

        assertFailed("half.jar", "not a whole jar");
        assertOthersComeAndGo("other");
        Files.write(folder.resolve("half.jar"), jar);
        awaitPort("half");
        assertEquals(1, messages.lines().size());
    }

    @Test
    public void shouldTellOnceOfBytesThatAreNoJar() throws IOException {
        byte[] noise = new byte[5_000];
        new Random(1).nextBytes(noise);
        Files.write(folder.resolve("noise.jar"), noise);
        assertFailed("noise.jar", "not a whole jar");

        byte[] jar = DriverFile.driver("it.bit", "1.0.0", "bit").bytes();
        jar[jar.length / 2] ^= 4;
        Files.write(folder.resolve("bit.jar"), jar);
        assertFailed("bit.jar", "not a whole jar");
        Files.createFile(folder.resolve("empty.jar"));
        assertFailed("empty.jar", "not a whole jar");
        assertOthersComeAndGo("other");
        assertEquals(3, messages.lines().size());
    }

    @Test
    public void shouldTellOnceOfAJarThatIsNoBundle() throws IOException {
        drop("plain.jar", DriverFile.jar().with("Main-Class", "Main"));
        assertFailed("plain.jar", "not an OSGi bundle: no Bundle-SymbolicName");
        drop("fragment.jar", DriverFile.bundle("it.fragment", "1.0.0").with("Fragment-Host", "system.bundle"));
        assertFailed("fragment.jar", "a fragment cannot run by itself: host=system.bundle");
        drop("version.jar", DriverFile.bundle("it.version", "first"));
        assertFailed("version.jar", "version=first");
        assertOthersComeAndGo("other");
        assertEquals(3, messages.lines().size());
    }

    @Test
    public void shouldTellWhatADriverNeedsAndStartItWhenThatComes() throws IOException {
        drop("needy.jar", DriverFile.driver("it.needy", "1.0.0", "needy").with("Import-Package", "it.library"));
        assertFailed("needy.jar", "missing requirement [it.needy] osgi.wiring.package; "
                + "(osgi.wiring.package=it.library)");
        assertOthersComeAndGo("other");
        assertEquals(1, linesAbout("needy.jar").size());

        drop("library.jar", DriverFile.bundle("it.library", "1.0.0").with("Export-Package", "it.library")
                .withEntry("it/library/empty", new byte[0]));
        awaitPort("needy");
        await("needy.jar", State.ACTIVE);
        drop("library.jar", DriverFile.bundle("it.library", "2.0.0").with("Export-Package", "it.library")
                .withEntry("it/library/empty", new byte[0]));
        awaitVersion("library.jar", "2.0.0");
        awaitPort("needy");
        assertEquals(1, messages.lines().size());
    }

    @Test
    public void shouldTellOnceOfADriverThatThrows() throws IOException {
        drop("start.jar", faulty("start", MadeDriver.Fault.THROW_IN_START));
        assertFailed("start.jar", "no luck in START");
        drop("name.jar", faulty("name", MadeDriver.Fault.THROW_IN_NAME));
        assertFailed("name.jar", "no luck in NAME");
        drop("open.jar", faulty("open", MadeDriver.Fault.THROW_IN_OPEN));
        assertFailed("open.jar", "driver made open: no luck in OPEN");
        drop("component.jar", DriverFile.component("it.component"));
        assertFailed("component.jar", "no luck in the constructor");
        assertOthersComeAndGo("other");
        assertEquals(messages.lines().toString(), 4, messages.lines().size());
    }

    @Test
    public void shouldSwapADriverThatComplainsWhenItIsStopped() throws IOException {
        for (MadeDriver.Fault fault : List.of(MadeDriver.Fault.THROW_IN_STOP, MadeDriver.Fault.THROW_IN_CLOSE)) {
            String name = fault.name().toLowerCase(java.util.Locale.ROOT);
            drop(name + ".jar", faulty(name, fault));
            awaitPort(name);
            drop(name + ".jar", DriverFile.driver("it." + name, "2.0.0", name));
            awaitVersion(name + ".jar", "2.0.0");
            awaitPort(name);
            assertToldOnce(name + ".jar", "driver complains when it is stopped", "no luck in");
        }
    }

    @Test
    public void shouldMendADriverByReplacingIt() throws IOException {
        drop("mended.jar", faulty("mended", MadeDriver.Fault.THROW_IN_OPEN));
        assertFailed("mended.jar", "no luck in OPEN");
        drop("mended.jar", DriverFile.driver("it.mended", "2.0.0", "mended"));
        awaitPort("mended");
        awaitVersion("mended.jar", "2.0.0");
    }

    @Test
    public void shouldRefuseASecondDriverOfASymbolicNameUntilTheFirstGoes() throws IOException {
        drop("first.jar", DriverFile.driver("it.twin", "1.0.0", "first"));
        await("first.jar", State.ACTIVE);
        drop("second.jar", DriverFile.driver("it.twin", "2.0.0", "second"));
        assertFailed("second.jar", "symbolic name is taken: symbolicName=it.twin, by=first.jar");
        drop("kernel.jar", DriverFile.driver(KERNEL, "9.0.0", "kernel"));
        assertFailed("kernel.jar", "symbolic name is taken: symbolicName=org.carillon.kernel");

        Files.delete(folder.resolve("first.jar"));
        awaitPort("second");
        awaitNoPort("first");
        assertEquals(messages.lines().toString(), 2, messages.lines().size());
    }

    @Test
    public void shouldRefuseFilesThatOthersCanWriteTo() throws IOException {
        Path part = Files.write(folder.resolve(".part"), DriverFile.driver("it.open", "1.0.0", "open").bytes());
        Files.setPosixFilePermissions(part, PosixFilePermissions.fromString("rw-r--rw-"));
        Files.move(part, folder.resolve("open.jar"));
        assertFailed("open.jar", "must be writable by its owner alone: mode=rw-r--rw-, owner=");

        Files.setPosixFilePermissions(folder.resolve("open.jar"), PosixFilePermissions.fromString("rw-r--r--"));
        awaitPort("open");
        Path real = Files.write(folder.resolve("real"), DriverFile.driver("it.link", "1.0.0", "link").bytes());
        Files.createSymbolicLink(folder.resolve("link.jar"), real);
        assertFailed("link.jar", "must be a regular file, no link");
        Files.createDirectory(folder.resolve("folder.jar"));
        assertFailed("folder.jar", "must be a regular file, no link");
        Files.write(folder.resolve("large.jar"), new byte[(1 << 20) + 1]);
        assertFailed("large.jar", "is too large: sizeBytes=1048577, limitBytes=1048576");
        assertOthersComeAndGo("other");
        assertEquals(4, messages.lines().size());
    }

    @Test
    public void shouldRefuseAFolderThatOthersCanWriteToAndLeaveItsDriversAlone() throws IOException {
        drop("bell.jar", DriverFile.driver("it.bell", "1.0.0", "bell"));
        await("bell.jar", State.ACTIVE);
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxr-x"));
        drop("intruder.jar", DriverFile.driver("it.intruder", "1.0.0", "intruder"));

        Server.await("message", () -> !messages.lines().isEmpty());
        assertTrue(messages.lines().toString(), messages.lines().getFirst().startsWith(
                "drivers folder must be writable by its owner alone: mode=rwxrwxr-x"));
        assertTrue(server.hasPort("bell"));
        assertEquals(null, info("intruder.jar"));
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        awaitPort("intruder");
        assertEquals(1, messages.lines().size());
    }

    private static DriverFile faulty(String name, MadeDriver.Fault fault) {
        return DriverFile.driver("it." + name, "1.0.0", name, fault);
    }

    private void assertFailed(String file, String words) {
        assertToldOnce(file, words);
        String reason = await(file, State.FAILED).reason();
        assertTrue(words + " in " + reason, reason.contains(words));
    }
}
