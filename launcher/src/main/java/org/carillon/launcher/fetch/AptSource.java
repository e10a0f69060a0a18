package org.carillon.launcher.fetch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.LongConsumer;
import java.util.stream.Stream;

/** The package manager: it knows the mirror and the proxy. Installs nothing, and needs no rights. */
final class AptSource implements PackageSource {
    @Override
    public String name() {
        return "apt-get";
    }

    @Override
    public Path get(Parcel wanted, Path folder, LongConsumer progress) throws IOException,
            InterruptedException {
        SystemCommand.run(folder, List.of("apt-get", "-qq", "download",
                wanted.name() + "=" + wanted.version()));
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".deb")).findFirst()
                    .orElseThrow(() -> new IOException("apt-get has brought nothing"));
        }
    }
}
