package org.carillon.it;

import org.carillon.api.driver.Driver;
import org.carillon.api.port.Attachment;
import org.carillon.protocol.Doorbell;
import org.carillon.protocol.ServerClock;

/** A driver as a component that cannot be made. Tests pack it into a bundle of its own. */
public final class MadeComponent implements Driver {
    public MadeComponent() {
        throw new IllegalStateException("no luck in the constructor");
    }

    @Override
    public String name() {
        return "never made";
    }

    @Override
    public void open(Attachment ports, Doorbell bell, ServerClock clock) {
        // never comes so far
    }

    @Override
    public void close() {
        // never comes so far
    }
}
