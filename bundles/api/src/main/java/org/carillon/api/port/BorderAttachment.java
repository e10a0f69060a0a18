package org.carillon.api.port;

import org.carillon.protocol.SessionState;
import org.osgi.annotation.versioning.ProviderType;

/** What the kernel holds for a session of another process: all ports share its two rings. Threads as there. */
@ProviderType
public interface BorderAttachment extends Attachment {
    /**
     * Publishes a source; its records come through the session's ring and name it.
     *
     * @return the port's id, for the records.
     */
    int addSource(String portName);

    /**
     * Publishes a destination; what goes to it comes through the session's ring.
     *
     * @param index      of this destination among those of the session, 0 to 255.
     * @param wholeNotes whether notes with duration may come whole; otherwise they come as note-on and note-off.
     * @return the port's id.
     */
    int addDestination(String portName, int index, boolean wholeNotes);

    /**
     * Ends the session, and tells the client how.
     *
     * @param reason for people.
     */
    void end(SessionState how, String reason);

    /**
     * Says which changes the session is told of, by records of type
     * {@link org.carillon.protocol.EventType#CHANGE}.
     *
     * @param changes bits of {@link org.carillon.protocol.Change}; 0 for none.
     */
    void watch(int changes);
}
