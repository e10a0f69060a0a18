package org.carillon.scheduler;

/**
 * The records of each slot of the wheel, first come first, as a ring of links. The slot itself is a member of its ring,
 * so no record is the first or the last: putting in and taking out know no special case, and a processor has nothing to
 * guess.
 */
final class Slots {
    static final int NONE = -1;

    private final RecordIndex records;
    /** The member of the first slot's ring. */
    private final int first;

    /** @param records with a ring for each slot. */
    Slots(int count, RecordIndex records) {
        this.records = records;
        first = records.ids();
        for (int slot = 0; slot < count; slot++) {
            records.join(first + slot, first + slot);
        }
    }

    boolean isEmpty(int slot) {
        return records.after(first + slot) == first + slot;
    }

    void add(int slot, int id) {
        int last = records.before(first + slot);
        records.join(last, id);
        records.join(id, first + slot);
    }

    /** Takes a record out; the slot that is empty now, or {@link #NONE}. */
    int remove(int id) {
        int before = records.before(id);
        int after = records.after(id);
        records.join(before, after);
        return before == after ? before - first : NONE;
    }

    /** Takes the first record out; the slot must not be empty. */
    int takeFirst(int slot) {
        int id = records.after(first + slot);
        records.join(first + slot, records.after(id));
        return id;
    }

    /** Brings records that are soon due into the cache. */
    void announce(int slot) {
        for (int id = records.after(first + slot); id != first + slot; id = records.after(id)) {
            records.announce(id);
        }
    }
}
