package org.carillon.client;

import java.io.IOException;
import org.carillon.protocol.control.ControlClient;
import org.carillon.protocol.control.NewDestination;
import org.carillon.protocol.control.PortAdded;

/** A session's destination. Its events come through {@link ClientSession#poll}. */
public final class ClientDestination extends ClientPort {
    private final boolean wholeNotes;
    private volatile int index;

    ClientDestination(String name, boolean wholeNotes) {
        super(name);
        this.wholeNotes = wholeNotes;
    }

    @Override
    void publish(ControlClient client) throws IOException {
        PortAdded added = client.addDestination(new NewDestination(shortName(), wholeNotes));
        index = added.index();
        id(added.portId());
    }

    /** What {@link org.carillon.protocol.Event#destinationIndex()} says of events for this destination. Any thread. */
    public int index() {
        return index;
    }
}
