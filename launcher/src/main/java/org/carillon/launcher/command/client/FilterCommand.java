package org.carillon.launcher.command.client;

import com.eclipsesource.json.JsonObject;
import java.util.List;
import org.carillon.protocol.control.ConnectionEntry;
import org.carillon.protocol.control.ConnectionFilter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows or changes the filter of a connection. */
@Command(name = "filter", description = "Show or change what passes a connection, while it plays. Notes that sound "
        + "end as they began. A change starts a server where none runs: it remembers connections.",
        mixinStandardHelpOptions = true,
        footer = {"", Address.HELP, "", "Example:", "  carillon filter '#3'",
            "  carillon filter '#3' --set 'ch 1 transp 12'", "  carillon filter keystation synth --clear"})
public final class FilterCommand extends ServerVerb {
    @Parameters(arity = "1..2", paramLabel = "SOURCE DESTINATION | ID", description = "Which connection.")
    private List<String> words;

    @Option(names = "--set", paramLabel = "WORDS", description = "Filter words.")
    private String filter;

    @Option(names = "--clear", description = "Take the filter away.")
    private boolean clear;

    @Override
    void run() {
        if (clear && filter != null) {
            throw wrong("--set and --clear exclude each other");
        }
        String wanted = clear ? "" : filter;
        if (wanted != null) {
            server().ensure();
        }
        ConnectionEntry connection = new Ports(server().view()).connection(words);
        if (wanted != null) {
            server().look(to -> to.filter(new ConnectionFilter(connection.source(), connection.destination(),
                    wanted)));
        }
        String now = wanted == null ? connection.filter() : wanted;
        say(new JsonObject().add("id", connection.connectionId()).add("filter", now),
                Ports.words(connection) + "  " + (now.isEmpty() ? "no filter" : now));
    }
}
