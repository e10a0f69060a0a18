package org.carillon.launcher.command.client;

import com.eclipsesource.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.carillon.protocol.control.Counter;
import org.carillon.protocol.control.CounterList;
import org.carillon.protocol.control.Nothing;
import picocli.CommandLine.Command;

/** Tells what the server has counted. */
@Command(name = "stats", description = "Tell what the server has counted since its start, and what it did not deliver "
        + "and why. The counts of ports and connections: carillon ls.", mixinStandardHelpOptions = true,
        footer = {"", "Example:", "  carillon stats", "  carillon stats --json"})
public final class StatsCommand extends ServerVerb {
    @Override
    void run() {
        CounterList list = server().look(to -> to.counters(new Nothing()));
        List<JsonObject> rows = new ArrayList<>();
        Stream.of(list.counters()).map(each -> row("counter", each)).forEach(rows::add);
        Stream.of(list.dropped()).map(each -> row("dropped", each)).forEach(rows::add);
        print(new Listing("counters", rows, List.of("kind", "name", "value"), row -> row.getString("name", "") + " "
                + row.get("value")));
    }

    private static JsonObject row(String kind, Counter counter) {
        return new JsonObject().add("kind", kind).add("name", counter.name()).add("value", counter.value());
    }
}
