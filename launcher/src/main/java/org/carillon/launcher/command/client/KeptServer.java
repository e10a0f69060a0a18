package org.carillon.launcher.command.client;

import java.nio.file.Path;
import org.carillon.client.CarillonClient;
import picocli.CommandLine;
import picocli.CommandLine.IFactory;

/** Gives all verbs that one program runs the same client, which keeps its connection. */
public final class KeptServer implements IFactory, AutoCloseable {
    private final CarillonClient client;

    /** @param socket of the server; null for the usual one. */
    public KeptServer(Path socket) {
        client = new CarillonClient(Server.options(socket)).keepConnection();
    }

    /** The client for all; that of another server where one is named. */
    public CarillonClient client(String socket) {
        return socket.isEmpty() ? client : new CarillonClient(Server.options(Path.of(socket)));
    }

    /** What starts a server and runs verbs: a program. */
    public String command() {
        return Server.command();
    }

    @Override
    public <K> K create(Class<K> type) throws Exception {
        return type == Server.class ? type.cast(new Server(client)) : CommandLine.defaultFactory().create(type);
    }

    /** Ends the sessions that verbs have open; they may go on with others. */
    @Override
    public void close() {
        client.close();
    }
}
