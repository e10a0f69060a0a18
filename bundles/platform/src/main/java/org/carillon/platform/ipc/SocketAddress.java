package org.carillon.platform.ipc;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** A {@code struct sockaddr_un}: uint16 family, then the path, zero-terminated. */
final class SocketAddress {
    static final long AF_UNIX = 1;
    /** SOCK_SEQPACKET and SOCK_CLOEXEC. */
    static final long PACKETS = 5 | 0x8_0000;
    /** Most bytes of a path: 108 with the zero behind it. */
    static final int MAX_PATH_LENGTH = 107;

    private static final int PATH_OFFSET = 2;

    private final MemorySegment address;

    SocketAddress(Path path, Arena arena) throws IpcException {
        byte[] name = path.toString().getBytes(StandardCharsets.UTF_8);
        if (name.length > MAX_PATH_LENGTH || name.length == 0) {
            throw new IpcException(IpcException.Reason.PATH_TOO_LONG, "socket path must have 1 to " + MAX_PATH_LENGTH
                    + " bytes: lengthBytes=" + name.length + ", path=" + path);
        }
        address = arena.allocate(PATH_OFFSET + name.length + 1L, Short.BYTES);
        address.set(ValueLayout.JAVA_SHORT, 0, (short) AF_UNIX);
        MemorySegment.copy(name, 0, address, ValueLayout.JAVA_BYTE, PATH_OFFSET, name.length);
    }

    long address() {
        return address.address();
    }

    long lengthBytes() {
        return address.byteSize();
    }

    static Descriptor newSocket(long flags) throws IpcException {
        return new Descriptor(
                Syscall.checked("socket", "", Syscall.call(Syscall.SOCKET, AF_UNIX, PACKETS | flags, 0L)));
    }
}
