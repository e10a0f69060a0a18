package org.carillon.api.device;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiPredicate;
import org.carillon.api.port.CarillonException;
import org.carillon.api.port.CarillonException.Kind;

/**
 * Gives the same device its old name, by the strongest evidence that decides: its serial number; where it is plugged
 * in; being the only one of its kind that is missed. Where nothing decides it names without guessing and says so. Pure:
 * no file, no clock. One thread at a time.
 */
public final class PortNames {
    /** Devices that are remembered; beyond that, those that were away longest are forgotten. */
    public static final int LIMIT = 1000;
    private static final String HEADER = "carillon devices 1";
    private static final String DEVICE = "device";
    private static final String SHARED = "shared";
    private static final int DEVICE_FIELDS = 8;
    private static final int SHARED_FIELDS = 3;

    private static final class Known {
        final String name;
        String alias;
        DeviceEvidence evidence;

        Known(String name, String alias, DeviceEvidence evidence) {
            this.name = name;
            this.alias = alias;
            this.evidence = evidence;
        }

        String shownName() {
            return alias.isEmpty() ? name : alias;
        }
    }

    /** Those seen last at the end. */
    private final List<Known> known = new ArrayList<>();
    /** Product and serial that two devices have told at one time: worth nothing from then on. */
    private final Set<List<String>> sharedSerials = new LinkedHashSet<>();
    private final Map<String, Set<Known>> presentByDriver = new HashMap<>();

    /** Names of devices of which nothing is remembered. */
    public PortNames() {
        // nothing is known yet
    }

    /**
     * What {@link #text} has written.
     *
     * @throws IllegalArgumentException where it is not that; the message names the line.
     */
    public PortNames(String text) {
        String[] lines = text.split("\n", -1);
        check(HEADER.equals(lines[0]), 1, lines[0]);
        for (int i = 1; i < lines.length; i++) {
            String[] fields = lines[i].split("\t", -1);
            if (fields[0].equals(DEVICE) && fields.length == DEVICE_FIELDS) {
                check(isFree(fields[1], null) && (fields[2].isEmpty() || isFree(fields[2], null)), i + 1, lines[i]);
                known.add(new Known(fields[1], fields[2],
                        new DeviceEvidence(fields[3], fields[4], fields[5], fields[6], fields[7])));
            } else if (fields[0].equals(SHARED) && fields.length == SHARED_FIELDS) {
                sharedSerials.add(List.of(fields[1], fields[2]));
            } else {
                check(lines[i].isEmpty(), i + 1, lines[i]);
            }
        }
    }

    private static void check(boolean holds, int line, String words) {
        if (!holds) {
            throw new IllegalArgumentException("line must describe a device of a name of its own: line=" + line
                    + ", words=" + words);
        }
    }

    /** Everything worth keeping: lines of fields between tabs, made for the constructor. */
    public String text() {
        StringBuilder text = new StringBuilder(HEADER).append('\n');
        for (Known each : known) {
            DeviceEvidence evidence = each.evidence;
            text.append(String.join("\t", DEVICE, each.name, each.alias, evidence.serial(), evidence.busPath(),
                    evidence.product(), evidence.name(), evidence.port())).append('\n');
        }
        sharedSerials.forEach(shared -> text.append(String.join("\t", SHARED, shared.get(0), shared.get(1)))
                .append('\n'));
        return text.toString();
    }

    /** As {@link DeviceRegistry#identify}. */
    public List<DeviceName> identify(String driver, List<DeviceEvidence> present) {
        presentByDriver.remove(driver);
        noteSharedSerials(present);
        Known[] found = new Known[present.size()];
        String[] doubts = new String[present.size()];
        Arrays.fill(doubts, "");
        match(present, found, this::hasSameSerial);
        match(present, found, this::isInSamePlace);
        for (int i = 0; i < found.length; i++) {
            if (found[i] == null) {
                nameKind(present, found, doubts, i);
            }
        }
        return seen(driver, present, found, doubts);
    }

    private void noteSharedSerials(List<DeviceEvidence> present) {
        Map<List<String>, DeviceEvidence> owners = new HashMap<>();
        for (DeviceEvidence evidence : present) {
            DeviceEvidence other = owners.putIfAbsent(
                    List.of(evidence.product(), evidence.serial(), evidence.name(), evidence.port()), evidence);
            if (other != null && !evidence.serial().isEmpty()) {
                sharedSerials.add(List.of(evidence.product(), evidence.serial()));
            }
        }
    }

    /** The serial number as far as it is worth something. */
    private String serial(DeviceEvidence evidence) {
        return sharedSerials.contains(List.of(evidence.product(), evidence.serial())) ? "" : evidence.serial();
    }

    private boolean hasSameSerial(DeviceEvidence a, DeviceEvidence b) {
        return a.isSameKind(b) && !serial(a).isEmpty() && serial(a).equals(serial(b));
    }

    private boolean isInSamePlace(DeviceEvidence a, DeviceEvidence b) {
        boolean speaksAgainst = !serial(a).isEmpty() && !serial(b).isEmpty() && !serial(a).equals(serial(b));
        return a.isSameKind(b) && !a.busPath().isEmpty() && a.busPath().equals(b.busPath()) && !speaksAgainst;
    }

