package org.carillon.launcher;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;

/** A driver whose start never comes back, whoever interrupts it. */
public final class StuckDriver implements BundleActivator {
    @Override
    public void start(BundleContext context) {
        CountDownLatch never = new CountDownLatch(1);
        while (never.getCount() > 0) {
            try {
                never.await();
            } catch (InterruptedException e) {
                // not this one
            }
        }
    }

    @Override
    public void stop(BundleContext context) {
        // never comes so far
    }

    /** Packs itself as a bundle. */
    static void writeTo(Path file) throws IOException {
        Manifest manifest = new Manifest();
        Attributes headers = manifest.getMainAttributes();
        headers.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        headers.putValue("Bundle-ManifestVersion", "2");
        headers.putValue("Bundle-SymbolicName", "it.stuck");
        headers.putValue("Bundle-Activator", StuckDriver.class.getName());
        headers.putValue("Import-Package", "org.osgi.framework");
        String name = StuckDriver.class.getName().replace('.', '/') + ".class";
        try (InputStream in = StuckDriver.class.getClassLoader().getResourceAsStream(name);
                JarOutputStream jar = new JarOutputStream(Files.newOutputStream(file), manifest)) {
            jar.putNextEntry(new ZipEntry(name));
            in.transferTo(jar);
            jar.closeEntry();
        }
    }
}
