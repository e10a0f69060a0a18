package org.carillon.launcher.demo;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The keys that are down after messages. */
final class Sounding {
    private final Set<Integer> keys = new HashSet<>();
    private int ended;

    Sounding after(List<Arrival> arrivals) {
        arrivals.forEach(arrival -> hear(arrival.message()));
        return this;
    }

    private void hear(byte[] message) {
        int kind = message[0] & 0xF0;
        if (kind == ScoreMessages.NOTE_ON && message[2] != 0) {
            keys.add(key(message));
        } else if ((kind == ScoreMessages.NOTE_OFF || kind == ScoreMessages.NOTE_ON) && keys.remove(key(message))) {
            ended++;
        }
    }

    private static int key(byte[] message) {
        return (message[0] & 0xF) << Byte.SIZE | message[1];
    }

    /** Notes that sound still. */
    int notes() {
        return keys.size();
    }

    /** Notes that sounded and have ended. */
    int ended() {
        return ended;
    }
}
