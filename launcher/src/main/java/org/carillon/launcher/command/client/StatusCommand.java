package org.carillon.launcher.command.client;

import com.eclipsesource.json.JsonObject;
import java.util.Locale;
import org.carillon.protocol.control.Nothing;
import org.carillon.protocol.control.ServerStatus;
import picocli.CommandLine.Command;

/** Tells how the server fares. */
@Command(name = "status", description = "Tell how the server fares.", mixinStandardHelpOptions = true,
        footer = {"", "Exit code: 0 where one runs, 5 where none does.", "", "Example:", "  carillon status"})
public final class StatusCommand extends ServerVerb {
    private static final double NS_PER_S = 1e9;

    @Override
    void run() {
        ServerStatus status = server().look(to -> to.status(new Nothing()));
        say(new JsonObject().add("version", status.version()).add("pid", status.processId())
                .add("ready", status.ready()).add("uptime_s", status.uptimeNs() / NS_PER_S)
                .add("socket", status.socket()).add("platform", status.platform())
                .add("on_demand", status.endsWithLastSession()).add("sessions", status.sessions())
                .add("ports", status.ports()).add("connections", status.connections()), text(status));
    }

    private static String text(ServerStatus status) {
        return String.format(Locale.ROOT,
                "carillon %s, pid %d, %s for %.0f s%s%n%d sessions, %d ports, %d connections%n"
                        + "socket %s, %s",
                status.version(), status.processId(), status.ready() ? "ready" : "not ready",
                status.uptimeNs() / NS_PER_S, status.endsWithLastSession() ? ", ends with its last session" : "",
                status.sessions(), status.ports(), status.connections(), status.socket(), status.platform());
    }
}
