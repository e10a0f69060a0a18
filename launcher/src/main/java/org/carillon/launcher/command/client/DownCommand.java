package org.carillon.launcher.command.client;

import com.eclipsesource.json.JsonObject;
import org.carillon.protocol.control.Nothing;
import picocli.CommandLine.Command;

/** Stop the server. */
@Command(name = "down", description = "Stop the server.", mixinStandardHelpOptions = true,
        footer = {"", "Example:", "  carillon down"})
public final class DownCommand extends ServerVerb {
    @Override
    void run() {
        server().look(to -> to.down(new Nothing()));
        say(new JsonObject().add("stopped", true), "stopped");
    }
}
