package org.carillon.kernel;

import java.lang.System.Logger.Level;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.carillon.api.filter.CompiledFilter;
import org.carillon.api.filter.FilterCompiler;
import org.carillon.api.filter.FilterException;
import org.carillon.api.port.CarillonException;
import org.carillon.api.port.CarillonException.Kind;
import org.carillon.api.port.Direction;
import org.carillon.api.port.Wiring;
import org.carillon.kernel.ConnectionMemory.Held;

/** Connections as other threads make and break them, and their memory: filters are compiled on the caller's thread. */
final class KernelWiring implements Wiring {
    private static final System.Logger LOG = System.getLogger(KernelWiring.class.getName());

    private final KernelProxy proxy;
    private final ConnectionMemory memory;
    /** Remembered, and not made again yet in this run. */
    private final Set<Held> unmade;
    private volatile FilterCompiler filters;

    KernelWiring(KernelProxy proxy, ConnectionMemory memory) {
        this.proxy = proxy;
        this.memory = memory;
        unmade = new LinkedHashSet<>(memory.all());
        restore();
    }

    /** What makes filters from words, or null while nothing does. */
    synchronized void filters(FilterCompiler compiler) {
        filters = compiler;
        restore();
    }

    /** Forgets a compiler, unless another has come already. */
    synchronized void filtersGone(FilterCompiler compiler) {
        if (filters == compiler) {
            filters = null;
        }
    }

    /** Makes what was remembered; what has a filter waits for somebody to compile it. */
    private synchronized void restore() {
        for (Held held : List.copyOf(unmade)) {
            if (held.filter().isBlank() || filters != null) {
                unmade.remove(held);
                restore(held);
            }
        }
    }

    private void restore(Held held) {
        try {
            CompiledFilter compiled = compile(held.filter());
            proxy.offer(patchbay -> patchbay.restore(held.source(), held.destination(), compiled, held.loopAllowed()));
        } catch (CarillonException e) {
            LOG.log(Level.WARNING, "remembered connection cannot be made: source={0}, destination={1}, reason={2}",
                    held.source(), held.destination(), e.getMessage());
        }
    }

    @Override
    public int connect(String source, String destination, String filter, Loops loops) {
        int id = connectForNow(source, destination, filter, loops);
        memory.remember(new Held(source, destination, loops == Loops.ALLOWED, filter));
        return id;
    }

    private int connectForNow(String source, String destination, String filter, Loops loops) {
        CompiledFilter compiled = compile(filter);
        return proxy.call(patchbay -> patchbay.connect(source, destination, compiled, loops == Loops.ALLOWED));
    }

    @Override
    public synchronized void disconnect(String source, String destination) {
        boolean wasHeld = memory.forget(source, destination);
        if (!(unmade.removeIf(held -> held.source().equals(source) && held.destination().equals(destination))
                && wasHeld)) {
            proxy.run(patchbay -> patchbay.disconnect(source, destination));
        }
    }

    /** A port is to be published under another name: its connections hold to that, also when the server starts anew. */
    synchronized void rename(String before, String after) {
        List<Held> waiting = unmade.stream().map(each -> each.renamed(before, after)).toList();
        unmade.clear();
        unmade.addAll(waiting);
        memory.rename(before, after);
        proxy.run(patchbay -> patchbay.rename(before, after));
    }

    @Override
    public int tap(Direction of, String port, String destination, String filter) {
        CompiledFilter compiled = compile(filter);
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
        CompiledFilter compiled = compile(filter);
        proxy.run(patchbay -> patchbay.filter(source, destination, compiled));
        memory.changeFilter(source, destination, filter);
    }

    @Override
    public void destinationFilter(String destination, String filter) {
        CompiledFilter compiled = compile(filter);
        proxy.run(patchbay -> patchbay.destinationFilter(destination, compiled));
    }

    private CompiledFilter compile(String words) {
        if (words.isBlank()) {
            return null;
        }
        FilterCompiler compiler = filters;
        if (compiler == null) {
            throw new CarillonException(Kind.FAILED,
                    "no filter bundle is active, so only connections without filter can be made: filter=" + words);
        }
        try {
            return compiler.compile(words);
        } catch (FilterException e) {
            throw new CarillonException(Kind.WRONG_USAGE, e.getMessage());
        }
    }

    /** The same for a session: what it connects of its own ports is its own affair, and is not remembered. */
    Wiring of(Client session) {
        String own = session.name + ":";
        return new Wiring() {
            @Override
            public int connect(String source, String destination, String filter, Loops loops) {
                return source.startsWith(own) || destination.startsWith(own)
                        ? connectForNow(source, destination, filter, loops)
                        : KernelWiring.this.connect(source, destination, filter, loops);
            }

            @Override
            public void disconnect(String source, String destination) {
                KernelWiring.this.disconnect(source, destination);
            }

            @Override
            public int tap(Direction of, String port, String destination, String filter) {
                return KernelWiring.this.tap(of, port, destination, filter);
            }

            @Override
            public void untap(Direction of, String port, String destination) {
                KernelWiring.this.untap(of, port, destination);
            }

            @Override
            public void panic() {
                KernelWiring.this.panic();
            }

            @Override
            public void filter(String source, String destination, String filter) {
                KernelWiring.this.filter(source, destination, filter);
            }

            @Override
            public void destinationFilter(String destination, String filter) {
                KernelWiring.this.destinationFilter(destination, filter);
            }
        };
    }
}
