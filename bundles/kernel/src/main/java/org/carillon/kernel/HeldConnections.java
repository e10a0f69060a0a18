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
import org.carillon.kernel.ConnectionMemory.Held;

/**
 * The connections that outlive the server, made again as soon as they can be: at once, or when somebody compiles their
 * filters. Any thread; filters are compiled on the caller's.
 */
final class HeldConnections {
    private static final System.Logger LOG = System.getLogger(HeldConnections.class.getName());

    private final KernelProxy proxy;
    private final ConnectionMemory memory;
    /** Remembered, and not made again yet in this run. */
    private final Set<Held> unmade;
    private volatile FilterCompiler filters;

    HeldConnections(KernelProxy proxy, ConnectionMemory memory) {
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
            proxy.offer(patchbay -> patchbay.connections().restore(held.source(), held.destination(),
                    compiled, held.loopAllowed()));
        } catch (CarillonException e) {
            LOG.log(Level.WARNING, "remembered connection cannot be made: source={0}, destination={1}, reason={2}",
                    held.source(), held.destination(), e.getMessage());
        }
    }

    void remember(Held held) {
        memory.remember(held);
    }

    void changeFilter(String source, String destination, String filter) {
        memory.changeFilter(source, destination, filter);
    }

    /** @return true when it had not been made in this run, so that there is nothing to break. */
    synchronized boolean forget(String source, String destination) {
        boolean wasHeld = memory.forget(source, destination);
        return unmade.removeIf(held -> held.source().equals(source) && held.destination().equals(destination))
                && wasHeld;
    }

    /** Connections of a port follow it to another name. */
    synchronized void rename(String before, String after) {
        List<Held> waiting = unmade.stream().map(each -> each.renamed(before, after)).toList();
        unmade.clear();
        unmade.addAll(waiting);
        memory.rename(before, after);
    }

    /** The filter that words describe; null for none. */
    CompiledFilter compile(String words) {
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
}
