package org.carillon.platform.jack;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * What the library calls. The cycle comes on its real-time thread, everything else on its notification thread, where
 * only a field is set and a thread woken: jackd's library ends both threads by {@code pthread_cancel}, which must not
 * find them in Java.
 */
final class JackCallbacks {
    private static final long NS_PER_S = 1_000_000_000L;
    /** Longest cycle that a server has, ten times over. */
    private static final long HANGING_NS = TimeUnit.MILLISECONDS.toNanos(1_500);
    /** Longer than jackd waits for the last cycle of a client, which is ten times its time limit for clients. */
    private static final long ENDING_NS = TimeUnit.SECONDS.toNanos(60);
    /** Longer than a notification takes from the library into Java, where it counts itself. */
    private static final long GRACE_NS = TimeUnit.MILLISECONDS.toNanos(20);
    private static final long LOOK_NS = TimeUnit.MILLISECONDS.toNanos(1);

    private final AtomicInteger inside = new AtomicInteger();
    private final CycleClock clock = new CycleClock();
    private final long client;
    private final Arena arena;
    private final Thread threadToWake;
    private JackCycle cycle;

    volatile boolean isGone;
    volatile String goneReason = "";
    volatile int blockFrames;
    volatile int sampleRateHz;
    volatile Throwable failure;
    private volatile boolean isClosing;
    private volatile boolean isInCycle;
    private volatile Thread cycleThread;
    private volatile int refusalCount;
    private volatile long cycleCount;
    private volatile long xrunCount;

    JackCallbacks(long client, Arena arena, Thread threadToWake) {
        this.client = client;
        this.arena = arena;
        this.threadToWake = threadToWake;
    }

    /** Tells the library about all of them; before it is activated. */
    void install() throws Throwable {
        FunctionDescriptor simple = FunctionDescriptor.of(JAVA_INT, JAVA_LONG);
        FunctionDescriptor counted = FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_LONG);
        int refusals = (int) LibJack.SET_PROCESS_CALLBACK.invokeExact(client, stub("onProcess", counted), 0L);
        refusals |= (int) LibJack.SET_XRUN_CALLBACK.invokeExact(client, stub("onXrun", simple), 0L);
        refusals |= (int) LibJack.SET_BUFFER_SIZE_CALLBACK.invokeExact(client, stub("onBlockFrames", counted), 0L);
        refusals |= (int) LibJack.SET_SAMPLE_RATE_CALLBACK.invokeExact(client, stub("onSampleRate", counted), 0L);
        LibJack.ON_INFO_SHUTDOWN.invokeExact(client,
                stub("onShutdown", FunctionDescriptor.ofVoid(JAVA_INT, JAVA_LONG, JAVA_LONG)), 0L);
        if (refusals != 0) {
            throw new JackException("callbacks were refused: code=" + refusals);
        }
    }

    /** What to do in each cycle; before it is activated. */
    void setCycle(JackCycle newCycle) {
        cycle = newCycle;
    }

    long cycleCount() {
        return cycleCount;
    }

    long xrunCount() {
        return xrunCount;
    }

    /**
     * Ends the cycles: jackd's library ends its thread when a cycle refuses, which takes seconds in a server that waits
     * for its clients; PipeWire's asks again and does not mind. A server that is gone or hangs asks for no cycle at
     * all; then the thread sleeps in the library, where it may be cancelled. Waits for a cycle that has no end.
     */
    void awaitEndOfCycles() {
        isClosing = true;
        long startNs = System.nanoTime();
        while (isInCycle || isExpectedFor(System.nanoTime() - startNs)) {
            LockSupport.parkNanos(LOOK_NS);
        }
    }

    private boolean isExpectedFor(long waitedNs) {
        Thread thread = cycleThread;
        boolean isThere = thread != null && thread.isAlive() && !isGone;
        return isThere && switch (refusalCount) {
            case 0 -> waitedNs < HANGING_NS;
            case 1 -> waitedNs < ENDING_NS;
            default -> false;
        };
    }

    /** Waits until no notification is under way in Java; after deactivation, so that no further one begins. */
    void awaitEndOfNotices() {
        do {
            LockSupport.parkNanos(GRACE_NS);
        } while (inside.get() != 0);
    }

    private MemorySegment stub(String name, FunctionDescriptor shape) throws ReflectiveOperationException {
        MethodType type = shape.toMethodType();
        return Linker.nativeLinker().upcallStub(MethodHandles.lookup().bind(this, name, type), shape, arena);
    }

    /** An exception that left it would end the process. */
    private int onProcess(int frames, long unused) {
        long nowNs = System.nanoTime();
        isInCycle = true; // full fence before the look at isClosing, as in awaitEndOfCycles the other way round
        if (isClosing) {
            refusalCount = refusalCount + 1;
            isInCycle = false;
            return 1;
        }
        try {
            if (cycleThread == null) {
                cycleThread = Thread.currentThread();
                cycleThread.setName("jack-cycle");
            }
            cycle.run(frames, clock.begin(nowNs, frames * NS_PER_S / sampleRateHz));
        } catch (Throwable thrown) {
            if (failure == null) {
                failure = thrown;
            }
        }
        cycleCount = cycleCount + 1;
        isInCycle = false;
        return 0;
    }

    private int onXrun(long unused) {
        inside.incrementAndGet();
        xrunCount = xrunCount + 1;
        inside.decrementAndGet();
        return 0;
    }

    private int onBlockFrames(int frames, long unused) {
        inside.incrementAndGet();
        blockFrames = frames;
        LockSupport.unpark(threadToWake);
        inside.decrementAndGet();
        return 0;
    }

    private int onSampleRate(int rateHz, long unused) {
        inside.incrementAndGet();
        sampleRateHz = rateHz;
        LockSupport.unpark(threadToWake);
        inside.decrementAndGet();
        return 0;
    }

    private void onShutdown(int status, long reason, long unused) {
        inside.incrementAndGet();
        try {
            goneReason = LibJack.string(reason);
        } catch (RuntimeException e) {
            goneReason = "reason not readable";
        }
        isGone = true;
        LockSupport.unpark(threadToWake);
        inside.decrementAndGet();
    }
}
