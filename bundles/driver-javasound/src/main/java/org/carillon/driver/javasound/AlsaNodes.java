package org.carillon.driver.javasound;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.carillon.api.device.DeviceEvidence;
import org.carillon.platform.device.AlsaCard;

/**
 * Which device files of Linux are behind Java's devices. Java names them {@code Name [hw:card,device,stream]}, and
 * looks again only when their number has changed: after a swap for as many others the names are wrong, and opening one
 * opens what is at its place in the list now. So the names are held against what the system tells, and where they
 * differ, the place counts. The observer's thread only.
 */
final class AlsaNodes {
    private static final Pattern LABEL = Pattern.compile(".* \\[hw:(\\d+),(\\d+)(?:,(\\d+))?\\]");
    /** The first device once more, under another name. */
    private static final String DEFAULT_LABEL = " [default]";
    /** What Java calls a device that went while its list was made; it may be another one's place by now. */
    private static final String NAMELESS = "Unknown name";
    private static final Pattern FILE = Pattern.compile("midi(\\d+)");
    private static final Pattern DEVICE = Pattern.compile("midiC\\d+D\\d+");
    private static final Pattern CARD = Pattern.compile("card(\\d+)");

    private final Path folder;
    private final Path proc;
    private final Path sys;
    private final Map<Address, Known> known = new HashMap<>();
    private final Map<String, KnownFile> files = new HashMap<>();

    private record Known(Object identity, DeviceEvidence evidence) {}

    private record KnownFile(Object identity, Path real, String serial, String busPath, String product) {}

    /** One input or output, or both of one number. */
    record Address(int card, int device, int stream) implements Comparable<Address> {
        String file() {
            return "midiC" + card + "D" + device;
        }

        @Override
        public int compareTo(Address other) {
            int order = Integer.compare(card, other.card);
            order = order == 0 ? Integer.compare(device, other.device) : order;
            return order == 0 ? Integer.compare(stream, other.stream) : order;
        }
    }

    /** A device file as it is there now. */
    record Node(Path path, AlsaCard card, int stream, Object identity, Path proc, DeviceEvidence evidence) {
        /** Whether somebody has it, as far as the system tells. */
        boolean isTaken(boolean input) {
            return card.streams().map(streams -> input ? streams.inputs() : streams.outputs())
                    .map(taken -> taken.getOrDefault(stream, false)).orElse(false);
        }
    }

    AlsaNodes(Path folder, Path proc, Path sys) {
        this.folder = folder;
        this.proc = proc;
        this.sys = sys;
    }

    static boolean isLabelled(ScannedDevice device) {
        return isHardware(device.name) || device.name.endsWith(DEFAULT_LABEL);
    }

    /** The name without what Java adds. */
    static String plainName(String name) {
        return LABEL.matcher(name).matches() ? name.substring(0, name.lastIndexOf(" [")) : name;
    }

    private static boolean isHardware(String name) {
        return LABEL.matcher(name).matches() || name.equals(NAMELESS);
    }

    /** The addresses behind devices that one provider lists; those that are not there, or not yet, are left out. */
    Map<ScannedDevice, Address> resolve(List<ScannedDevice> listed) {
        Map<ScannedDevice, Address> resolved = new LinkedHashMap<>();
        for (boolean input : new boolean[]{true, false}) {
            List<ScannedDevice> devices = listed.stream()
                    .filter(each -> isHardware(each.name) && (input ? each.sends : each.receives && !each.sends))
                    .toList();
            List<Address> told = devices.stream().map(each -> address(each.name)).toList();
            if (devices.isEmpty()) {
                continue;
            }
            List<Address> there = Files.isDirectory(proc.resolve("asound")) ? there(input) : told;
            boolean isStale = !there.containsAll(told) && there.size() == told.size();
            for (int i = 0; i < devices.size(); i++) {
                Address address = isStale ? there.get(i) : told.get(i);
                if (address != null && there.contains(address)) {
                    resolved.put(devices.get(i), address);
                }
            }
        }
        return resolved;
    }

