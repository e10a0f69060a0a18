package org.carillon.launcher.fetch;

import java.nio.file.Path;

/**
 * A file in a package of Debian.
 *
 * @param name          of the package.
 * @param lengthBytes   of the package.
 * @param sha256        of the package.
 * @param pathInPackage of the file.
 * @param fileSha256    of the file.
 */
public record Parcel(String name, String version, String url, long lengthBytes, String sha256, String pathInPackage,
        String fileSha256) {
    String fileName() {
        return Path.of(pathInPackage).getFileName().toString();
    }
}
