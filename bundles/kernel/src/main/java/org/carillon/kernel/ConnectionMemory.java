package org.carillon.kernel;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.carillon.protocol.StatusPage;

/**
 * Connections that outlive the server, in a file of the data folder: a line for each, source, destination, {@code loop}
 * where one is allowed, filter, with tabulators between. Any thread; calls may write the file.
 */
final class ConnectionMemory {
    static final String FILE = "connections.txt";
    private static final String HEADER = "carillon connections 1";
    private static final String LOOP = "loop";
    private static final int FIELDS = 4;

    /** A connection as it was made. */
    record Held(String source, String destination, boolean loopAllowed, String filter) {
        private List<String> ends() {
            return List.of(source, destination);
        }

        /** The same where no end of it has the old name. */
        Held renamed(String before, String after) {
            return source.equals(before) || destination.equals(before)
                    ? new Held(source.equals(before) ? after : source, destination.equals(before) ? after : destination,
                            loopAllowed, filter)
                    : this;
        }

        private boolean fitsALine() {
            return (source + destination + filter).chars().noneMatch(Character::isISOControl);
        }
    }

    private final DataFile file;
    private final Map<List<String>, Held> held = new LinkedHashMap<>();

    ConnectionMemory(DataFile file) {
        this.file = file;
        List<Held> before = file.read(ConnectionMemory::parse, List.of());
        for (Held each : before) {
            held.put(each.ends(), each);
        }
    }

    private static List<Held> parse(String text) {
        String[] lines = text.split("\n");
        check(HEADER.equals(lines[0]), 1, lines[0]);
        List<Held> parsed = new ArrayList<>();
        for (int i = 1; i < lines.length; i++) {
            String[] fields = lines[i].split("\t", -1);
            check(fields.length == FIELDS && !fields[0].isEmpty() && !fields[1].isEmpty(), i + 1, lines[i]);
            parsed.add(new Held(fields[0], fields[1], fields[2].equals(LOOP), fields[3]));
        }
        return parsed;
    }

    private static void check(boolean isGood, int number, String line) {
        if (!isGood) {
            throw new IllegalArgumentException("line must be of a file of connections: number=" + number + ", line="
                    + line);
        }
    }

    synchronized Collection<Held> all() {
        return List.copyOf(held.values());
    }

    /** From now on; in place of one with the same ends. */
    synchronized void remember(Held connection) {
        if (connection.fitsALine() && (held.containsKey(connection.ends())
                || held.size() < StatusPage.CONNECTION_CAPACITY)) {
            held.put(connection.ends(), connection);
            write();
        }
    }

    /** Of no effect where it is not remembered. */
    synchronized void changeFilter(String source, String destination, String filter) {
        Held before = held.get(List.of(source, destination));
        if (before != null) {
            remember(new Held(source, destination, before.loopAllowed, filter));
        }
    }

    /** A port has another name from now on: what has the new ends already gives way. */
    synchronized void rename(String before, String after) {
        Collection<Held> all = all();
        held.clear();
        for (Held each : all) {
            Held renamed = each.renamed(before, after);
            if (renamed == each) {
                held.putIfAbsent(each.ends(), each);
            } else {
                held.put(renamed.ends(), renamed);
            }
        }
        write();
    }

    /** Whether it was remembered. */
    synchronized boolean forget(String source, String destination) {
        boolean wasHeld = held.remove(List.of(source, destination)) != null;
        if (wasHeld) {
            write();
        }
        return wasHeld;
    }

    private void write() {
        StringBuilder text = new StringBuilder(HEADER).append('\n');
        held.values().forEach(each -> text.append(String.join("\t", each.source, each.destination,
                each.loopAllowed ? LOOP : "", each.filter)).append('\n'));
        file.write(text.toString());
    }
}
