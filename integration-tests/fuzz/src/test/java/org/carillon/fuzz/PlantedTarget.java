package org.carillon.fuzz;

/** Fails on some bytes, so that the build is known to see a finding. */
public final class PlantedTarget {
    private static final int CLASSES = 4;

    private PlantedTarget() {}

    /** Called by Jazzer with the bytes of its choice. */
    public static void fuzzerTestOneInput(byte[] data) {
        if (data.length > 1 && data[0] % CLASSES == 1) {
            throw new IllegalStateException("planted");
        }
    }
}
