package $package$;

import java.lang.foreign.MemorySegment;

/** A value that has bytes of its own: little-endian, members of fixed length first. */
public interface WireMessage {
    /** Of the class, in packets and replies; an unsigned 32-bit number. */
    int classId();

    /**
     * In bytes.
     *
     * @throws IllegalArgumentException where it is more than 16 MiB, where more than 32 classes hold one another, or
     *         where a text is no Unicode.
     */
    long encodedLength();

    /**
     * Writes the value.
     *
     * @param offset in the segment, where the value begins.
     * @return the length, in bytes.
     * @throws IllegalArgumentException as {@link #encodedLength()}.
     * @throws IndexOutOfBoundsException where the segment has no room; nothing is written then.
     */
    long encode(MemorySegment segment, long offset);
}
