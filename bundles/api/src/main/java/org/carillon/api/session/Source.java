package org.carillon.api.session;

import org.osgi.annotation.versioning.ProviderType;

/**
 * A session's source. Sending returns false when the ring to the server is full or the session has ended; nothing was
 * sent then. A deadline of 0 means now; one that is past is routed at once and keeps its date. Sending thread only.
 */
@ProviderType
public interface Source {
    int id();

    /** {@code session:port} */
    String name();

    /** Sends a MIDI 1.0 message of one to three bytes; unused data bytes are 0. */
    boolean send(long deadlineNs, int status, int data1, int data2);

    /**
     * Sends a note that ends by itself.
     *
     * @param channel    0 to 15.
     * @param durationNs 0 or more.
     */
    boolean sendNote(long deadlineNs, int channel, int pitch, int velocity, long durationNs);

    /**
     * Sends a complete MIDI message, system exclusive ones of up to 16 MiB included. One that does not fit into the
     * ring
     * waits for room, up to the time given.
     *
     * @return false when there was no room in time; what had gone of a system exclusive message is then cut.
     */
    boolean sendMessage(long deadlineNs, byte[] message, long timeoutNs);

    /** Wakes the server after a batch of sends. Forgetting this loses nothing: it only makes the batch late. */
    void flush();
}
