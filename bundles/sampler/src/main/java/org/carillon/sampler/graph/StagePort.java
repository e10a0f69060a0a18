package org.carillon.sampler.graph;

import org.carillon.api.port.Attachment;
import org.carillon.api.port.CarillonException;
import org.carillon.api.ring.LocalRing;

/** The destination of a sampler, shown when there is something to play, under the name that it has now. */
final class StagePort {
    private static final System.Logger LOG = System.getLogger(StagePort.class.getName());
    private static final int INDEX = 0;

    private final Attachment ports;
    private final LocalRing ring;
    private String shown = "";
    private String refused = "";
    private int id;

    StagePort(Attachment ports, LocalRing ring) {
        this.ports = ports;
        this.ring = ring;
    }

    /** Has no effect when it is shown already. One thread. */
    void show(String name) {
        if (name.equals(shown) || name.equals(refused)) {
            return;
        }
        try {
            int newId = ports.addDestination(name, ring, INDEX, false);
            if (!shown.isEmpty()) {
                ports.removePort(id);
            }
            id = newId;
            shown = name;
            refused = "";
        } catch (CarillonException e) {
            refused = name;
            if (ports.isOpen()) {
                LOG.log(System.Logger.Level.ERROR, "sampler has no port: name=" + name + ", reason=" + e.getMessage());
            }
        }
    }
}
