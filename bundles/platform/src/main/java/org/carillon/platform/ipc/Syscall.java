package org.carillon.platform.ipc;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/**
 * System calls by number, through the C library's {@code syscall}. Numbers are those of x86_64 and of the generic
 * table, which aarch64 has. The answer is the result or, as the kernel itself gives it, the error number below zero.
 */
final class Syscall {
    static final boolean AARCH64 = "aarch64".equals(System.getProperty("os.arch"));
    static final long CLOSE = AARCH64 ? 57 : 3;
    static final long READ = AARCH64 ? 63 : 0;
    static final long WRITE = AARCH64 ? 64 : 1;
    static final long MMAP = AARCH64 ? 222 : 9;
    static final long MUNMAP = AARCH64 ? 215 : 11;
    static final long PREAD64 = AARCH64 ? 67 : 17;
    static final long SOCKET = AARCH64 ? 198 : 41;
    static final long CONNECT = AARCH64 ? 203 : 42;
    static final long SENDMSG = AARCH64 ? 211 : 46;
    static final long RECVMSG = AARCH64 ? 212 : 47;
    static final long SHUTDOWN = AARCH64 ? 210 : 48;
    static final long BIND = AARCH64 ? 200 : 49;
    static final long LISTEN = AARCH64 ? 201 : 50;
    static final long SETSOCKOPT = AARCH64 ? 208 : 54;
    static final long GETSOCKOPT = AARCH64 ? 209 : 55;
    static final long FCNTL = AARCH64 ? 25 : 72;
    static final long FLOCK = AARCH64 ? 32 : 73;
    static final long FTRUNCATE = AARCH64 ? 46 : 77;
    static final long GETEUID = AARCH64 ? 175 : 107;
    static final long EPOLL_CTL = AARCH64 ? 21 : 233;
    static final long OPENAT = AARCH64 ? 56 : 257;
    static final long PPOLL = AARCH64 ? 73 : 271;
    static final long EPOLL_PWAIT = AARCH64 ? 22 : 281;
    static final long ACCEPT4 = AARCH64 ? 242 : 288;
    static final long EVENTFD2 = AARCH64 ? 19 : 290;
    static final long EPOLL_CREATE1 = AARCH64 ? 20 : 291;
    static final long MEMFD_CREATE = AARCH64 ? 279 : 319;
    static final long PIDFD_OPEN = 434;

    private static final Linker.Option ERRNO = Linker.Option.captureCallState("errno");
    private static final long ERRNO_OFFSET = Linker.Option.captureStateLayout()
            .byteOffset(MemoryLayout.PathElement.groupElement("errno"));
    private static final MethodHandle HANDLE = link();
    /** Where each thread's error numbers go. */
    private static final ThreadLocal<MemorySegment> STATE = ThreadLocal
            .withInitial(() -> Arena.ofAuto().allocate(Linker.Option.captureStateLayout()));

    private Syscall() {}

    private static MethodHandle link() {
        Linker linker = Linker.nativeLinker();
        FunctionDescriptor shape = FunctionDescriptor.of(ValueLayout.JAVA_LONG, ValueLayout.JAVA_LONG,
                ValueLayout.JAVA_LONG, ValueLayout.JAVA_LONG, ValueLayout.JAVA_LONG, ValueLayout.JAVA_LONG,
                ValueLayout.JAVA_LONG, ValueLayout.JAVA_LONG);
        return linker.downcallHandle(linker.defaultLookup().findOrThrow("syscall"), shape,
                Linker.Option.firstVariadicArg(1), ERRNO);
    }

    static long call(long number, long a, long b, long c) {
        return call(number, a, b, c, 0L, 0L, 0L);
    }

    /** Makes a call; one that a signal interrupted is made again. */
    static long call(long number, long a, long b, long c, long d, long e, long f) {
        MemorySegment state = STATE.get();
        try {
            while (true) {
                long result = (long) HANDLE.invokeExact(state, number, a, b, c, d, e, f);
                if (result != -1) {
                    return result;
                }
                int errno = state.get(ValueLayout.JAVA_INT, ERRNO_OFFSET);
                if (errno != Errors.EINTR) {
                    return -errno;
                }
            }
        } catch (Throwable thrown) {
            throw unexpected(thrown);
        }
    }

    /** The result of a call that must not fail. */
    static long checked(String name, String values, long result) throws IpcException {
        if (result < 0) {
            throw IpcException.of(name, (int) -result, values);
        }
        return result;
    }

    private static RuntimeException unexpected(Throwable thrown) {
        if (thrown instanceof Error error) {
            throw error;
        }
        return thrown instanceof RuntimeException exception ? exception : new IllegalStateException(thrown);
    }
}
