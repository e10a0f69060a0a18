package org.carillon.scheduler;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.carillon.protocol.Event;

/**
 * The bytes of the waiting records, in cells of 32 bytes. A record's id is its first cell; what does not fit there goes
 * on in further cells. The free cells are a chain, last freed first.
 */
final class RecordStore {
    static final int CELL_SHIFT = 5;
    static final int CELL_LENGTH = 1 << CELL_SHIFT;
    static final int NONE = RecordIndex.NONE;

    private final RecordIndex index;
    private final MemorySegment cells;
    private final MemorySegment taken = Arena.ofAuto().allocate(Event.MAX_LENGTH, CELL_LENGTH);
    private int firstFree = NONE;
    /** Cells from this one on have never been used; they are in no chain. */
    private int firstUnused;
    private int freeCells;

    RecordStore(RecordIndex index) {
        this.index = index;
        cells = index.segment();
        freeCells = index.ids();
    }

    /** Copies a record in; its id, or {@link #NONE} when too few cells are free. */
    int put(MemorySegment from, long offset, int lengthBytes) {
        int further = (lengthBytes - 1) >> CELL_SHIFT;
        if (further >= freeCells) {
            return NONE;
        }
        freeCells -= further + 1;
        int id = freeCell();
        index.second(id, NONE);
        if (lengthBytes == CELL_LENGTH) {
            index.payload(id, from, offset);
        } else {
            putParts(id, from, offset, lengthBytes);
        }
        return id;
    }

    private void putParts(int id, MemorySegment from, long offset, int lengthBytes) {
        copyIn(id, from, offset, Math.min(lengthBytes, CELL_LENGTH));
        int last = id;
        for (int done = CELL_LENGTH; done < lengthBytes; done += CELL_LENGTH) {
            int cell = freeCell();
            if (last == id) {
                index.second(id, cell);
            } else {
                index.next(last, cell);
            }
            index.next(cell, NONE);
            last = cell;
            copyIn(cell, from, offset + done, Math.min(lengthBytes - done, CELL_LENGTH));
        }
    }

    private void copyIn(int cell, MemorySegment from, long offset, int lengthBytes) {
        MemorySegment.copy(from, offset, cells, RecordIndex.payloadOffset(cell), lengthBytes);
    }

    /** Frees a record but leaves its bytes in {@link #taken} until the next call; its length in bytes. */
    int take(int id) {
        int lengthBytes = index.lengthBytes(id);
        index.copyPayload(id, taken, 0);
        int cell = id;
        for (int done = CELL_LENGTH; done < lengthBytes; done += CELL_LENGTH) {
            cell = done == CELL_LENGTH ? index.second(id) : index.next(cell);
            index.copyPayload(cell, taken, done);
        }
        discard(id);
        return lengthBytes;
    }

    /** Frees the cells of a record. */
    void discard(int id) {
        int cell = index.second(id);
        free(id);
        while (cell != NONE) {
            int next = index.next(cell);
            free(cell);
            cell = next;
        }
    }

    private int freeCell() {
        if (firstFree == NONE) {
            return firstUnused++;
        }
        int cell = firstFree;
        firstFree = index.next(cell);
        return cell;
    }

    private void free(int cell) {
        index.next(cell, firstFree);
        firstFree = cell;
        freeCells++;
    }

    /** Where a record that was taken lies, from the start. */
    MemorySegment taken() {
        return taken;
    }
}
