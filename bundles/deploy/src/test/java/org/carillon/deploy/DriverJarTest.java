package org.carillon.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DriverJarTest {
    private static final long LIMIT = 100_000;
    private static final String GOOD = "Bundle-SymbolicName: org.x;singleton:=true\nBundle-Version: 1.2\n";

    @TempDir
    private Path folder;

    private byte[] jar(String manifest, int payload) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            if (manifest != null) {
                zip.putNextEntry(new ZipEntry("META-INF/MANIFEST.MF"));
                zip.write(("Manifest-Version: 1.0\n" + manifest + "\n").getBytes(StandardCharsets.UTF_8));
            }
            byte[] bytes = new byte[payload];
            new Random(payload).nextBytes(bytes);
            zip.putNextEntry(new ZipEntry("payload"));
            zip.write(bytes);
        }
        return out.toByteArray();
    }

    private DriverJar read(byte[] bytes) throws IOException, Trouble {
        return DriverJar.read(Files.write(folder.resolve("x.jar"), bytes), LIMIT);
    }

    private void refused(Trouble.Kind kind, String words, byte[] bytes) {
        Trouble trouble = assertThrows(Trouble.class, () -> read(bytes));
        assertEquals(kind, trouble.kind(), trouble.getMessage());
        assertTrue(trouble.getMessage().contains(words), trouble.getMessage());
    }

    @Test
    void shouldReadNameAndVersion() throws Exception {
        DriverJar jar = read(jar(GOOD, 10));
        assertEquals("org.x", jar.symbolicName());
        assertEquals("1.2.0", jar.version());
        assertEquals("0.0.0", read(jar("Bundle-SymbolicName: org.x\n", 10)).version());
    }

    @Test
    void shouldNotTakeAnyBeginningOfAJarForWhole() throws IOException {
        byte[] whole = jar(GOOD, 500);
        for (int length = 0; length < whole.length; length++) {
            byte[] part = Arrays.copyOf(whole, length);
            refused(Trouble.Kind.NOT_WHOLE, "not a whole jar: ", part);
        }
    }

    @Test
    void shouldNotTakeAJarForWholeWhoseBytesAreStillToCome() throws IOException {
        byte[] whole = jar(GOOD, 5_000);
        for (int from = 200; from < 5_000; from += 400) {
            byte[] hole = whole.clone();
            Arrays.fill(hole, from, from + 100, (byte) 0);
            refused(Trouble.Kind.NOT_WHOLE, "not a whole jar: ", hole);
        }
    }

    @Test
    void shouldSurviveAnyBytes() throws IOException {
        Random random = new Random(7);
        byte[] whole = jar(GOOD, 200);
        int refusals = 0;
        for (int i = 0; i < 600; i++) {
            byte[] bytes = whole.clone();
            for (int change = random.nextInt(1, 5); change > 0; change--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
            }
            try {
                assertEquals("org.x", read(bytes).symbolicName());
            } catch (Trouble e) {
                refusals++;
            }
        }
        assertTrue(refusals > 200, "refusals=" + refusals);
    }

    @Test
    void shouldSayWhyAJarIsNoDriver() throws IOException {
        refused(Trouble.Kind.UNUSABLE, "it has no META-INF/MANIFEST.MF", jar(null, 10));
        refused(Trouble.Kind.UNUSABLE, "no Bundle-SymbolicName", jar("Main-Class: X\n", 10));
        refused(Trouble.Kind.UNUSABLE, "host=org.y", jar(GOOD + "Fragment-Host: org.y\n", 10));
        refused(Trouble.Kind.UNUSABLE, "version=one", jar("Bundle-SymbolicName: x\nBundle-Version: one\n", 10));
        refused(Trouble.Kind.UNUSABLE, "cannot be read", jar("no header\n", 10));
        refused(Trouble.Kind.UNUSABLE, "unpacks to too much: limitBytes=800000", jar(GOOD, 800_000));
    }

    @Test
    void shouldRefuseAManifestWithoutMeasure() throws IOException {
        String line = "X-Long: " + "x".repeat(60) + "\n";
        byte[] bytes = jar(GOOD + line.repeat(20_000), 10);
        Trouble trouble = assertThrows(Trouble.class,
                () -> DriverJar.read(Files.write(folder.resolve("x.jar"), bytes), LIMIT * 100));
        assertEquals("manifest is too large: limitBytes=1048576", trouble.getMessage());
    }

    @Test
    void shouldCopyNoMoreThanTheLimit() throws Exception {
        Path file = Files.write(folder.resolve("large.jar"), new byte[(int) LIMIT + 1]);
        Trouble trouble = assertThrows(Trouble.class,
                () -> DriverJar.staged(file, folder.resolve("copy"), LIMIT));
        assertEquals("file is too large: limitBytes=100000", trouble.getMessage());
        assertTrue(Files.size(folder.resolve("copy")) <= LIMIT);
    }
}
