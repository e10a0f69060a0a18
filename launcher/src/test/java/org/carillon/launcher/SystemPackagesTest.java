package org.carillon.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URL;
import java.net.URLClassLoader;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.Manifest;
import org.carillon.api.port.CarillonException;
import org.junit.jupiter.api.Test;

final class SystemPackagesTest {
    @Test
    void shouldTakeTheExportsOfOurJarsOnly() {
        Map<String, String> exports = SystemPackages.exports(List.of(
                manifest("org.carillon.api;singleton:=true", "org.carillon.api.port;version=\"1.0\""),
                manifest("org.carillon.kernel", "org.carillon.kernel"), manifest("org.carillon.platform", null),
                new Manifest(), manifest("org.carillon.api", "late")));

        assertEquals(Map.of("org.carillon.api", "org.carillon.api.port;version=\"1.0\""), exports);
    }

    @Test
    void shouldNameTheJarsThatAreMissing() {
        ClassLoader nothing = new URLClassLoader(new URL[0], ClassLoader.getPlatformClassLoader());

        CarillonException e = assertThrows(CarillonException.class, () -> SystemPackages.extra(nothing));
        assertTrue(e.getMessage().contains("org.carillon.protocol"), e.getMessage());
    }

    private static Manifest manifest(String name, String exports) {
        Manifest manifest = new Manifest();
        Attributes attributes = manifest.getMainAttributes();
        attributes.putValue("Bundle-SymbolicName", name);
        if (exports != null) {
            attributes.putValue("Export-Package", exports);
        }
        return manifest;
    }
}
