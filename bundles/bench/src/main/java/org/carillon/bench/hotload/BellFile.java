package org.carillon.bench.hotload;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;

/** The driver's file in the folder: written under another name, then put there by renaming. */
final class BellFile {
    private static final String NAME = "bell.jar";
    private static final String CLASS = BellDriver.class.getName().replace('.', '/') + ".class";

    private final Path folder;
    private Path prepared;

    BellFile(Path folder) {
        this.folder = folder;
    }

    /** Writes the next version, which nobody sees yet. */
    void prepare(int version) throws IOException {
        Manifest manifest = new Manifest();
        Attributes headers = manifest.getMainAttributes();
        headers.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        headers.putValue("Bundle-ManifestVersion", "2");
        headers.putValue("Bundle-SymbolicName", "org.carillon.bench.bell");
        headers.putValue("Bundle-Version", version + ".0.0");
        headers.putValue("Bundle-Activator", BellDriver.class.getName());
        headers.putValue("Import-Package", "org.osgi.framework,org.carillon.api.driver,org.carillon.api.port,"
                + "org.carillon.protocol");
        prepared = folder.resolve("." + NAME + ".part");
        try (InputStream in = BellFile.class.getClassLoader().getResourceAsStream(CLASS);
                JarOutputStream jar = new JarOutputStream(Files.newOutputStream(prepared), manifest)) {
            jar.putNextEntry(new ZipEntry(CLASS));
            in.transferTo(jar);
            jar.closeEntry();
        }
    }

    /** Puts what was prepared into its place. */
    void drop() throws IOException {
        Files.move(prepared, folder.resolve(NAME), StandardCopyOption.ATOMIC_MOVE,
                StandardCopyOption.REPLACE_EXISTING);
    }

    void delete() throws IOException {
        Files.delete(folder.resolve(NAME));
    }
}
