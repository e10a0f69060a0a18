package org.carillon.launcher.command.client;

import com.eclipsesource.json.JsonArray;
import com.eclipsesource.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import org.carillon.api.port.CarillonException;
import org.carillon.api.port.CarillonException.Kind;
import org.carillon.client.ServerView;
import org.carillon.protocol.control.NewConnection;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Makes connections. */
@Command(name = "connect", description = "Connect a source with a destination, and remember it. A name in quotation "
        + "marks need not be there: the connection waits for it. Starts a server where none runs.",
        mixinStandardHelpOptions = true,
        footer = {"", Address.HELP, "", "Example:", "  carillon connect keystation synth",
            "  carillon connect keystation '\"Drums:in\"' --filter 'ch 10'",
            "  carillon connect 'key*' synth --all-matches --once"})
public final class ConnectCommand extends ServerVerb {
    @Parameters(index = "0", paramLabel = "SOURCE", description = "Where events come from.")
    private String source;

    @Parameters(index = "1", paramLabel = "DESTINATION", description = "Where they go.")
    private String destination;

    @Option(names = {"-f", "--filter"}, paramLabel = "WORDS", defaultValue = "",
            description = "What passes, and how it is changed.")
    private String filter;

    @Option(names = "--once", description = "Forget it when the server stops.")
    private boolean once;

    @Option(names = "--allow-loop", description = "Connect even where this closes a loop.")
    private boolean allowLoop;

    @Option(names = "--all-matches",
            description = "Connect every source that may be meant with every such destination; "
                    + "those that are connected already stay as they are.")
    private boolean allMatches;

    @Override
    void run() {
        server().ensure();
        ServerView view = server().view();
        Ports ports = new Ports(view);
        if (!allMatches) {
            NewConnection wanted = wanted(ports.sourceName(source), ports.destinationName(destination));
            int id = connect(wanted);
            say(json(id, wanted), text(id, wanted));
            return;
        }
        JsonArray made = new JsonArray();
        List<String> lines = new ArrayList<>();
        for (NewConnection wanted : allWanted(ports, view)) {
            int id = connect(wanted);
            made.add(json(id, wanted));
            lines.add(text(id, wanted));
        }
        say(new JsonObject().add("connections", made), lines.isEmpty()
                ? "all of them are connected already"
                : String.join(System.lineSeparator(), lines));
    }

    private int connect(NewConnection wanted) {
        return server().change(to -> once ? to.connectOnce(wanted) : to.connect(wanted)).connectionId();
    }

    private List<NewConnection> allWanted(Ports ports, ServerView view) {
        List<String> sources = ports.names(source, false);
        List<String> destinations = ports.names(destination, true);
        if (sources.isEmpty() || destinations.isEmpty()) {
            throw new CarillonException(Kind.NO_SUCH_NAME, "no such " + (sources.isEmpty()
                    ? "source: name=" + source
                    : "destination: name=" + destination));
        }
        List<NewConnection> all = new ArrayList<>();
        for (String from : sources) {
            destinations.stream().filter(to -> view.connections().stream().noneMatch(each -> each.tap() == 0
                    && each.source().equals(from) && each.destination().equals(to))).map(to -> wanted(from, to))
                    .forEach(all::add);
        }
        return all;
    }

    private NewConnection wanted(String from, String to) {
        return new NewConnection(from, to, filter, allowLoop);
    }

    private static JsonObject json(int id, NewConnection made) {
        return new JsonObject().add("id", id).add("source", made.source()).add("destination", made.destination())
                .add("filter", made.filter());
    }

    private static String text(int id, NewConnection made) {
        return "#" + id + "  " + made.source() + " --> " + made.destination();
    }
}
