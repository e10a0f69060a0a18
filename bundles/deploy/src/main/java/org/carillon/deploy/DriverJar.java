package org.carillon.deploy;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.osgi.framework.Constants;
import org.osgi.framework.Version;

/**
 * A bundle file that was found whole: every entry could be read and is what it was packed as.
 *
 * @param file that was read, which nobody else writes to.
 */
record DriverJar(Path file, String symbolicName, String version) {
    private static final int UNPACKED = 8;
    private static final int MAX_MANIFEST_BYTES = 1 << 20;
    private static final int MAX_ENTRIES = 65_535;
    private static final int BUFFER_BYTES = 1 << 14;

    /**
     * Copies at most so many bytes.
     *
     * @throws Trouble where there are more.
     */
    static void copy(InputStream from, OutputStream to, long limitBytes) throws IOException, Trouble {
        byte[] buffer = new byte[BUFFER_BYTES];
        long copied = 0;
        for (int count = from.read(buffer); count >= 0; count = from.read(buffer)) {
            copied += count;
            if (copied > limitBytes) {
                throw new Trouble(Trouble.Kind.UNUSABLE, "file is too large: limitBytes=" + limitBytes);
            }
            to.write(buffer, 0, count);
        }
    }

    /** Copies a file to a place where it does not change any more, and reads the copy. */
    static DriverJar staged(Path file, Path copy, long limitBytes) throws Trouble, IOException {
        try (InputStream from = Files.newInputStream(file); OutputStream to = Files.newOutputStream(copy)) {
            copy(from, to, limitBytes);
        }
        return read(copy, limitBytes);
    }

    /**
     * Reads a file from its first to its last byte.
     *
     * @throws Trouble where it is not whole or not a bundle.
     */
    static DriverJar read(Path file, long limitBytes) throws Trouble {
        try (ZipFile zip = new ZipFile(file.toFile())) {
            check(zip, limitBytes * UNPACKED);
            return of(file, manifest(zip));
        } catch (ZipException | EOFException e) {
            throw notWhole(e.getMessage());
        } catch (IOException | RuntimeException e) {
            throw new Trouble(Trouble.Kind.UNUSABLE, "cannot be read: " + Trouble.reason(e));
        }
    }

    private static void check(ZipFile zip, long limitBytes) throws IOException, Trouble {
        if (zip.size() > MAX_ENTRIES) {
            throw new Trouble(Trouble.Kind.UNUSABLE, "jar must have at most " + MAX_ENTRIES + " entries: entries="
                    + zip.size());
        }
        byte[] buffer = new byte[BUFFER_BYTES];
        long unpacked = 0;
        for (ZipEntry entry : Collections.list(zip.entries())) {
            CRC32 sum = new CRC32();
            try (InputStream in = zip.getInputStream(entry)) {
                for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                    unpacked += count;
                    if (unpacked > limitBytes) {
                        throw new Trouble(Trouble.Kind.UNUSABLE, "jar unpacks to too much: limitBytes=" + limitBytes);
                    }
                    sum.update(buffer, 0, count);
                }
            }
            if (entry.getCrc() >= 0 && sum.getValue() != entry.getCrc()) {
                throw notWhole("checksum is wrong: entry=" + entry.getName());
            }
        }
    }

    private static Trouble notWhole(String reason) {
        return new Trouble(Trouble.Kind.NOT_WHOLE, "not a whole jar: " + reason);
    }

    private static Attributes manifest(ZipFile zip) throws IOException, Trouble {
        ZipEntry entry = zip.getEntry(JarFile.MANIFEST_NAME);
        if (entry == null) {
            throw new Trouble(Trouble.Kind.UNUSABLE, "not an OSGi bundle: it has no " + JarFile.MANIFEST_NAME);
        }
        byte[] bytes;
        try (InputStream in = zip.getInputStream(entry)) {
            bytes = in.readNBytes(MAX_MANIFEST_BYTES + 1);
        }
        if (bytes.length > MAX_MANIFEST_BYTES) {
            throw new Trouble(Trouble.Kind.UNUSABLE, "manifest is too large: limitBytes=" + MAX_MANIFEST_BYTES);
        }
        return new Manifest(new ByteArrayInputStream(bytes)).getMainAttributes();
    }

    private static DriverJar of(Path file, Attributes manifest) throws Trouble {
        String name = manifest.getValue(Constants.BUNDLE_SYMBOLICNAME);
        if (name == null || name.isBlank()) {
            throw new Trouble(Trouble.Kind.UNUSABLE, "not an OSGi bundle: no " + Constants.BUNDLE_SYMBOLICNAME
                    + " in its manifest");
        }
        if (manifest.getValue(Constants.FRAGMENT_HOST) != null) {
            throw new Trouble(Trouble.Kind.UNUSABLE, "a fragment cannot run by itself: host="
                    + manifest.getValue(Constants.FRAGMENT_HOST));
        }
        String version = manifest.getValue(Constants.BUNDLE_VERSION);
        try {
            return new DriverJar(file, name.split(";", 2)[0].strip(), Version.parseVersion(version).toString());
        } catch (IllegalArgumentException e) {
            throw new Trouble(Trouble.Kind.UNUSABLE, "Bundle-Version must be numbers with dots: version=" + version);
        }
    }
}
