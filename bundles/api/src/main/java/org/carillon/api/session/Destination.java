package org.carillon.api.session;

import org.osgi.annotation.versioning.ProviderType;

/** A session's destination. Its events come through {@link Session#poll}. */
@ProviderType
public interface Destination {
    int id();

    /** {@code session:port} */
    String name();

    /** What {@link org.carillon.protocol.Event#destinationIndex()} says of events for this destination. */
    int index();
}
