package org.carillon.launcher.fetch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.LongConsumer;
import java.util.stream.Stream;
import org.carillon.api.port.CarillonException;

/** The folder where fetched sounds are. */
public final class SoundStore {
    private final Path folder;
    private final List<PackageSource> sources;

    /** @param folder made where it is missing. */
    public SoundStore(Path folder) {
        this(folder, List.of(new AptSource(), new WebSource()));
    }

    SoundStore(Path folder, List<PackageSource> sources) {
        this.folder = folder.toAbsolutePath().normalize();
        this.sources = sources;
    }

    /** {@code carillon/sounds} of the user's data folder. */
    public static Path ofUser(String dataHome, String userHome) {
        Path base = dataHome == null || !Path.of(dataHome).isAbsolute()
                ? Path.of(userHome, ".local", "share")
                : Path.of(dataHome);
        return base.resolve("carillon").resolve("sounds");
    }

    /** Where a sound is or will be. */
    public Path file(Parcel wanted) {
        return folder.resolve(wanted.fileName());
    }

    /** Whether a sound is there as it should be. */
    public boolean has(Parcel wanted) {
        try {
            return Files.isRegularFile(file(wanted)) && Sha256.of(file(wanted)).equals(wanted.fileSha256());
        } catch (IOException e) {
            return false;
        }
    }

    /**
     * Gets a sound, checks it, and puts it into the folder.
     *
     * @param progress hears how many bytes of the package are there.
     * @throws CarillonException with one line that has all reasons.
     */
    public Path fetch(Parcel wanted, LongConsumer progress) throws InterruptedException {
        Path work = null;
        try {
            Files.createDirectories(folder);
            work = Files.createTempDirectory(folder, ".fetch-");
            Path unpacked = unpack(wanted, download(wanted, work, progress), work);
            requireSha256(unpacked, wanted.fileSha256());
            return Files.move(unpacked, file(wanted), StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new CarillonException(CarillonException.Kind.FAILED, "sounds cannot be fetched: package="
                    + wanted.name() + ", folder=" + folder + ", reason=" + e.getMessage());
        } finally {
            delete(work);
        }
    }

    private Path download(Parcel wanted, Path work, LongConsumer progress) throws IOException,
            InterruptedException {
        List<String> reasons = new ArrayList<>();
        for (PackageSource source : sources) {
            try {
                Path file = source.get(wanted, Files.createTempDirectory(work, "package-"), progress);
                requireSha256(file, wanted.sha256());
                return file;
            } catch (IOException e) {
                reasons.add(source.name() + ": " + e.getMessage());
            }
        }
        throw new IOException(String.join("; ", reasons));
    }

    private static void requireSha256(Path file, String wanted) throws IOException {
        String found = Sha256.of(file);
        if (!found.equals(wanted)) {
            throw new IOException("checksum must be that of the package: file=" + file.getFileName() + ", sha256="
                    + found + ", wanted=" + wanted);
        }
    }

    private static Path unpack(Parcel wanted, Path deb, Path work) throws IOException, InterruptedException {
        Path content = Files.createDirectory(work.resolve("content"));
        try {
            SystemCommand.run(work, List.of("dpkg-deb", "-x", deb.toString(), content.toString()));
        } catch (IOException e) {
            throw new IOException("package must be unpacked by dpkg-deb, of package dpkg: " + e.getMessage(), e);
        }
        return content.resolve(wanted.pathInPackage());
    }

    private static void delete(Path work) {
        if (work == null) {
            return;
        }
        try (Stream<Path> files = Files.walk(work)) {
            files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
        } catch (IOException e) {
            work.toFile().deleteOnExit(); // what could not be listed cannot be deleted either
        }
    }
}
