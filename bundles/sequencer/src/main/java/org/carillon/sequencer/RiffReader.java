package org.carillon.sequencer;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.carillon.sequencer.Damage.Kind;

/** Finds the music in a RIFF file of type RMID (RP-029) and keeps the chunks around it. */
final class RiffReader {
    static final String RIFF = "RIFF";
    static final String FORM = "RMID";
    static final String MUSIC = "data";
    private static final int CHUNK_HEAD = 8;
    private static final int FIRST_CHUNK = 12;

    private final byte[] bytes;
    private final DamageLog damage;
    private final List<Chunk> chunks = new ArrayList<>();
    private int musicOffset = -1;
    private int musicEnd;

    private RiffReader(byte[] bytes, DamageLog damage) {
        this.bytes = bytes;
        this.damage = damage;
    }

    /** What was found, or null where the file is none of this kind. */
    static RiffReader read(byte[] bytes, DamageLog damage) {
        if (!isAt(bytes, 0, RIFF) || !isAt(bytes, CHUNK_HEAD, FORM)) {
            return null;
        }
        RiffReader reader = new RiffReader(bytes, damage);
        reader.walk();
        if (reader.musicOffset < 0) {
            damage.add(FIRST_CHUNK, Kind.RIFF, "RIFF file must have a chunk named " + MUSIC);
            return null;
        }
        return reader;
    }

    int musicOffset() {
        return musicOffset;
    }

    int musicEnd() {
        return musicEnd;
    }

    List<Chunk> chunks() {
        return chunks;
    }

    private void walk() {
        long declaredEnd = CHUNK_HEAD + length(CHUNK_HEAD - 4);
        if (declaredEnd != bytes.length) {
            damage.add(4, Kind.RIFF, "RIFF file must be as long as it says: lengthBytes=" + (declaredEnd - CHUNK_HEAD)
                    + ", there=" + (bytes.length - CHUNK_HEAD));
        }
        long at = FIRST_CHUNK;
        while (at + CHUNK_HEAD <= bytes.length && isNamed((int) at)) {
            at = chunk((int) at);
        }
        if (at < bytes.length) {
            damage.add(at, Kind.NO_CHUNK, "bytes must belong to a RIFF chunk, they are left out: lengthBytes="
                    + (bytes.length - at));
        }
    }

    /** @return where the next chunk starts; chunks of an odd length have a byte behind them. */
    private long chunk(int at) {
        int data = at + CHUNK_HEAD;
        long length = length(at + 4);
        if (length > bytes.length - data) {
            damage.add(at, Kind.RIFF, "RIFF chunk must not be longer than the file: lengthBytes=" + length + ", there="
                    + (bytes.length - data));
            length = bytes.length - data;
        }
        int end = data + (int) length;
        if (musicOffset < 0 && isAt(bytes, at, MUSIC)) {
            musicOffset = data;
            musicEnd = end;
        } else {
            chunks.add(new Chunk(new String(bytes, at, Chunk.TYPE_LENGTH, StandardCharsets.US_ASCII),
                    Arrays.copyOfRange(bytes, data, end), musicOffset < 0 ? 0 : 1));
        }
        return end + (length & 1);
    }

    private boolean isNamed(int at) {
        for (int i = at; i < at + Chunk.TYPE_LENGTH; i++) {
            if (bytes[i] < ' ' || bytes[i] > '~') {
                return false;
            }
        }
        return true;
    }

    private long length(int at) {
        return bytes[at] & 0xFFL | (bytes[at + 1] & 0xFFL) << 8 | (bytes[at + 2] & 0xFFL) << 16
                | (bytes[at + 3] & 0xFFL) << 24;
    }

    private static boolean isAt(byte[] bytes, int at, String type) {
        return at + Chunk.TYPE_LENGTH <= bytes.length
                && new String(bytes, at, Chunk.TYPE_LENGTH, StandardCharsets.US_ASCII).equals(type);
    }
}
