package org.carillon.scheduler;

/**
 * The ids of the records in each slot of the wheel, in chunks of one cache line. A list through the records themselves
 * would make each step wait for memory; here nothing is read that is not in the cache but one line for fourteen
 * records, and what is written nobody waits for.
 *
 * <pre>
 *   slot:   0 when it is empty; or -1 - id when it has one record; or chunk &lt;&lt; 4 | how many ids are in that chunk
 *   chunk:  14 x int id | int the chunk before it, which is full, or -1 | unused
 * </pre>
 */
final class Slots {
    private static final int SHIFT = 4;
    private static final int IDS = 14;
    private static final int BEFORE_OFFSET = IDS;
    private static final int COUNT_MASK = (1 << SHIFT) - 1;
    private static final int NONE = -1;
    /** Ints before the first chunk, so that with the header of the array no chunk lies on two cache lines. */
    private static final int START = 12;

    private final RecordIndex records;
    private final int[] slots;
    private final int[] chunks;
    private final int[] free;
    private int freeCount;
    /** Chunks from this one on have never been used. */
    private int firstUnused;

    /** @param records of which each may be in one slot. */
    Slots(int count, RecordIndex records) {
        this.records = records;
        slots = new int[count];
        int most = records.ids() / IDS + Math.min(records.ids(), count) + 1;
        chunks = new int[START + (most << SHIFT)];
        free = new int[most];
    }

    boolean isEmpty(int slot) {
        return slots[slot] == 0;
    }

    void add(int slot, int id) {
        int state = slots[slot];
        records.slot(id, slot);
        if (state == 0) {
            slots[slot] = ~id;
        } else {
            int position = state > 0 && (state & COUNT_MASK) < IDS ? state : newChunk(state);
            chunks[START + position] = id;
            records.position(id, position);
            slots[slot] = position + 1;
        }
    }

    /** A chunk that begins with the one record that was there or comes after a full one; where the next id goes. */
    private int newChunk(int state) {
        int first = (freeCount > 0 ? free[--freeCount] : firstUnused++) << SHIFT;
        if (state > 0) {
            chunks[START + first + BEFORE_OFFSET] = state >>> SHIFT;
            return first;
        }
        chunks[START + first + BEFORE_OFFSET] = NONE;
        chunks[START + first] = ~state;
        records.position(~state, first);
        return first + 1;
    }

    /** Takes a record out of its slot: the last one takes its place. */
    void remove(int slot, int id) {
        int position = records.position(id);
        int last = takeLast(slot);
        if (last != id) {
            chunks[START + position] = last;
            records.position(last, position);
        }
    }

    /** Takes any record out; the slot must not be empty. */
    int takeLast(int slot) {
        int state = slots[slot];
        if (state < 0) {
            slots[slot] = 0;
            return ~state;
        }
        int position = state - 1;
        int id = chunks[START + position];
        slots[slot] = (position & COUNT_MASK) == 0 ? freeChunk(position) : position;
        return id;
    }

    private int freeChunk(int position) {
        int before = chunks[START + position + BEFORE_OFFSET];
        free[freeCount++] = position >>> SHIFT;
        return before == NONE ? 0 : before << SHIFT | IDS;
    }

    /** Brings records that are soon due into the cache. */
    void announce(int slot) {
        int state = slots[slot];
        if (state < 0) {
            records.announce(~state);
            return;
        }
        int first = START + (state & ~COUNT_MASK);
        for (int i = first; i < first + (state & COUNT_MASK); i++) {
            records.announce(chunks[i]);
        }
    }
}
