package org.carillon.sampler.graph;

import java.util.Arrays;

/**
 * The messages of a whole song, for playing off line. One thread at a time: first it is filled, then it is played once.
 */
public final class MessageList implements MessageFeed {
    private static final int FIRST_CAPACITY = 1_024;
    private static final int STATUS_SHIFT = 16;
    private static final int DATA1_SHIFT = 8;
    private static final int MIN_STATUS = 0x80;
    private static final int MAX_STATUS = 0xFF;
    private static final int MAX_DATA = 0x7F;

    private long[] timesNs = new long[FIRST_CAPACITY];
    private int[] messages = new int[FIRST_CAPACITY];
    private int size;
    private int next;

    /**
     * Appends a message of up to three bytes.
     *
     * @param timeNs from the start of the song, not before the message that was appended last.
     * @param status 128 to 255.
     * @param data1  0 to 127; 0 where the message has none, and so data2.
     */
    public MessageList add(long timeNs, int status, int data1, int data2) {
        if (timeNs < endNs()) {
            throw new IllegalArgumentException("messages must come in the order of their time: timeNs=" + timeNs
                    + ", beforeNs=" + endNs());
        }
        if (status < MIN_STATUS || status > MAX_STATUS || (data1 | data2) < 0 || (data1 | data2) > MAX_DATA) {
            throw new IllegalArgumentException("message must have a status of 128 to 255 and data of 0 to 127: status="
                    + status + ", data1=" + data1 + ", data2=" + data2);
        }
        if (size == messages.length) {
            timesNs = Arrays.copyOf(timesNs, 2 * size);
            messages = Arrays.copyOf(messages, 2 * size);
        }
        timesNs[size] = timeNs;
        messages[size++] = status << STATUS_SHIFT | data1 << DATA1_SHIFT | data2;
        return this;
    }

    /** How many messages there are in all. */
    public int size() {
        return size;
    }

    /** How many have been played. */
    public int played() {
        return next;
    }

    /** Time of the last message, 0 where there is none. */
    public long endNs() {
        return size == 0 ? 0 : timesNs[size - 1];
    }

    @Override
    public void offerTo(Taker taker) {
        while (next < size) {
            int message = messages[next];
            if (!taker.take(timesNs[next], message >>> STATUS_SHIFT, message >>> DATA1_SHIFT & MAX_DATA,
                    message & MAX_DATA)) {
                return;
            }
            next++;
        }
    }

    @Override
    public boolean isEmpty() {
        return next == size;
    }
}
