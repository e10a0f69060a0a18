package org.carillon.driver.rawmidi;

/**
 * How a line is written to.
 *
 * @param bytesPerSecond 0 for as fast as it takes them.
 * @param sysexGapNs     silence after a system exclusive message.
 * @param runningStatus  whether status bytes that repeat are left out.
 */
record LinePace(int bytesPerSecond, long sysexGapNs, boolean runningStatus) {
    private static final long NS_PER_SECOND = 1_000_000_000L;
    /** Slices a second: the longest that a real-time message waits for the bytes before it. */
    private static final int SLICES_PER_SECOND = 500;
    private static final int UNPACED_SLICE = 256;

    /** How many bytes are written at once. */
    int sliceBytes() {
        return bytesPerSecond == 0 ? UNPACED_SLICE : Math.max(1, bytesPerSecond / SLICES_PER_SECOND);
    }

    /** How long the line is busy with so many bytes. */
    long durationNs(int bytes) {
        return bytesPerSecond == 0 ? 0 : bytes * NS_PER_SECOND / bytesPerSecond;
    }
}
