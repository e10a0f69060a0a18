package org.carillon.kernel;

import java.util.List;
import org.carillon.protocol.Change;
import org.carillon.protocol.DropReason;
import org.carillon.protocol.EventType;

/** The sessions that are told of changes: a record in their rings, in the order in which things change. */
final class Watchers {
    private static final Client[] NONE = {};

    private final KernelAgent agent;
    private Client[] watching = NONE;

    Watchers(KernelAgent agent) {
        this.agent = agent;
    }

    /** Somebody came or went, or wants to know more or less. */
    void among(List<Client> clients) {
        watching = clients.stream().filter(client -> client.watched != 0).toArray(Client[]::new);
    }

    void tell(Change change, int id) {
        for (Client client : watching) {
            if (change.isWatched(client.watched)
                    && !client.received.offer(EventType.CHANGE, agent.nowNs(), 0, change.data(id))) {
                agent.drop(DropReason.WATCHER_FULL);
            }
        }
    }
}
