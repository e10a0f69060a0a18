package org.carillon.launcher.command.client;

import com.eclipsesource.json.JsonObject;
import java.io.PrintWriter;
import java.time.LocalTime;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.carillon.api.port.CarillonException;
import org.carillon.api.port.CarillonException.Kind;
import org.carillon.client.ClientSession;
import org.carillon.launcher.command.ExitCodes;
import org.carillon.launcher.doctor.Paint;
import org.carillon.protocol.Change;

/**
 * A list that is shown again when it has changed, until the program is told to end. The server tells of changes; what
 * it does not tell, such as a device that is busy, is looked for now and then.
 */
final class ListWatch {
    private static final int LIMIT = 64;
    private static final long TOGETHER_NS = TimeUnit.MILLISECONDS.toNanos(20);
    private static final long LOOK_NS = TimeUnit.SECONDS.toNanos(1);
    private static final String CLEAR = "\033[H\033[2J";
    private static final List<String> COUNTERS = List.of("events", "dropped", "filtered");
    private static final String STATE = "state";
    private static final String ABSENT = "absent";

    private final Server server;
    private final Supplier<Listing> list;
    private final PrintWriter out;
    private final Paint paint;
    private final Map<String, LocalTime> absentSince = new HashMap<>();
    private Map<String, JsonObject> known = Map.of();

    ListWatch(Server server, Supplier<Listing> list, PrintWriter out, Paint paint) {
        this.paint = paint;
        this.server = server;
        this.list = list;
        this.out = out;
    }

    /** How a list is to be shown. */
    enum Form {
        /** For people; on a terminal over the last one. */
        TEXT, SCREEN, PLAIN, JSON
    }

    void run(Form form) {
        try (Interruption told = new Interruption(); ClientSession session = server.open("ls")) {
            told.wakes(session::wake);
            session.watch(Change.EVERYTHING);
            boolean isFirst = true;
            while (!told.isTold()) {
                Listing next = list.get();
                Map<String, JsonObject> rows = rows(next);
                if (isFirst || !words(rows).equals(words(known))) {
                    show(form, next, rows, isFirst);
                    known = rows;
                }
                isFirst = false;
                await(session, told);
            }
            told.finish(ExitCodes.DONE);
        }
    }

    /** Several changes in short order are one. */
    private static void await(ClientSession session, Interruption told) {
        session.await(System.nanoTime() + LOOK_NS);
        if (!session.isReachable() && !told.isTold()) {
            throw new CarillonException(Kind.UNREACHABLE, "server has ended");
        }
        if (session.poll(_ -> {}, LIMIT) > 0) {
            LockSupport.parkNanos(TOGETHER_NS);
            while (session.poll(_ -> {}, LIMIT) > 0) {
                // what has changed is read out of the status page
            }
        }
    }

    private static Map<String, JsonObject> rows(Listing listing) {
        Map<String, JsonObject> rows = new LinkedHashMap<>();
        listing.rows().forEach(row -> rows.put(
                row.get("id") == null ? listing.name().apply(row) : row.get("id").toString(), row));
        return rows;
    }

    /** Without what changes all the time. */
    private static Map<String, String> words(Map<String, JsonObject> rows) {
        Map<String, String> words = new LinkedHashMap<>();
        rows.forEach((key, row) -> {
            JsonObject copy = new JsonObject(row);
            COUNTERS.forEach(copy::remove);
            words.put(key, copy.toString());
        });
        return words;
    }

    private void show(Form form, Listing next, Map<String, JsonObject> rows, boolean isFirst) {
        switch (form) {
            case JSON -> json(next, rows, isFirst);
            case PLAIN -> out.print((isFirst ? "" : System.lineSeparator()) + next.plain());
            case TEXT -> out.print((isFirst ? "" : System.lineSeparator()) + dated(next, rows).text());
            default -> out.print(CLEAR + dated(next, rows).text(paint));
        }
        out.flush();
    }

    /** The whole list first, then an object for each change. */
    private void json(Listing next, Map<String, JsonObject> rows, boolean isFirst) {
        if (isFirst) {
            out.print(next.json());
            return;
        }
        Map<String, String> before = words(known);
        Map<String, String> after = words(rows);
        known.forEach((key, row) -> {
            if (!after.containsKey(key)) {
                print("gone", next, row);
            }
        });
        rows.forEach((key, row) -> {
            if (!after.get(key).equals(before.get(key))) {
                print(before.containsKey(key) ? "changed" : "came", next, row);
            }
        });
    }

    private void print(String change, Listing listing, JsonObject row) {
        out.println(new JsonObject().add("schema", ServerVerb.SCHEMA).add("time_ms", System.currentTimeMillis())
                .add("change", change).add("list", listing.key()).add("row", row));
    }

    /** Says since when what is absent has been so, as far as it was seen. */
    private Listing dated(Listing listing, Map<String, JsonObject> rows) {
        absentSince.keySet().retainAll(rows.keySet());
        rows.forEach((key, row) -> {
            if (!row.getString(STATE, "").equals(ABSENT)) {
                absentSince.remove(key);
            } else if (known.containsKey(key) && !known.get(key).getString(STATE, "").equals(ABSENT)) {
                absentSince.put(key, LocalTime.now().truncatedTo(ChronoUnit.SECONDS));
            }
        });
        List<JsonObject> shown = rows.entrySet().stream().map(each -> absentSince.containsKey(each.getKey())
                ? new JsonObject(each.getValue()).set(STATE, ABSENT + " since " + absentSince.get(each.getKey()))
                : each.getValue()).toList();
        return new Listing(listing.key(), shown, listing.columns(), listing.name());
    }
}
