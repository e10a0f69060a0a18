package org.carillon.webconsole;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Makes guessing slow: after some wrong passwords an address is not heard for a second, then two, up to a minute. It
 * remembers a bounded number of addresses, those that tried last. No thread waits for it.
 */
final class Lockout {
    static final int FREE_TRIES = 5;
    static final int MAX_ADDRESSES = 256;
    private static final long FIRST_PAUSE_NS = TimeUnit.SECONDS.toNanos(1);
    private static final long LONGEST_PAUSE_NS = TimeUnit.MINUTES.toNanos(1);
    private static final int MAX_DOUBLINGS = 6;

    private record Tries(int wrong, long untilNs) {}

    private final LongSupplier clock;
    private final Map<String, Tries> tries = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Tries> eldest) {
            return size() > MAX_ADDRESSES;
        }
    };

    /** @param clock nanoseconds, as of {@link System#nanoTime}. */
    Lockout(LongSupplier clock) {
        this.clock = clock;
    }

    /** Nanoseconds for which an address is not heard; 0 when it is. */
    synchronized long pauseNs(String address) {
        Tries before = tries.get(address);
        return before == null ? 0 : Math.max(0, before.untilNs - clock.getAsLong());
    }

    /** @return how many there were in a row. */
    synchronized int wrong(String address) {
        long nowNs = clock.getAsLong();
        Tries before = tries.remove(address); // and goes to the end
        int wrong = before == null || nowNs - before.untilNs > LONGEST_PAUSE_NS ? 1 : before.wrong + 1;
        long pauseNs = wrong < FREE_TRIES ? 0
                : Math.min(LONGEST_PAUSE_NS, FIRST_PAUSE_NS << Math.min(MAX_DOUBLINGS, wrong - FREE_TRIES));
        tries.put(address, new Tries(wrong, nowNs + pauseNs));
        return wrong;
    }

    synchronized void right(String address) {
        tries.remove(address);
    }

    synchronized int size() {
        return tries.size();
    }
}
