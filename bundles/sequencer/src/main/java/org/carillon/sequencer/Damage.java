package org.carillon.sequencer;

/**
 * Something in a file that is not as it must be, and what was made of it.
 *
 * @param offset  in the file, where the damage is seen, bytes from 0.
 * @param message for people, naming the file.
 */
public record Damage(long offset, Kind kind, String message) {
    /** What is wrong. */
    public enum Kind {
        /** Bytes before the header. */
        LEADING_BYTES,
        /** A RIFF file whose chunks do not fit together. */
        RIFF,
        /** A header that is too short, or of a format or division that does not exist. */
        HEADER,
        /** Another number of tracks than the header says, or than its format allows. */
        TRACK_COUNT,
        /** A chunk that is longer or shorter than it says. */
        CHUNK_LENGTH,
        /** Bytes between or behind chunks that belong to none. */
        NO_CHUNK,
        /** A number of variable length that has more than four bytes. */
        VAR_LENGTH,
        /** An event that is not all there. */
        TRUNCATED_EVENT,
        /** A message without a status byte where the one before does not hold any more; it was read by that one. */
        RUNNING_STATUS,
        /** Data bytes where no status byte was before. */
        NO_STATUS,
        /** A byte above 127 where data must be. */
        DATA_BYTE,
        /** A system message that stands in a track as it is sent; files must pack it. */
        SYSTEM_MESSAGE,
        /** A system exclusive message that is never finished. */
        SYSEX_UNFINISHED,
        /** A meta event of a wrong length. */
        META_LENGTH,
        /** A tempo or time signature that cannot be. */
        META_VALUE,
        /** A track without an end. */
        NO_END_OF_TRACK,
        /** Events behind an end of track. */
        EARLY_END_OF_TRACK,
        /** Not a finding of its own: how many more there were of a kind. */
        MORE
    }
}
