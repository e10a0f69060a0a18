package org.carillon.launcher.command.client;

import com.eclipsesource.json.JsonObject;
import org.carillon.protocol.control.NewConnection;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Makes a connection. */
@Command(name = "connect", description = "Connect a source with a destination, and remember it. A name in quotation "
        + "marks need not be there: the connection waits for it. Starts a server where none runs.",
        mixinStandardHelpOptions = true,
        footer = {"", Address.HELP, "", "Example:", "  carillon connect keystation synth",
            "  carillon connect keystation '\"Drums:in\"' --filter 'ch 10'"})
public final class ConnectCommand extends ServerVerb {
    @Parameters(index = "0", paramLabel = "SOURCE", description = "Where events come from.")
    private String source;

    @Parameters(index = "1", paramLabel = "DESTINATION", description = "Where they go.")
    private String destination;

    @Option(names = {"-f", "--filter"}, paramLabel = "WORDS", defaultValue = "",
            description = "What passes, and how it is changed.")
    private String filter;

    @Option(names = "--allow-loop", description = "Connect even where this closes a loop.")
    private boolean allowLoop;

    @Override
    void run() {
        server().ensure();
        Ports ports = new Ports(server().view());
        NewConnection wanted = new NewConnection(ports.sourceName(source), ports.destinationName(destination), filter,
                allowLoop);
        int id = server().change(to -> to.connect(wanted)).connectionId();
        say(new JsonObject().add("id", id).add("source", wanted.source()).add("destination", wanted.destination())
                .add("filter", filter), "#" + id + "  " + wanted.source() + " --> " + wanted.destination());
    }
}
