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

    private static final int MAX_BANK = 16_383;
    private static final int MAX_NUMBER = 127;

    /** Checks, and keeps its own list. */
    public Program {
        if (bank < 0 || bank > MAX_BANK || number < 0 || number > MAX_NUMBER) {
            throw new IllegalArgumentException("program must have a bank of 0 to 16383 and a number of 0 to 127: bank="
                    + bank + ", number=" + number + ", name=" + name);
        }
        regions = List.copyOf(regions);
    }
}
