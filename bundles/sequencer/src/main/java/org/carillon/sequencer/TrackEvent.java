package org.carillon.sequencer;

import java.util.Arrays;
import java.util.HexFormat;

/**
 * One event of a track, taken out for a look; a track itself keeps its events closer together.
 *
 * @param tick  from the start of the track.
 * @param bytes as {@link Track} describes them.
 */
public record TrackEvent(long tick, byte[] bytes) {
    public int status() {
        return bytes[0] & 0xFF;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TrackEvent event && event.tick == tick && Arrays.equals(event.bytes, bytes);
    }

    @Override
    public int hashCode() {
        return Long.hashCode(tick) * 31 + Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return tick + " " + HexFormat.of().formatHex(bytes);
    }
}
