package org.carillon.it;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.jar.JarOutputStream;
import java.util.zip.ZipEntry;

/** The bytes of a driver bundle, put together entry by entry. */
final class DriverFile {
    private static final String COMPONENT = "OSGI-INF/made.xml";

    private final Map<String, String> headers = new LinkedHashMap<>();
    private final Map<String, byte[]> entries = new LinkedHashMap<>();

    private DriverFile() {
        headers.put("Manifest-Version", "1.0");
    }

    /** A bundle without anything in it. */
    static DriverFile bundle(String symbolicName, String version) {
        return new DriverFile().with("Bundle-ManifestVersion", "2").with("Bundle-SymbolicName", symbolicName)
                .with("Bundle-Version", version);
    }

    /** A jar that is no bundle. */
    static DriverFile jar() {
        return new DriverFile();
    }

    /** A driver that publishes a loop, and does one thing wrong. */
    static DriverFile driver(String symbolicName, String version, String port, MadeDriver.Fault fault) {
        return bundle(symbolicName, version).with("Bundle-Activator", MadeDriver.class.getName())
                .with("Import-Package", "org.osgi.framework,org.carillon.api.driver,org.carillon.api.port,"
                        + "org.carillon.api.ring,org.carillon.protocol")
                .with(MadeDriver.PORT, port).with(MadeDriver.FAULT, fault.name()).withClass(MadeDriver.class)
                .withClass(MadeDriver.Fault.class).withClass("org/carillon/it/MadeDriver$LoadedLate.class");
    }

    static DriverFile driver(String symbolicName, String version, String port) {
        return driver(symbolicName, version, port, MadeDriver.Fault.NONE);
    }

    /** A driver that is a component and cannot be made. */
    static DriverFile component(String symbolicName) {
        String xml = "<scr:component xmlns:scr=\"http://www.osgi.org/xmlns/scr/v1.3.0\" name=\"made\">"
                + "<implementation class=\"" + MadeComponent.class.getName() + "\"/>"
                + "<service><provide interface=\"org.carillon.api.driver.Driver\"/></service></scr:component>";
        return bundle(symbolicName, "1.0.0").with("Service-Component", COMPONENT)
                .with("Import-Package", "org.carillon.api.driver,org.carillon.api.port,org.carillon.protocol")
                .withEntry(COMPONENT, xml.getBytes(StandardCharsets.UTF_8)).withClass(MadeComponent.class);
    }

    /** Adds to the manifest; a header that is there already is continued. */
    DriverFile with(String header, String value) {
        headers.merge(header, value, (before, more) -> before + "," + more);
        return this;
    }

    DriverFile withEntry(String name, byte[] content) {
        entries.put(name, content);
        return this;
    }

    private DriverFile withClass(Class<?> type) {
        return withClass(type.getName().replace('.', '/') + ".class");
    }

    private DriverFile withClass(String name) {
        try (InputStream in = DriverFile.class.getClassLoader().getResourceAsStream(name)) {
            return withEntry(name, in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    byte[] bytes() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (JarOutputStream jar = new JarOutputStream(out)) {
            StringBuilder manifest = new StringBuilder();
            headers.forEach((name, value) -> manifest.append(name).append(": ").append(wrapped(value)).append("\r\n"));
            put(jar, "META-INF/MANIFEST.MF", manifest.append("\r\n").toString().getBytes(StandardCharsets.UTF_8));
            for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                put(jar, entry.getKey(), entry.getValue());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    /** Lines of a manifest are short. */
    private static String wrapped(String value) {
        return value.replaceAll("(.{40})(?=.)", "$1\r\n ");
    }

    private static void put(JarOutputStream jar, String name, byte[] content) throws IOException {
        jar.putNextEntry(new ZipEntry(name));
        jar.write(content);
        jar.closeEntry();
    }
}
