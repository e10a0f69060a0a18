package org.carillon.launcher.command.client;

import com.eclipsesource.json.JsonObject;
import java.util.List;
import org.carillon.protocol.control.ConnectionEntry;
import org.carillon.protocol.control.Ends;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Ends connections. */
@Command(name = "disconnect", description = "End a connection, or all of them; what they started is released. "
        + "Starts a server where none runs: it remembers them.",
        mixinStandardHelpOptions = true,
        footer = {"", Address.HELP, "", "Example:", "  carillon disconnect keystation synth",
            "  carillon disconnect '#3'", "  carillon disconnect --all"})
public final class DisconnectCommand extends ServerVerb {
    @Parameters(arity = "0..2", paramLabel = "SOURCE DESTINATION | ID", description = "Which connection.")
    private List<String> words = List.of();

    @Option(names = {"-x", "--all"}, description = "All connections.")
    private boolean all;

    @Override
    void run() {
        if (all != words.isEmpty()) {
            throw wrong("expected SOURCE DESTINATION, ID or --all");
        }
        server().ensure();
        List<ConnectionEntry> ending = all
                ? server().view().connections().stream().filter(each -> each.tap() == 0).toList()
                : List.of(new Ports(server().view()).connection(words));
        server().look(to -> {
            for (ConnectionEntry each : ending) {
                to.disconnect(new Ends(each.source(), each.destination()));
            }
            return ending;
        });
        say(new JsonObject().add("disconnected", ending.size()), "disconnected: " + ending.size());
    }
}
