package org.carillon.kernel;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayDeque;
import java.util.Arrays;
import org.agrona.concurrent.ManyToOneConcurrentArrayQueue;
import org.carillon.api.schedule.Scheduler;
import org.carillon.protocol.Doorbell;
import org.carillon.protocol.DropReason;
import org.carillon.protocol.Event;
import org.carillon.protocol.EventType;
import org.carillon.protocol.ServerClock;
import org.carillon.protocol.StatusCounter;
import org.carillon.protocol.StatusPage;

/**
 * The duty cycle: events whose date has come, then what the rings hold, then commands. Everything here belongs to the
 * thread that calls {@link #doWork}, except {@link #offer}.
 */
public final class KernelAgent implements Scheduler.DueHandler {
    private static final DropReason[] REASONS = DropReason.values();
    private static final int COMMAND_CAPACITY = 1024;
    private static final int COMMAND_LIMIT = 16;
    private static final int DUE_LIMIT = 256;
    private static final int RECORD_LIMIT = 64;
    private static final int ORPHAN_LIMIT = 256;
    private static final long TEND_NS = 1_000_000;
    private static final long TASK_GRID_NS = 1_000_000;
    private static final long PUBLISH_NS = 1_000_000;
    /** Odd and without pattern: multiples of it have no small difference (2 to the 64, by the golden ratio). */
    private static final long KEY_STEP = 0x9E3779B97F4A7C15L;

    /** Above the number of the client in the word of a task. */
    private static final int TICKET_SHIFT = 32;
    /** Above the number of the connection in the word of an owed note-off: the client whose note it ends. */
    private static final int OWNER_SHIFT = 32;
    private static final MemorySegment NO_PAYLOAD = Arena.ofAuto().allocate(Event.HEADER_LENGTH, Event.ALIGNMENT);

    /** A flyweight for whoever needs one for a moment. */
    final Event scratch = new Event();
    private final StatusPage page;
    private final ServerClock clock;
    private final Patchbay patchbay;
    private final HandOver handOver;
    private final ManyToOneConcurrentArrayQueue<Runnable> commands = new ManyToOneConcurrentArrayQueue<>(
            COMMAND_CAPACITY);
    private final ArrayDeque<PendingHandles> orphans = new ArrayDeque<>();
    private final long[] dropped = new long[REASONS.length];
    private final Event due = new Event();
    private final MemorySegment scratchRecord = Arena.ofAuto().allocate(Event.NOTE_LENGTH, Event.ALIGNMENT);
    private DestinationPort[] tended = new DestinationPort[16];
    private int tendedCount;
    private Scheduler scheduler;
    /** Every scheduler counts its handles from 0; this makes those of one unlike those of the one before. */
    private long handleKey;
    private long nowNs;
    private long nextDueNs = Scheduler.NEVER;
    private long publishedMonoNs;
    private long scheduled;
    private long released;
    private long cycles;
    private long busyNs;
    private long commandCount;
    private long tapDrops;
    private long panics;

    /**
     * @param page what this shows of itself; its clock is set by now.
     * @param bell wakes the thread that runs this.
     */
    public KernelAgent(StatusPage page, Doorbell bell) {
        this.page = page;
        clock = page.clock();
        nowNs = clock.nowNs();
        patchbay = new Patchbay(this, page, bell);
        handOver = new HandOver(this);
    }

    /** Ports and connections. */
    public Patchbay patchbay() {
        return patchbay;
    }

    /**
     * One turn.
     *
     * @return how much was done; 0 means that the thread may sleep until {@link #nextMonoNs}.
     */
    public int doWork() {
        long startMonoNs = System.nanoTime();
        nowNs = clock.serverNs(startMonoNs);
        int work = 0;
        if (scheduler != null) {
            work += scheduler.poll(nowNs, this, DUE_LIMIT);
            nextDueNs = scheduler.nextNs();
        }
        for (Inlet inlet : patchbay.inlets()) {
            work += inlet.poll(RECORD_LIMIT);
        }
        work += runCommands() + cancelOrphans();
        if (tendedCount > 0) {
            tendDestinations();
        }
        handOver.giveUpIfLate(nowNs);
        if (work > 0) {
            patchbay.flush();
            finishTurn(startMonoNs);
        }
        return work;
    }

