package org.carillon.driver.rawmidi;

import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.carillon.api.device.DeviceEvidence;
import org.carillon.api.device.DeviceInfo;
import org.carillon.api.port.Attachment;
import org.carillon.api.ring.LocalRing;
import org.carillon.driver.rawmidi.Count.Counters;
import org.carillon.protocol.Doorbell;
import org.carillon.protocol.ServerClock;

/**
 * One port of a device by its name, for as long as the driver runs: keeps its directions open while the device is
 * there. The observer's thread only, but for {@link #info}.
 */
final class RawMidiDevice {
    private static final int RING_BYTES = 64 * 1024;
    private static final DeviceEvidence NONE = new DeviceEvidence("", "", "", "", "");

    /** What the kernel gives to a driver. */
    record Server(Attachment ports, Doorbell bell, ServerClock clock) {}

    /** What a device is found as: a file, and which of its inputs and outputs; with a doubt about its name. */
    record Found(DeviceFile file, int stream, boolean reads, boolean writes, DeviceEvidence evidence, String doubt) {
        boolean isSameAs(Found other) {
            return other != null && file == other.file && stream == other.stream;
        }
    }

    private final String name;
    private final Counters counters = new Counters();
    private final RawMidiDirection in;
    private final RawMidiDirection out;
    private volatile Found found;
    private volatile DeviceEvidence evidence = NONE;
    private volatile String address = "";

    RawMidiDevice(String name, Server server, RawMidiSettings settings) {
        this.name = name;
        LocalRing ring = new LocalRing(RING_BYTES, server.bell); // for all openings: the kernel keeps what it reads
        in = new RawMidiDirection(name, "in", () -> {
            Found now = found;
            return new RawMidiSource(name, () -> now.file.open(true, now.stream, now.writes), ring, counters,
                    server.ports, server.clock);
        });
        out = new RawMidiDirection(name, "out", () -> {
            Found now = found;
            LinePace pace = new LinePace(settings.bytesPerSecond(now.file.isOnSlowLine()), settings.sysexGapNs(),
                    settings.runningStatus());
            return new RawMidiDestination(name, () -> now.file.open(false, now.stream, now.reads), pace, counters,
                    server.ports);
        });
    }

    /** @param now what it is found as; null while it is absent. */
    void look(Found now, long nowNs) {
        boolean isSame = now == null ? found == null : now.isSameAs(found);
        if (!isSame) {
            in.end();
            out.end();
        }
        in.look(nowNs);
        out.look(nowNs);
        if (!isSame && ends().isEmpty()) {
            take(now, nowNs);
            isSame = true;
        }
        if (isSame && now != null) {
            open(now, nowNs);
        }
    }

    private void take(Found now, long nowNs) {
        found = now;
        in.renew(nowNs);
        out.renew(nowNs);
        if (now != null) {
            evidence = now.evidence;
            address = now.file.path.toString();
        }
    }

    private void open(Found now, long nowNs) {
        if (!now.doubt.isEmpty()) {
            found = now;
        }
        if (now.reads) {
            in.openIfDue(nowNs);
        }
        if (now.writes) {
            out.openIfDue(nowNs);
        }
    }

    /** Whether it has the device open, or is about to. */
    boolean holds(Found device) {
        return device.isSameAs(found) && !ends().isEmpty();
    }

    boolean holds(DeviceFile file) {
        Found now = found;
        return now != null && now.file == file && !ends().isEmpty();
    }

    /** Whether something is under way that a look soon will find done. */
    boolean isChanging() {
        return ends().stream().anyMatch(end -> end.state() != RawMidiEnd.State.OPEN || end.isAskedToEnd());
    }

    /** When to look again at the latest: a time of {@link System#nanoTime()}, or the one given. */
    long nextNs(long latestNs) {
        Found now = found;
        long nextNs = latestNs;
        if (now != null && now.reads && in.current() == null && in.nextNs() - nextNs < 0) {
            nextNs = in.nextNs();
        }
        if (now != null && now.writes && out.current() == null && out.nextNs() - nextNs < 0) {
            nextNs = out.nextNs();
        }
        return nextNs;
    }

    List<RawMidiEnd> ends() {
        return Stream.of(in.current(), out.current()).filter(Objects::nonNull).toList();
    }

    /** What is to be seen of it. Any thread. */
    DeviceInfo info() {
        Found now = found;
        DeviceInfo.State state = now == null ? DeviceInfo.State.ABSENT : worse(in.state(), out.state());
        return new DeviceInfo(name, address, evidence, state, now == null ? "" : now.doubt,
                in.reason().isEmpty() ? out.reason() : in.reason(), counters.byWord());
    }

    private static DeviceInfo.State worse(DeviceInfo.State a, DeviceInfo.State b) {
        return Stream.of(DeviceInfo.State.FAILED, DeviceInfo.State.BUSY, DeviceInfo.State.OPEN)
                .filter(each -> a == each || b == each).findFirst().orElse(DeviceInfo.State.ABSENT);
    }
}
