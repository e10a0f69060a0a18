package org.carillon.client;

import java.io.IOException;
import org.carillon.protocol.control.ControlClient;

/** A port of a session, which has another number in each life of it. */
abstract sealed class ClientPort permits ClientSource, ClientDestination {
    private final String name;
    private volatile int id;

    ClientPort(String name) {
        this.name = name;
    }

    /** Publishes the port at a server and takes its number. */
    abstract void publish(ControlClient client) throws IOException;

    void id(int newId) {
        id = newId;
    }

    /** Number of the port, unique in this run of the server. Any thread. */
    public int id() {
        return id;
    }

    /** {@code session:port} */
    public String name() {
        return name;
    }

    /** Its name without its session's. */
    String shortName() {
        return name.substring(name.indexOf(':') + 1);
    }
}
