package org.carillon.bench.replug;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.carillon.api.session.Session;
import org.carillon.protocol.Event;
import org.carillon.protocol.EventType;

/** The book of what listeners got: which notes sound for them, how their system exclusive messages ended. */
final class Ledger {
    private static final int POLL_LIMIT = 64;
    private static final long NAP_NS = TimeUnit.MILLISECONDS.toNanos(50);

    /** What one destination got. */
    private static final class Page {
        final Map<Integer, Integer> sounding = new HashMap<>();
        final Map<Integer, Integer> begun = new HashMap<>();
        int ended;
        boolean isInSysex;
        int sysexBytes;
        int whole;
        int cut;
    }

    private final Session session;
    private final Map<Integer, Page> pages = new HashMap<>();
    private final Thread thread = new Thread(this::listen, "replug-listener");
    private volatile boolean closed;

    Ledger(Session session) {
        this.session = session;
    }

    /** Opens a page for a destination of the session; before {@link #start} only. */
    int listenAt(String port) {
        int index = session.destination(port).index();
        pages.put(index, new Page());
        return index;
    }

    void start() {
        thread.start();
    }

    private void listen() {
        while (!closed) {
            session.await(System.nanoTime() + NAP_NS);
            int count;
            do {
                synchronized (this) {
                    count = session.poll(this::onEvent, POLL_LIMIT);
                }
            } while (count > 0);
        }
    }

    private void onEvent(Event event) {
        Page page = pages.get(event.destinationIndex());
        if (event.type() == EventType.SYSEX) {
            onSysex(page, event);
        } else if (event.type() == EventType.KEY_ON && event.data(2) > 0) {
            page.sounding.merge(event.data(1), 1, Integer::sum);
            page.begun.merge(event.data(1), 1, Integer::sum);
        } else if (event.type() == EventType.KEY_OFF || event.type() == EventType.KEY_ON) {
            page.ended++;
            page.sounding.computeIfPresent(event.data(1), (pitch, n) -> n == 1 ? null : n - 1);
        }
    }

    private static void onSysex(Page page, Event event) {
        int flags = event.flags();
        if ((flags & Event.BEGIN) != 0) {
            page.isInSysex = true;
            page.sysexBytes = 0;
        }
        page.sysexBytes += event.payloadLength();
        if ((flags & Event.END) != 0) {
            page.isInSysex = false;
            page.whole += (flags & Event.INCOMPLETE) == 0 ? 1 : 0;
            page.cut += (flags & Event.INCOMPLETE) == 0 ? 0 : 1;
        }
    }

    /** Notes that sound now at all destinations. */
    synchronized int sounding() {
        return pages.values().stream().flatMap(page -> page.sounding.values().stream()).mapToInt(n -> n).sum();
    }

    synchronized int sounding(int destination) {
        return pages.get(destination).sounding.values().stream().mapToInt(n -> n).sum();
    }

    /** How many notes of a pitch a destination ever got. */
    synchronized int begun(int destination, int pitch) {
        return pages.get(destination).begun.getOrDefault(pitch, 0);
    }

    synchronized int ended(int destination) {
        return pages.get(destination).ended;
    }

    /** System exclusive messages that have begun and not ended. */
    synchronized int openSysex() {
        return (int) pages.values().stream().filter(page -> page.isInSysex).count();
    }

    /** Bytes so far of the message that comes now; 0 where none comes. */
    synchronized int sysexBytes(int destination) {
        Page page = pages.get(destination);
        return page.isInSysex ? page.sysexBytes : 0;
    }

    synchronized int lastSysexBytes(int destination) {
        return pages.get(destination).sysexBytes;
    }

    synchronized int wholeSysex(int destination) {
        return pages.get(destination).whole;
    }

    /** System exclusive messages that came to an end, whole or cut. */
    synchronized int endedSysex(int destination) {
        return pages.get(destination).whole + pages.get(destination).cut;
    }

    synchronized int cutSysex(int destination) {
        return pages.get(destination).cut;
    }

    @Override
    public synchronized String toString() {
        StringBuilder text = new StringBuilder();
        pages.forEach((index, page) -> text.append("\n  listener ").append(index).append(": sounding=")
                .append(page.sounding).append(", begun=").append(page.begun).append(", ended=").append(page.ended)
                .append(", sysex whole=").append(page.whole).append(" cut=").append(page.cut).append(" open=")
                .append(page.isInSysex).append(" bytes=").append(page.sysexBytes));
        return text.toString();
    }

    /** Listens no more. */
    void end() throws InterruptedException {
        closed = true;
        session.wake();
        thread.join();
    }
}
