package org.carillon.platform.jack;

/** The work of a client in each cycle of the sound server. */
@FunctionalInterface
public interface JackCycle {
    /**
     * Reads and writes the ports. On the server's real-time thread: no allocation, no lock, no wait, no system call. An
     * exception that leaves it is kept in {@link JackClient#failure()} and the cycle goes on.
     *
     * @param frames  length of this cycle; it may differ from the last one.
     * @param startNs when the cycle was due, of {@link System#nanoTime()}: smoothed, and never after its actual begin.
     */
    void run(int frames, long startNs);
}
