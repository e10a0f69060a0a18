package org.carillon.scheduler;

import java.lang.foreign.MemorySegment;
import org.carillon.api.schedule.Scheduler;
import org.carillon.protocol.Event;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ServiceScope;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/**
 * Orders records by a coarse {@link Wheel} and a small {@link NearHeap}: a record waits in the wheel until its tick is
 * reached and goes through the heap then, so both putting in and handing over cost the same however many wait.
 * <p>
 * Deadlines are compared as signed numbers, not by difference: all 2^64 of them have one order. Server time may start
 * anywhere. Where it goes backward, nothing is undone: records before the wheel's position stay in the heap.
 */
@Component(service = Scheduler.class, scope = ServiceScope.PROTOTYPE, configurationPid = TimeScheduler.PID)
@Designate(ocd = TimeScheduler.Config.class)
public final class TimeScheduler implements Scheduler {
    static final String PID = "org.carillon.scheduler";
    /** Cells at least. */
    public static final int MIN_CAPACITY = 1_024;
    /** Cells at most. */
    public static final int MAX_CAPACITY = 4_194_304;
    static final int MOVE_LIMIT = 2_048;

    /** Records that a processor's cache holds anyway. */
    private static final int CACHED_RECORDS = 16_384;
    /** How far ahead of now {@link #nextNs} looks for the exact deadline. */
    private static final int AHEAD_TICKS = 1_024;
    /** How far before the first deadline the wheel starts when nobody has told the time yet. */
    private static final int START_TICKS = 1 << 20;

    private static final String CAPACITY_DESCRIPTION = """
            How many events may wait at once: 1,024 to 4,194,304. A short message counts once; \
            an event longer than 32 bytes, its header of 24 included, once for each 32 bytes it has begun. \
            Each costs 84 bytes of memory, taken at start: the default takes 6 MiB with all around it. \
            An event that finds no room is dropped and counted.""";

    /** What a user may set. */
    @ObjectClassDefinition(name = "Carillon scheduler", description = "The store of events that wait for their time.")
    @interface Config {
        @AttributeDefinition(name = "Capacity", min = "1024", max = "4194304", description = CAPACITY_DESCRIPTION)
        int capacity() default 65_536;
    }

    private final int moveLimit;
    private final int idBits;
    private final RecordIndex index;
    private final RecordStore records;
    private final NearHeap near;
    private final Wheel wheel;
    private long nextSequence;
    private long aheadTick = Long.MIN_VALUE;
    private boolean isPositioned;
    private int pending;
    private int movesAhead;
    private int movesOfLastPoll;

    /** Made by the service registry for each user. */
    @Activate
    public TimeScheduler(Config config) {
        this(config.capacity());
    }

    /** @param capacity in cells of 32 bytes, 1,024 to 4,194,304. */
    public TimeScheduler(int capacity) {
        this(MOVE_LIMIT, indexFor(checked(capacity)));
    }

    /** @param moveLimit of records that one poll moves towards the heap. */
    TimeScheduler(int moveLimit, RecordIndex index) {
        this(moveLimit, index, new NearHeap(index));
    }

    /** @param near for the same index. */
    TimeScheduler(int moveLimit, RecordIndex index, NearHeap near) {
        this.moveLimit = moveLimit;
        this.index = index;
        this.near = near;
        idBits = Integer.SIZE - Integer.numberOfLeadingZeros(index.ids() - 1);
        records = new RecordStore(index);
        wheel = new Wheel(index, near);
    }

    static RecordIndex indexFor(int capacity) {
        return new RecordIndex(capacity, Wheel.RINGS);
    }

    @Override
    public long schedule(long deadlineNs, MemorySegment from, long offset, int lengthBytes) {
        if (lengthBytes < Event.RING_HEADER_LENGTH || lengthBytes > Event.MAX_LENGTH) {
            throw new IllegalArgumentException("record must have 8 to 1024 bytes: lengthBytes=" + lengthBytes);
        }
        int id = records.put(from, offset, lengthBytes);
        if (id == RecordStore.NONE) {
            return FULL;
        }
        long sequence = nextSequence++;
        index.key(id, deadlineNs, sequence, lengthBytes);
        place(id, deadlineNs);
        pending++;
        return handle(id, sequence);
    }

