package org.carillon.bench.ring;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.locks.LockSupport;
import org.carillon.platform.Platform;
import org.carillon.protocol.Doorbell;
import org.carillon.protocol.EventProducer;
import org.carillon.protocol.EventType;
import org.carillon.protocol.SessionMemory;

/** A thread that publishes and rings for a side that is awake, and can be watched from outside meanwhile. */
final class BusyThread {
    private static final Path SELF = Path.of("/proc/thread-self");
    private static final long LOOK_NS = 1_000_000;
    private static final long LIMIT_NS = 60_000_000_000L;

    private final EventProducer out;
    private volatile long id;
    private volatile long toDo;
    private volatile long wakes;

    BusyThread(SessionMemory memory) {
        MemorySegment word = memory.kernelWord();
        out = memory.clientProducer(new Doorbell(word, () -> {
            wakes = wakes + 1;
            Platform.current().wake(word);
        }));
        Thread thread = new Thread(this::run, "busy");
        thread.setDaemon(true);
        thread.start();
        await(() -> id != 0);
    }

    /** As the system numbers threads. */
    long id() {
        return id;
    }

    /** Lets it publish so many events; comes back when it has. */
    String publish(long count) {
        toDo = count;
        await(() -> toDo == 0);
        return "{\"events\":" + count + ",\"wakes\":" + wakes + "}";
    }

    /** Ends the thread. */
    String idle() {
        toDo = -1;
        return "{\"events\":0}";
    }

    private void run() {
        try {
            id = Long.parseLong(Files.readSymbolicLink(SELF).getFileName().toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        long number = 0;
        while (toDo >= 0) {
            for (long i = toDo; i > 0;) {
                if (out.offer(EventType.KEY_ON, 1, 7, number)) {
                    number++;
                    out.flush();
                    i--;
                } else {
                    Thread.onSpinWait();
                }
                if (i == 0) {
                    toDo = 0;
                }
            }
            Thread.onSpinWait();
        }
    }

    private static void await(java.util.function.BooleanSupplier condition) {
        long limitNs = System.nanoTime() + LIMIT_NS;
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - limitNs > 0) {
                throw new IllegalStateException("busy thread does nothing");
            }
            LockSupport.parkNanos(LOOK_NS);
        }
    }
}
