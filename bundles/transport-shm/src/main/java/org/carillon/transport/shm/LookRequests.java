package org.carillon.transport.shm;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.carillon.api.port.ConnectionInfo;
import org.carillon.api.port.Direction;
import org.carillon.api.port.PortInfo;
import org.carillon.api.status.StatusSnapshot;
import org.carillon.platform.Platform;
import org.carillon.protocol.StatusPage;
import org.carillon.protocol.control.ConnectionEntry;
import org.carillon.protocol.control.ConnectionList;
import org.carillon.protocol.control.Counter;
import org.carillon.protocol.control.CounterList;
import org.carillon.protocol.control.LogEntry;
import org.carillon.protocol.control.LogPart;
import org.carillon.protocol.control.LogQuery;
import org.carillon.protocol.control.Page;
import org.carillon.protocol.control.PortEntry;
import org.carillon.protocol.control.PortList;
import org.carillon.protocol.control.ServerStatus;
import org.carillon.protocol.control.SessionEntry;
import org.carillon.protocol.control.SessionList;
import org.carillon.protocol.control.WireRefusal;
import org.osgi.service.log.LogLevel;
import org.osgi.service.log.LogReaderService;

/** Answers what only looks, out of the status page: the kernel is not asked. */
final class LookRequests {
    private static final int MAX_MESSAGE_LENGTH = 2_000;

    private final ControlServer server;

    LookRequests(ControlServer server) {
        this.server = server;
    }

    private StatusSnapshot snapshot() {
        return StatusSnapshot.of(server.kernel().status());
    }

    /** Numbers of all connections and taps. */
    Set<Integer> connectionIds() {
        return snapshot().connections().stream().map(ConnectionInfo::id).collect(Collectors.toSet());
    }

    ServerStatus status() {
        StatusSnapshot now = snapshot();
        long monoNs = System.nanoTime();
        StatusPage page = server.kernel().status();
        return new ServerStatus(server.version(), page.processId(), now.ready(), page.clock().serverNs(monoNs),
                monoNs - page.startedMonoNs(), server.socket(), Platform.current().describe(),
                server.lifeSpan().endsWithLastSession(), now.sessions().size(), now.ports().size(),
                now.connections().size());
    }

    PortList ports(Page page) throws WireRefusal {
        Paged.check(page);
        List<PortEntry> all = snapshot().ports().stream().filter(port -> Paged.has(port.name(), page))
                .sorted(Comparator.comparing(PortInfo::name).thenComparing(PortInfo::direction))
                .map(port -> new PortEntry(port.id(), port.name(), port.direction() == Direction.DESTINATION,
                        port.forwards(), port.session(), port.events(), port.dropped()))
                .toList();
        List<PortEntry> part = Paged.of(all, page);
        return new PortList(all.size(), part.size(), part.toArray(PortEntry[]::new));
    }

    ConnectionList connections(Page page) throws WireRefusal {
        Paged.check(page);
        List<ConnectionEntry> all = snapshot().connections().stream()
                .filter(each -> Paged.has(each.source(), page) || Paged.has(each.destination(), page))
                .sorted(Comparator.comparingInt(ConnectionInfo::id))
                .map(each -> new ConnectionEntry(each.id(), each.source(), each.destination(),
                        each.state().ordinal(), each.tap().ordinal(), each.filter(), each.events(), each.dropped(),
                        each.filtered()))
                .toList();
        List<ConnectionEntry> part = Paged.of(all, page);
        return new ConnectionList(all.size(), part.size(), part.toArray(ConnectionEntry[]::new));
    }