    private void finishTurn(long startMonoNs) {
        long endMonoNs = System.nanoTime();
        cycles++;
        busyNs += endMonoNs - startMonoNs;
        if (endMonoNs - publishedMonoNs >= PUBLISH_NS) {
            publishedMonoNs = endMonoNs;
            publish();
        }
    }

    private int runCommands() {
        int count = 0;
        Runnable command;
        while (count < COMMAND_LIMIT && (command = commands.poll()) != null) {
            command.run();
            count++;
        }
        commandCount += count;
        return count;
    }

    /**
     * Hands a command to the thread that runs this; false when too many wait. Any thread, which then rings the bell.
     *
     */
    boolean offer(Runnable command) {
        return commands.offer(command);
    }

    /** Whether {@link #doWork} would find something at once: the look after arming the bell. */
    boolean hasWork() {
        if (!commands.isEmpty() || !orphans.isEmpty() || nextDueNs <= clock.nowNs()) {
            return true;
        }
        for (Inlet inlet : patchbay.inlets()) {
            if (inlet.hasWork()) {
                return true;
            }
        }
        return false;
    }

    /** When there is something to do if nothing comes: time of {@link System#nanoTime()}. */
    long nextMonoNs() {
        long monoNs = nextDueNs == Scheduler.NEVER ? Long.MAX_VALUE : clock.monoNs(nextDueNs);
        boolean looksAgain = tendedCount > 0 || handOver.isWaiting() || patchbay.hasPausedInlet();
        return looksAgain ? Math.min(monoNs, System.nanoTime() + TEND_NS) : monoNs;
    }

    /** Server time at the start of this turn. */
    long nowNs() {
        return nowNs;
    }

    /**
     * Events up to this date are routed at once: now, but never past something that is pending with an earlier date.
     *
     */
    long routeUntilNs() {
        return Math.min(nowNs, Math.min(nextDueNs, handOver.firstNs()) - 1);
    }

    void route(SourcePort source, int type, long timeNs, long word, MemorySegment segment, long offset,
            int lengthBytes) {
        if (type == EventType.SYSEX) {
            if (!source.routeSysex(timeNs, word, segment, offset, lengthBytes)) {
                drop(DropReason.SYSEX_TOO_LONG);
            }
        } else if (lengthBytes == Event.SHORT_LENGTH) {
            source.route(type, timeNs, word, scratch.wrap(segment, offset).data());
        } else {
            source.routeRecord(type, timeNs, word, segment, offset, lengthBytes);
        }
    }

    /**
     * Schedules a record of a client, or of nobody in particular.
     *
     * @return a handle, or {@link Scheduler#FULL}: then it is dropped and counted.
     */
    long schedule(Client owner, long dateNs, MemorySegment segment, long offset, int lengthBytes) {
        if (owner == null) {
            return schedule(dateNs, segment, offset, lengthBytes);
        }
        if (!owner.mayWait()) {
            return refuse(DropReason.QUOTA);
        }
        long handle = schedule(dateNs, segment, offset, lengthBytes);
        if (handle >= 0) {
            owner.waits(handle);
        }
        return handle;
    }

    /** Whether what was scheduled under a handle still waits. */
    boolean isPending(long handle) {
        return scheduler != null && scheduler.isPending(handle ^ handleKey);
    }

    /** What a session has left behind is taken out, a part in each turn. */
    void orphaned(PendingHandles handles) {
        if (!handles.isEmpty()) {
            orphans.add(handles);
        }
    }

    private int cancelOrphans() {
        PendingHandles handles = orphans.peek();
        if (handles == null) {
            return 0;
        }
        dropped[DropReason.SENDER_GONE.ordinal()] += handles.cancel(ORPHAN_LIMIT);
        if (handles.isEmpty()) {
            orphans.remove();
        }
        return 1;
    }

