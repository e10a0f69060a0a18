package org.carillon.sampler.voice;

/** Messages for frames of the coming block, in their order. Audio thread. */
final class Agenda {
    private final int[] frames;
    private final int[] messages;
    private int count;
    private int next;

    Agenda(int capacity) {
        frames = new int[capacity];
        messages = new int[capacity];
    }

    /** Behind all others of the same frame. False when full. */
    boolean add(int frame, int message) {
        if (count == frames.length) {
            return false;
        }
        int place = count++;
        while (place > next && frames[place - 1] > frame) {
            frames[place] = frames[place - 1];
            messages[place] = messages[place - 1];
            place--;
        }
        frames[place] = frame;
        messages[place] = message;
        return true;
    }

    /** Frame of the next message, or a number above all. */
    int nextFrame() {
        return next < count ? frames[next] : Integer.MAX_VALUE;
    }

    int take() {
        return messages[next++];
    }

    /** Ends a block: what is left belongs to later ones. */
    void endBlock(int blockFrames) {
        int left = count - next;
        for (int i = 0; i < left; i++) {
            frames[i] = frames[next + i] - blockFrames;
            messages[i] = messages[next + i];
        }
        count = left;
        next = 0;
    }
}
