package org.carillon.kernel;

import org.carillon.api.filter.CompiledFilter;
import org.carillon.api.port.Direction;
import org.carillon.api.port.Wiring;
import org.carillon.kernel.ConnectionMemory.Held;

/** Connections as other threads make and break them: the server's owner, or one session. */
final class KernelWiring implements Wiring {
    private final KernelProxy proxy;
    private final HeldConnections held;
    /** The session that makes and breaks, or null for the owner of the server. */
    private final Client session;

    KernelWiring(KernelProxy proxy, HeldConnections held, Client session) {
        this.proxy = proxy;
        this.held = held;
        this.session = session;
    }

    @Override
    public int connect(String source, String destination, String filter, Loops loops) {
        int id = connectOnce(source, destination, filter, loops);
        if (owner(source, destination) == null) {
            held.remember(new Held(source, destination, loops == Loops.ALLOWED, filter));
        }
        return id;
    }

    @Override
    public int connectOnce(String source, String destination, String filter, Loops loops) {
        CompiledFilter compiled = held.compile(filter);
        boolean loopAllowed = loops == Loops.ALLOWED;
        Client owner = owner(source, destination);
        return proxy
                .call(patchbay -> patchbay.connections().connect(owner, source, destination, compiled, loopAllowed));
    }

    /** What a session connects of its own ports is its own affair: it ends with the session and is not remembered. */
    private Client owner(String source, String destination) {
        return session != null && (session.hasName(source) || session.hasName(destination)) ? session : null;
    }

    @Override
    public void disconnect(String source, String destination) {
        if (!held.forget(source, destination)) {
            proxy.run(patchbay -> patchbay.connections().disconnect(source, destination));
        }
    }

    @Override
    public int tap(Direction of, String port, String destination, String filter) {
        CompiledFilter compiled = held.compile(filter);
        Client owner = owner(port, destination);
        return proxy.call(patchbay -> patchbay.connections().tap(owner, of, port, destination, compiled));
    }

    @Override
    public void untap(Direction of, String port, String destination) {
        proxy.run(patchbay -> patchbay.connections().untap(of, port, destination));
    }

    @Override
    public void panic() {
        proxy.run(Patchbay::panic);
    }

    @Override
    public void filter(String source, String destination, String filter) {
        CompiledFilter compiled = held.compile(filter);
        proxy.run(patchbay -> patchbay.connections().filter(source, destination, compiled));
        held.changeFilter(source, destination, filter);
    }

    @Override
    public void destinationFilter(String destination, String filter) {
        CompiledFilter compiled = held.compile(filter);
        proxy.run(patchbay -> patchbay.ports().filter(destination, compiled));
    }
}
