package org.carillon.sampler.voice;

/** Filters a bank of voices, scales and adds them. Both ways of doing it give the same bits. */
abstract class BankKernel {
    private static final String PROPERTY = "carillon.sampler.kernel";
    private static final String PLAIN = "plain";

    /** The fastest that this process can have: vectors where the module {@code jdk.incubator.vector} is there. */
    static BankKernel best() {
        if (!PLAIN.equals(System.getProperty(PROPERTY))) {
            try {
                return new VectorKernel();
            } catch (NoClassDefFoundError absent) {
                // said by name(): the plain way does the same
                return new PlainKernel();
            }
        }
        return new PlainKernel();
    }

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
