package org.carillon.platform.ipc;

/** How long a file is that only a descriptor is left of. */
final class FileLength {
    private static final long LSEEK = Syscall.AARCH64 ? 62 : 8;
    private static final long SEEK_END = 2;

    private FileLength() {}

    static long of(int descriptor) throws IpcException {
        return Syscall.checked("lseek", "", Syscall.call(LSEEK, descriptor, 0L, SEEK_END));
    }
}
