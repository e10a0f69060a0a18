package org.carillon.launcher.command.client;

import com.eclipsesource.json.JsonObject;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.carillon.api.port.CarillonException;
import org.carillon.api.port.CarillonException.Kind;
import org.carillon.client.ClientSession;
import org.carillon.launcher.command.ExitCodes;
import org.carillon.protocol.Event;
import org.carillon.protocol.EventType;
import org.carillon.protocol.control.ConnectionEntry;
import org.carillon.protocol.control.NewTap;
import org.carillon.protocol.control.PortEntry;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows what passes a port or a connection. */
@Command(name = "tap", description = "Show what comes from a source, goes to a destination or passes a connection, "
        + "bytes and words side by side, until Ctrl-C. Holds nobody back, and stays when the port goes and comes back. "
        + "Clock and active sensing are hidden.", mixinStandardHelpOptions = true,
        footer = {"", Address.HELP, "", "Example:", "  carillon tap keystation",
            "  carillon tap --out synth --filter 'ch 1' --text", "  carillon tap --conn '#3' --count 10 --json",
            "  carillon tap --conn keystation synth --type on,cc --ch 1..4", "  carillon tap synth --stats --quiet",
            "  carillon tap keystation --save take.mid"})
public final class TapCommand extends ServerVerb {
    private static final int LIMIT = 64;
    private static final long LOOK_NS = 200_000_000L;
    private static final double NS_PER_S = 1e9;
    private static final double NS_PER_MS = 1e6;

    @Parameters(arity = "0..1", paramLabel = "PORT",
            description = "Which; a source where both directions have the name.")
    private String port;

    @Option(names = {"-i", "--in"}, description = "PORT is a source.")
    private boolean isSource;

    @Option(names = {"-o", "--out"}, description = "PORT is a destination.")
    private boolean isDestination;

    @Option(names = "--conn", arity = "1..2", paramLabel = "SOURCE DESTINATION | ID",
            description = "What comes from the source of this connection and passes its filter.")
    private List<String> connection = List.of();

    @Option(names = {"-f", "--filter"}, paramLabel = "WORDS", description = "Show what passes this.")
    private String filter;

    @Mixin
    private TapChoice choice;

    @Option(names = "--hex", description = "Show bytes only, all of them.")
    private boolean hexOnly;

    @Option(names = "--text", description = "Show words only, as 'carillon send' takes them.")
    private boolean textOnly;

    @Option(names = "--both", description = "Show bytes and words, as without it.")
    private boolean both;

    @Option(names = "--stats", description = "Show gaps between messages, and at the end how they were spread. Jitter "
            + "is how much a gap differs from the one before, in the mean.")
    private boolean stats;

    @Option(names = {"-q", "--quiet"}, description = "Show no messages.")
    private boolean quiet;

    @Option(names = "--save", paramLabel = "FILE", description = "Write what is shown to a file at the end: a MIDI "
            + "file .mid, system exclusive messages .syx, or words for 'carillon send --file' .txt.")
    private Path file;

    @Option(names = {"-n", "--count"}, paramLabel = "N", defaultValue = "9223372036854775807",
            description = "End after so many messages.")
    private long count;

    @Option(names = {"-t", "--timeout"}, paramLabel = "SECONDS",
            description = "End after so long: with exit code 6 where --count is not reached.")
    private Double timeoutS;

    private final SysexPieces sysex = new SysexPieces();
    private final Durations gaps = new Durations();
    private TapFile saved;
    private long shown;
    private long firstNs;
    private long lastNs;

    @Override
    void run() {
        check();
        choice.read();
        NewTap wanted = wanted();
        try (Interruption told = new Interruption(); ClientSession session = server().open("tap")) {
            told.wakes(session::wake);
            String destination = session.destination("in").name();
            saved = file == null ? null : TapFile.of(file, wanted.port(), session.server().clock().nowNs());
            session.tap(wanted.ofDestination(), wanted.port(), destination, wanted.filter());
            boolean isEnough = follow(session, told);
            finish(session.isReachable() ? session.server().clock().nowNs() : lastNs);
            warnOfLosses(session, destination);
            if (!isEnough) {
                throw new CarillonException(Kind.TIMED_OUT, "fewer events came: wanted=" + count + ", came=" + shown);
            }
            told.finish(ExitCodes.DONE);
        }
    }

    private void check() {
        if ((port == null) == connection.isEmpty()) {
            throw wrong("expected PORT or --conn");
        }
        if (isSource && isDestination || !connection.isEmpty() && (isSource || isDestination || filter != null)) {
            throw wrong("--in, --out and --conn exclude each other, --conn and --filter likewise");
        }
        if ((hexOnly ? 1 : 0) + (textOnly ? 1 : 0) + (both ? 1 : 0) > 1) {
            throw wrong("--hex, --text and --both exclude each other");
        }
    }

