package org.carillon.scheduler;

/**
 * The records that are not near, in slots by deadline, without order inside a slot. Time is counted in ticks of 2^16 ns
 * (65.5 µs); a tick has 48 bits, so differences of ticks cannot overflow whatever the server time is.
 *
 * <pre>
 *   level   slot width           16,384 slots reach
 *     0     1 tick, 65.5 µs      1.07 s
 *     1     2^13 ticks, 0.54 s   2.4 h
 *     2     2^26 ticks, 73 min   2.3 years; what lies beyond waits in the last slot and is placed again from there
 * </pre>
 *
 * The position is a tick: every record before it has left, every record here is at or after it. A slot that starts at
 * the position must be empty before the position goes on. A level has twice the slots that one slot of the next level
 * needs, so the slot after the current one may be taken down ahead of time, a few records at each poll; when the
 * position reaches it there is little left to do.
 * <p>
 * The finest level reaches as far as most music plans ahead: a record within a second is never taken down.
 * <p>
 * The records of a slot are a ring of links, first come first, of which the slot itself is a member. So no record is
 * the first or the last: putting in and taking out know no special case, and a processor has nothing to guess.
 */
final class Wheel {
    /** What {@link #firstTick} returns when no record is here. */
    static final long NO_TICK = Long.MAX_VALUE;
    static final int TICK_SHIFT = 16;

    private static final int LEVELS = 3;
    private static final int LEVEL_SHIFT = 13;
    private static final long LEVEL_MASK = (1L << LEVEL_SHIFT) - 1;
    private static final int SLOTS_SHIFT = 14;
    private static final int SLOTS = 1 << SLOTS_SHIFT;
    private static final int SLOT_MASK = SLOTS - 1;
    /** Rings that the index of the records must have: one a slot. */
    static final int RINGS = LEVELS * SLOTS;
    private static final int WORDS_SHIFT = SLOTS_SHIFT - 6;
    private static final int SUMMARIES_SHIFT = WORDS_SHIFT - 6;
    private static final int SUMMARY_MASK = (1 << SUMMARIES_SHIFT) - 1;
    private static final int AHEAD_LIMIT = 64;
    private static final int ANNOUNCE_TICKS = 2;
    private static final int NO_SLOT = RecordIndex.NONE;

    private final RecordIndex records;
    private final NearHeap near;
    /** One bit a slot that is not empty, and one bit a word of them that is not 0. */
    private final long[] bits = new long[LEVELS << WORDS_SHIFT];
    private final long[] summaries = new long[LEVELS << SUMMARIES_SHIFT];
    private long position;
    private boolean announces;
    /** Where the position stood, in slots of level 1, when no next slot had anything left to take down ahead. */
    private long aheadIndex = NO_TICK;

    Wheel(RecordIndex records, NearHeap near) {
        this.records = records;
        this.near = near;
    }

    /** The tick that everything here is at or after. */
    long position() {
        return position;
    }

    /** Sets the position; the wheel must be empty. */
    void jump(long tick) {
        position = tick;
        aheadIndex = NO_TICK;
    }

    /** Whether there are so many records that those soon due are worth bringing into the cache. */
    void announces(boolean announces) {
        this.announces = announces;
    }

    /** Adds a record whose tick is at or after the position. */
    void add(int id, long tick) {
        int slot = slotOf(tick);
        mark(slot);
        records.addLast(slot, id);
    }

    void remove(int id) {
        int emptied = records.remove(id);
        if (emptied != NO_SLOT) {
            unmark(emptied);
        }
    }

    /** The start of the first slot that is not empty, or {@link #NO_TICK}. */
    long firstTick() {
        long first = firstTick(0);
        // a coarser slot starts at a multiple of its width, so none lies between here and the end of this one
        if ((position & LEVEL_MASK) != 0 && first <= (position | LEVEL_MASK)) {
            return first;
        }
        for (int level = 1; level < LEVELS; level++) {
            first = Math.min(first, firstTick(level));
        }
        return first;
    }

    /**
     * Moves the position towards a tick and what it passes into the heap. Where the limit stops it, the position stays
     * at a slot of which a part has moved: the heap's records of that tick must wait for the rest.
     *
     * @return how many records it moved.
     */
    int advance(long tick, int limit) {
        int left = limit;
        while (position < tick) {
            long first = firstTick();
            if (first >= tick) {
                position = tick;
                break;
            }
            left -= open(first, left);
            if (position <= first) {
                break;
            }
        }
        return limit - left;
    }

    /** Opens slots that start before a tick until the heap has a record. */
    int advanceToFirst(long tick, int limit) {
        int left = limit;
        while (near.isEmpty()) {
            long first = firstTick();
            if (first >= tick) {
                break;
            }
            left -= open(first, left);
            if (position <= first) {
                break;
            }
        }
        return limit - left;
    }

