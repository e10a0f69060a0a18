package org.carillon.scheduler;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import org.carillon.protocol.Event;

/**
 * The bytes of the waiting records, in cells of 32 bytes. A record's id is its first cell; what does not fit there goes
 * on in further cells, chained. The free cells are one chain of the same kind, last freed first. There is one cell more
 * than the capacity: the one handed over last stays out of the chain until the next is handed over.
 */
final class RecordStore {
    static final int CELL_SHIFT = 5;
    static final int CELL_LENGTH = 1 << CELL_SHIFT;
    static final int NONE = RecordIndex.NONE;

    private static final ValueLayout.OfLong WORD = ValueLayout.JAVA_LONG_UNALIGNED;

    private final RecordIndex index;
    private final MemorySegment cells;
    /** The next cell of the record or of the free chain. */
    private final int[] chain;
    private int firstFree;
    private int freeCells;
    private int handedOver = NONE;

    /** Where a record that was taken lies: in its cell, or gathered behind the cells. */
    private final long gatherOffset;
    private long takenOffset;

    RecordStore(RecordIndex index) {
        this.index = index;
        int count = index.ids();
        gatherOffset = (long) count << CELL_SHIFT;
        cells = Arena.ofAuto().allocate(gatherOffset + Event.MAX_LENGTH, CELL_LENGTH);
        chain = new int[count];
        freeCells = count - 1;
        Arrays.setAll(chain, i -> i + 1);
        chain[count - 1] = NONE;
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
        if (lengthBytes == CELL_LENGTH) {
            copyCell(from, offset, cells, (long) id << CELL_SHIFT);
        } else {
            copy(from, offset, cells, (long) id << CELL_SHIFT, Math.min(lengthBytes, CELL_LENGTH));
            for (int done = CELL_LENGTH; done < lengthBytes; done += CELL_LENGTH) {
                last = chain[last];
                copy(from, offset + done, cells, (long) last << CELL_SHIFT, Math.min(lengthBytes - done, CELL_LENGTH));
            }
        }
        firstFree = chain[last];
        index.lengthBytes(id, lengthBytes);
        return id;
    }

    /** Frees a record's cells but leaves its bytes at {@link #takenOffset} until the next call; its length in bytes. */
    int take(int id) {
        if (handedOver != NONE) {
            free(handedOver, handedOver);
        }
        int lengthBytes = index.lengthBytes(id);
        if (lengthBytes <= CELL_LENGTH) {
            handedOver = id;
            takenOffset = (long) id << CELL_SHIFT;
            freeCells++;
        } else {
            handedOver = NONE;
            takenOffset = gatherOffset;
            gather(id, lengthBytes);
            discard(id);
        }
        return lengthBytes;
    }

    /** Frees the cells of a record. */
    void discard(int id) {
        int lengthBytes = index.lengthBytes(id);
        int last = id;
        for (int done = CELL_LENGTH; done < lengthBytes; done += CELL_LENGTH) {
            last = chain[last];
        }
        free(id, last);
        freeCells += ((lengthBytes - 1) >> CELL_SHIFT) + 1;
    }

    MemorySegment segment() {
        return cells;
    }

    long takenOffset() {
        return takenOffset;
    }

    private void gather(int id, int lengthBytes) {
        int cell = id;
        for (int done = 0; done < lengthBytes; done += CELL_LENGTH) {
            copyCell(cells, (long) cell << CELL_SHIFT, cells, gatherOffset + done);
            cell = chain[cell];
        }
    }

    private void free(int first, int last) {
        chain[last] = firstFree;
        firstFree = first;
    }

    private static void copyCell(MemorySegment from, long fromOffset, MemorySegment to, long toOffset) {
        long word0 = from.get(WORD, fromOffset);
        long word1 = from.get(WORD, fromOffset + Long.BYTES);
        long word2 = from.get(WORD, fromOffset + 2 * Long.BYTES);
        long word3 = from.get(WORD, fromOffset + 3 * Long.BYTES);
        to.set(WORD, toOffset, word0);
        to.set(WORD, toOffset + Long.BYTES, word1);
        to.set(WORD, toOffset + 2 * Long.BYTES, word2);
        to.set(WORD, toOffset + 3 * Long.BYTES, word3);
    }

    /** At this size a loop of words beats the general copy. */
    private static void copy(MemorySegment from, long fromOffset, MemorySegment to, long toOffset, int lengthBytes) {
        int done = 0;
        for (; done <= lengthBytes - Long.BYTES; done += Long.BYTES) {
            to.set(WORD, toOffset + done, from.get(WORD, fromOffset + done));
        }
        for (; done < lengthBytes; done++) {
            to.set(ValueLayout.JAVA_BYTE, toOffset + done, from.get(ValueLayout.JAVA_BYTE, fromOffset + done));
        }
    }
}