    private long schedule(long dateNs, MemorySegment segment, long offset, int lengthBytes) {
        if (scheduler == null) {
            return handOver.take(dateNs, segment, offset, lengthBytes) ? 0 : refuse(DropReason.NO_SCHEDULER);
        }
        long handle = scheduler.schedule(dateNs, segment, offset, lengthBytes);
        if (handle < 0) {
            return refuse(DropReason.SCHEDULER_FULL);
        }
        scheduled++;
        nextDueNs = Math.min(nextDueNs, dateNs);
        return handle ^ handleKey;
    }

    /** Schedules a task of a session: one of the present or the past comes with the next whole millisecond. */
    long scheduleTask(Client client, long dateNs, MemorySegment segment, long offset, int lengthBytes) {
        return scheduleTask(client, dateNs, segment, offset, lengthBytes, 0);
    }

    /** @param ticket comes back when the task is due: {@link Client#forgetTask}. */
    long scheduleTask(Client client, long dateNs, MemorySegment segment, long offset, int lengthBytes, int ticket) {
        scratch.wrap(segment, offset).word(client.id | (long) ticket << TICKET_SHIFT);
        long dueNs = dateNs > nowNs ? dateNs : (Math.floorDiv(nowNs, TASK_GRID_NS) + 1) * TASK_GRID_NS;
        return schedule(client, dueNs, segment, offset, lengthBytes);
    }

    /** @param owner of the source that the note came from, or null. */
    long scheduleOwedNoteOff(Client owner, long dateNs, int connectionId, long data) {
        scratch.wrap(scratchRecord, 0).header(Event.SHORT_LENGTH, EventType.OWED_NOTE_OFF).timeNs(dateNs)
                .word(connectionId | (owner == null ? 0L : (long) owner.id << OWNER_SHIFT)).data(data);
        long handle = schedule(owner, dateNs, scratchRecord, 0, Event.SHORT_LENGTH);
        if (handle >= 0 && owner != null && owner.pendingHandles != null) {
            owner.pendingHandles.lastIsOwed();
        }
        return handle;
    }

    /** Takes an owed note-off back whose note found no room. */
    void cancelOwedNoteOff(Client owner, long handle) {
        if (cancel(handle)) {
            waitsNoMore(owner);
        }
    }

    boolean cancel(long handle) {
        return scheduler != null && scheduler.cancel(handle ^ handleKey);
    }

    /** A record to copy no data from. */
    static MemorySegment noPayload() {
        return NO_PAYLOAD;
    }

    /** A copy of a whole note with other data. */
    MemorySegment changedNote(long durationNs, long data) {
        scratch.wrap(scratchRecord, 0).data(data).durationNs(durationNs);
        return scratchRecord;
    }

    @Override
    public void onDue(long deadlineNs, MemorySegment segment, long offset, int lengthBytes) {
        Event event = due.wrap(segment, offset);
        int type = event.type();
        long word = event.word();
        if (type == EventType.OWED_NOTE_OFF) {
            waitsNoMore(patchbay.client((int) (word >>> OWNER_SHIFT)));
            Connection connection = patchbay.connection(Event.sourceId(word));
            if (connection != null) {
                connection.owedNoteOff(event.timeNs(), event.data());
            }
        } else if (EventType.isTask(type)) {
            deliverTask(type, event.timeNs(), word, segment, offset, lengthBytes);
        } else {
            SourcePort source = patchbay.source(Event.sourceId(word));
            if (source == null) {
                drop(DropReason.SENDER_GONE);
            } else {
                waitsNoMore(source);
                route(source, type, event.timeNs(), word, segment, offset, lengthBytes);
            }
        }
    }

    /** What waited and will not come: it is lost, and something else may wait in its place. */
    void giveUp(MemorySegment record, DropReason why) {
        Event event = due.wrap(record, 0);
        long word = event.word();
        if (event.type() == EventType.OWED_NOTE_OFF) {
            waitsNoMore(patchbay.client((int) (word >>> OWNER_SHIFT)));
        } else if (EventType.isTask(event.type())) {
            waitsNoMore(patchbay.client(Event.sourceId(word)));
        } else {
            waitsNoMore(patchbay.source(Event.sourceId(word)));
        }
        drop(why);
    }

