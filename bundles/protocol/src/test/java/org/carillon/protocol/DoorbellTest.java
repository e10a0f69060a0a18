package org.carillon.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

class DoorbellTest {
    private static final long LIMIT_NS = 20_000_000_000L;
    private static final long RECORDS = 200_000;

    private final MemorySegment word = Arena.ofAuto().allocate(Doorbell.WORD_LENGTH, Doorbell.WORD_LENGTH);

    @Test
    void shouldRingOnlyWhenTheReaderWaits() {
        AtomicInteger wakes = new AtomicInteger();
        Doorbell bell = new Doorbell(word, wakes::incrementAndGet);

        bell.ring();
        assertEquals(0, wakes.get());

        bell.arm();
        assertEquals(Doorbell.WAITING, word.get(Layouts.INT, 0));
        bell.ring();
        bell.ring();
        assertEquals(1, wakes.get(), "a burst wakes once");
        assertEquals(Doorbell.AWAKE, word.get(Layouts.INT, 0));

        bell.arm();
        bell.disarm();
        bell.ring();
        assertEquals(1, wakes.get(), "a reader that is awake is left alone");
    }

    @Test
    void shouldNeverLeaveAReaderAsleepBesideARecord() throws InterruptedException {
        AtomicLong written = new AtomicLong();
        AtomicLong read = new AtomicLong();
        Thread[] reader = new Thread[1];
        Doorbell bell = new Doorbell(word, () -> LockSupport.unpark(reader[0]));
        reader[0] = new Thread(() -> readAll(bell, written, read), "reader");
        reader[0].setDaemon(true);
        reader[0].start();

        long untilNs = System.nanoTime() + LIMIT_NS;
        for (long i = 1; i <= RECORDS; i++) {
            written.setPlain(i);
            bell.ring();
            while (i % 64 == 0 && read.get() < i && System.nanoTime() - untilNs < 0) {
                Thread.onSpinWait();
            }
        }

        reader[0].join(LIMIT_NS / 1_000_000);
        assertEquals(RECORDS, read.get());
        assertTrue(!reader[0].isAlive());
    }

    private void readAll(Doorbell bell, AtomicLong written, AtomicLong read) {
        while (read.get() < RECORDS) {
            bell.arm();
            while (written.getAcquire() == read.get() && word.get(Layouts.INT, 0) == Doorbell.WAITING) {
                LockSupport.park(this);
                word.get(Layouts.INT, 0);
            }
            bell.disarm();
            read.set(written.getAcquire());
        }
    }
}
