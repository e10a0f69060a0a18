package org.carillon.bench.hotload;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.carillon.api.session.Sessions;
import org.carillon.api.status.StatusSnapshot;

/** Starts a whole server inside this program; found as a service of the class path, where the launcher offers one. */
public interface HostMaker {
    /** A server that runs. */
    interface Host extends AutoCloseable {
        Sessions sessions();

        StatusSnapshot status();

        /** A service of a bundle. */
        <T> T service(Class<T> type);

        /** Waits for the bundles that a start does not wait for; false when they take longer. */
        boolean awaitRest(Duration limit);

        @Override
        void close();
    }

    /** @param configurations values by PID; nothing else is configured. */
    Host start(Map<String, Map<String, Object>> configurations);

    /** A server with the configuration files as shipped, and its data in a temporary folder. */
    Host shipped(Set<String> withoutBundles);
}
