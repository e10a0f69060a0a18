package org.carillon.sequencer;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Sequences by chance, from a seed. */
final class RandomSequence {
    private static final int[] STATUS = {0x80, 0x90, 0xA0, 0xB0, 0xC0, 0xD0, 0xE0};

    private final Random random;

    RandomSequence(long seed) {
        random = new Random(seed);
    }

    Sequence any() {
        int format = random.nextInt(3);
        List<Track> tracks = new ArrayList<>();
        int count = format == 0 ? 1 : random.nextInt(5);
        for (int i = 0; i < count; i++) {
            tracks.add(track(random.nextInt(60), true));
        }
        Division division = random.nextBoolean()
                ? Division.ofQuarter(1 + random.nextInt(0x7FFF))
                : Division.ofFrames(24 + random.nextInt(7), 1 + random.nextInt(255));
        return new Sequence(format, division, tracks, chunks(count), bytes(random.nextInt(3) * 2),
                random.nextInt(4) == 0 ? chunks(1) : null);
    }

    private List<Chunk> chunks(int places) {
        List<Chunk> chunks = new ArrayList<>();
        for (int place = 0; place <= places; place++) {
            if (random.nextInt(4) == 0) {
                chunks.add(new Chunk("X" + (char) ('a' + random.nextInt(26)) + "_ ", bytes(random.nextInt(9)), place));
            }
        }
        return chunks;
    }

    /** @param wild with packets that do not fit together and events that the JDK does not read as they are. */
    Track track(int events, boolean wild) {
        TrackBuilder track = new TrackBuilder();
        long tick = 0;
        for (int i = 0; i < events; i++) {
            tick += random.nextInt(10) == 0 ? random.nextInt(wild ? Midi.MAX_VAR_LENGTH : 3_000) : random.nextInt(300);
            event(track, tick, wild);
        }
        return track.end(tick + random.nextInt(1_000)).build();
    }

    private void event(TrackBuilder track, long tick, boolean wild) {
        switch (random.nextInt(6)) {
            case 0 -> track.addMeta(tick, 1 + random.nextInt(wild ? 0x2E : 15), bytes(random.nextInt(300)));
            case 1 -> track.addTempo(tick, 1 + random.nextInt(Midi.MAX_TEMPO_US));
            case 2 -> track.add(tick, sysex(wild));
            default -> track.add(tick, STATUS[random.nextInt(STATUS.length)] + random.nextInt(16), random.nextInt(128),
                    random.nextInt(128));
        }
    }

    private byte[] sysex(boolean wild) {
        byte[] message = bytes(2 + random.nextInt(300));
        for (int i = 0; i < message.length; i++) {
            message[i] &= 0x7F;
        }
        message[0] = (byte) (wild && random.nextBoolean() ? Midi.ESCAPE : Midi.SYSEX);
        if (!wild || random.nextInt(4) > 0) {
            message[message.length - 1] = (byte) Midi.SYSEX_END;
        }
        return message;
    }

    private byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }
}
