package org.carillon.kernel;

import org.carillon.protocol.Event;
import org.carillon.protocol.EventType;

/**
 * What the kernel owes a destination: the end of a cut system exclusive message, note-offs, pedals up, bends to centre.
 * It is paid at once where there is room, else as soon as there is, before anything else goes to that destination.
 */
final class Debts {
    /** Controllers that hold notes: damper, sostenuto, soft, hold 2 (MIDI 1.0 detailed specification, table 3). */
    static final int[] PEDALS = {64, 66, 67, 69};

    private static final int NOTE_OFF = 0x80;
    private static final int CONTROL_CHANGE = 0xB0;
    private static final int PITCH_WHEEL = 0xE0;
    private static final int RELEASE_VELOCITY = 64;
    static final int BEND_CENTRE_MSB = 0x40;
    private static final int CHANNELS = 16;
    /** Damper up, all sound off, all notes off (MIDI 1.0 detailed specification, tables 3 and 4). */
    private static final int[] SILENCE = {64, 120, 123};

    private final int[] noteOffs = new int[Ledger.KEYS];
    private final int[] pedals = new int[PEDALS.length];
    private int noteOffCount;
    private int bends;
    private boolean sysexEnd;
    /** How many messages of silence are still to go. */
    private int silences;
    private long sysexWord;

    /** Which of the pedals a controller is, or -1. */
    static int pedal(int controller) {
        return switch (controller) {
            case 64 -> 0;
            case 66 -> 1;
            case 67 -> 2;
            case 69 -> 3;
            default -> -1;
        };
    }

    static long noteOff(int key) {
        return Event.data(NOTE_OFF | key >>> 7, key & 0x7F, RELEASE_VELOCITY);
    }

    void owesNoteOffs(int key, int count) {
        noteOffs[key] += count;
        noteOffCount += count;
    }

    void owesPedals(int pedal, int channels) {
        pedals[pedal] |= channels;
    }

    void owesBends(int channels) {
        bends |= channels;
    }

    /** @param word of a record of the message, for its source. */
    void owesSysexEnd(long word) {
        sysexEnd = true;
        sysexWord = word;
    }

    /** Owes silence on all channels. */
    void owesSilence() {
        silences = CHANNELS * SILENCE.length;
    }

    boolean owesAny() {
        return sysexEnd || silences > 0 || noteOffCount > 0 || bends != 0
                || (pedals[0] | pedals[1] | pedals[2] | pedals[3]) != 0;
    }

    /** Pays until all is paid or the ring is full. */
    void pay(DestinationPort destination, long nowNs) {
        if (sysexEnd) {
            sysexEnd = !destination.offerSysexEnd(nowNs, sysexWord);
        }
        if (!sysexEnd && payNoteOffs(destination, nowNs) && payPedals(destination, nowNs)
                && payBends(destination, nowNs)) {
            paySilence(destination, nowNs);
        }
    }

    private void paySilence(DestinationPort destination, long nowNs) {
        while (silences > 0) {
            int sent = CHANNELS * SILENCE.length - silences;
            int status = CONTROL_CHANGE | sent / SILENCE.length;
            if (!destination.offerOwed(EventType.CONTROL_CHANGE, nowNs,
                    Event.data(status, SILENCE[sent % SILENCE.length], 0))) {
                return;
            }
            silences--;
        }
    }

    private boolean payNoteOffs(DestinationPort destination, long nowNs) {
        for (int key = 0; noteOffCount > 0 && key < Ledger.KEYS; key++) {
            while (noteOffs[key] > 0) {
                if (!destination.offerOwed(EventType.KEY_OFF, nowNs, noteOff(key))) {
                    return false;
                }
                noteOffs[key]--;
                noteOffCount--;
            }
        }
        return true;
    }

    private boolean payPedals(DestinationPort destination, long nowNs) {
        for (int pedal = 0; pedal < PEDALS.length; pedal++) {
            for (int channel = 0; pedals[pedal] != 0 && channel < CHANNELS; channel++) {
                if ((pedals[pedal] & 1 << channel) != 0) {
                    if (!destination.offerOwed(EventType.CONTROL_CHANGE, nowNs,
                            Event.data(CONTROL_CHANGE | channel, PEDALS[pedal], 0))) {
                        return false;
                    }
                    pedals[pedal] &= ~(1 << channel);
                }
            }
        }
        return true;
    }

    private boolean payBends(DestinationPort destination, long nowNs) {
        for (int channel = 0; bends != 0 && channel < CHANNELS; channel++) {
            if ((bends & 1 << channel) != 0) {
                if (!destination.offerOwed(EventType.PITCH_WHEEL, nowNs,
                        Event.data(PITCH_WHEEL | channel, 0, BEND_CENTRE_MSB))) {
                    return false;
                }
                bends &= ~(1 << channel);
            }
        }
        return true;
    }
}
