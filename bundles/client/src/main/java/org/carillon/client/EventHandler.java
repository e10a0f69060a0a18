package org.carillon.client;

import org.carillon.protocol.Event;

/** Receives events, one at a time, on the thread that polls. */
@FunctionalInterface
public interface EventHandler {
    /** @param event good until the call returns. */
    void onEvent(Event event);
}
