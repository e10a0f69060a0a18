package org.carillon.api.port;

import java.util.function.IntFunction;
import org.carillon.api.ring.BorderRings;
import org.carillon.api.ring.LocalRing;
import org.carillon.protocol.Doorbell;
import org.carillon.protocol.StatusPage;
import org.osgi.annotation.versioning.ProviderType;

/** The time thread as transports and the driver host see it. Any thread. */
@ProviderType
public interface Kernel {
    /** What is being attached. The order is part of the status page. */
    enum Role {
        SESSION, DRIVER
    }

    /**
     * Attaches a session or a driver.
     *
     * @param name     unique among those attached.
     * @param received the ring that its tasks and other events to itself go to, or null where it has none.
     */
    Attachment attach(String name, Role role, LocalRing received);

    /**
     * Attaches a session of another process. When that breaks the rules of the rings, the session ends, and nobody else
     * notices.
     *
     * @param name  unique among those attached.
     * @param rings makes them for the session of a given id; called on the kernel's thread, so it only puts together
     *              what is there already.
     * @throws CarillonException also where as many such sessions are there as the kernel can sleep on.
     */
    BorderAttachment attach(String name, IntFunction<BorderRings> rings);

    /**
     * Ends a session, as a person may.
     *
     * @throws CarillonException where there is none of that name, or it is a driver.
     */
    void kick(String session);

    /** Wakes the kernel: the consumer's bell of every ring that a source is read from. */
    Doorbell doorbell();

    /** Connections, as the owner of the server changes them: all are remembered. */
    Wiring wiring();

    /**
     * Lets connections follow a port that is to be published under another name, those that are remembered too. What
     * held to the new name before gives way to what held to the old one.
     */
    void rename(String before, String after);

    /**
     * Lets server time go on at another rate from now; pending events keep their dates. In effect when the call
     * returns.
     *
     * @param rate nanoseconds of server time in one of the system's clock, above 0 and at most 1000.
     */
    void rate(double rate);

    /** Returns when the kernel has looked at all that was asked of it before. */
    void ping();

    StatusPage status();

    /**
     * The descriptor of the memory file that the status page lies in, which whoever gets it can only read; -1 where it
     * lies in memory of this process alone. Good while the kernel runs.
     */
    int statusDescriptor();
}
