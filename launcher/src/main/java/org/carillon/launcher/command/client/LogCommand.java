package org.carillon.launcher.command.client;

import com.eclipsesource.json.JsonObject;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.concurrent.TimeUnit;
import org.carillon.protocol.control.LogEntry;
import org.carillon.protocol.control.LogPart;
import org.carillon.protocol.control.LogQuery;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Prints the log of the server. */
@Command(name = "log", description = "Print the log of the server, oldest line first.", mixinStandardHelpOptions = true,
        footer = {"", "Example:", "  carillon log --level warning", "  carillon log --follow"})
public final class LogCommand extends ServerVerb {
    private static final int LIMIT = 100;
    private static final long LOOK_MS = 250;
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss.SSS")
            .withZone(ZoneId.systemDefault());

    /** In the order of their codes. */
    enum Level {
        DEBUG, INFO, WARNING, ERROR
    }

    @Option(names = "--level", paramLabel = "debug|info|warning|error", defaultValue = "info",
            description = "The least level. Default: ${DEFAULT-VALUE}.")
    private Level level;

    @Option(names = {"-f", "--follow"}, description = "Go on with what comes, until Ctrl-C.")
    private boolean follow;

    @Override
    void run() throws InterruptedException {
        long known = 0;
        while (true) {
            LogQuery query = new LogQuery(known, (short) level.ordinal(), LIMIT);
            LogPart part = server().look(to -> to.log(query));
            for (LogEntry entry : part.entries()) {
                print(entry);
            }
            out().flush();
            boolean isEnd = part.count() == 0 || part.last() == known;
            known = part.last();
            if (isEnd && !follow) {
                return;
            }
            if (isEnd) {
                TimeUnit.MILLISECONDS.sleep(LOOK_MS);
            }
        }
    }

    private void print(LogEntry entry) {
        String word = level(entry.level());
        if (isJson()) {
            out().println(new JsonObject().add("schema", SCHEMA).add("number", entry.number())
                    .add("time_ms", entry.timeMs()).add("level", word).add("bundle", entry.bundle())
                    .add("message", entry.message()));
        } else if (isPlain()) {
            out().println(entry.message());
        } else {
            out().println(TIME.format(Instant.ofEpochMilli(entry.timeMs())) + " " + word + " " + entry.bundle() + ": "
                    + entry.message());
        }
    }

    private static String level(int code) {
        Level[] levels = Level.values();
        return levels[Math.min(code, levels.length - 1)].name().toLowerCase(java.util.Locale.ROOT);
    }
}
