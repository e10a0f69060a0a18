package org.carillon.platform.ipc;

import java.util.concurrent.atomic.AtomicInteger;

/** A file descriptor that is closed once: a second close would hit a stranger who has got the number meanwhile. */
final class Descriptor {
    private static final int CLOSED = -1;

    private final AtomicInteger number;

    Descriptor(long number) {
        this.number = new AtomicInteger((int) number);
    }

    /** The number; once closed, one that every call refuses. */
    int number() {
        return number.get();
    }

    boolean isOpen() {
        return number.get() != CLOSED;
    }

    void close() {
        close(number.getAndSet(CLOSED));
    }

    /** Closes a bare descriptor, if it is one. */
    static void close(int number) {
        if (number >= 0) {
            Syscall.call(Syscall.CLOSE, number, 0L, 0L);
        }
    }
}
