package org.carillon.kernel;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.carillon.protocol.Event;
import org.carillon.protocol.EventType;

/** Records that wait, in order, each with the connection it comes from. Bounded; nothing is allocated after start. */
final class RecordQueue {
    private static final int CAPACITY_BYTES = 16 * 1024;
    private static final int CAPACITY = CAPACITY_BYTES / Event.SHORT_LENGTH;

    private final MemorySegment store = Arena.ofAuto().allocate(CAPACITY_BYTES, Event.ALIGNMENT);
    private final Event event = new Event();
    private final Connection[] from = new Connection[CAPACITY];
    private final int[] offsets = new int[CAPACITY];
    private int count;
    private int usedBytes;

    boolean isEmpty() {
        return count == 0;
    }

    int count() {
        return count;
    }

    Connection from(int index) {
        return from[index];
    }

    int type(int index) {
        return event.wrap(store, offsets[index]).type();
    }

    int lengthBytes(int index) {
        return event.wrap(store, offsets[index]).lengthBytes();
    }

    long word(int index) {
        return event.wrap(store, offsets[index]).word();
    }

    boolean has(Connection sender) {
        for (int i = 0; i < count; i++) {
            if (from[i] == sender) {
                return true;
            }
        }
        return false;
    }

    boolean add(Connection sender, int type, long timeNs, long word, long data) {
        if (!hasRoom(Event.SHORT_LENGTH)) {
            return false;
        }
        event.wrap(store, usedBytes).header(Event.SHORT_LENGTH, type).timeNs(timeNs).word(word).data(data);
        append(sender, Event.SHORT_LENGTH);
        return true;
    }

    boolean add(Connection sender, int type, long timeNs, long word, MemorySegment segment, long offset,
            int lengthBytes) {
        if (!hasRoom(lengthBytes)) {
            return false;
        }
        event.wrap(store, usedBytes).header(lengthBytes, type).timeNs(timeNs).word(word);
        MemorySegment.copy(segment, offset + Event.DATA_OFFSET, store, usedBytes + (long) Event.DATA_OFFSET,
                lengthBytes - Event.HEADER_LENGTH);
        append(sender, lengthBytes);
        return true;
    }

    /** Puts one record into a destination's ring. */
    boolean offer(int index, DestinationPort destination) {
        event.wrap(store, offsets[index]);
        return destination.offer(event.type(), event.timeNs(), event.word(), store, offsets[index],
                event.lengthBytes());
    }

    void remove(int index) {
        int length = Event.aligned(event.wrap(store, offsets[index]).lengthBytes());
        int after = offsets[index] + length;
        MemorySegment.copy(store, after, store, offsets[index], usedBytes - (long) after);
        usedBytes -= length;
        count--;
        for (int i = index; i < count; i++) {
            from[i] = from[i + 1];
            offsets[i] = offsets[i + 1] - length;
        }
        from[count] = null;
    }

    /** Whether pieces of a connection's message wait whose end has not come. */
    boolean hasOpenSysex(Connection sender) {
        boolean open = false;
        for (int i = 0; i < count; i++) {
            if (from[i] == sender && type(i) == EventType.SYSEX) {
                open = (Event.flags(word(i)) & Event.END) == 0;
            }
        }
        return open;
    }

    /** Takes out the pieces of a connection's unfinished message; whole messages before it stay. */
    void removeSysex(Connection sender) {
        for (int i = count - 1; i >= 0; i--) {
            if (from[i] == sender && type(i) == EventType.SYSEX) {
                int flags = Event.flags(word(i));
                if ((flags & Event.END) != 0) {
                    return;
                }
                remove(i);
            }
        }
    }

    /**
     * Takes out what starts a note, holds a pedal or bends.
     *
     * @param sender null for all.
     * @return how many there were.
     */
    int removeStarts(Connection sender) {
        int removed = 0;
        for (int i = count - 1; i >= 0; i--) {
            if ((sender == null || from[i] == sender) && starts(event.wrap(store, offsets[i]))) {
                remove(i);
                removed++;
            }
        }
        return removed;
    }

    private static boolean starts(Event event) {
        return switch (event.type()) {
            case EventType.NOTE -> true;
            case EventType.KEY_ON -> event.data(2) != 0;
            case EventType.CONTROL_CHANGE -> Debts.pedal(event.data(1)) >= 0 && event.data(2) != 0;
            case EventType.PITCH_WHEEL -> event.data(1) != 0 || event.data(2) != Debts.BEND_CENTRE_MSB;
            default -> false;
        };
    }

    private boolean hasRoom(int lengthBytes) {
        return count < CAPACITY && usedBytes + Event.aligned(lengthBytes) <= CAPACITY_BYTES;
    }

    private void append(Connection sender, int lengthBytes) {
        from[count] = sender;
        offsets[count] = usedBytes;
        count++;
        usedBytes += Event.aligned(lengthBytes);
    }
}
