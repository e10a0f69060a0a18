package org.carillon.bench;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.carillon.api.schedule.Scheduler;
import org.carillon.protocol.Event;

/** A scheduler that keeps its number of records: each one that leaves puts the next one in. */
final class HoldModel {
    private static final int CANCEL_BATCH = 1_000;

    private final Scheduler scheduler;
    private final long[] distances;
    private final Scheduler.DueHandler handler = this::onDue;
    private final MemorySegment record = Arena.ofAuto().allocate(Event.SHORT_LENGTH, Event.ALIGNMENT);
    private final long[] handles;
    private final long[] chosen = new long[CANCEL_BATCH];
    private final Event event = new Event();
    private int cursor;
    /** Keeps the reading of the records alive. */
    private long checksum;
    private long nowNs;
    private long lastDeadlineNs;

    /** Starts with the records pending. */
    HoldModel(Scheduler scheduler, long[] distances, int pending) {
        this.scheduler = scheduler;
        this.distances = distances;
        handles = new long[pending];
        new Event().wrap(record, 0).header(Event.SHORT_LENGTH, 1).word(1).data(Event.data(0x90, 0x3C, 0x7F));
        scheduler.poll(nowNs, handler, 1);
        for (int i = 0; i < pending; i++) {
            handles[i] = insert();
        }
    }

    /** Lets so many records leave and others in, each at its time; nanoseconds for one. */
    double run(int operations) {
        long startNs = System.nanoTime();
        int left = operations;
        while (left > 0) {
            nowNs = scheduler.nextNs();
            left -= scheduler.poll(nowNs, handler, 1);
        }
        return (System.nanoTime() - startNs) / (double) operations;
    }

    /** Lets time pass by a step and polls until nothing is due. */
    void step(long stepNs, int limit, PollRecorder recorder) {
        nowNs += stepNs;
        do {
            long startNs = System.nanoTime();
            int count = scheduler.poll(nowNs, handler, limit);
            recorder.onPoll(System.nanoTime() - startNs, count);
        } while (scheduler.nextNs() <= nowNs);
    }

    /** Takes records out by their handles and puts others in; nanoseconds to take one out. Only before any left. */
    double cancel(int[] order) {
        int batch = chosen.length;
        long sumNs = 0;
        for (int from = 0; from + batch <= order.length; from += batch) {
            for (int i = 0; i < batch; i++) {
                chosen[i] = handles[order[from + i]];
            }
            long startNs = System.nanoTime();
            int cancelled = 0;
            for (long handle : chosen) {
                cancelled += scheduler.cancel(handle) ? 1 : 0;
            }
            sumNs += System.nanoTime() - startNs;
            if (cancelled != batch) {
                throw new IllegalStateException("records were not pending: missing=" + (batch - cancelled));
            }
            for (int i = 0; i < batch; i++) {
                handles[order[from + i]] = insert();
            }
        }
        return sumNs / (double) (order.length / batch * batch);
    }

    /** What looks at each poll. */
    interface PollRecorder {
        /** A poll has ended that handed so many records over. */
        void onPoll(long elapsedNs, int count);
    }

    private void onDue(long deadlineNs, MemorySegment segment, long offset, int lengthBytes) {
        event.wrap(segment, offset);
        checksum += event.timeNs() + event.word() + event.data() + event.type();
        insert();
    }

    private long insert() {
        long distanceNs = distances[cursor++ & Distances.MASK];
        long deadlineNs = distanceNs == Distances.TIE ? Math.max(lastDeadlineNs, nowNs) : nowNs + distanceNs;
        lastDeadlineNs = deadlineNs;
        return scheduler.schedule(deadlineNs, record, 0, Event.SHORT_LENGTH);
    }
}
