package org.carillon.api.ring;

import java.lang.foreign.MemorySegment;
import org.carillon.protocol.Doorbell;
import org.carillon.protocol.EventConsumer;
import org.carillon.protocol.EventProducer;
import org.carillon.protocol.Refusal;
import org.carillon.protocol.SessionMemory;
import org.carillon.protocol.SessionState;

/**
 * The two rings of a session of another process, as the kernel has them: it reads the one, writes the other, and sleeps
 * on a word that the other process clears. Kernel's thread only, but for the constructor.
 */
public final class BorderRings {
    /** Told once that the session is over; on the kernel's thread, so it hands the news over and returns. */
    @FunctionalInterface
    public interface EndHandler {
        /**
         * The session has ended: its memory is not touched any more.
         *
         * @param reason for people; empty where nobody is to blame.
         */
        void onEnd(SessionState how, String reason);
    }

    private final SessionMemory memory;
    private final EventConsumer fromClient;
    private final EventProducer toClient;
    private final Doorbell kernelBell;
    private final Doorbell clientBell;
    private final PendingQuota pending;
    private final EndHandler endHandler;

    /**
     * @param memory     just created.
     * @param wakeClient wakes whoever sleeps on {@link SessionMemory#clientWord}; never blocks.
     * @param pending    how many of the user's events may wait for their dates.
     */
    public BorderRings(SessionMemory memory, Runnable wakeClient, PendingQuota pending, EndHandler endHandler) {
        this.memory = memory;
        this.pending = pending;
        this.endHandler = endHandler;
        kernelBell = new Doorbell(memory.kernelWord(), () -> {});
        clientBell = new Doorbell(memory.clientWord(), wakeClient);
        fromClient = memory.serverConsumer();
        toClient = memory.serverProducer(clientBell);
    }

    /** The ring that is read. */
    public EventConsumer fromClient() {
        return fromClient;
    }

    /** The ring that is written. */
    public EventProducer toClient() {
        return toClient;
    }

    /** Which word of the session's memory the kernel sleeps on: 4 bytes. */
    public MemorySegment kernelWord() {
        return memory.kernelWord();
    }

    /** The bell over that word, to be armed before sleeping. */
    public Doorbell kernelBell() {
        return kernelBell;
    }

    /** How many events of the session's user wait for their dates, and how many may. */
    public PendingQuota pending() {
        return pending;
    }

    /** Sends that the client says were refused, to be looked at with care. */
    public long refused(Refusal reason) {
        return memory.refused(reason);
    }

    /** Events flow from now on. */
    public void open() {
        memory.state(SessionState.OPEN);
    }

    /** Tells both sides that the session is over. */
    public void end(SessionState how, String reason) {
        memory.state(how);
        clientBell.ring();
        endHandler.onEnd(how, reason);
    }
}
