package org.carillon.sampler.graph;

/** Where messages with a time come from, in the order in which they are played. */
public interface MessageFeed {
    /** Who plays them. */
    @FunctionalInterface
    interface Taker {
        /**
         * Takes one message, or leaves it for the next time.
         *
         * @param timeNs in the time of the blocks: of {@link System#nanoTime()} live, from 0 off line.
         * @param status 128 to 255.
         * @param data1  0 to 127, like {@code data2}.
         * @return false when its time has not come; it stays where it is, and so do those behind it.
         */
        boolean take(long timeNs, int status, int data1, int data2);
    }

    /**
     * Offers what waits, one message after the other, until one is left. Audio thread: neither waits nor allocates.
     */
    void offerTo(Taker taker);

    /** Whether nothing waits. */
    boolean isEmpty();
}
