package org.carillon.scheduler;

/**
 * The records whose time is near, as a heap of four children a node, ordered by (deadline, sequence). It alone gives
 * the order; the {@link Wheel} only keeps it small. Keys lie in the heap itself, four children to a cache line, and the
 * {@link RecordIndex} knows each place for exact removal: a record that is cancelled must not keep its cell until its
 * time.
 */
class NearHeap {
    private static final int CHILDREN_SHIFT = 2;
    private static final int CHILDREN = 1 << CHILDREN_SHIFT;
    private static final int DEADLINE_OFFSET = 0;
    private static final int SEQUENCE_OFFSET = 1;
    private static final int KEY_LENGTH = 2;

    private final long[] keys;
    private final int[] ids;
    private final RecordIndex records;
    private int size;

    NearHeap(RecordIndex records) {
        this.records = records;
        keys = new long[records.ids() * KEY_LENGTH];
        ids = new int[records.ids()];
    }

    final boolean isEmpty() {
        return size == 0;
    }

    /** The earliest deadline; the heap must not be empty. */
    final long firstDeadlineNs() {
        return keys[DEADLINE_OFFSET];
    }

    final void push(int id, long deadlineNs, long sequence) {
        siftUp(size++, id, deadlineNs, sequence);
    }

    /** Takes the first record out; its id. */
    final int pop() {
        int id = ids[0];
        removeAt(0);
        return id;
    }

    final void remove(int id) {
        removeAt(records.heapIndex(id));
    }

    /** The order of the records. */
    boolean isBefore(long deadlineNs, long sequence, long otherDeadlineNs, long otherSequence) {
        return deadlineNs < otherDeadlineNs || deadlineNs == otherDeadlineNs && sequence < otherSequence;
    }

    private void removeAt(int index) {
        records.nowhere(ids[index]);
        int last = --size;
        if (index == last) {
            return;
        }
        int id = ids[last];
        long deadlineNs = keys[last * KEY_LENGTH + DEADLINE_OFFSET];
        long sequence = keys[last * KEY_LENGTH + SEQUENCE_OFFSET];
        if (index > 0 && isBefore(deadlineNs, sequence, (index - 1) >> CHILDREN_SHIFT)) {
            siftUp(index, id, deadlineNs, sequence);
        } else {
            siftDown(index, id, deadlineNs, sequence);
        }
    }

    private void siftUp(int from, int id, long deadlineNs, long sequence) {
        int index = from;
        while (index > 0) {
            int parent = (index - 1) >> CHILDREN_SHIFT;
            if (!isBefore(deadlineNs, sequence, parent)) {
                break;
            }
            move(parent, index);
            index = parent;
        }
        set(index, id, deadlineNs, sequence);
    }

    private void siftDown(int from, int id, long deadlineNs, long sequence) {
        int index = from;
        while (true) {
            int first = (index << CHILDREN_SHIFT) + 1;
            if (first >= size) {
                break;
            }
            int child = firstOf(first, Math.min(first + CHILDREN, size));
            if (isBefore(deadlineNs, sequence, child)) {
                break;
            }
            move(child, index);
            index = child;
        }
        set(index, id, deadlineNs, sequence);
    }

    private int firstOf(int from, int end) {
        int first = from;
        long deadlineNs = keys[from * KEY_LENGTH + DEADLINE_OFFSET];
        long sequence = keys[from * KEY_LENGTH + SEQUENCE_OFFSET];
        for (int index = from + 1; index < end; index++) {
            if (!isBefore(deadlineNs, sequence, index)) {
                first = index;
                deadlineNs = keys[index * KEY_LENGTH + DEADLINE_OFFSET];
                sequence = keys[index * KEY_LENGTH + SEQUENCE_OFFSET];
            }
        }
        return first;
    }

    private boolean isBefore(long deadlineNs, long sequence, int index) {
        return isBefore(deadlineNs, sequence, keys[index * KEY_LENGTH + DEADLINE_OFFSET],
                keys[index * KEY_LENGTH + SEQUENCE_OFFSET]);
    }

    private void move(int from, int to) {
        set(to, ids[from], keys[from * KEY_LENGTH + DEADLINE_OFFSET], keys[from * KEY_LENGTH + SEQUENCE_OFFSET]);
    }

    private void set(int index, int id, long deadlineNs, long sequence) {
        keys[index * KEY_LENGTH + DEADLINE_OFFSET] = deadlineNs;
        keys[index * KEY_LENGTH + SEQUENCE_OFFSET] = sequence;
        ids[index] = id;
        records.heapIndex(id, index);
    }
}
