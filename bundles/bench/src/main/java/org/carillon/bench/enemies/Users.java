package org.carillon.bench.enemies;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.carillon.bench.Command;

/** Other users of this machine, where this one may act for them, and a server that lets some of them in. */
final class Users {
    /** Groups that every Debian has. */
    static final String GUESTS = "daemon";
    static final String STRANGERS = "nogroup";

    private static final String USER = "nobody";
    private static final String TRANSPORT = "org.carillon.transport.shm.cfg.json";
    /** What is changed, and the launcher's jar, by which a server finds its home. */
    private static final List<String> COPIED = List.of("config", "lib");

    private Users() {}

    /** Why there are none, or empty. */
    static String missing() {
        if (!Command.run(command(GUESTS, List.of("true"))).isOk()) {
            return "this process may not act for others: wanted=root, setpriv";
        }
        return "";
    }

    /** A program as another user of one group alone. */
    static List<String> command(String group, List<String> program) {
        List<String> command = new ArrayList<>(List.of("setpriv", "--reuid=" + USER, "--regid=" + group,
                "--clear-groups"));
        command.addAll(program);
        return command;
    }

    /** The same distribution with one line of its configuration changed: the group is let in. */
    static Path homeThatLetsIn(Path home, Path folder) {
        try {
            open(folder);
            Path changed = Files.createDirectory(folder.resolve("home"));
            try (Stream<Path> parts = Files.list(home)) {
                for (Path part : parts.filter(each -> !COPIED.contains(each.getFileName().toString())).toList()) {
                    Files.createSymbolicLink(changed.resolve(part.getFileName()), part);
                }
            }
            for (String name : COPIED) {
                copy(home.resolve(name), Files.createDirectory(changed.resolve(name)));
            }
            Path transport = changed.resolve("config").resolve(TRANSPORT);
            String text = Files.readString(transport, StandardCharsets.UTF_8);
            Files.writeString(transport, text.replace("\"group\": \"\"", "\"group\": \"" + GUESTS + "\""));
            return changed;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.list(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(file.getFileName()));
            }
        }
    }

    /** Lets others through a folder, and see nothing of what is in it. */
    static void open(Path folder) {
        try {
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx--x--x"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
