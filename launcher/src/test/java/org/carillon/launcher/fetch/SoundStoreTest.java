package org.carillon.launcher.fetch;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.carillon.api.port.CarillonException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With a package of its own making instead of the network. */
final class SoundStoreTest {
    private static final byte[] SOUND = "not really sounds".getBytes(java.nio.charset.StandardCharsets.US_ASCII);
    private static final String NOBODY = "0".repeat(64);

    @TempDir
    private Path folder;
    private Path deb;
    private Parcel parcel;

    @BeforeEach
    void makePackage() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/dpkg-deb")), "packages are made by dpkg-deb");
        Path content = folder.resolve("content");
        Files.createDirectories(content.resolve("DEBIAN"));
        Files.writeString(content.resolve("DEBIAN/control"), """
                Package: some-sound
                Version: 1
                Architecture: all
                Maintainer: nobody <nobody@localhost>
                Description: sounds for a test
                """);
        Files.createDirectories(content.resolve("usr/share"));
        Files.write(content.resolve("usr/share/some.sf2"), SOUND);
        deb = folder.resolve("some.deb");
        SystemCommand.run(folder, List.of("dpkg-deb", "--build", content.toString(), deb.toString()));
        parcel = parcel(Sha256.of(deb), Sha256.of(content.resolve("usr/share/some.sf2")));
    }

    private static Parcel parcel(String sha256, String fileSha256) {
        return new Parcel("some-sound", "1", "http://localhost/", 1_000, sha256, "usr/share/some.sf2", fileSha256);
    }

    @Test
    void shouldUnpackWhatIsRight() throws Exception {
        SoundStore store = store(List.of(broken("first"), copying()));
        assertFalse(store.has(parcel));
        Path file = store.fetch(parcel, bytes -> {});

        assertArrayEquals(SOUND, Files.readAllBytes(file));
        assertTrue(store.has(parcel));
        assertEquals(List.of("some.sf2"), names());
    }

    @Test
    void shouldTellThatAFileIsNotRight() throws Exception {
        SoundStore store = store(List.of(copying()));
        Files.writeString(store.fetch(parcel, bytes -> {}), "changed");

        assertFalse(store.has(parcel));
    }

    @Test
    void shouldRefuseAWrongPackage() throws Exception {
        CarillonException e = assertThrows(CarillonException.class, () -> store(List.of(copying()))
                .fetch(parcel(NOBODY, parcel.fileSha256()), bytes -> {}));

        assertTrue(e.getMessage().contains("wanted=" + NOBODY), e.getMessage());
        assertEquals(List.of(), names());
    }

    @Test
    void shouldRefuseAWrongFileInAPackage() throws Exception {
        assertThrows(CarillonException.class,
                () -> store(List.of(copying())).fetch(parcel(parcel.sha256(), NOBODY), bytes -> {}));

        assertEquals(List.of(), names());
    }

    @Test
    void shouldGiveTheReasonOfEachSource() throws Exception {
        CarillonException e = assertThrows(CarillonException.class,
                () -> store(List.of(broken("first"), broken("second"))).fetch(parcel, bytes -> {}));

        assertTrue(e.getMessage().contains("first: not there; second: not there"), e.getMessage());
        assertEquals(CarillonException.Kind.FAILED, e.kind());
        assertEquals(List.of(), names());
    }

    @Test
    void shouldFindTheFolderOfTheUser() {
        assertEquals(Path.of("/data/carillon/sounds"), SoundStore.ofUser("/data", "/home/me"));
        assertEquals(Path.of("/home/me/.local/share/carillon/sounds"), SoundStore.ofUser(null, "/home/me"));
        assertEquals(Path.of("/home/me/.local/share/carillon/sounds"), SoundStore.ofUser("", "/home/me"));
    }

    private SoundStore store(List<PackageSource> sources) {
        return new SoundStore(folder.resolve("store"), sources);
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("store"))) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }

    private PackageSource copying() {
        return source("copy", target -> Files.copy(deb, target));
    }

    private static PackageSource broken(String name) {
        return source(name, target -> {
            throw new IOException("not there");
        });
    }

    private interface Getting {
        void into(Path target) throws IOException;
    }

    private static PackageSource source(String name, Getting getting) {
        return new PackageSource() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public Path get(Parcel wanted, Path target, java.util.function.LongConsumer progress) throws IOException {
                getting.into(target.resolve("got.deb"));
                return target.resolve("got.deb");
            }
        };
    }
}