    /** What is to be tapped; where its copies go is not known yet. */
    private NewTap wanted() {
        Ports ports = new Ports(server().view());
        if (!connection.isEmpty()) {
            ConnectionEntry found = ports.connection(connection);
            return new NewTap(false, found.source(), "", found.filter());
        }
        PortEntry found = isSource ? ports.source(port) : isDestination ? ports.destination(port) : either(ports);
        return new NewTap(found.isDestination(), found.name(), "", filter == null ? "" : filter);
    }

    private PortEntry either(Ports ports) {
        try {
            return ports.source(port);
        } catch (CarillonException e) {
            try {
                return ports.destination(port);
            } catch (CarillonException _) {
                throw e;
            }
        }
    }

    /** @return false where fewer messages came in time than were wanted. */
    private boolean follow(ClientSession session, Interruption told) {
        long startNs = System.nanoTime();
        long limitNs = timeoutS == null ? Long.MAX_VALUE : Math.round(timeoutS * NS_PER_S);
        while (shown < count && !told.isTold()) {
            if (session.poll(this::onEvent, LIMIT) > 0) {
                continue;
            }
            out().flush();
            long leftNs = limitNs - (System.nanoTime() - startNs);
            if (leftNs <= 0) {
                return count == Long.MAX_VALUE;
            }
            if (!session.isReachable() && !told.isTold()) {
                throw new CarillonException(Kind.UNREACHABLE, session.endReason().isEmpty()
                        ? "server has ended"
                        : "server has ended this session: reason=" + session.endReason());
            }
            session.await(System.nanoTime() + Math.min(leftNs, LOOK_NS));
        }
        return true;
    }

    /** What the tap was too slow for is said, as its lines look whole without. */
    private void warnOfLosses(ClientSession session, String destination) {
        if (session.isReachable()) {
            server().view().ports().stream()
                    .filter(each -> each.isDestination() && each.name().equals(destination) && each.dropped() > 0)
                    .forEach(each -> error().println("carillon: tap could not follow: missed=" + each.dropped()));
        }
    }

    private void onEvent(Event event) {
        if (shown >= count || event.type() == EventType.CHANGE) {
            return;
        }
        SeenMessage seen = SeenMessage.of(event);
        if (!choice.isShown(seen)) {
            return;
        }
        if (saved != null) {
            saved.record(event);
        }
        if (event.type() == EventType.SYSEX) {
            seen = sysex.add(event);
        }
        if (seen != null) {
            take(seen);
        }
    }

    private void take(SeenMessage seen) {
        long gapNs = shown == 0 ? -1 : seen.timeNs() - lastNs;
        if (gapNs >= 0) {
            gaps.add(gapNs);
        }
        firstNs = shown == 0 ? seen.timeNs() : firstNs;
        lastNs = seen.timeNs();
        shown++;
        if (saved != null) {
            saved.add(seen);
        }
        if (!quiet) {
            show(seen, gapNs);
        }
    }

    private void show(SeenMessage seen, long gapNs) {
        if (isJson()) {
            JsonObject object = new JsonObject().add("schema", SCHEMA).add("time_ns", seen.timeNs())
                    .add("hex", seen.hex()).add("words", seen.words());
            out().println(stats ? object.add("gap_us", Math.max(0, gapNs) / 1e3) : object);
        } else if (isPlain()) {
            out().println(textOnly || !hexOnly ? seen.words() : seen.hex());
        } else {
            String gap = !stats ? ""
                    : gapNs < 0 ? " ".repeat(13)
                            : String.format(Locale.ROOT, "%+10.3f ms", gapNs / NS_PER_MS);
            String message = hexOnly
                    ? seen.hex()
                    : textOnly
                            ? seen.words()
                            : String.format(Locale.ROOT, "%-10s  %s", seen.shortHex(), seen.shortWords());
            out().println(String.format(Locale.ROOT, "%14.6f%s  %s", seen.timeNs() / NS_PER_S, gap, message));
        }
    }

    /** Writes the file and says how the gaps were. */
    private void finish(long nowNs) {
        if (saved != null) {
            saved.write(nowNs);
        }
        if (stats) {
            double seconds = (lastNs - firstNs) / NS_PER_S;
            double rate = seconds > 0 ? (shown - 1) / seconds : 0;
            if (isJson()) {
                out().println(new JsonObject().add("schema", SCHEMA).add("messages", shown).add("seconds", seconds)
                        .add("per_second", rate).add("gaps", gaps.json()).add("histogram", gaps.jsonRows()));
            } else {
                out().println(String.format(Locale.ROOT, "%d messages in %.3f s, %.1f a second", shown, seconds, rate)
                        + (gaps.count() == 0 ? ""
                                : System.lineSeparator() + "gaps, " + gaps.words()
                                        + System.lineSeparator() + gaps.picture().stripTrailing()));
            }
        }
        out().flush();
    }
}
