package org.carillon.kernel;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import org.carillon.api.schedule.Scheduler;
import org.carillon.protocol.DropReason;
import org.carillon.protocol.Event;
import org.carillon.protocol.EventType;

/**
 * Holds what is pending between two schedulers, in order, for at most {@link #LIMIT_NS}; then it is dropped and
 * counted, and notes that wait for their note-off are ended. This is the one place of the time thread that allocates: a
 * scheduler is replaced by people, not by events.
 */
final class HandOver implements Scheduler.DueHandler {
    /** How long the kernel waits for another scheduler. */
    static final long LIMIT_NS = 1_000_000_000L;
    private static final int CAPACITY = 1 << 20;

    private record Held(long dateNs, MemorySegment record, int lengthBytes) {}

    private final KernelAgent agent;
    private final List<Held> held = new ArrayList<>();
    private boolean waiting;
    private long untilNs;
    private long firstNs = Scheduler.NEVER;

    HandOver(KernelAgent agent) {
        this.agent = agent;
    }

    boolean isWaiting() {
        return waiting;
    }

    /** The earliest date that is held: nothing of that date or later may overtake it. */
    long firstNs() {
        return firstNs;
    }

    void takeFrom(Scheduler scheduler, long nowNs) {
        waiting = true;
        untilNs = nowNs + LIMIT_NS;
        scheduler.drain(this);
    }

    /** Takes a record that comes while no scheduler is there. */
    boolean take(long dateNs, MemorySegment segment, long offset, int lengthBytes) {
        if (!waiting || held.size() >= CAPACITY) {
            return false;
        }
        onDue(dateNs, segment, offset, lengthBytes);
        return true;
    }

    @Override
    public void onDue(long deadlineNs, MemorySegment segment, long offset, int lengthBytes) {
        MemorySegment copy = MemorySegment.ofArray(new long[Event.aligned(lengthBytes) / Long.BYTES]);
        MemorySegment.copy(segment, offset, copy, 0, lengthBytes);
        firstNs = Math.min(firstNs, deadlineNs);
        held.add(new Held(deadlineNs, copy, lengthBytes));
    }

    void giveTo(Scheduler scheduler) {
        for (Held record : held) {
            if (scheduler.schedule(record.dateNs, record.record, 0, record.lengthBytes) < 0) {
                agent.giveUp(record.record, DropReason.SCHEDULER_FULL);
            }
        }
        end();
    }

    void giveUpIfLate(long nowNs) {
        if (waiting && nowNs - untilNs >= 0) {
            for (Held record : held) {
                if (agent.scratch.wrap(record.record, 0).type() == EventType.OWED_NOTE_OFF) {
                    agent.onDue(record.dateNs, record.record, 0, record.lengthBytes);
                } else {
                    agent.giveUp(record.record, DropReason.NO_SCHEDULER);
                }
            }
            end();
        }
    }

    private void end() {
        held.clear();
        firstNs = Scheduler.NEVER;
        waiting = false;
    }
}
