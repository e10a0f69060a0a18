package org.carillon.kernel;

import org.carillon.api.filter.CompiledFilter;
import org.carillon.api.port.Direction;
import org.carillon.api.port.Wiring;
import org.carillon.kernel.ConnectionMemory.Held;

/** Connections as other threads make and break them: the server's owner, or one session. */
final class KernelWiring implements Wiring {
    private final KernelProxy proxy;
    private final HeldConnections held;
    /** How the names of the session's own ports begin, or null for the owner of the server. */
    private final String own;

    KernelWiring(KernelProxy proxy, HeldConnections held, String own) {
        this.proxy = proxy;
        this.held = held;
        this.own = own;
    }

    @Override
    public int connect(String source, String destination, String filter, Loops loops) {
        CompiledFilter compiled = held.compile(filter);
        boolean loopAllowed = loops == Loops.ALLOWED;
        int id = proxy.call(patchbay -> patchbay.connect(source, destination, compiled, loopAllowed));
        if (!isOwn(source) && !isOwn(destination)) {
            held.remember(new Held(source, destination, loopAllowed, filter));
        }
        return id;
    }

    /** What a session connects of its own ports is its own affair, and is not remembered. */
    private boolean isOwn(String port) {
        return own != null && port.startsWith(own);
    }

    @Override
    public void disconnect(String source, String destination) {
        if (!held.forget(source, destination)) {
            proxy.run(patchbay -> patchbay.disconnect(source, destination));
        }
    }

    @Override
    public int tap(Direction of, String port, String destination, String filter) {
        CompiledFilter compiled = held.compile(filter);
        return proxy.call(patchbay -> patchbay.tap(of, port, destination, compiled));
    }

    @Override
    public void untap(Direction of, String port, String destination) {
        proxy.run(patchbay -> patchbay.untap(of, port, destination));
    }

    @Override
    public void panic() {
        proxy.run(Patchbay::panic);
    }

    @Override
    public void filter(String source, String destination, String filter) {
        CompiledFilter compiled = held.compile(filter);
        proxy.run(patchbay -> patchbay.filter(source, destination, compiled));
        held.changeFilter(source, destination, filter);
    }

    @Override
    public void destinationFilter(String destination, String filter) {
        CompiledFilter compiled = held.compile(filter);
        proxy.run(patchbay -> patchbay.destinationFilter(destination, compiled));
    }
}
