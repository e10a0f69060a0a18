package org.carillon.launcher.command.client;

import com.eclipsesource.json.JsonObject;
import java.util.Locale;
import org.carillon.protocol.control.Nothing;
import org.carillon.protocol.control.Rate;
import org.carillon.protocol.control.Time;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Tells server time. */
@Command(name = "time", description = "Tell server time, which the dates of events are of.",
        mixinStandardHelpOptions = true, footer = {"", "Example:", "  carillon time", "  carillon time --rate 0.5"})
public final class TimeCommand extends ServerVerb {
    private static final double NS_PER_S = 1e9;

    @Option(names = "--rate", paramLabel = "X",
            description = "Let server time run faster or slower: above 0, at most 1000; 1 for real time.")
    private Double rate;

    @Override
    void run() {
        Time time = server().look(to -> {
            if (rate != null) {
                to.rate(new Rate(rate));
            }
            return to.time(new Nothing());
        });
        say(new JsonObject().add("server_ns", time.serverNs()).add("mono_ns", time.monoNs()).add("rate", time.rate()),
                String.format(Locale.ROOT, "%.9f s, rate %s", time.serverNs() / NS_PER_S, time.rate()));
    }
}
