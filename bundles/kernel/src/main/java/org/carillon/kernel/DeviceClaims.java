package org.carillon.kernel;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Which driver has which device. A driver that stands earlier in the order gets it, also where it comes later: whoever
 * has it is told at its next claim, and the device stays its own until it has given it back. Drivers that claim
 * nothing any more are not waited for. One thread at a time.
 */
final class DeviceClaims {
    /** A driver looks each second; one that has not asked for as long as this wants nothing. */
    private static final long INTEREST_NS = 5_000_000_000L;
    /** How long a driver leaves a device that has just come to one that stands before it and may see it later. */
    private static final long GRACE_NS = 500_000_000L;

    private static final class Device {
        final long firstClaimNs;
        String owner = "";
        boolean wasOwned;
        final Map<String, Long> lastClaimNs = new HashMap<>();

        Device(long nowNs) {
            firstClaimNs = nowNs;
        }
    }

    private final LongSupplier monoClockNs;
    private final Map<String, Device> devices = new HashMap<>();
    private final Map<String, Long> lastSeenNs = new HashMap<>();
    private List<String> order;

    DeviceClaims(List<String> order, LongSupplier monoClockNs) {
        this.order = List.copyOf(order);
        this.monoClockNs = monoClockNs;
    }

    void order(List<String> changed) {
        order = List.copyOf(changed);
    }

    /** A driver is there, whether or not it claims anything. */
    void seen(String driver) {
        lastSeenNs.put(driver, monoClockNs.getAsLong());
    }

    /** @return empty when it is this driver's now, else the one that has it or shall have it. */
    String claim(String driver, String address) {
        long nowNs = monoClockNs.getAsLong();
        seen(driver);
        Device device = devices.computeIfAbsent(address, key -> new Device(nowNs));
        device.lastClaimNs.put(driver, nowNs);
        String preferred = preferred(device, driver, nowNs);
        if (!device.owner.isEmpty() && !device.owner.equals(driver)) {
            return device.owner;
        }
        if (preferred.isEmpty()) {
            device.owner = driver;
            device.wasOwned = true;
        }
        return preferred;
    }

    /** The driver that stands before this one and wants the device, or may want it. */
    private String preferred(Device device, String driver, long nowNs) {
        boolean isNew = !device.wasOwned && nowNs - device.firstClaimNs < GRACE_NS;
        Map<String, Long> candidates = isNew ? lastSeenNs : device.lastClaimNs;
        String best = driver;
        for (Map.Entry<String, Long> candidate : candidates.entrySet()) {
            if (nowNs - candidate.getValue() < INTEREST_NS && rank(candidate.getKey()) < rank(best)) {
                best = candidate.getKey();
            }
        }
        return best.equals(driver) ? "" : best;
    }

    /** A driver is named in the order whole, or by the first word of its name, which is its kind. */
    private int rank(String driver) {
        int whole = order.indexOf(driver);
        int kind = order.indexOf(driver.split(" ", 2)[0]);
        if (whole >= 0) {
            return whole;
        }
        return kind >= 0 ? kind : order.size();
    }

    void release(String driver, String address) {
        Device device = devices.get(address);
        if (device != null && device.owner.equals(driver)) {
            long nowNs = monoClockNs.getAsLong();
            device.owner = "";
            device.lastClaimNs.remove(driver);
            device.lastClaimNs.values().removeIf(lastNs -> nowNs - lastNs >= INTEREST_NS);
            if (device.lastClaimNs.isEmpty()) {
                devices.remove(address);
            }
        }
    }
}
