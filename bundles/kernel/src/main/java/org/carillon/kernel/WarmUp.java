package org.carillon.kernel;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.agrona.concurrent.MessageHandler;
import org.carillon.api.filter.CompiledFilter;
import org.carillon.api.filter.FilterTables;
import org.carillon.api.port.Kernel;
import org.carillon.api.ring.BorderRings;
import org.carillon.api.ring.LocalRing;
import org.carillon.api.ring.PendingQuota;
import org.carillon.api.schedule.Scheduler;
import org.carillon.protocol.Doorbell;
import org.carillon.protocol.Event;
import org.carillon.protocol.EventConsumer;
import org.carillon.protocol.EventProducer;
import org.carillon.protocol.EventType;
import org.carillon.protocol.RecordHandler;
import org.carillon.protocol.SessionMemory;
import org.carillon.protocol.StatusPage;

/**
 * Runs the way of an event some thousand times on a private agent before the server says ready, so that the first real
 * note does not pay for class loading and interpretation.
 */
final class WarmUp {
    private static final int TURNS = 32;
    private static final int BATCH = 32;
    private static final long STEP_NS = 100_000;

    private WarmUp() {}

    static void run() {
        MemorySegment page = Arena.ofAuto().allocate(StatusPage.LENGTH, 128);
        Doorbell bell = new Doorbell(Arena.ofAuto().allocate(Doorbell.WORD_LENGTH, 8), () -> {});
        StatusPage status = new StatusPage(page);
        status.clock().set(0, System.nanoTime(), 1);
        KernelAgent agent = new KernelAgent(status, bell);
        Patchbay patchbay = agent.patchbay();
        LocalRing in = new LocalRing(LocalRing.DEFAULT_CAPACITY, bell);
        LocalRing out = new LocalRing(LocalRing.DEFAULT_CAPACITY, bell);
        Client client = patchbay.attach("warm-up", Kernel.Role.SESSION, out);
        int source = patchbay.addSource(client, "from", in);
        patchbay.addDestination(client, "to", out, 0, false);
        patchbay.connections().connect("from", "to", transposing(), false);
        route(agent, in, out, source);
        agent.publish();
        patchbay.detach(client);
        border(agent);
    }

    /** The same, by the same connection, through rings of another process, whose both ends are here. */
    private static void border(KernelAgent agent) {
        long lengthBytes = SessionMemory.lengthBytes(SessionMemory.MIN_CAPACITY);
        MemorySegment toServer = Arena.ofAuto().allocate(lengthBytes, Event.ALIGNMENT);
        MemorySegment toClient = Arena.ofAuto().allocate(lengthBytes, Event.ALIGNMENT);
        Patchbay patchbay = agent.patchbay();
        Client client = patchbay.attach("warm-up", id -> new BorderRings(
                SessionMemory.create(toServer, toClient, id), () -> {}, new PendingQuota(1), (how, reason) -> {}));
        int source = patchbay.addSource(client, "from");
        patchbay.addDestination(client, "to", 0, false);
        SessionMemory memory = SessionMemory.open(toServer, toClient);
        EventProducer out = memory.clientProducer(new Doorbell(memory.kernelWord(), () -> {}));
        EventConsumer in = memory.clientConsumer();
        RecordHandler sink = (type, segment, offset, length) -> true;
        for (int turn = 0; turn < TURNS; turn++) {
            for (int i = 0; i < BATCH; i++) {
                boolean on = i < BATCH / 2;
                out.offer(on ? EventType.KEY_ON : EventType.KEY_OFF, 1, Event.word(source, 0, 3, 0),
                        Event.data(on ? 0x90 : 0x80, 40 + i % (BATCH / 2), 64));
            }
            agent.doWork();
            in.poll(sink, BATCH);
        }
        patchbay.detach(client);
    }

    /** Fills and empties a new scheduler, on whatever thread, before the kernel gets it. */
    static void run(Scheduler scheduler) {
        MemorySegment record = Arena.ofAuto().allocate(Event.SHORT_LENGTH, Event.ALIGNMENT);
        new Event().wrap(record, 0).header(Event.SHORT_LENGTH, EventType.CLOCK);
        Scheduler.DueHandler nobody = (deadlineNs, segment, offset, lengthBytes) -> {};
        long dateNs = 0;
        for (int turn = 0; turn < TURNS / 4; turn++) {
            for (int i = 0; i < BATCH; i++) {
                long handle = scheduler.schedule(dateNs + i * STEP_NS, record, 0, Event.SHORT_LENGTH);
                if (i % 4 == 0) {
                    scheduler.cancel(handle);
                }
            }
            dateNs += BATCH * STEP_NS;
            scheduler.poll(dateNs, nobody, BATCH);
        }
        scheduler.drain(nobody);
    }

    private static CompiledFilter transposing() {
        FilterTables tables = new FilterTables();
        tables.mapPitch(pitch -> pitch + 1);
        return tables.compile("transp 1");
    }

    private static void route(KernelAgent agent, LocalRing in, LocalRing out, int source) {
        long word = Event.word(source, 0, 3, 0);
        MessageHandler sink = (type, buffer, index, length) -> {};
        for (int turn = 0; turn < TURNS; turn++) {
            for (int i = 0; i < BATCH; i++) {
                boolean on = i < BATCH / 2;
                in.offer(on ? EventType.KEY_ON : EventType.KEY_OFF, 1, word,
                        Event.data(on ? 0x90 : 0x80, 40 + i % (BATCH / 2), 64));
            }
            in.flush();
            agent.doWork();
            while (out.poll(sink, BATCH) > 0) {
                Thread.onSpinWait();
            }
        }
    }
}
