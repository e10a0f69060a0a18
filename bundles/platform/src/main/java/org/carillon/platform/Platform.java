package org.carillon.platform;

import java.lang.foreign.MemorySegment;
import java.lang.ref.Reference;
import java.util.Optional;

/**
 * The operating system as this process finds it: Linux on x86_64 and aarch64 by native calls, everything else in plain
 * Java. Any thread, except where a method says that it acts on the calling thread.
 * <p>
 * The system property {@code carillon.platform=plain} asks for plain Java everywhere.
 */
public final class Platform {
    private static final String PROPERTY = "carillon.platform";
    private static final Platform PLAIN = new Platform(false, "plain Java: asked for");

    private final boolean usesNative;
    private final String name;

    private Platform(boolean usesNative, String name) {
        this.usesNative = usesNative;
        this.name = name;
    }

    /** The best that this process can have; chosen at the first call, the same ever after. */
    public static Platform current() {
        return Current.PLATFORM;
    }

    /** Plain Java, whatever the system could do. */
    public static Platform plain() {
        return PLAIN;
    }

    /** True when threads sleep in the kernel and other processes can wake them. */
    public boolean isNative() {
        return usesNative;
    }

    /** One line for the log: system and calls in use, or why it is plain Java. */
    public String describe() {
        if (!usesNative) {
            return name;
        }
        return name + (FutexWaitv.EXISTS ? ", futex, futex_waitv" : ", futex, no futex_waitv: watched words polled");
    }

    /** A new place for one thread to sleep; its memory goes when nobody holds the wait point or its word. */
    public WaitPoint newWaitPoint() {
        return usesNative ? new FutexWaitPoint(FutexWaitv.EXISTS) : new ParkingWaitPoint();
    }

    /**
     * A place for one thread to sleep on a word that other processes share: whoever clears the word wakes it by
     * {@link #wake}. Where threads do not sleep in the kernel, only this process can wake it.
     *
     * @param word 4 bytes of native memory, aligned to 4, that stay mapped as long as the wait point is used.
     */
    public WaitPoint newWaitPoint(MemorySegment word) {
        return usesNative
                ? new FutexWaitPoint(FutexWaitv.EXISTS, new SleepWords(word))
                : new ParkingWaitPoint(new SleepWords(word));
    }

    /**
     * Wakes the thread of whatever process that sleeps on a word; the caller has changed the word to 0 before. Never
     * blocks; of no effect in plain Java.
     *
     * @param word 4 bytes of native memory, aligned to 4.
     */
    public void wake(MemorySegment word) {
        if (usesNative) {
            Libc.futexWake(word.address(), 1);
            Reference.reachabilityFence(word);
        }
    }

    /**
     * How late the system may wake the calling thread from a timed sleep to save power; 50 us where nobody asks. Of no
     * effect on a thread at {@link #fifo} priority, which is never made late. Needs no right.
     *
     * @param slackNs at least 1.
     */
    public Grant timerSlack(long slackNs) {
        if (slackNs < 1) {
            throw new IllegalArgumentException("timer slack must be at least 1 ns: slackNs=" + slackNs);
        }
        return usesNative ? RealTime.timerSlack(slackNs) : unavailable("timer slack");
    }

    /**
     * Real-time priority for the calling thread: it runs before every normal thread for as long as it likes. Threads
     * that it starts inherit this.
     *
     * @param priority 1 to 99, the highest.
     */
    public Grant fifo(int priority) {
        if (priority < 1 || priority > 99) {
            throw new IllegalArgumentException("real-time priority must be 1 to 99: priority=" + priority);
        }
        return usesNative ? RealTime.fifo(priority) : unavailable("real-time priority");
    }

    /**
     * Takes {@link #fifo} back from the calling thread. Newer kernels then have forgotten its timer slack: ask for it
     * again.
     */
    public Grant normalPriority() {
        return usesNative ? RealTime.normalPriority() : unavailable("change of priority");
    }

    /** Keeps the memory of the process from being swapped out: each page, now and later, from its first touch on. */
    public Grant lockMemory() {
        return usesNative ? RealTime.lockMemory() : unavailable("memory lock");
    }

    /** Takes {@link #lockMemory} back. */
    public Grant unlockMemory() {
        return usesNative ? RealTime.unlockMemory() : unavailable("memory lock");
    }

    static Platform choose(String asked, String system, String architecture) {
        Optional<String> obstacle = obstacle(asked, system, architecture);
        return obstacle.isPresent()
                ? new Platform(false, "plain Java: " + obstacle.get())
                : new Platform(true, "linux " + canonical(architecture));
    }

    private static Optional<String> obstacle(String asked, String system, String architecture) {
        if ("plain".equals(asked)) {
            return Optional.of(PROPERTY + "=plain");
        }
        boolean isKnown = switch (canonical(architecture)) {
            case "x86_64", "aarch64" -> "Linux".equals(system);
            default -> false;
        };
        return isKnown ? Libc.obstacle() : Optional.of("no native calls for " + system + " " + architecture);
    }

    private static String canonical(String architecture) {
        return "amd64".equals(architecture) ? "x86_64" : architecture;
    }

    private Grant unavailable(String what) {
        return new Grant(false, what + " not available on this system (" + name + "); going on without");
    }

    /** Holder: chosen when first asked for. */
    private static final class Current {
        static final Platform PLATFORM = choose(System.getProperty(PROPERTY), System.getProperty("os.name"),
                System.getProperty("os.arch"));
    }

    /** Holder: the kernel is asked once, and not before it matters. */
    private static final class FutexWaitv {
        static final boolean EXISTS = Libc.hasFutexWaitv();
    }
}
