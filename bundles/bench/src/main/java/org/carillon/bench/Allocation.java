package org.carillon.bench;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/** Counts what rounds allocate on the calling thread, warm-up rounds not. */
final class Allocation {
    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final int warmUpRounds;
    private long bytes;

    /** @param warmUpRounds that are not counted, of each round that is watched. */
    Allocation(int warmUpRounds) {
        this.warmUpRounds = warmUpRounds;
    }

    /** The same round, watched. */
    Interleaved.Round watching(Interleaved.Round round) {
        return new Interleaved.Round() {
            private int rounds;

            @Override
            public double run() {
                long before = threads.getCurrentThreadAllocatedBytes();
                double value = round.run();
                long after = threads.getCurrentThreadAllocatedBytes();
                if (rounds++ >= warmUpRounds) {
                    bytes += after - before;
                }
                return value;
            }
        };
    }

    long bytes() {
        return bytes;
    }
}
