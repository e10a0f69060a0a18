package org.carillon.driver.javasound;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.carillon.api.device.DeviceEvidence;
import org.carillon.driver.javasound.JavaSoundPort.Found;

/**
 * Puts together what belongs together: providers list the two directions of one device as two devices of one name. The
 * observer's thread only.
 */
final class DeviceFinder {
    private final JavaSoundSettings settings;
    private final AlsaNodes nodes;
    private boolean hasAll;

    /** One device to come, with those of its directions that were met. */
    private static final class Group {
        final List<ScannedDevice> devices = new ArrayList<>();
        boolean sends;
        boolean receives;

        boolean hasRoomFor(ScannedDevice device) {
            return !(sends && device.sends || receives && device.receives);
        }

        void add(ScannedDevice device) {
            devices.add(device);
            sends |= device.sends;
            receives |= device.receives;
        }
    }

    DeviceFinder(JavaSoundSettings settings, AlsaNodes nodes) {
        this.settings = settings;
        this.nodes = nodes;
    }

    /** @param listed what each provider lists. */
    List<Found> find(Collection<List<ScannedDevice>> listed) {
        Map<AlsaNodes.Address, Group> hardware = new HashMap<>();
        Map<String, List<Group>> others = new HashMap<>();
        List<Found> found = new ArrayList<>();
        for (List<ScannedDevice> devices : listed) {
            nodes.resolve(devices).forEach(
                    (device, address) -> hardware.computeIfAbsent(address, key -> new Group()).add(device));
            for (ScannedDevice device : devices) {
                if (!AlsaNodes.isLabelled(device) && isWanted(device)) {
                    addOther(device, others.computeIfAbsent(device.name, key -> new ArrayList<>()));
                }
            }
        }
        hasAll = nodes.isAll(addresses(hardware, group -> group.sends), addresses(hardware, group -> group.receives));
        hardware.forEach((address, group) -> addHardware(address, group, found));
        others.forEach((name, groups) -> addOthers(name, groups, found));
        found.sort((a, b) -> a.address().compareTo(b.address()));
        return found;
    }

    private static Set<AlsaNodes.Address> addresses(Map<AlsaNodes.Address, Group> hardware,
            Predicate<Group> direction) {
        return hardware.entrySet().stream().filter(each -> direction.test(each.getValue())).map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    /** Whether all that the system has was among what was found last; false where it does not tell. */
    boolean hasAll() {
        return hasAll;
    }

    private boolean isWanted(ScannedDevice device) {
        boolean isKind = device.isSequencer()
                ? settings.sequencers()
                : !device.isSynthesizer() || settings.synthesizers() != JavaSoundSettings.Synthesizers.NEVER;
        return isKind && (device.sends || device.receives) && settings.covers(device.name);
    }

    private static void addOther(ScannedDevice device, List<Group> groups) {
        Group group = groups.stream().filter(each -> each.hasRoomFor(device)).findFirst().orElseGet(() -> {
            Group added = new Group();
            groups.add(added);
            return added;
        });
        group.add(device);
    }

    private void addHardware(AlsaNodes.Address address, Group group, List<Found> found) {
        AlsaNodes.Node node = nodes.node(address);
        if (node != null) {
            DeviceEvidence evidence = node.evidence();
            if (settings.covers(evidence.name()) || settings.covers(AlsaNodes.plainName(group.devices.get(0).name))) {
                found.add(new Found(List.copyOf(group.devices), node.path().toString(), node, evidence, false, ""));
            }
        }
    }

    private void addOthers(String name, List<Group> groups, List<Found> found) {
        for (int i = 0; i < groups.size(); i++) {
            Group group = groups.get(i);
            ScannedDevice first = group.devices.get(0);
            boolean onDemand = first.isSynthesizer()
                    && settings.synthesizers() == JavaSoundSettings.Synthesizers.CONNECTED;
            found.add(new Found(List.copyOf(group.devices), "javasound:" + name + (i == 0 ? "" : " " + (i + 1)), null,
                    new DeviceEvidence("", "", first.vendor(), name, ""), onDemand, ""));
        }
    }
}
