package org.carillon.bench.kill;

import java.util.Arrays;
import org.carillon.client.ClientSession;
import org.carillon.protocol.Change;
import org.carillon.protocol.Event;
import org.carillon.protocol.EventType;

/** Hears the notes that victims hold, and that victims are gone. One thread. */
final class Ear {
    private static final int KEY_BITS = 7;

    private final Ledger ledger;
    private final int number;
    private final long[] holders = new long[Ledger.PAIRS];

    Ear(ClientSession session, Ledger ledger, int number) {
        this.ledger = ledger;
        this.number = number;
        Arrays.fill(holders, -1);
        session.destination("in");
        session.watch(Change.SESSIONS);
    }

    void take(Event event) {
        switch (event.type()) {
            case EventType.CHANGE -> {
                if (Change.of(event.data()) == Change.SESSION_GONE) {
                    ledger.gone(number, Change.id(event.data()), System.nanoTime());
                }
            }
            case EventType.KEY_ON, EventType.KEY_OFF -> takeNote(event);
            default -> { // nothing else is sent here
            }
        }
    }

    private void takeNote(Event event) {
        int key = event.channel() << KEY_BITS | event.data(1);
        int pair = key / 2;
        if (event.type() == EventType.KEY_ON) {
            holders[pair] = holding(pair, holders[pair]);
            ledger.noteOn(holders[pair], key % 2);
        } else if (holders[pair] >= 0) {
            ledger.noteOff(holders[pair], key % 2, System.nanoTime());
        }
    }

    /** The last of those with this pair of notes that was born. */
    private long holding(int pair, long before) {
        long holder = before < 0 ? Ledger.firstWith(pair) : before;
        for (long next = holder; next < ledger.victims()
                && ledger.phase(next) != Ledger.Phase.UNBORN; next = Ledger.nextAfter(next)) {
            holder = next;
        }
        return holder;
    }
}
