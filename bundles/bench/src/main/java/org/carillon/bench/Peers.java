package org.carillon.bench;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Other people's programs that a benchmark compares with, as packages of Debian. */
public final class Peers {
    private static final Map<String, String> QUIET = Map.of("DEBIAN_FRONTEND", "noninteractive");
    private static final String INSTALLED = "install ok installed";

    private Peers() {}

    /**
     * Installs what is missing, as root; otherwise says what to type. Goes on in any case: what is still missing shows
     * where it is used.
     */
    public static void need(PrintStream progress, String... packages) {
        List<String> missing = missing(packages);
        if (missing.isEmpty()) {
            return;
        }
        String line = "apt-get install -y --no-install-recommends " + String.join(" ", missing);
        if (!System.getProperty("user.name", "").equals("root")) {
            progress.println("peers are missing, their controls are left out; type: sudo " + line);
            return;
        }
        progress.println("peers are missing, installing them: " + line);
        List<String> install = List.of(line.split(" "));
        if (!Command.run(install, QUIET).isOk()) {
            Command.run(List.of("apt-get", "update", "-qq"), QUIET); // a fresh system has no lists
            Command.Outcome second = Command.run(install, QUIET);
            if (!second.isOk()) {
                progress.println("peers cannot be installed: reason="
                        + second.output().lines().reduce("", (first, next) -> next));
            }
        }
    }

    /** Of these packages; none on a system that does not know packages of this kind. */
    private static List<String> missing(String... packages) {
        List<String> missing = new ArrayList<>();
        if (Command.run(List.of("dpkg-query", "--version")).isOk()) {
            for (String name : packages) {
                if (!Command.run(List.of("dpkg-query", "-W", "-f=${Status}", name)).output().contains(INSTALLED)) {
                    missing.add(name);
                }
            }
        }
        return missing;
    }
}