    private void match(List<DeviceEvidence> present, Known[] found,
            BiPredicate<DeviceEvidence, DeviceEvidence> isSame) {
        for (int i = 0; i < found.length; i++) {
            for (Known each : known) {
                if (found[i] == null && isSame.test(present.get(i), each.evidence)
                        && !Arrays.asList(found).contains(each)) {
                    found[i] = each;
                }
            }
        }
    }

    /** Names all that are equal to one which neither serial nor place has named. */
    private void nameKind(List<DeviceEvidence> present, Known[] found, String[] doubts, int first) {
        DeviceEvidence kind = present.get(first);
        List<Integer> equals = new ArrayList<>();
        for (int i = first; i < found.length; i++) {
            if (found[i] == null && isEqual(present.get(i), kind)) {
                equals.add(i);
            }
        }
        List<Known> missed = missed(kind, found);
        boolean decides = equals.size() == 1 && missed.size() <= 1;
        boolean hasPlaces = equals.stream().noneMatch(i -> present.get(i).busPath().isEmpty());
        for (int i : equals) {
            boolean takesOld = !missed.isEmpty() && (decides || !hasPlaces);
            found[i] = takesOld ? missed.removeFirst() : remember(present.get(i));
        }
        if (!decides) {
            String doubt = doubt(equals.size(), missed);
            equals.forEach(i -> doubts[i] = doubt);
        }
    }

    /** Nothing but the place tells them apart. */
    private boolean isEqual(DeviceEvidence a, DeviceEvidence b) {
        return a.isSameKind(b) && serial(a).equals(serial(b));
    }

    private List<Known> missed(DeviceEvidence kind, Known[] found) {
        List<Known> missed = new ArrayList<>(known);
        missed.removeIf(each -> !isEqual(each.evidence, kind) || Arrays.asList(found).contains(each)
                || isPresent(each));
        missed.sort((a, b) -> a.name.length() == b.name.length()
                ? a.name.compareTo(b.name)
                : Integer.compare(a.name.length(), b.name.length()));
        return missed;
    }

    private boolean isPresent(Known device) {
        return presentByDriver.values().stream().anyMatch(devices -> devices.contains(device));
    }

    private static String doubt(int count, List<Known> missed) {
        String what = count > 1 ? count + " equal devices came" : "a device came";
        return missed.isEmpty()
                ? what + ", and nothing tells which is which"
                : what + " that may be one of those missed: names="
                        + String.join(", ", missed.stream().map(Known::shownName).toList());
    }

    private Known remember(DeviceEvidence evidence) {
        String base = evidence.name().isEmpty() ? DEVICE : evidence.name();
        String name = base;
        for (int i = 2; !isFree(name, null); i++) {
            name = base + " #" + i;
        }
        Known device = new Known(name, "", evidence);
        known.add(device);
        return device;
    }

    private boolean isFree(String name, Known except) {
        return known.stream().filter(each -> each != except)
                .noneMatch(each -> each.name.equals(name) || each.alias.equals(name));
    }

    private List<DeviceName> seen(String driver, List<DeviceEvidence> present, Known[] found, String[] doubts) {
        Set<Known> now = new LinkedHashSet<>(Arrays.asList(found));
        List<DeviceName> names = new ArrayList<>();
        for (int i = 0; i < found.length; i++) {
            found[i].evidence = present.get(i);
            names.add(new DeviceName(found[i].shownName(), doubts[i]));
        }
        if (!now.isEmpty()) {
            presentByDriver.put(driver, now);
        }
        known.removeAll(now);
        known.addAll(now);
        forgetLongestAway();
        return names;
    }

    private void forgetLongestAway() {
        for (int i = 0; known.size() > LIMIT && i < known.size();) {
            if (isPresent(known.get(i))) {
                i++;
            } else {
                known.remove(i);
            }
        }
    }

    /** The driver that sees a device, by the name that is shown of it; empty where none does. */
    public String driverOf(String shownName) {
        return presentByDriver.entrySet().stream()
                .filter(each -> each.getValue().stream().anyMatch(device -> device.shownName().equals(shownName)))
                .map(Map.Entry::getKey).findFirst().orElse("");
    }

    /** As {@link DeviceRegistry#alias}. */
    public void alias(String name, String alias) {
        Known device = known.stream().filter(each -> each.shownName().equals(name)).findFirst().orElseThrow(
                () -> new CarillonException(Kind.NO_SUCH_NAME, "no device of this name is remembered: name=" + name));
        String clean = DeviceEvidence.clean(alias);
        if (!clean.isEmpty() && !isFree(clean, device)) {
            throw new CarillonException(Kind.REFUSED,
                    "alias must be no name of another device: alias=" + clean + ", name=" + name);
        }
        device.alias = clean.equals(device.name) ? "" : clean;
    }

    /** As {@link DeviceRegistry#remembered}. */
    public List<RememberedDevice> remembered() {
        return known.stream()
                .map(each -> new RememberedDevice(each.name, each.alias, each.evidence, isPresent(each))).toList();
    }

    /** Serial numbers that two devices had at one time, by product: they tell nothing apart. */
    public Map<String, String> sharedSerials() {
        Map<String, String> shared = new LinkedHashMap<>();
        sharedSerials.forEach(each -> shared.merge(each.get(0), each.get(1), (a, b) -> a + " " + b));
        return shared;
    }
}
