package org.carillon.api.session;

import org.osgi.annotation.versioning.ProviderType;

/** Opens sessions. Any thread. */
@ProviderType
public interface Sessions {
    /**
     * Opens a session.
     *
     * @param name unique among the sessions of the server.
     */
    Session open(String name);
}
