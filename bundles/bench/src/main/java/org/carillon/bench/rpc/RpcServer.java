package org.carillon.bench.rpc;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.carillon.bench.hotload.HostMaker;
import org.carillon.bench.process.Answers;

/** A whole server in a process of its own; {@code listen PATH} starts it, the end of its input ends it. */
public final class RpcServer {
    private static final String TRANSPORT = "org.carillon.transport.shm";
    private static final long LIMIT_NS = TimeUnit.SECONDS.toNanos(30);
    private static final long LOOK_NS = TimeUnit.MILLISECONDS.toNanos(1);

    private RpcServer() {}

    /** As {@link org.carillon.bench.process.Worker} starts it. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        HostMaker.Host[] host = {null};
        Answers.give(question -> {
            Path socket = Path.of(question[1]);
            host[0] = maker().start(Map.of(TRANSPORT, Map.of("socket", socket.toString())));
            awaitSocket(socket);
            return Map.of("listening", 1.0);
        });
        if (host[0] != null) {
            host[0].close();
        }
    }

    private static HostMaker maker() {
        return ServiceLoader.load(HostMaker.class, RpcServer.class.getClassLoader()).findFirst()
                .orElseThrow(() -> new IllegalStateException("a server can only be started from the distribution"));
    }

    private static void awaitSocket(Path socket) {
        long startNs = System.nanoTime();
        while (!Files.exists(socket)) {
            if (System.nanoTime() - startNs > LIMIT_NS) {
                throw new IllegalStateException("the server does not listen: socket=" + socket);
            }
            LockSupport.parkNanos(LOOK_NS);
        }
    }
}
