package org.carillon.scheduler;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import org.carillon.protocol.Event;

/**
 * The bytes of the waiting records, in cells of 32 bytes. A record's id is its first cell; what does not fit there goes
 * on in further cells, chained by their entries. The free cells are one chain of the same kind, last freed first.
 *
 * <pre>
 *   cell:   32 bytes at cell index * 32
 *   entry:  int next cell of the record or of the free chain | int length of the record, in its first cell
 * </pre>
 */
final class RecordStore {
    static final int CELL_SHIFT = 5;
    static final int CELL_LENGTH = 1 << CELL_SHIFT;
    static final int NONE = -1;

    private static final int NEXT_OFFSET = 0;
    private static final int LENGTH_OFFSET = 1;
    private static final int ENTRY_LENGTH = 2;

    private final MemorySegment cells;
    private final MemorySegment scratch;
    private final int[] entries;
    private int firstFree;
    private int freeCells;

    RecordStore(int capacity) {
        cells = Arena.ofAuto().allocate((long) capacity << CELL_SHIFT, CELL_LENGTH);
        scratch = Arena.ofAuto().allocate(Event.MAX_LENGTH, CELL_LENGTH);
        entries = new int[capacity * ENTRY_LENGTH];
        freeCells = capacity;
        Arrays.setAll(entries, i -> i / ENTRY_LENGTH + 1);
        entries[(capacity - 1) * ENTRY_LENGTH + NEXT_OFFSET] = NONE;
    }

    /** Copies a record in; its id, or {@link #NONE} when too few cells are free. */
    int put(MemorySegment from, long offset, int lengthBytes) {
        int further = (lengthBytes - 1) >> CELL_SHIFT;
        if (further >= freeCells) {
            return NONE;
        }
        freeCells -= further + 1;
        int id = firstFree;
        int last = id;
        copy(from, offset, cells, (long) id << CELL_SHIFT, Math.min(lengthBytes, CELL_LENGTH));
        for (int done = CELL_LENGTH; done < lengthBytes; done += CELL_LENGTH) {
            last = next(last);
            copy(from, offset + done, cells, (long) last << CELL_SHIFT, Math.min(lengthBytes - done, CELL_LENGTH));
        }
        firstFree = next(last);
        entries[id * ENTRY_LENGTH + LENGTH_OFFSET] = lengthBytes;
        return id;
    }

    /** Copies a record to {@link #scratch} and frees its cells; its length in bytes. */
    int take(int id) {
        int lengthBytes = entries[id * ENTRY_LENGTH + LENGTH_OFFSET];
        int last = id;
        copy(cells, (long) id << CELL_SHIFT, scratch, 0, Math.min(lengthBytes, CELL_LENGTH));
        for (int done = CELL_LENGTH; done < lengthBytes; done += CELL_LENGTH) {
            last = next(last);
            copy(cells, (long) last << CELL_SHIFT, scratch, done, Math.min(lengthBytes - done, CELL_LENGTH));
        }
        free(id, last, lengthBytes);
        return lengthBytes;
    }

    /** Frees the cells of a record. */
    void discard(int id) {
        int lengthBytes = entries[id * ENTRY_LENGTH + LENGTH_OFFSET];
        int last = id;
        for (int done = CELL_LENGTH; done < lengthBytes; done += CELL_LENGTH) {
            last = next(last);
        }
        free(id, last, lengthBytes);
    }

    /** Where {@link #take} puts a record, from offset 0; good until the next one. */
    MemorySegment scratch() {
        return scratch;
    }

    private int next(int cell) {
        return entries[cell * ENTRY_LENGTH + NEXT_OFFSET];
    }

    private void free(int first, int last, int lengthBytes) {
        entries[last * ENTRY_LENGTH + NEXT_OFFSET] = firstFree;
        firstFree = first;
        freeCells += ((lengthBytes - 1) >> CELL_SHIFT) + 1;
    }

    /** At this size a loop of words beats the general copy. */
    private static void copy(MemorySegment from, long fromOffset, MemorySegment to, long toOffset, int lengthBytes) {
        int done = 0;
        for (; done <= lengthBytes - Long.BYTES; done += Long.BYTES) {
            to.set(ValueLayout.JAVA_LONG_UNALIGNED, toOffset + done,
                    from.get(ValueLayout.JAVA_LONG_UNALIGNED, fromOffset + done));
        }
        for (; done < lengthBytes; done++) {
            to.set(ValueLayout.JAVA_BYTE, toOffset + done, from.get(ValueLayout.JAVA_BYTE, fromOffset + done));
        }
    }
}
