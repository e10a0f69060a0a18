package org.carillon.bench.kill;

import java.util.Arrays;
import org.carillon.protocol.Event;
import org.carillon.protocol.EventType;

/** Takes what one {@link Numbered.Sender} sent, and counts what is wrong. One thread; any may look at the counts. */
final class NumberedReceiver {
    private static final int SHORT_MASK = 0x3FFF;
    private static final long SENDER = 0;

    private final byte[] message = new byte[Numbered.MAX_SYSEX + Event.MAX_LENGTH];
    private int length;
    private long inMessage;
    private volatile long last = Numbered.first(SENDER) - 1;
    private volatile long events;
    private volatile long lost;
    private volatile long torn;
    private volatile long doubled;

    /** Number of the last one that came. */
    long last() {
        return last;
    }

    long events() {
        return events;
    }

    long lost() {
        return lost;
    }

    long torn() {
        return torn;
    }

    long doubled() {
        return doubled;
    }

    void take(Event event) {
        long number = Numbered.number(event.timeNs());
        if (event.type() == EventType.SYSEX) {
            takePiece(event, number);
            return;
        }
        boolean isRight = event.type() == EventType.KEY_PRESS && event.status() == Numbered.KEY_PRESSURE
                && (event.data(1) | event.data(2) << 7) == (Numbered.hash(number) & SHORT_MASK);
        takeWhole(number, isRight);
    }

    private void takePiece(Event event, long number) {
        int flags = event.flags();
        int bytes = event.payloadLength();
        if ((flags & Event.BEGIN) != 0) {
            torn += inMessage == 0 ? 0 : 1;
            inMessage = number;
            length = 0;
        } else if (inMessage != number) {
            torn++;
        }
        boolean hasRoom = length + bytes <= message.length;
        if (hasRoom) {
            event.payload(message, length, bytes);
            length += bytes;
        }
        if ((flags & Event.END) != 0) {
            takeWhole(number, hasRoom && inMessage == number && (flags & Event.INCOMPLETE) == 0
                    && length > Numbered.HEAD && length <= Numbered.MAX_SYSEX
                    && Arrays.equals(message, 0, length, Numbered.message(length, number), 0, length));
            inMessage = 0;
        }
    }

    private void takeWhole(long number, boolean isRight) {
        events++;
        if (!isRight) {
            torn++;
            return;
        }
        long due = last + 1;
        doubled += number < due ? 1 : 0;
        lost += Math.max(0, number - due);
        last = Math.max(last, number);
    }
}
