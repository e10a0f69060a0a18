package org.carillon.transport.local;

import org.carillon.api.port.Kernel;
import org.carillon.api.session.Session;
import org.carillon.api.session.Sessions;

/** Real sessions without a framework. */
public final class OpenTransport implements Sessions {
    private static final int RING_BYTES = 65_536;

    private final LocalTransport transport;

    public OpenTransport(Kernel kernel) {
        transport = new LocalTransport(kernel, RING_BYTES);
    }

    @Override
    public Session open(String name) {
        return transport.open(name);
    }

    public void stop() {
        transport.deactivate();
    }
}
