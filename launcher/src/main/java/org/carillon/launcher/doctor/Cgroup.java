package org.carillon.launcher.doctor;

import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalLong;

/** The control group of this process that shares out processor time; {@code cgroups(7)}, /proc/pid/cgroup. */
record Cgroup(Tree tree, String lines) {
    private static final String CPU = "cpu";
    private static final String[] FOLDERS = {"sys/fs/cgroup/cpu", "sys/fs/cgroup/cpu,cpuacct"};
    private static final String UNIFIED = "sys/fs/cgroup";
    private static final int CONTROLLERS = 1;
    private static final int PATH = 2;

    static Cgroup of(Tree tree) {
        return new Cgroup(tree, tree.read("proc/self/cgroup").orElse(""));
    }

    /** Where the group lies in the old hierarchy of the processor, such as "/user.slice"; empty without that. */
    Optional<String> oldPath() {
        return lines.lines().map(line -> line.split(":", PATH + 1)).filter(columns -> columns.length > PATH
                && Arrays.asList(columns[CONTROLLERS].split(",")).contains(CPU)).map(columns -> columns[PATH])
                .findFirst();
    }

    /** Where it lies in the one hierarchy of today. */
    Optional<String> path() {
        return lines.lines().filter(line -> line.startsWith("0::/")).map(line -> line.substring("0::".length()))
                .findFirst();
    }

    /** Microseconds of each second that the group's real-time threads may have; empty where nothing tells. */
    OptionalLong realTimeUs() {
        Optional<String> group = oldPath();
        if (group.isEmpty()) {
            return OptionalLong.empty();
        }
        return Arrays.stream(FOLDERS).map(folder -> tree.number(folder + group.get() + "/cpu.rt_runtime_us"))
                .filter(OptionalLong::isPresent).findFirst().orElse(OptionalLong.empty());
    }

    /** Whether the group has processor time of its own, and so none for real-time threads; empty where unknown. */
    Optional<Boolean> isApart() {
        return path().flatMap(path -> path.equals("/")
                ? Optional.of(false)
                : tree.read(UNIFIED + path + "/cgroup.controllers")
                        .map(names -> Arrays.asList(names.strip().split("\\s+")).contains(CPU)));
    }
}
