package org.carillon.platform.ipc;

import java.lang.foreign.Arena;
import java.nio.file.Path;

/** A file that is open for reading, so that its descriptor can go to another process (open(2)). Any thread. */
public final class OpenFile implements AutoCloseable {
    private static final long AT_FDCWD = -100;
    /** Nobody waits for the other end of a pipe. */
    private static final long O_NONBLOCK = 0x800;
    private static final long O_CLOEXEC = 0x8_0000;

    private final Descriptor descriptor;

    private OpenFile(Descriptor descriptor) {
        this.descriptor = descriptor;
    }

    /** Opens a file that is there. */
    public static OpenFile forReading(Path path) throws IpcException {
        try (Arena arena = Arena.ofConfined()) {
            return new OpenFile(new Descriptor(Syscall.checked("open", "path=" + path, Syscall.call(Syscall.OPENAT,
                    AT_FDCWD, arena.allocateFrom(path.toAbsolutePath().toString()).address(),
                    O_NONBLOCK | O_CLOEXEC))));
        }
    }

    /** The descriptor, to be sent to another process; -1 when this is closed. */
    public int descriptor() {
        return descriptor.number();
    }

    @Override
    public void close() {
        descriptor.close();
    }
}