    private static void waitsNoMore(Client client) {
        if (client != null) {
            client.waitsNoMore();
        }
    }

    private static void waitsNoMore(SourcePort source) {
        if (source != null) {
            source.waiting--;
            source.owner.waitsNoMore();
        }
    }

    private void deliverTask(int type, long timeNs, long word, MemorySegment segment, long offset, int lengthBytes) {
        Client client = patchbay.client(Event.sourceId(word));
        if (client == null || client.received == null) {
            drop(DropReason.SENDER_GONE);
            return;
        }
        client.waitsNoMore();
        client.forgetTask((int) (word >>> TICKET_SHIFT));
        if (!client.received.offer(segment, offset, lengthBytes, type, timeNs, Event.word(client.id, 0, 0, 0))) {
            drop(DropReason.DESTINATION_FULL);
        }
    }

    /** A scheduler is there: it gets what was held for it. */
    public void schedulerCame(Scheduler came) {
        if (scheduler != null) {
            schedulerGone();
        }
        scheduler = came;
        handleKey = handleKey + KEY_STEP & Long.MAX_VALUE;
        handOver.giveTo(came);
        nextDueNs = came.nextNs();
    }

    /** The scheduler goes: what is pending is held a while for the next one. */
    public void schedulerGone() {
        if (scheduler != null) {
            handOver.takeFrom(scheduler, nowNs);
            scheduler = null;
            nextDueNs = Scheduler.NEVER;
        }
    }

    boolean hasScheduler() {
        return scheduler != null;
    }

    int pending() {
        return scheduler == null ? 0 : scheduler.pending();
    }

    void drop(DropReason reason) {
        dropped[reason.ordinal()]++;
    }

    void tapDropped() {
        tapDrops++;
    }

    void panicked() {
        panics++;
    }

    private long refuse(DropReason reason) {
        drop(reason);
        return Scheduler.FULL;
    }

    void released(int count) {
        released += count;
    }

    /** An inlet is read no more: counts what could not be sent through it. */
    void endOf(Inlet inlet) {
        inlet.addRefused(dropped);
        inlet.end();
    }

    /** Puts a destination on the list of those that are looked after. */
    void tend(DestinationPort destination) {
        if (tendedCount == tended.length) {
            tended = Arrays.copyOf(tended, 2 * tendedCount);
        }
        tended[tendedCount++] = destination;
    }

    /** A destination goes: nobody is left to be looked after. */
    void forget(DestinationPort destination) {
        for (int i = tendedCount - 1; i >= 0; i--) {
            if (tended[i] == destination) {
                tended[i] = tended[--tendedCount];
                tended[tendedCount] = null;
            }
        }
    }

    private void tendDestinations() {
        for (int i = tendedCount - 1; i >= 0; i--) {
            DestinationPort destination = tended[i];
            if (!destination.stillTended()) {
                destination.listed = false;
                tended[i] = tended[--tendedCount];
                tended[tendedCount] = null;
            }
            destination.outlet.flush();
        }
    }

    /** Writes all counters to the status page. */
    void publish() {
        for (Inlet inlet : patchbay.inlets()) {
            inlet.addRefused(dropped);
        }
        for (DropReason reason : REASONS) {
            page.dropped(reason, dropped[reason.ordinal()]);
        }
        patchbay.publish();
        page.counter(StatusCounter.EVENTS_SCHEDULED, scheduled);
        page.counter(StatusCounter.RELEASED, released);
        page.counter(StatusCounter.DUTY_CYCLES, cycles);
        page.counter(StatusCounter.BUSY_NS, busyNs);
        page.counter(StatusCounter.COMMANDS, commandCount);
        page.counter(StatusCounter.TAP_DROPS, tapDrops);
        page.counter(StatusCounter.PANICS, panics);
    }
}
