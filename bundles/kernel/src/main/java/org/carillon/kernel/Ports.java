package org.carillon.kernel;

import java.util.HashMap;
import java.util.Map;
import org.agrona.collections.Int2ObjectHashMap;
import org.carillon.api.filter.CompiledFilter;
import org.carillon.protocol.StatusPage;

/** All sources and destinations that are there, by number and by name, and what is kept for destinations by name. */
final class Ports {
    private final Int2ObjectHashMap<SourcePort> sources = new Int2ObjectHashMap<>();
    private final Int2ObjectHashMap<DestinationPort> destinations = new Int2ObjectHashMap<>();
    private final Map<String, SourcePort> sourcesByName = new HashMap<>();
    private final Map<String, DestinationPort> destinationsByName = new HashMap<>();
    private final Map<String, CompiledFilter> filters = new HashMap<>();
    private SourcePort[] everySource = {};
    private DestinationPort[] everyDestination = {};

    SourcePort source(int id) {
        return sources.get(id);
    }

    SourcePort source(String name) {
        return sourcesByName.get(name);
    }

    DestinationPort destination(int id) {
        return destinations.get(id);
    }

    DestinationPort destination(String name) {
        return destinationsByName.get(name);
    }

    SourcePort[] everySource() {
        return everySource;
    }

    DestinationPort[] everyDestination() {
        return everyDestination;
    }

    void refuseSource(String name) {
        refuse(sourcesByName, "source", name);
    }

    void refuseDestination(String name) {
        refuse(destinationsByName, "destination", name);
    }

    private static void refuse(Map<String, ?> taken, String what, String name) {
        Patchbay.refuseIf(taken.containsKey(name), what + " name is taken", name);
    }

    void add(SourcePort source) {
        sources.put(source.id, source);
        sourcesByName.put(source.name, source);
        everySource = sources.values().toArray(SourcePort[]::new);
    }

    void add(DestinationPort destination) {
        destination.filter = filters.get(destination.name);
        destinations.put(destination.id, destination);
        destinationsByName.put(destination.name, destination);
        everyDestination = destinations.values().toArray(DestinationPort[]::new);
    }

    void remove(SourcePort source) {
        sources.remove(source.id);
        sourcesByName.remove(source.name);
        everySource = sources.values().toArray(SourcePort[]::new);
    }

    void remove(DestinationPort destination) {
        destinations.remove(destination.id);
        destinationsByName.remove(destination.name);
        everyDestination = destinations.values().toArray(DestinationPort[]::new);
    }

    /** Changes a destination's own filter, for as long as the server runs; null for none. */
    void filter(String name, CompiledFilter filter) {
        if (filter == null) {
            filters.remove(name);
        } else {
            Patchbay.refuseIf(filters.size() >= StatusPage.PORT_CAPACITY && !filters.containsKey(name),
                    "no more filters of destinations: limit=" + StatusPage.PORT_CAPACITY, name);
            filters.put(name, filter);
        }
        DestinationPort destination = destination(name);
        if (destination != null) {
            destination.filter = filter;
            for (Connection connection : destination.incoming) {
                connection.destinationFilter(filter);
            }
        }
    }

    /** The filter of a destination's name goes over to another name. */
    void renameFilter(String before, String after) {
        CompiledFilter filter = filters.remove(before);
        if (filter != null) {
            filters.put(after, filter);
        }
    }
}