    @Override
    public boolean cancel(long handle) {
        if (!isPending(handle)) {
            return false;
        }
        int id = id(handle);
        if (index.isInRing(id)) {
            wheel.remove(id);
        } else {
            near.remove(id);
        }
        records.discard(id);
        pending--;
        return true;
    }

    @Override
    public boolean isPending(long handle) {
        int id = id(handle);
        return handle >= 0 && id < index.ids() && index.generation(id) == (int) (handle >>> idBits)
                && (index.isInRing(id) || index.isInHeap(id));
    }

    private int id(long handle) {
        return (int) handle & (1 << idBits) - 1;
    }

    @Override
    public int poll(long nowNs, DueHandler handler, int limit) {
        long tick = (nowNs >> Wheel.TICK_SHIFT) + 1;
        aheadTick = tick + AHEAD_TICKS;
        wheel.announces(pending > CACHED_RECORDS);
        if (pending == 0) {
            wheel.jump(tick);
            isPositioned = true;
        }
        int moves = wheel.advance(tick, moveLimit);
        moves += wheel.takeDownAhead(moveLimit - moves);
        movesOfLastPoll = movesAhead + moves;
        movesAhead = 0;
        int count = 0;
        while (count < limit && isDue(nowNs)) {
            handOverFirst(handler);
            count++;
        }
        return count;
    }

    /** Brings the next slot into the heap if it is soon: its exact deadline saves a wake-up at the slot's start. */
    @Override
    public long nextNs() {
        if (near.isEmpty()) {
            movesAhead += wheel.advanceToFirst(aheadTick, moveLimit);
        }
        long firstNs = near.isEmpty() ? NEVER : near.firstDeadlineNs();
        if (firstNs >> Wheel.TICK_SHIFT < wheel.position()) {
            return firstNs;
        }
        long tick = wheel.firstTick();
        return tick == Wheel.NO_TICK ? firstNs : Math.min(firstNs, tick << Wheel.TICK_SHIFT);
    }

    @Override
    public int pending() {
        return pending;
    }

    /** Takes all records out in order. What the handler schedules meanwhile may stay. */
    @Override
    public void drain(DueHandler handler) {
        int left = pending;
        while (left > 0) {
            left -= poll(Long.MAX_VALUE, handler, left);
        }
        isPositioned = pending > 0;
        aheadTick = Long.MIN_VALUE;
    }

    /** Records that the last poll moved towards the heap, with those that {@link #nextNs} moved before it. */
    public int movesOfLastPoll() {
        return movesOfLastPoll;
    }

    private void place(int id, long deadlineNs) {
        long tick = deadlineNs >> Wheel.TICK_SHIFT;
        if (!isPositioned) {
            wheel.jump(tick - START_TICKS);
            isPositioned = true;
        }
        if (tick < wheel.position()) {
            near.push(id, deadlineNs, index.arrival(id));
        } else {
            wheel.add(id, tick);
        }
    }

    /** The sequence number, as far as it fits, is what makes a handle unique: it never comes twice with one id. */
    private long handle(int id, long sequence) {
        return (sequence << idBits | id) & Long.MAX_VALUE;
    }

    /** Whether the heap's first record may leave: it is due, and no part of its tick is still in the wheel. */
    private boolean isDue(long nowNs) {
        if (near.isEmpty()) {
            return false;
        }
        long deadlineNs = near.firstDeadlineNs();
        return deadlineNs <= nowNs && deadlineNs >> Wheel.TICK_SHIFT < wheel.position();
    }

    /** The record is freed before the handler runs, so that the handler finds room even in a full store. */
    private void handOverFirst(DueHandler handler) {
        long deadlineNs = near.firstDeadlineNs();
        int id = near.pop();
        int lengthBytes = records.take(id);
        pending--;
        handler.onDue(deadlineNs, records.taken(), 0, lengthBytes);
    }

    private static int checked(int capacity) {
        if (capacity < MIN_CAPACITY || capacity > MAX_CAPACITY) {
            throw new IllegalArgumentException("scheduler capacity must be 1024 to 4194304: capacity=" + capacity);
        }
        return capacity;
    }
}
