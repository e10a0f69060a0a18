package org.carillon.platform.ipc;

import java.lang.foreign.Arena;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A lock that one process at a time has, and that ends with the process however that ends (flock(2)). The file stays
 * when the lock goes: to take it away would let two processes hold one each.
 */
public final class LockFile implements AutoCloseable {
    private static final long AT_FDCWD = -100;
    private static final long O_RDWR = 2;
    private static final long O_CREAT = 0x40;
    private static final long O_NOFOLLOW = Syscall.AARCH64 ? 0x8000 : 0x2_0000;
    private static final long O_CLOEXEC = 0x8_0000;
    private static final long OWNER_ONLY = 0600;
    private static final long LOCK_EX = 2;
    private static final long LOCK_NB = 4;

    private final Descriptor descriptor;

    private LockFile(Descriptor descriptor) {
        this.descriptor = descriptor;
    }

    /** Takes the lock; empty when another process has it, or this one already. Any thread. */
    public static Optional<LockFile> tryLock(Path path) throws IpcException {
        try (Arena arena = Arena.ofConfined()) {
            Descriptor descriptor = new Descriptor(Syscall.checked("open", "path=" + path,
                    Syscall.call(Syscall.OPENAT, AT_FDCWD, arena.allocateFrom(path.toString()).address(),
                            O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, OWNER_ONLY, 0L, 0L)));
            long locked = Syscall.call(Syscall.FLOCK, descriptor.number(), LOCK_EX | LOCK_NB, 0L);
            if (locked < 0) {
                descriptor.close();
            }
            if (locked == -Errors.EAGAIN) {
                return Optional.empty();
            }
            Syscall.checked("flock", "path=" + path, locked);
            return Optional.of(new LockFile(descriptor));
        }
    }

    @Override
    public void close() {
        descriptor.close();
    }
}
