package org.carillon.sequencer;

import java.util.ArrayDeque;
import org.carillon.api.session.Source;

/** What has to go before the music goes on: releases and settings, which are few but come at once. */
final class Outbox {
    /** @param longMessage null for a short one. */
    private record Letter(Source source, long deadlineNs, int message, byte[] longMessage) {}

    private final ArrayDeque<Letter> letters = new ArrayDeque<>();
    private final Sender sender;

    Outbox(Sender sender) {
        this.sender = sender;
    }

    void add(Source source, long deadlineNs, int message) {
        letters.add(new Letter(source, deadlineNs, message, null));
    }

    void add(Source source, long deadlineNs, byte[] longMessage) {
        letters.add(new Letter(source, deadlineNs, 0, longMessage));
    }

    boolean isEmpty() {
        return letters.isEmpty();
    }

    /** Sends what it can; returns when to go on, or {@link Sender#GONE} when all has gone. */
    long send(long nowNs) {
        while (!letters.isEmpty()) {
            Letter letter = letters.peek();
            long againNs = letter.longMessage == null
                    ? sender.sendShort(letter.source, letter.deadlineNs, letter.message, nowNs)
                    : sender.sendLong(letter.source, letter.deadlineNs, letter.longMessage, nowNs);
            if (againNs != Sender.GONE) {
                return againNs;
            }
            letters.remove();
        }
        return Sender.GONE;
    }
}
