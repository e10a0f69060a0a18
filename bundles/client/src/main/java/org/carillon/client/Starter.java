package org.carillon.client;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.carillon.client.ClientException.Kind;
import org.carillon.platform.ipc.LockFile;
import org.carillon.platform.ipc.ServerPaths;
import org.carillon.platform.ipc.SocketFolder;

/**
 * Starts a server that ends after its last session, when a session is opened and nobody listens. Of several programs
 * that want one at the same time one starts it, who has the starter's lock; the others wait for it.
 */
final class Starter {
    private static final long LIMIT_NS = TimeUnit.SECONDS.toNanos(20);
    private static final long LOOK_NS = TimeUnit.MILLISECONDS.toNanos(10);
    private static final Path SETSID = Path.of("/usr/bin/setsid");
    private static final int LAST_WORDS = 400;

    private final ClientOptions options;

    Starter(ClientOptions options) {
        this.options = options;
    }

    /** Connects; starts a server first where nobody listens. */
    Link connect() {
        try {
            return Link.open(options);
        } catch (ClientException e) {
            if (e.kind() != Kind.UNREACHABLE || options.command().isEmpty()) {
                throw e;
            }
        }
        try {
            return start();
        } catch (IOException e) {
            throw new ClientException(Kind.FAILED,
                    "server does not start: command=" + String.join(" ", options.command()) + ", reason="
                            + e.getMessage(),
                    e);
        }
    }

    private Link start() throws IOException {
        Path socket = options.socket().toAbsolutePath();
        SocketFolder.prepare(socket.getParent(), PosixFilePermissions.fromString("rwx------"));
        Path lockPath = socket.resolveSibling(socket.getFileName() + ServerPaths.STARTER_ENDING);
        long untilNs = System.nanoTime() + LIMIT_NS;
        while (true) {
            Optional<LockFile> lock = LockFile.tryLock(lockPath);
            if (lock.isPresent()) {
                try {
                    return startOrConnect(untilNs);
                } finally {
                    lock.get().close();
                }
            }
            Optional<Link> link = look();
            if (link.isPresent()) {
                return link.get();
            }
            if (System.nanoTime() - untilNs > 0) {
                throw new IOException("another program has been starting one for too long: lock=" + lockPath);
            }
            LockSupport.parkNanos(LOOK_NS);
        }
    }

    /** With the lock: whoever had it before may have started one. */
    private Link startOrConnect(long untilNs) throws IOException {
        Optional<Link> there = look();
        if (there.isPresent()) {
            return there.get();
        }
        Path said = Files.createTempFile("carillon-start", ".txt");
        try {
            Process server = process(said);
            while (true) {
                Optional<Link> link = look();
                if (link.isPresent()) {
                    return link.get();
                }
                if (!server.isAlive()) {
                    throw new IOException("it ended: exitCode=" + server.exitValue() + ", itsLastWords="
                            + lastWords(said));
                }
                if (System.nanoTime() - untilNs > 0) {
                    server.destroy();
                    throw new IOException("it does not listen: socket=" + options.socket() + ", itsLastWords="
                            + lastWords(said));
                }
                LockSupport.parkNanos(LOOK_NS);
            }
        } finally {
            Files.deleteIfExists(said); // the server goes on writing to what has no name any more
        }
    }

    /** In a process group of its own: what a terminal sends to this program is not for the server. */
    private Process process(Path said) throws IOException {
        List<String> command = new ArrayList<>();
        if (Files.isExecutable(SETSID)) {
            command.add(SETSID.toString());
        }
        command.addAll(options.command());
        command.addAll(List.of("up", "--on-demand"));
        command.addAll(options.upOptions());
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true)
                .redirectInput(Redirect.from(Path.of("/dev/null").toFile())).redirectOutput(said.toFile());
        builder.environment().put(ServerPaths.VARIABLE, options.socket().toString());
        return builder.start();
    }

    private Optional<Link> look() {
        try {
            return Optional.of(Link.open(options));
        } catch (ClientException e) {
            if (e.kind() == Kind.UNREACHABLE) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private static String lastWords(Path said) throws IOException {
        String text = Files.readString(said).strip();
        return text.substring(Math.max(0, text.length() - LAST_WORDS)).replace('\n', ' ');
    }
}