    SessionList sessions(Page page) throws WireRefusal {
        Paged.check(page);
        Map<Integer, ControlConnection> clients = new HashMap<>();
        for (ControlConnection each : server.loop().connections()) {
            if (each.session() != null) {
                clients.put(each.session().id(), each);
            }
        }
        StatusPage status = server.kernel().status();
        List<SessionEntry> all = new ArrayList<>();
        long sequence;
        do {
            sequence = status.beginRead();
            all.clear();
            for (int slot = 0; slot < StatusPage.SESSION_CAPACITY; slot++) {
                int at = StatusPage.sessionAt(slot);
                if (status.intAt(at + StatusPage.ID) != 0) {
                    all.add(entry(status, at, clients));
                }
            }
        } while (!status.isStill(sequence));
        Map<String, Long> ports = new HashMap<>();
        snapshot().ports().forEach(port -> ports.merge(port.session(), 1L, Long::sum));
        List<SessionEntry> shown = all.stream().filter(each -> Paged.has(each.name(), page))
                .sorted(Comparator.comparingInt(SessionEntry::sessionId))
                .map(each -> new SessionEntry(each.sessionId(), each.name(), each.isDriver(), each.program(),
                        each.processId(), each.userId(), ports.getOrDefault(each.name(), 0L).intValue()))
                .toList();
        List<SessionEntry> part = Paged.of(shown, page);
        return new SessionList(shown.size(), part.size(), part.toArray(SessionEntry[]::new));
    }

    private static SessionEntry entry(StatusPage status, int at, Map<Integer, ControlConnection> clients) {
        int id = status.intAt(at + StatusPage.ID);
        ControlConnection client = clients.get(id);
        return new SessionEntry(id, status.nameAt(at + StatusPage.SESSION_NAME),
                status.intAt(at + StatusPage.SECOND) != 0, client == null ? "" : client.clientName(),
                client == null ? 0 : client.peer().processId(), client == null ? -1 : client.peer().userId(), 0);
    }

    CounterList counters() {
        StatusSnapshot now = snapshot();
        Counter[] counters = now.counters().entrySet().stream()
                .map(each -> new Counter(each.getKey().word(), each.getValue())).toArray(Counter[]::new);
        Counter[] dropped = now.dropped().entrySet().stream()
                .map(each -> new Counter(each.getKey().word(), each.getValue())).toArray(Counter[]::new);
        return new CounterList(counters.length, counters, dropped.length, dropped);
    }

    LogPart log(LogQuery query) throws WireRefusal {
        if (query.limit() < 1 || query.after() < 0) {
            throw new WireRefusal("WRONG_USAGE", "log is asked for at least 1 line after 0 or more: limit="
                    + query.limit() + ", after=" + query.after());
        }
        LogReaderService log = Services.present(server.services().log(), "log");
        List<LogEntry> found = new ArrayList<>();
        var entries = log.getLog();
        while (entries.hasMoreElements()) {
            org.osgi.service.log.LogEntry each = entries.nextElement();
            int level = level(each.getLogLevel());
            if (each.getSequence() > query.after() && level >= query.level()) {
                found.add(new LogEntry(each.getSequence(), each.getTime(), level,
                        each.getBundle() == null ? "" : String.valueOf(each.getBundle().getSymbolicName()),
                        text(each)));
            }
        }
        found.sort(Comparator.comparingLong(LogEntry::number));
        List<LogEntry> part = Paged.of(found, query.limit());
        long last = part.isEmpty() ? query.after() : part.getLast().number();
        return new LogPart(last, part.size(), part.toArray(LogEntry[]::new));
    }

    private static String text(org.osgi.service.log.LogEntry entry) {
        String words = entry.getMessage()
                + (entry.getException() == null ? "" : ", reason=" + entry.getException().getMessage());
        int[] points = words.codePoints().limit(MAX_MESSAGE_LENGTH).map(c -> isHalf(c) ? '?' : c).toArray();
        return new String(points, 0, points.length);
    }

    private static boolean isHalf(int codePoint) {
        return codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
    }

    private static int level(LogLevel level) {
        return switch (level) {
            case AUDIT, ERROR -> 3;
            case WARN -> 2;
            case INFO -> 1;
            default -> 0;
        };
    }
}
