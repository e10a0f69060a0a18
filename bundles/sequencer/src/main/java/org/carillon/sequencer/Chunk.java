package org.carillon.sequencer;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A chunk of a file that is neither header nor track, kept so that it can be written again.
 *
 * @param type  four characters.
 * @param place how many tracks stand before it; of a RIFF chunk, 0 before the music and 1 behind it.
 */
public record Chunk(String type, byte[] data, int place) {
    static final int TYPE_LENGTH = 4;

    public Chunk {
        if (type.length() != TYPE_LENGTH || !StandardCharsets.US_ASCII.newEncoder().canEncode(type)) {
            throw new IllegalArgumentException("type of a chunk must be four ASCII characters: type=" + type);
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Chunk chunk && place == chunk.place && type.equals(chunk.type)
                && Arrays.equals(data, chunk.data);
    }

    @Override
    public int hashCode() {
        return type.hashCode() * 31 + Arrays.hashCode(data);
    }

    @Override
    public String toString() {
        return "chunk " + type + " of " + data.length + " bytes";
    }
}
