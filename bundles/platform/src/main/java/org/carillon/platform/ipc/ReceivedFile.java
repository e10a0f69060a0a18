package org.carillon.platform.ipc;

import java.io.InputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Objects;

/**
 * The bytes of a file that another process has opened and sent, from the first one on (pread(2)). What the sender may
 * read, its receiver may read here; where the sender stands in it does not matter, and what has no first byte to go
 * back to, such as a pipe, is refused and never waited for. One thread; closing it leaves the descriptor to its owner.
 */
public final class ReceivedFile extends InputStream {
    private static final int BUFFER_LENGTH = 1 << 16;

    private final int descriptor;
    private final MemorySegment buffer = Arena.ofAuto().allocate(BUFFER_LENGTH);
    private long position;

    /** @param descriptor open for reading. */
    public ReceivedFile(int descriptor) {
        this.descriptor = descriptor;
    }

    @Override
    public int read() throws IpcException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
    }

    @Override
    public int read(byte[] to, int offset, int length) throws IpcException {
        Objects.checkFromIndexSize(offset, length, to.length);
        if (length == 0) {
            return 0;
        }
        int count = (int) Syscall.checked("pread", "", Syscall.call(Syscall.PREAD64, descriptor, buffer.address(),
                Math.min(length, BUFFER_LENGTH), position, 0L, 0L));
        if (count == 0) {
            return -1;
        }
        MemorySegment.copy(buffer, ValueLayout.JAVA_BYTE, 0, to, offset, count);
        position += count;
        return count;
    }
}
