package org.carillon.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.stream.Stream;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.launch.Framework;
import org.osgi.framework.launch.FrameworkFactory;

/** The control of {@link StartupBench}: the same framework with the two bundles that nobody does without. */
public final class PlainFelix {
    private static final List<String> BUNDLES = List.of("org.osgi.util.function", "org.osgi.util.promise",
            "org.osgi.service.component-", "org.apache.felix.configadmin", "org.apache.felix.scr");

    private PlainFelix() {}

    /** Starts, says so, waits for the end of its input. */
    public static void main(String[] arguments) throws BundleException, IOException, InterruptedException {
        Path cache = Files.createTempDirectory("plain-felix");
        try {
            Framework framework = ServiceLoader.load(FrameworkFactory.class).findFirst().orElseThrow()
                    .newFramework(Map.of(Constants.FRAMEWORK_STORAGE, cache.toString()));
            framework.start();
            List<Bundle> bundles = new ArrayList<>();
            for (String name : BUNDLES) {
                bundles.add(framework.getBundleContext().installBundle(
                        "reference:" + jar(Path.of(arguments[0], "bundles", "1"), name).toUri()));
            }
            for (Bundle bundle : bundles) {
                bundle.start();
            }
            System.out.println("active");
            System.gc();
            while (System.in.read() >= 0) {
                Thread.onSpinWait();
            }
            framework.stop();
            framework.waitForStop(0);
        } finally {
            delete(cache);
        }
    }

    private static Path jar(Path folder, String name) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().startsWith(name)).findFirst().orElseThrow();
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
