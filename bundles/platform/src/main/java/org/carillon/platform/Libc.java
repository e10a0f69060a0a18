package org.carillon.platform;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Optional;

/**
 * The calls into the Linux kernel, all through the C library's {@code syscall}: one symbol to find and two shapes of
 * handle to link, each when it is first used. Numbers are those of x86_64 and of the generic table, which aarch64 has.
 * <p>
 * No handle is critical, because the waiting ones block: a critical call would hold up the garbage collector.
 */
final class Libc {
    /** A word of 32 bits, for {@code futex_waitv}; without the private flag, so that other processes can wake. */
    static final int FUTEX_32 = 2;

    static final int SCHED_OTHER = 0;
    static final int SCHED_FIFO = 1;

    private static final boolean AARCH64 = "aarch64".equals(System.getProperty("os.arch"));
    private static final long SYS_FUTEX = AARCH64 ? 98 : 202;
    private static final long SYS_FUTEX_WAITV = 449;
    private static final long SYS_PRCTL = AARCH64 ? 167 : 157;
    private static final long SYS_SCHED_SETSCHEDULER = AARCH64 ? 119 : 144;
    private static final long SYS_MLOCKALL = AARCH64 ? 230 : 151;
    private static final long SYS_MUNLOCKALL = AARCH64 ? 231 : 152;

    private static final long FUTEX_WAKE = 1;
    private static final long FUTEX_WAIT_BITSET = 9;
    private static final long FUTEX_BITSET_MATCH_ANY = 0xFFFF_FFFFL;
    private static final long CLOCK_MONOTONIC = 1;
    private static final long PR_SET_TIMERSLACK = 29;
    private static final long CALLING_THREAD = 0;
    private static final long MCL_CURRENT = 1;
    private static final long MCL_FUTURE = 2;
    private static final long MCL_ONFAULT = 4;

    private Libc() {}

    /** Why these calls cannot be made here; empty when they can. Links the handle that waits and wakes. */
    static Optional<String> obstacle() {
        try (Arena arena = Arena.ofConfined()) {
            long woken = futexWake(arena.allocate(ValueLayout.JAVA_INT).address(), 1);
            return woken == 0 ? Optional.empty() : Optional.of("futex refused by the kernel");
        } catch (ExceptionInInitializerError e) {
            Throwable cause = e.getCause();
            return Optional.of(cause instanceof IllegalCallerException
                    ? "native access denied, start with --enable-native-access=ALL-UNNAMED"
                    : "syscall not found, " + cause);
        }
    }

    /** True where {@code futex_waitv} exists (Linux 5.16) and is not filtered: then no words at all is EINVAL. */
    static boolean hasFutexWaitv() {
        return errnoOf(SYS_FUTEX_WAITV, 0L, 0L, 0L, 0L, CLOCK_MONOTONIC) == Errno.EINVAL;
    }

    /** Sleeps while the word at the address has the expected value, until an absolute time of CLOCK_MONOTONIC. */
    static void futexWait(long word, int expected, long timespec) {
        syscall(SYS_FUTEX, word, FUTEX_WAIT_BITSET, expected, timespec, 0L, FUTEX_BITSET_MATCH_ANY);
    }

    /** Sleeps while all words of an array of {@code struct futex_waitv} have their values, until an absolute time. */
    static void futexWaitv(long waitv, int count, long timespec) {
        syscall(SYS_FUTEX_WAITV, waitv, count, 0L, timespec, CLOCK_MONOTONIC, 0L);
    }

    /** Wakes threads that sleep on the word at the address; returns how many. */
    static long futexWake(long word, int count) {
        return syscall(SYS_FUTEX, word, FUTEX_WAKE, count, 0L, 0L, 0L);
    }

    /** How late the calling thread's timers may be at normal priority; returns errno, 0 when done. */
    static int setTimerSlack(long slackNs) {
        return errnoOf(SYS_PRCTL, PR_SET_TIMERSLACK, slackNs, 0L, 0L, 0L);
    }

    /** Sets policy and priority of the calling thread; returns errno, 0 when done. */
    static int setScheduler(int policy, int priority) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment schedParam = arena.allocateFrom(ValueLayout.JAVA_INT, priority);
            return errnoOf(SYS_SCHED_SETSCHEDULER, CALLING_THREAD, policy, schedParam.address(), 0L, 0L);
        }
    }

    /** Keeps in memory every page once it is touched; without ONFAULT all of the heap would be made resident. */
    static int lockMemory() {
        return errnoOf(SYS_MLOCKALL, MCL_CURRENT | MCL_FUTURE | MCL_ONFAULT, 0L, 0L, 0L, 0L);
    }

    static int unlockMemory() {
        return errnoOf(SYS_MUNLOCKALL, 0L, 0L, 0L, 0L, 0L);
    }

    private static long syscall(long number, long a, long b, long c, long d, long e, long f) {
        try {
            return (long) Syscall.HANDLE.invokeExact(number, a, b, c, d, e, f);
        } catch (Throwable thrown) {
            throw unexpected(thrown);
        }
    }

    private static int errnoOf(long number, long a, long b, long c, long d, long e) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(Linker.Option.captureStateLayout());
            long result = (long) SyscallWithErrno.HANDLE.invokeExact(state, number, a, b, c, d, e);
            return result >= 0 ? 0 : state.get(ValueLayout.JAVA_INT, SyscallWithErrno.ERRNO_OFFSET);
        } catch (Throwable thrown) {
            throw unexpected(thrown);
        }
    }

    private static RuntimeException unexpected(Throwable thrown) {
        if (thrown instanceof Error error) {
            throw error;
        }
        return thrown instanceof RuntimeException exception ? exception : new IllegalStateException(thrown);
    }

    private static MethodHandle link(FunctionDescriptor shape, Linker.Option... options) {
        Linker linker = Linker.nativeLinker();
        return linker.downcallHandle(linker.defaultLookup().findOrThrow("syscall"), shape, options);
    }

    /** Six arguments, no errno: for the calls a waiting thread makes. */
    private static final class Syscall {
        static final MethodHandle HANDLE = link(
                FunctionDescriptor.of(ValueLayout.JAVA_LONG, ValueLayout.JAVA_LONG, ValueLayout.JAVA_LONG,
                        ValueLayout.JAVA_LONG, ValueLayout.JAVA_LONG, ValueLayout.JAVA_LONG, ValueLayout.JAVA_LONG,
                        ValueLayout.JAVA_LONG),
                Linker.Option.firstVariadicArg(1));
    }

    /** Five arguments and errno: for the calls made once. */
    private static final class SyscallWithErrno {
        static final long ERRNO_OFFSET = Linker.Option.captureStateLayout()
                .byteOffset(MemoryLayout.PathElement.groupElement("errno"));
        static final MethodHandle HANDLE = link(
                FunctionDescriptor.of(ValueLayout.JAVA_LONG, ValueLayout.JAVA_LONG, ValueLayout.JAVA_LONG,
                        ValueLayout.JAVA_LONG, ValueLayout.JAVA_LONG, ValueLayout.JAVA_LONG, ValueLayout.JAVA_LONG),
                Linker.Option.firstVariadicArg(1), Linker.Option.captureCallState("errno"));
    }
}
