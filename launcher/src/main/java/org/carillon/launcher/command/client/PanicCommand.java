package org.carillon.launcher.command.client;

import com.eclipsesource.json.JsonObject;
import org.carillon.protocol.control.Nothing;
import picocli.CommandLine.Command;

/** Silence everything: notes are ended, pedals lifted; connections stay. */
@Command(name = "panic", description = "Silence everything: notes are ended, pedals lifted; connections stay.",
        mixinStandardHelpOptions = true,
        footer = {"", "Example:", "  carillon panic"})
public final class PanicCommand extends ServerVerb {
    @Override
    void run() {
        server().look(to -> to.panic(new Nothing()));
        say(new JsonObject().add("silenced", true), "silenced");
    }
}
