package org.carillon.sampler.instrument;

import java.util.List;

/**
 * The regions of one sound.
 *
 * @param bank   0 to 16,383: controller 0 times 128 plus controller 32; percussion of a sound font is 128.
 * @param number 0 to 127.
 */
public record Program(int bank, int number, String name, List<Region> regions) {
    /** Bank of percussion in sound fonts. */
    public static final int PERCUSSION_BANK = 128;

    /** Keeps its own list. */
    public Program {
        regions = List.copyOf(regions);
    }
}