    /** Where a device is by its name, or null. */
    private static Address address(String name) {
        Matcher label = LABEL.matcher(name);
        if (!label.matches()) {
            return null;
        }
        int stream = label.group(3) == null ? 0 : Integer.parseInt(label.group(3));
        return new Address(Integer.parseInt(label.group(1)), Integer.parseInt(label.group(2)), stream);
    }

    /** All inputs or outputs in the order in which Java lists them. */
    private List<Address> there(boolean input) {
        TreeSet<Address> there = new TreeSet<>();
        for (Path card : children(proc.resolve("asound"), CARD)) {
            for (Path device : children(card, FILE)) {
                int cardNumber = number(card, CARD);
                int deviceNumber = number(device, FILE);
                AlsaCard.of(Path.of("midiC" + cardNumber + "D" + deviceNumber), proc, sys).flatMap(AlsaCard::streams)
                        .ifPresent(streams -> (input ? streams.inputs() : streams.outputs()).keySet()
                                .forEach(stream -> there.add(new Address(cardNumber, deviceNumber, stream))));
            }
        }
        return new ArrayList<>(there);
    }

    private static List<Path> children(Path parent, Pattern pattern) {
        Predicate<Path> matches = path -> pattern.matcher(path.getFileName().toString()).matches();
        List<Path> children = new ArrayList<>();
        try (DirectoryStream<Path> found = Files.newDirectoryStream(parent, matches::test)) {
            found.forEach(children::add);
        } catch (IOException e) {
            return List.of(); // gone while we ask
        }
        return children;
    }

    private static int number(Path path, Pattern pattern) {
        Matcher matcher = pattern.matcher(path.getFileName().toString());
        return matcher.matches() ? Integer.parseInt(matcher.group(1)) : -1;
    }

    /** The file at an address, or null while there is none. */
    Node node(Address address) {
        Path path = folder.resolve(address.file());
        try {
            BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
            AlsaCard card = AlsaCard.of(path, proc, sys).orElseThrow();
            // a new file may have the number of one that has just gone
            Object identity = List.of(path, String.valueOf(attributes.fileKey()), attributes.creationTime());
            KnownFile file = file(path, identity, card);
            return new Node(file.real, card, address.stream(), identity, proc, evidence(address, file, card));
        } catch (IOException e) {
            return null;
        }
    }

    /** It stays the same for as long as the device does, and asking takes a dozen files. */
    private KnownFile file(Path path, Object identity, AlsaCard card) throws IOException {
        String name = path.getFileName().toString();
        KnownFile before = files.get(name);
        if (before != null && before.identity.equals(identity)) {
            return before;
        }
        boolean isTold = card.streams().isPresent();
        KnownFile file = new KnownFile(identity, path.toRealPath(), card.serial(), card.busPath(), card.product());
        if (isTold) {
            files.put(name, file);
        }
        return file;
    }

    private DeviceEvidence evidence(Address address, KnownFile file, AlsaCard card) {
        Known before = known.get(address);
        if (before != null && before.identity.equals(file.identity)) {
            return before.evidence;
        }
        int stream = address.stream();
        DeviceEvidence evidence = new DeviceEvidence(file.serial, file.busPath, file.product, card.portName(stream),
                card.port(stream));
        if (file.equals(files.get(address.file()))) {
            known.put(address, new Known(file.identity, evidence));
        }
        return evidence;
    }

    /** Whether all that the system has is among these addresses; false where it does not tell. */
    boolean isAll(Set<Address> inputs, Set<Address> outputs) {
        return Files.isDirectory(proc.resolve("asound")) && inputs.containsAll(there(true))
                && outputs.containsAll(there(false)) && isTold();
    }

    /** A file may be there before what tells of it. */
    private boolean isTold() {
        return children(folder, DEVICE).stream()
                .noneMatch(file -> AlsaCard.of(file, proc, sys).orElseThrow().isStillComing());
    }
}
