package org.carillon.sampler.voice;

/** Filters a bank of voices, scales and adds them. All ways of doing it give the same bits. */
abstract class BankKernel {
    abstract String name();

    /**
     * Adds a bank to the sums of its lanes.
     *
     * @param firstLane  of the bank.
     * @param active     one bit for each lane that sounds.
     * @param isFiltered false when no lane of the bank has a filter.
     * @param from       first frame within the tick.
     * @param to         frame after the last one.
     */
    abstract void mix(Lanes lanes, int firstLane, int active, boolean isFiltered, int from, int to);
}
