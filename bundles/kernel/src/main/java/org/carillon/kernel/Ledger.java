package org.carillon.kernel;

import java.util.Arrays;

/**
 * What a connection has started at its destination and not ended: notes, pedals, bends. It also remembers what each
 * note
 * became on its way, so that a note-off follows its note-on whatever the filter has become meanwhile.
 * <p>
 * A key is channel times 128 plus pitch. An entry stands for the key that came in: bits 0-10 the key that sounds for
 * it,
 * bit 11 its last note-on was turned away, bits 12 and up how many note-ons wait for their note-off.
 */
final class Ledger {
    static final int KEYS = 16 * 128;
    /** Answers of {@link #end}: nothing is known of the note; its note-on was turned away. */
    static final int UNKNOWN = -1;
    static final int REJECTED = -2;

    private static final int KEY_MASK = KEYS - 1;
    private static final int REJECTED_BIT = 1 << 11;
    private static final int COUNT_SHIFT = 12;
    private static final int ONE = 1 << COUNT_SHIFT;
    private static final int BEND_CENTRE = 0x4000;

    private final int[] entries = new int[KEYS];
    private final short[] timed = new short[KEYS];
    private final int[] pedalsDown = new int[Debts.PEDALS.length];
    private int bent;

    static int key(long data) {
        return ((int) data & 0xF) << 7 | (int) (data >>> 8) & 0x7F;
    }

    /** The key that sounds for a key that came in, or {@link #UNKNOWN}. */
    int soundsAs(int in) {
        int entry = entries[in];
        return entry < ONE ? UNKNOWN : entry & KEY_MASK;
    }

    /** A note-on went out. */
    void start(int in, int out) {
        entries[in] = (entries[in] & -ONE) + ONE | out;
    }

    /** A note-on was turned away: its note-off will be, too. */
    void reject(int in) {
        entries[in] |= REJECTED_BIT;
    }

    /** A note-off came: which key it ends, {@link #UNKNOWN} or {@link #REJECTED}. */
    int end(int in) {
        int entry = entries[in];
        if (entry >= ONE) {
            entries[in] = entry - ONE;
            return entry & KEY_MASK;
        }
        if ((entry & REJECTED_BIT) != 0) {
            entries[in] = 0;
            return REJECTED;
        }
        return UNKNOWN;
    }

    /** A note-on went out whose note-off the kernel owes. */
    void startTimed(int out) {
        timed[out]++;
    }

    /** The owed note-off came: whether its note still sounds. */
    boolean endTimed(int out) {
        if (timed[out] == 0) {
            return false;
        }
        timed[out]--;
        return true;
    }

    /** A controller went out. */
    void controller(long data) {
        int pedal = Debts.pedal((int) (data >>> 8) & 0x7F);
        if (pedal >= 0) {
            int channel = 1 << ((int) data & 0xF);
            boolean down = ((int) (data >>> 16) & 0x7F) != 0;
            pedalsDown[pedal] = down ? pedalsDown[pedal] | channel : pedalsDown[pedal] & ~channel;
        }
    }

    /** A pitch bend went out. */
    void bend(long data) {
        int channel = 1 << ((int) data & 0xF);
        boolean centred = ((int) (data >>> 8) & 0x7F7F) == BEND_CENTRE;
        bent = centred ? bent & ~channel : bent | channel;
    }

    /** Hands over everything that sounds to a destination's debts and forgets it; how much there was. */
    int release(Debts debts) {
        int released = Integer.bitCount(bent);
        for (int key = 0; key < KEYS; key++) {
            int count = entries[key] >>> COUNT_SHIFT;
            debts.owesNoteOffs(entries[key] & KEY_MASK, count);
            debts.owesNoteOffs(key, timed[key]);
            released += count + timed[key];
        }
        for (int pedal = 0; pedal < pedalsDown.length; pedal++) {
            released += Integer.bitCount(pedalsDown[pedal]);
            debts.owesPedals(pedal, pedalsDown[pedal]);
        }
        debts.owesBends(bent);
        clear();
        return released;
    }

    void clear() {
        Arrays.fill(entries, 0);
        Arrays.fill(timed, (short) 0);
        Arrays.fill(pedalsDown, 0);
        bent = 0;
    }
}
