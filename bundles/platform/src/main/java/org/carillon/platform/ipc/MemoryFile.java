package org.carillon.platform.ipc;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * Memory that has a descriptor and no name, to be mapped by several processes (memfd_create(2)). Seals say what nobody
 * can do with it any more; they are what makes it safe to map memory that another process holds too. Any thread.
 */
public final class MemoryFile implements AutoCloseable {
    /** The set of seals is final. */
    public static final int SEAL_SEALS = 1;
    /** Never shorter: no access to a mapping can fault. */
    public static final int SEAL_SHRINK = 2;
    /** Never longer. */
    public static final int SEAL_GROW = 4;
    /** Nobody may write or map it for writing from now on; mappings that are there keep what they may. */
    public static final int SEAL_FUTURE_WRITE = 16;

    private static final long MFD_CLOEXEC = 1;
    private static final long MFD_ALLOW_SEALING = 2;
    private static final long MFD_NOEXEC_SEAL = 8;
    private static final long F_ADD_SEALS = 1033;
    private static final long F_GET_SEALS = 1034;
    private static final long PROT_READ = 1;
    private static final long PROT_WRITE = 2;
    private static final long MAP_SHARED = 1;
    /** All pages are there before the first access. */
    private static final long MAP_POPULATE = 0x8000;

    private final Descriptor descriptor;
    private final long lengthBytes;

    private MemoryFile(Descriptor descriptor, long lengthBytes) {
        this.descriptor = descriptor;
        this.lengthBytes = lengthBytes;
    }

    /**
     * A new one, all zero, that can be sealed and, where the system knows that (Linux 6.3), never be run as a program.
     *
     * @param name for people who look at /proc; no other use.
     */
    public static MemoryFile create(String name, long lengthBytes) throws IpcException {
        String values = "name=" + name + ", lengthBytes=" + lengthBytes;
        try (Arena arena = Arena.ofConfined()) {
            long nameAddress = arena.allocateFrom(name).address();
            long made = Syscall.call(Syscall.MEMFD_CREATE, nameAddress,
                    MFD_CLOEXEC | MFD_ALLOW_SEALING | MFD_NOEXEC_SEAL, 0L);
            if (made == -Errors.EINVAL) {
                made = Syscall.call(Syscall.MEMFD_CREATE, nameAddress, MFD_CLOEXEC | MFD_ALLOW_SEALING, 0L);
            }
            Descriptor descriptor = new Descriptor(Syscall.checked("memfd_create", values, made));
            long truncated = Syscall.call(Syscall.FTRUNCATE, descriptor.number(), lengthBytes, 0L);
            if (truncated < 0) {
                descriptor.close();
            }
            Syscall.checked("ftruncate", values, truncated);
            return new MemoryFile(descriptor, lengthBytes);
        }
    }

    /**
     * One that another process has sent. It becomes the owner of the descriptor, also where it throws.
     *
     * @param lengthBytes   that the sender promised.
     * @param requiredSeals without which it is not safe to map: at least {@link #SEAL_SHRINK}, or the sender could let
     *                      every access fault.
     * @throws IpcException where it lacks a seal or is shorter.
     */
    public static MemoryFile received(int descriptor, long lengthBytes, int requiredSeals) throws IpcException {
        MemoryFile file = new MemoryFile(new Descriptor(descriptor), lengthBytes);
        try {
            int seals = file.seals();
            if ((seals & requiredSeals) != requiredSeals) {
                throw new IpcException(IpcException.Reason.FAILED,
                        "memory file must be sealed: seals=" + seals + ", required=" + requiredSeals);
            }
            long there = FileLength.of(descriptor);
            if (there < lengthBytes) {
                throw new IpcException(IpcException.Reason.FAILED,
                        "memory file is shorter than promised: lengthBytes=" + there + ", promised=" + lengthBytes);
            }
            return file;
        } catch (IpcException e) {
            file.close();
            throw e;
        }
    }

    /** The descriptor, to be sent to another process; -1 when this is closed. */
    public int descriptor() {
        return descriptor.number();
    }

    public long lengthBytes() {
        return lengthBytes;
    }

    /**
     * Maps all of it, shared. The mapping outlives {@link #close}.
     *
     * @param arena    whose end takes the mapping away.
     * @param writable false where writing ends the program with a signal.
     */
    public MemorySegment map(Arena arena, boolean writable) throws IpcException {
        long address = Syscall.checked("mmap", "lengthBytes=" + lengthBytes,
                Syscall.call(Syscall.MMAP, 0L, lengthBytes, writable ? PROT_READ | PROT_WRITE : PROT_READ,
                        MAP_SHARED | MAP_POPULATE, descriptor.number(), 0L));
        MemorySegment mapped = MemorySegment.ofAddress(address).reinterpret(lengthBytes, arena,
                segment -> Syscall.call(Syscall.MUNMAP, segment.address(), lengthBytes, 0L));
        return writable ? mapped : mapped.asReadOnly();
    }

    /** Adds seals; there is no way back. */
    public void seal(int seals) throws IpcException {
        Syscall.checked("fcntl F_ADD_SEALS", "seals=" + seals,
                Syscall.call(Syscall.FCNTL, descriptor.number(), F_ADD_SEALS, seals));
    }

    /** The seals that are set. */
    public int seals() throws IpcException {
        return (int) Syscall.checked("fcntl F_GET_SEALS", "",
                Syscall.call(Syscall.FCNTL, descriptor.number(), F_GET_SEALS, 0L));
    }

    /** Gives the descriptor back; what is mapped stays mapped. */
    @Override
    public void close() {
        descriptor.close();
    }
}
