package org.carillon.launcher;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.Attributes;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.carillon.api.port.CarillonException;

/**
 * What the class path gives to the bundles: the packages that jars in {@code lib/} export are exported by the system
 * bundle, in the versions their manifests name.
 */
final class SystemPackages {
    /** Agrona needs it. */
    private static final String INTERNAL = "jdk.internal.misc";
    private static final Set<String> REQUIRED = new TreeSet<>(
            List.of("org.carillon.agrona", "org.carillon.api", "org.carillon.platform", "org.carillon.protocol",
                    "org.osgi.service.cm", "org.osgi.service.log"));
    private static final Set<String> OPTIONAL = Set.of("org.carillon.hdrhistogram", "minimal-json");

    private SystemPackages() {}

    /** The framework property {@code org.osgi.framework.system.packages.extra}. */
    static String extra(ClassLoader classPath) {
        Map<String, String> exports = exports(manifests(classPath));
        Set<String> missing = new TreeSet<>(REQUIRED);
        missing.removeAll(exports.keySet());
        if (!missing.isEmpty()) {
            throw new CarillonException(CarillonException.Kind.FAILED,
                    "class path must have these jars, each with its own manifest: missing=" + missing);
        }
        return Stream.concat(Stream.of(INTERNAL), exports.values().stream()).collect(Collectors.joining(","));
    }

    /** By symbolic name, the exports of those jars that are meant for bundles; the first of a name counts. */
    static Map<String, String> exports(List<Manifest> manifests) {
        Map<String, String> exports = new LinkedHashMap<>();
        for (Manifest manifest : manifests) {
            Attributes attributes = manifest.getMainAttributes();
            String name = attributes.getValue("Bundle-SymbolicName");
            String packages = attributes.getValue("Export-Package");
            if (name != null && packages != null) {
                String plain = name.split(";")[0].strip();
                if (REQUIRED.contains(plain) || OPTIONAL.contains(plain)) {
                    exports.putIfAbsent(plain, packages);
                }
            }
        }
        return exports;
    }

    private static List<Manifest> manifests(ClassLoader classPath) {
        try {
            return Collections.list(classPath.getResources("META-INF/MANIFEST.MF")).stream()
                    .map(SystemPackages::read).toList();
        } catch (IOException e) {
            throw new CarillonException(CarillonException.Kind.FAILED,
                    "class path must be readable: reason=" + e.getMessage());
        }
    }

    private static Manifest read(URL url) {
        try (InputStream in = url.openStream()) {
            return new Manifest(in);
        } catch (IOException e) {
            return new Manifest(); // whose jar it is, is no business of ours
        }
    }
}
