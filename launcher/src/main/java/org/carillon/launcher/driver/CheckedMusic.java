package org.carillon.launcher.driver;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.carillon.api.port.Direction;
import org.carillon.api.ring.LocalRing;
import org.carillon.launcher.driver.CheckedPorts.Port;
import org.carillon.protocol.Doorbell;
import org.carillon.protocol.Event;
import org.carillon.protocol.EventType;
import org.carillon.protocol.ServerClock;

/** The kernel's part towards a driver that is checked: fills the rings of destinations, empties those of sources. */
final class CheckedMusic {
    private static final int SENT_TO_EACH = 1_000;
    private static final int PIECE_BYTES = 200;
    /** A driver that writes to a line of 3125 bytes a second needs that long for all of it. */
    private static final long LIMIT_NS = TimeUnit.SECONDS.toNanos(15);
    private static final long STEP_NS = TimeUnit.MICROSECONDS.toNanos(200);
    private static final int MOST_WRONG = 3;

    private final CheckedPorts ports;
    private final Doorbell bell = new Doorbell(word(), () -> {});
    private final ServerClock clock = new ServerClock(Arena.ofAuto().allocate(ServerClock.LENGTH, Long.BYTES));
    private final MemorySegment record = Arena.ofAuto().allocate(Event.MAX_LENGTH, Event.ALIGNMENT);
    private final Event event = new Event();
    private final Set<String> wrong = new LinkedHashSet<>();
    /** Every source and destination that there was: they are read when the driver has taken them away, too. */
    private List<Port> sources = List.of();
    private List<Port> destinations = List.of();
    private final long openedNs;
    private int sent;
    private int came;

    CheckedMusic(CheckedPorts ports) {
        this.ports = ports;
        clock.set(0, System.nanoTime(), 1.0);
        openedNs = clock.nowNs();
    }

    private static MemorySegment word() {
        return Arena.ofAuto().allocate(Doorbell.WORD_LENGTH, Doorbell.WORD_LENGTH);
    }

    Doorbell bell() {
        return bell;
    }

    ServerClock clock() {
        return clock;
    }

    /** Plays to all destinations; empty, or which were not read. */
    String send() {
        sources = withRing(Direction.SOURCE);
        destinations = withRing(Direction.DESTINATION);
        for (Port port : destinations) {
            for (int i = 0; i < SENT_TO_EACH; i++) {
                boolean isOn = i % 2 == 0;
                if (!offer(port, isOn ? EventType.KEY_ON : EventType.KEY_OFF,
                        Event.data(isOn ? 0x90 : 0x80, 60, 64))) {
                    return notRead(port);
                }
            }
            if (!offerSysex(port, Event.BEGIN, 0xF0) || !offerSysex(port, Event.END, 0xF7)) {
                return notRead(port);
            }
            if (!await(port.ring())) {
                return notRead(port);
            }
        }
        listen();
        return "";
    }

    private List<Port> withRing(Direction direction) {
        return ports.all(direction).stream().filter(port -> port.ring() != null).toList();
    }

    private boolean offer(Port port, int type, long data) {
        long word = Event.toDestination(Event.word(0, 0, EventType.messageLength(type), 0), port.index());
        return offered(port, () -> port.ring().offer(type, clock.nowNs(), word, data));
    }

    private boolean offerSysex(Port port, int flags, int fill) {
        record.asSlice(Event.DATA_OFFSET, PIECE_BYTES).fill((byte) 0x11);
        int edge = flags == Event.BEGIN ? 0 : PIECE_BYTES - 1;
        record.set(java.lang.foreign.ValueLayout.JAVA_BYTE, Event.DATA_OFFSET + (long) edge, (byte) fill);
        long word = Event.toDestination(Event.word(0, 0, 0, flags), port.index());
        return offered(port, () -> port.ring().offer(record, 0, Event.HEADER_LENGTH + PIECE_BYTES, EventType.SYSEX,
                clock.nowNs(), word));
    }

    private boolean offered(Port port, java.util.function.BooleanSupplier offer) {
        long untilNs = System.nanoTime() + LIMIT_NS;
        while (!offer.getAsBoolean()) {
            port.ring().flush();
            listen();
            if (System.nanoTime() - untilNs > 0) {
                return false;
            }
            LockSupport.parkNanos(STEP_NS);
        }
        sent++;
        return true;
    }

    private boolean await(LocalRing ring) {
        long untilNs = System.nanoTime() + LIMIT_NS;
        ring.flush();
        while (!ring.isEmpty()) {
            listen();
            if (System.nanoTime() - untilNs > 0) {
                return false;
            }
            LockSupport.parkNanos(STEP_NS);
        }
        return true;
    }

    private static String notRead(Port port) {
        return "it does not read a destination's ring: port=" + port.name() + ", limitS="
                + TimeUnit.NANOSECONDS.toSeconds(LIMIT_NS);
    }

    int sent() {
        return sent;
    }

    /** Puts into each ring what the kernel puts there when a port goes: the end of a note. */
    void release() {
        for (Port port : destinations) {
            offer(port, EventType.KEY_OFF, Event.data(0x80, 60, 64));
            port.ring().flush();
        }
    }

    /** Destinations that were closed before they were read to the end; empty for none. */
    String left() {
        return destinations.stream().filter(port -> !port.ring().isEmpty())
                .map(port -> "note-offs were left in a ring: port=" + port.name()).collect(Collectors.joining("; "));
    }

    /** Takes what has come from all sources. */
    void listen() {
        for (LocalRing ring : new HashSet<>(sources.stream().map(Port::ring).toList())) {
            while (ring.poll((type, buffer, index, length) -> look(ring, type, index, length), 100) > 0) {
                Thread.onSpinWait();
            }
        }
    }

    private void look(LocalRing ring, int type, int index, int length) {
        came++;
        event.wrap(ring.segment(), index - (long) Event.RING_HEADER_LENGTH);
        long timeNs = event.timeNs();
        int sourceId = event.sourceId();
        if (!Event.isWellFormed(type, length + Event.RING_HEADER_LENGTH) || EventType.isTask(type)) {
            note("record is none that a device sends: type=" + type + ", lengthBytes="
                    + (length + Event.RING_HEADER_LENGTH));
        } else if (sources.stream().noneMatch(port -> port.id() == sourceId && port.ring() == ring)) {
            note("record must carry the id of a source of its ring: sourceId=" + sourceId);
        } else if (timeNs < openedNs || timeNs > clock.nowNs()) {
            note("time stamp must be server time of arrival: timeNs=" + timeNs + ", nowNs=" + clock.nowNs());
        } else if (EventType.messageLength(type) > 0 && EventType.ofStatus(event.status()) != type) {
            note("status byte must match the type: status=" + event.status() + ", type=" + type);
        }
    }

    private void note(String what) {
        if (wrong.size() < MOST_WRONG) {
            wrong.add(what);
        }
    }

    int came() {
        return came;
    }

    String wrong() {
        return String.join("; ", wrong);
    }

    /** Whether something came after what had come when the driver said it was closed; empty when not. */
    String late() {
        int before = came;
        listen();
        return came == before ? "" : "records came after its end: records=" + (came - before);
    }
}
