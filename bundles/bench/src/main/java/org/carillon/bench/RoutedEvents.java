package org.carillon.bench;

import java.lang.foreign.Arena;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.MessageHandler;
import org.carillon.api.filter.CompiledFilter;
import org.carillon.api.filter.FilterException;
import org.carillon.api.port.Kernel;
import org.carillon.api.ring.LocalRing;
import org.carillon.filter.FilterWords;
import org.carillon.kernel.Client;
import org.carillon.kernel.KernelAgent;
import org.carillon.protocol.Doorbell;
import org.carillon.protocol.Event;
import org.carillon.protocol.EventType;
import org.carillon.protocol.StatusPage;
import org.carillon.scheduler.TimeScheduler;

/** The shipped agent with one source and some filtered destinations, turned by the thread that feeds and empties it. */
final class RoutedEvents implements MessageHandler {
    /** Events put in before each turn. */
    static final int BATCH = 64;
    private static final int PITCHES = 16;
    private static final int LOWEST_PITCH = 40;
    private static final int DATA_INDEX = Event.DATA_OFFSET - Event.RING_HEADER_LENGTH;

    private final KernelAgent agent;
    private final LocalRing in;
    private final LocalRing[] out;
    private final long word;
    private final int batch;
    /** Keeps the reading of the records alive. */
    private long checksum;

    RoutedEvents(int destinations, String words, int batch) {
        this.batch = batch;
        StatusPage page = new StatusPage(Arena.ofAuto().allocate(StatusPage.LENGTH, Doorbell.WORD_LENGTH * 1024));
        page.clock().set(0, System.nanoTime(), 1);
        Doorbell bell = new Doorbell(Arena.ofAuto().allocate(Doorbell.WORD_LENGTH, Event.ALIGNMENT), () -> {});
        agent = new KernelAgent(page, bell);
        agent.schedulerCame(new TimeScheduler(TimeScheduler.MIN_CAPACITY));
        in = new LocalRing(LocalRing.DEFAULT_CAPACITY, bell);
        out = new LocalRing[destinations];
        Client client = agent.patchbay().attach("bench", Kernel.Role.SESSION, null);
        word = Event.word(agent.patchbay().addSource(client, "from", in), 0, 3, 0);
        for (int i = 0; i < destinations; i++) {
            out[i] = new LocalRing(LocalRing.DEFAULT_CAPACITY, bell);
            agent.patchbay().addDestination(client, "to " + i, out[i], 0, false);
            agent.patchbay().connections().connect("from", "to " + i, compiled(words), false);
        }
    }

    private static CompiledFilter compiled(String words) {
        try {
            return new FilterWords().compile(words);
        } catch (FilterException e) {
            throw new IllegalArgumentException(e);
        }
    }

    /** Routes events, half of them note-ons, half note-offs; nanoseconds for one, to all its destinations. */
    double run(int events) {
        int batches = (events + batch - 1) / batch;
        long received = 0;
        long startNs = System.nanoTime();
        for (int i = 0; i < batches; i++) {
            offer(i);
            agent.doWork();
            for (LocalRing ring : out) {
                for (int count = ring.poll(this, batch); count > 0; count = ring.poll(this, batch)) {
                    received += count;
                }
            }
        }
        long elapsedNs = System.nanoTime() - startNs;
        long expected = (long) batches * batch * out.length;
        if (received != expected) {
            throw new IllegalStateException("events lost: expected=" + expected + ", received=" + received);
        }
        return elapsedNs / (double) (batches * batch);
    }

    private void offer(int batchNumber) {
        int first = batchNumber * batch;
        for (int i = first; i < first + batch; i++) {
            boolean on = (i & 1) == 0;
            int pitch = LOWEST_PITCH + (i >>> 1) % PITCHES;
            in.offer(on ? EventType.KEY_ON : EventType.KEY_OFF, 1, word, Event.data(on ? 0x90 : 0x80, pitch, 64));
        }
        in.flush();
    }

    @Override
    public void onMessage(int type, MutableDirectBuffer buffer, int index, int length) {
        checksum += buffer.getLong(index + DATA_INDEX);
    }
}
