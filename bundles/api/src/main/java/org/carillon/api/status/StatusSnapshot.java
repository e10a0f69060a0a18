package org.carillon.api.status;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.carillon.api.port.ConnectionInfo;
import org.carillon.api.port.Direction;
import org.carillon.api.port.PortInfo;
import org.carillon.protocol.DropReason;
import org.carillon.protocol.StatusCounter;
import org.carillon.protocol.StatusPage;

/**
 * The status page at one moment: names and numbers belong together, counters are as of the reading. Any thread.
 *
 * @param sessions names of sessions and drivers.
 * @param dropped  events dropped by reason; reasons without any are there with 0.
 */
public record StatusSnapshot(boolean ready, List<String> sessions, List<PortInfo> ports,
        List<ConnectionInfo> connections, Map<StatusCounter, Long> counters, Map<DropReason, Long> dropped) {

    /** Reads a page, again and again until no table changed meanwhile. */
    public static StatusSnapshot of(StatusPage page) {
        while (true) {
            long sequence = page.beginRead();
            StatusSnapshot snapshot = read(page);
            if (page.isStill(sequence)) {
                return snapshot;
            }
        }
    }

    /** A counter's value. */
    public long count(StatusCounter counter) {
        return counters.get(counter);
    }

    /** Events dropped for all reasons together. */
    public long droppedInAll() {
        return dropped.values().stream().mapToLong(Long::longValue).sum();
    }

    private static StatusSnapshot read(StatusPage page) {
        Map<Integer, String> sessionNames = new HashMap<>();
        for (int slot = 0; slot < StatusPage.SESSION_CAPACITY; slot++) {
            int at = StatusPage.sessionAt(slot);
            if (page.intAt(at + StatusPage.ID) != 0) {
                sessionNames.put(page.intAt(at + StatusPage.ID), page.nameAt(at + StatusPage.SESSION_NAME));
            }
        }
        Map<StatusCounter, Long> counters = new EnumMap<>(StatusCounter.class);
        for (StatusCounter counter : StatusCounter.values()) {
            counters.put(counter, page.counter(counter));
        }
        Map<DropReason, Long> dropped = new EnumMap<>(DropReason.class);
        for (DropReason reason : DropReason.values()) {
            dropped.put(reason, page.dropped(reason));
        }
        return new StatusSnapshot(page.state() == StatusPage.READY,
                sessionNames.entrySet().stream().sorted(Map.Entry.comparingByKey()).map(Map.Entry::getValue).toList(),
                ports(page, sessionNames), connections(page), counters, dropped);
    }

    private static List<PortInfo> ports(StatusPage page, Map<Integer, String> sessionNames) {
        List<PortInfo> ports = new ArrayList<>();
        for (int slot = 0; slot < StatusPage.PORT_CAPACITY; slot++) {
            int at = StatusPage.portAt(slot);
            int id = page.intAt(at + StatusPage.ID);
            if (id != 0) {
                Direction[] directions = Direction.values();
                ports.add(new PortInfo(id, page.nameAt(at + StatusPage.PORT_NAME),
                        directions[page.intAt(at + StatusPage.PORT_DIRECTION) & 1],
                        sessionNames.getOrDefault(page.intAt(at + StatusPage.SECOND), ""),
                        page.intAt(at + StatusPage.PORT_TRAITS) != 0, page.longAt(at + StatusPage.EVENTS),
                        page.longAt(at + StatusPage.DROPPED)));
            }
        }
        return ports;
    }

    private static List<ConnectionInfo> connections(StatusPage page) {
        List<ConnectionInfo> connections = new ArrayList<>();
        for (int slot = 0; slot < StatusPage.CONNECTION_CAPACITY; slot++) {
            int at = StatusPage.connectionAt(slot);
            int id = page.intAt(at + StatusPage.ID);
            if (id != 0) {
                ConnectionInfo.State[] states = ConnectionInfo.State.values();
                ConnectionInfo.Tap[] taps = ConnectionInfo.Tap.values();
                int stateAndTap = page.intAt(at + StatusPage.SECOND);
                connections.add(new ConnectionInfo(id, page.nameAt(at + StatusPage.CONNECTION_SOURCE_NAME),
                        page.nameAt(at + StatusPage.CONNECTION_DESTINATION_NAME),
                        states[(stateAndTap & 0xFF) % states.length],
                        page.nameAt(at + StatusPage.CONNECTION_FILTER), page.longAt(at + StatusPage.EVENTS),
                        page.longAt(at + StatusPage.DROPPED), page.longAt(at + StatusPage.CONNECTION_FILTERED),
                        taps[(stateAndTap >>> StatusPage.CONNECTION_TAP_SHIFT & 0xFF) % taps.length]));
            }
        }
        return connections;
    }
}