    /** Takes a part of the next slot of each level down. */
    int takeDownAhead(int limit) {
        long index = position >> LEVEL_SHIFT;
        if (index == aheadIndex) {
            return 0;
        }
        int left = limit;
        for (int level = 1; level < LEVELS; level++) {
            left -= takeDown(level, (position >> level * LEVEL_SHIFT) + 1, Math.min(left, AHEAD_LIMIT));
        }
        if (left == limit && limit > 0) {
            aheadIndex = index;
        }
        return limit - left;
    }

    /** Empties the slots that start at a tick, the first there are, and goes on behind it if the limit allowed all. */
    private int open(long tick, int limit) {
        position = tick;
        int left = limit;
        if ((tick & LEVEL_MASK) == 0) {
            for (int level = LEVELS - 1; level > 0; level--) {
                left -= takeDown(level, tick >> level * LEVEL_SHIFT, left);
            }
        }
        if (announces) {
            announce((int) (tick + ANNOUNCE_TICKS) & SLOT_MASK);
        }
        left -= moveToHeap((int) tick & SLOT_MASK, left);
        if (left > 0 || firstTick() != tick) {
            position = tick + 1;
        }
        return limit - left;
    }

    private int moveToHeap(int slot, int limit) {
        int moves = 0;
        while (moves < limit && !records.isEmpty(slot)) {
            int id = records.takeFirst(slot);
            near.push(id, records.deadlineNs(id), records.arrival(id));
            moves++;
        }
        if (moves > 0) {
            unmarkIfEmpty(slot);
        }
        return moves;
    }

    private void announce(int slot) {
        for (int id = records.first(slot); id != RecordIndex.NONE; id = records.after(id)) {
            records.announce(id);
        }
    }

    private int takeDown(int level, long index, int limit) {
        int slot = level << SLOTS_SHIFT | (int) index & SLOT_MASK;
        int moves = 0;
        while (moves < limit && !records.isEmpty(slot)) {
            int id = records.takeFirst(slot);
            add(id, records.deadlineNs(id) >> TICK_SHIFT);
            moves++;
        }
        if (moves > 0) {
            unmarkIfEmpty(slot);
        }
        return moves;
    }

    private int slotOf(long tick) {
        if (tick - position < SLOTS) {
            return (int) tick & SLOT_MASK;
        }
        for (int level = 1; level < LEVELS; level++) {
            int shift = level * LEVEL_SHIFT;
            if ((tick >> shift) - (position >> shift) < SLOTS) {
                return level << SLOTS_SHIFT | (int) (tick >> shift) & SLOT_MASK;
            }
        }
        long last = (position >> (LEVELS - 1) * LEVEL_SHIFT) + SLOTS - 1;
        return LEVELS - 1 << SLOTS_SHIFT | (int) last & SLOT_MASK;
    }

    private long firstTick(int level) {
        int shift = level * LEVEL_SHIFT;
        long index = position >> shift;
        int from = (int) index & SLOT_MASK;
        int slot = firstSlot(level, from);
        return slot == NO_SLOT ? NO_TICK : index + (slot - from & SLOT_MASK) << shift;
    }

    /** The first slot of a level that is not empty, from one on and round to it again. */
    private int firstSlot(int level, int from) {
        int word = from >> 6;
        long rest = bits[(level << WORDS_SHIFT) + word] & -1L << from;
        if (rest == 0) {
            word = firstWordAfter(level, word);
            if (word == NO_SLOT) {
                return NO_SLOT;
            }
            rest = bits[(level << WORDS_SHIFT) + word];
        }
        return (word << 6) + Long.numberOfTrailingZeros(rest);
    }

    private int firstWordAfter(int level, int word) {
        int first = word >> 6;
        long rest = summaries[(level << SUMMARIES_SHIFT) + first] & -1L << word << 1;
        for (int i = 1; rest == 0 && i <= SUMMARY_MASK + 1; i++) {
            first = first + 1 & SUMMARY_MASK;
            rest = summaries[(level << SUMMARIES_SHIFT) + first];
        }
        return rest == 0 ? NO_SLOT : (first << 6) + Long.numberOfTrailingZeros(rest);
    }

    private void unmarkIfEmpty(int slot) {
        if (records.isEmpty(slot)) {
            unmark(slot);
        }
    }

    private void unmark(int slot) {
        int word = slot >> 6;
        long left = bits[word] & ~(1L << slot);
        bits[word] = left;
        summaries[word >> 6] &= ~((left == 0 ? 1L : 0L) << word);
    }

    private void mark(int slot) {
        int word = slot >> 6;
        bits[word] |= 1L << slot;
        summaries[word >> 6] |= 1L << word;
    }
}
