package org.carillon.driver.javasound;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.carillon.api.device.DeviceEvidence;
import org.carillon.api.device.DeviceInfo;
import org.carillon.api.port.Attachment;
import org.carillon.api.ring.LocalRing;
import org.carillon.driver.javasound.Count.Counters;
import org.carillon.protocol.Doorbell;
import org.carillon.protocol.ServerClock;

/**
 * A name with what is found under it, for as long as the driver runs: keeps it open while it is there. The observer's
 * thread only, but for {@link #info}.
 */
final class JavaSoundPort {
    private static final int RING_BYTES = 64 * 1024;
    private static final DeviceEvidence NONE = new DeviceEvidence("", "", "", "", "");

    /** What the kernel gives to a driver. */
    record Server(Attachment ports, Doorbell bell, ServerClock clock) {}

    /**
     * What a port is found as.
     *
     * @param devices  one, or one for each direction.
     * @param address  what every driver calls it by.
     * @param node     behind it, or null.
     * @param onDemand whether it is opened when it is wanted.
     * @param doubt    about its name.
     */
    record Found(List<ScannedDevice> devices, String address, AlsaNodes.Node node, DeviceEvidence evidence,
            boolean onDemand, String doubt) {
        boolean isSameAs(Found other) {
            return other != null && devices.equals(other.devices) && isAlike(other);
        }

        /** Whether it is the same in the system, though perhaps Java now lists more of it, or less. */
        private boolean isAlike(Found other) {
            return Objects.equals(identity(), other.identity());
        }

        /** Whether a device of another look is here still: Java may have made it anew, for its list has changed. */
        boolean has(ScannedDevice device, Found other) {
            return other != null && isAlike(other) && (devices.contains(device)
                    || node != null && devices.stream().anyMatch(device::hasDirectionsOf));
        }

        private Object identity() {
            return node == null ? "" : node.identity();
        }

        Found doubted(String doubt) {
            return new Found(devices, address, node, evidence, onDemand, doubt);
        }
    }

    private final String name;
    private final Server server;
    private final Counters counters = new Counters();
    private final LocalRing ring; // for all openings: the kernel keeps what it reads
    private volatile List<JavaSoundOpening> openings = List.of();
    private volatile Found found;
    private volatile DeviceEvidence evidence = NONE;
    private volatile String address = "";

    JavaSoundPort(String name, Server server) {
        this.name = name;
        this.server = server;
        ring = new LocalRing(RING_BYTES, server.bell);
    }

    /**
     * @param now     what it is found as; null while it is absent.
     * @param present everything that is there, also under other names or left to other drivers.
     */
    void look(Found now, List<Found> present, long nowNs) {
        boolean isSame = now == null ? found == null : now.isSameAs(found) && areAllOf(now);
        if (!isSame) {
            openings.stream().filter(each -> !isKept(each, now)).forEach(each -> each.end(
                    present.stream().noneMatch(other -> other.has(each.device(), found))));
        }
        openings.forEach(each -> each.look(nowNs));
        if (!isSame && openings.stream().allMatch(each -> each.current() == null || isKept(each, now))) {
            take(now, nowNs);
            isSame = true;
        }
        if (isSame && now != null) {
            found = now.doubt.isEmpty() ? found : now;
            openings.forEach(each -> each.openIfDue(nowNs));
        }
    }

    /** Whether nothing would be opened that is not listed any more. */
    private boolean areAllOf(Found now) {
        return openings.stream().allMatch(each -> each.current() != null || now.devices.contains(each.device()));
    }

    /**
     * One direction that is open stays so when the other one is listed later, or no more; and when Java lists the same
     * file of the system by another object.
     */
    private boolean isKept(JavaSoundOpening opening, Found now) {
        return now != null && now.has(opening.device(), found)
                && (opening.isUnderWay() || now.devices.contains(opening.device()));
    }

    private void take(Found now, long nowNs) {
        List<JavaSoundOpening> next = new ArrayList<>();
        if (now != null) {
            evidence = now.evidence;
            address = now.address;
            for (ScannedDevice device : now.devices) {
                next.add(openings.stream().filter(each -> each.device().hasDirectionsOf(device) && isKept(each, now))
                        .findFirst().orElseGet(() -> opening(device, now, nowNs)));
            }
        }
        found = now;
        openings = List.copyOf(next);
    }

    private JavaSoundOpening opening(ScannedDevice device, Found now, long nowNs) {
        JavaSoundEnd.Target target = new JavaSoundEnd.Target(name, device, now.node, now.onDemand);
        return new JavaSoundOpening(name, device, () -> new JavaSoundEnd(target, ring, counters, server), nowNs);
    }

    /** Something is connected to the port. */
    void want() {
        ends().forEach(JavaSoundEnd::want);
    }

    boolean isOnDemand() {
        Found now = found;
        return now != null && now.onDemand;
    }

    /** Whether it has one of the devices open, or is about to. */
    boolean holds(Found devices) {
        return ends().stream().anyMatch(end -> devices.devices.contains(end.device()));
    }

    boolean holds(String deviceAddress) {
        return address.equals(deviceAddress) && !ends().isEmpty();
    }

    boolean isChanging() {
        return openings.stream().anyMatch(JavaSoundOpening::isChanging);
    }

    /** Whether what was listed is no longer what Java opens. */
    boolean isPuzzled() {
        return openings.stream().anyMatch(JavaSoundOpening::isPuzzled);
    }

    /** When to look again at the latest: a time of {@link System#nanoTime()}, or the one given. */
    long nextNs(long latestNs) {
        long nextNs = latestNs;
        for (JavaSoundOpening opening : openings) {
            if (opening.current() == null && opening.nextNs() - nextNs < 0) {
                nextNs = opening.nextNs();
            }
        }
        return nextNs;
    }

    List<JavaSoundEnd> ends() {
        return openings.stream().map(JavaSoundOpening::current).filter(Objects::nonNull).toList();
    }

    /** What is to be seen of it. Any thread. */
    DeviceInfo info() {
        Found now = found;
        List<JavaSoundOpening> all = openings;
        DeviceInfo.State state = all.stream().map(JavaSoundOpening::state).max(Comparator.comparing(
                List.of(DeviceInfo.State.ABSENT, DeviceInfo.State.OPEN, DeviceInfo.State.BUSY,
                        DeviceInfo.State.FAILED)::indexOf))
                .orElse(DeviceInfo.State.ABSENT);
        String reason = all.stream().map(JavaSoundOpening::reason).filter(each -> !each.isEmpty()).findFirst()
                .orElse("");
        return new DeviceInfo(name, address, evidence, state, now == null ? "" : now.doubt, reason,
                counters.byWord());
    }
}
