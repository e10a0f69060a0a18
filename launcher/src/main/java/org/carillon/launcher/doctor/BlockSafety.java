package org.carillon.launcher.doctor;

import java.util.Locale;

/** What a measurement says of blocks of one length. */
enum BlockSafety {
    /** No wake-up was so late that it could be heard. */
    SAFE,
    /** A rare one was, fewer than one in a thousand: a click now and then. */
    RISKY,
    /** More were, or the blocks take too long to compute. */
    UNSAFE;

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
