package org.carillon.platform.ipc;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Optional;
import java.util.Set;

/** Listens at a path for connections that carry packets; see {@link PacketSocket}. One thread. */
public final class PacketListener implements AutoCloseable {
    private static final long SOCK_NONBLOCK = 0x800;
    private static final long SOCK_CLOEXEC = 0x8_0000;
    private static final int BACKLOG = 128;

    private final Descriptor descriptor;
    private final Path path;

    private PacketListener(Descriptor descriptor, Path path) {
        this.descriptor = descriptor;
        this.path = path;
    }

    /**
     * Listens at a path where nothing is. Whoever may write to the socket file may connect, from the moment on that its
     * rights are set: it takes no connection before.
     */
    public static PacketListener listen(Path path, Set<PosixFilePermission> rights) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            SocketAddress address = new SocketAddress(path, arena);
            PacketListener listener = new PacketListener(SocketAddress.newSocket(SOCK_NONBLOCK), path);
            try {
                Syscall.checked("bind", "path=" + path, Syscall.call(Syscall.BIND, listener.descriptor(),
                        address.address(), address.lengthBytes()));
                Files.setPosixFilePermissions(path, rights);
                Syscall.checked("listen", "path=" + path,
                        Syscall.call(Syscall.LISTEN, listener.descriptor(), BACKLOG, 0L));
                return listener;
            } catch (IOException e) {
                listener.descriptor.close();
                throw e;
            }
        }
    }

    /** The descriptor, for a {@link Poller}. */
    public int descriptor() {
        return descriptor.number();
    }

    /**
     * Takes a connection that waits, if there is one. Calls on it wait like those of any socket.
     *
     * @throws IpcException with {@link IpcException.Reason#EXHAUSTED} where this process has no more descriptors: the
     *                      connection goes on waiting.
     */
    public Optional<PacketSocket> accept() throws IpcException {
        long accepted = Syscall.call(Syscall.ACCEPT4, descriptor.number(), 0L, 0L, SOCK_CLOEXEC, 0L, 0L);
        if (accepted < 0 && Errors.reason((int) -accepted) != IpcException.Reason.EXHAUSTED) {
            return Optional.empty(); // nobody, or somebody who has gone again
        }
        return Optional.of(new PacketSocket(new Descriptor(Syscall.checked("accept4", "", accepted))));
    }

    /** Stops listening and takes the socket file away. */
    @Override
    public void close() throws IOException {
        if (descriptor.isOpen()) {
            Files.deleteIfExists(path);
            descriptor.close();
        }
    }
}
