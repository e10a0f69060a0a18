package org.carillon.kernel;

import java.util.ArrayList;
import java.util.List;
import org.carillon.api.port.Kernel;
import org.carillon.api.ring.LocalRing;

/** A session or driver that is attached: its ports and the rings that it is read from. */
public final class Client {
    final int id;
    final int slot;
    final String name;
    final Kernel.Role role;
    /** Where its tasks go, or null. */
    final LocalRing received;
    final List<Inlet> inlets = new ArrayList<>();
    final List<SourcePort> sources = new ArrayList<>();
    final List<DestinationPort> destinations = new ArrayList<>();
    volatile boolean open = true;

    Client(int id, int slot, String name, Kernel.Role role, LocalRing received) {
        this.id = id;
        this.slot = slot;
        this.name = name;
        this.role = role;
        this.received = received;
    }

    /** Number of the session or driver, unique in this run. */
    public int id() {
        return id;
    }

    /** The inlet that reads a ring, or null. */
    Inlet inlet(LocalRing ring) {
        for (Inlet inlet : inlets) {
            if (inlet.ring == ring) {
                return inlet;
            }
        }
        return null;
    }
}
