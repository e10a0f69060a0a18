package org.carillon.bench.soak;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.carillon.bench.process.Reading;
import org.carillon.protocol.DropReason;

/** What was sent, what arrived, and whether the server's counters tell the difference exactly. */
final class Books {
    private static final String FLOW = "n_";
    private static final int MOST_REMARKS = 20;

    /** What goes from one source to one destination, through one connection after the other. */
    private static final class Flow {
        private final Kind kind;
        private long expected;
        private long dropped;
        /** Among the dropped: what was for a tap, which may be there before a connection or after one. */
        private long droppedCopies;

        private Flow(Wire wire) {
            kind = wire.kind();
        }
    }

    /** Flows by their receivers and names. */
    private final Map<Guest, Map<String, Flow>> flows = new HashMap<>();
    private final Map<Kind, Long> missing = new EnumMap<>(Kind.class);
    private final Map<String, Long> faults = new LinkedHashMap<>();
    private final List<String> remarks = new ArrayList<>();
    private long received;
    private long taken;
    private long filtered;
    private long missingOfTaps;
    private long missingTasks;
    private long leftBehind;
    private long refused;
    private long released;
    private long unexplained;

    Books() {
        for (Kind kind : Kind.values()) {
            missing.put(kind, 0L);
        }
        for (String fault : List.of("outOfOrder", "doubled", "torn", "early", "stuckNotes", "wrongTasks")) {
            faults.put(fault, 0L);
        }
    }

    /** A connection begins. */
    void open(Wire wire) {
        flow(wire);
    }

    private Flow flow(Wire wire) {
        return flows.computeIfAbsent(wire.to(), to -> new HashMap<>())
                .computeIfAbsent(wire.flow(), name -> new Flow(wire));
    }

    /**
     * A connection ends.
     *
     * @param end     the number of the source that goes through it no more.
     * @param dropped what the server counted of it; not looked at where events are not one record each.
     */
    void close(Wire wire, long end, long dropped) {
        Flow flow = flow(wire);
        long passes = wire.sieve().passing(wire.first(), end);
        flow.expected += passes;
        flow.dropped += dropped;
        flow.droppedCopies += wire.isTap() ? dropped : 0;
        filtered += end - wire.first() - passes;
    }

    /** Something that nothing explains. */
    void unexplained(long count, String remark) {
        unexplained += Math.abs(count);
        if (count != 0 && remarks.size() < MOST_REMARKS) {
            remarks.add(remark + ": events=" + count);
        }
    }

    /** A guest has gone; all its connections had ended. @param last its last words. */
    void gone(Guest guest, Reading last) {
        Map<String, Flow> expected = flows.getOrDefault(guest, Map.of());
        expected.forEach((name, flow) -> settle(guest, name, flow,
                last.values().getOrDefault(FLOW + name, 0.0).longValue()));
        last.values().forEach((name, count) -> {
            if (name.startsWith(FLOW) && !expected.containsKey(name.substring(FLOW.length()))) {
                unexplained(count.longValue(),
                        "a guest received what was not for it: guest=" + guest + ", flow=" + name);
            }
        });
        flows.remove(guest);
        for (Map.Entry<String, Long> fault : faults.entrySet()) {
            long count = (long) last.get(fault.getKey());
            fault.setValue(fault.getValue() + count);
            if (count != 0 && remarks.size() < MOST_REMARKS) {
                remarks.add("guest received wrongly: guest=" + guest + ", " + fault.getKey() + "=" + count);
            }
        }
        long tasks = (long) last.get("tasksReceived");
        received += tasks;
        missingTasks += (long) last.get("tasksSent") - tasks;
        leftBehind += (long) last.get("leftBehind");
        refused += (long) last.get("refused");
        released += (long) last.get("released");
        taken += (long) (last.get("plain") + last.get("dated") + last.get("notes") + last.get("pieces")
                + last.get("leftBehind"));
        if (!guest.sends(Kind.SYSEX)) { // pieces are offered again and again
            unexplained((long) (last.get("refused") - last.get("saidNo")),
                    "a guest's ring counts other refusals than its program: guest=" + guest);
        }
    }

    private void settle(Guest guest, String name, Flow flow, long arrived) {
        received += arrived;
        long lost = flow.expected - arrived;
        if (lost < 0) {
            unexplained(lost, "more arrived than was sent: guest=" + guest + ", flow=" + name + ", kind=" + flow.kind);
        }
        if (flow.kind.isOneToOne()) {
            unexplained(lost - flow.dropped, "connections counted other drops than the receiver: guest=" + guest
                    + ", flow=" + name + ", kind=" + flow.kind + ", lost=" + lost + ", counted=" + flow.dropped);
        }
        missingOfTaps += flow.droppedCopies;
        missing.merge(flow.kind, lost - flow.droppedCopies, Long::sum);
    }

    long received() {
        return received;
    }

    long taken() {
        return taken;
    }

    long filtered() {
        return filtered;
    }

    long released() {
        return released;
    }

    long missingOfTaps() {
        return missingOfTaps;
    }

    long unexplained() {
        return unexplained;
    }

    /** By names of its own. */
    Map<String, Long> faults() {
        return faults;
    }

    List<String> remarks() {
        return remarks;
    }

    /** Losses that guests have found or caused, by the reason that the server must count them under. */
    Map<DropReason, Long> losses() {
        Map<DropReason, Long> losses = new EnumMap<>(DropReason.class);
        for (DropReason reason : DropReason.values()) {
            losses.put(reason, 0L);
        }
        losses.put(DropReason.DESTINATION_FULL,
                missing.get(Kind.PLAIN) + missing.get(Kind.DATED) + missing.get(Kind.NOTES) + missingTasks);
        losses.put(DropReason.SYSEX_CUT, missing.get(Kind.SYSEX));
        losses.put(DropReason.SENDER_GONE, leftBehind);
        losses.put(DropReason.SOURCE_FULL, refused);
        return losses;
    }
}
