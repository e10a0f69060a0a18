package org.carillon.launcher.doctor;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** The processes and kernel threads that can be seen, {@code proc(5)}. */
record ProcessTable(Tree tree, List<Process> processes) {
    /** Fields of /proc/pid/stat are counted from 1, and the third is the first behind the name. */
    private static final int FIRST_BEHIND_NAME = 3;
    private static final int REAL_TIME_PRIORITY = 40;
    /** Father of the kernel's threads: not seen from inside a container, nor where others' processes are hidden. */
    private static final String KERNEL = "kthreadd";

    /** A process by its number and the name that it gave itself, cut to 15 characters. */
    record Process(String pid, String name) {}

    static ProcessTable of(Tree tree) {
        return new ProcessTable(tree, tree.list("proc").stream().filter(pid -> pid.matches("\\d{1,10}"))
                .flatMap(pid -> tree.word("proc/" + pid + "/comm").map(name -> new Process(pid, name)).stream())
                .toList());
    }

    /** Whether all processes of the machine can be seen, the kernel's threads too. */
    boolean isWhole() {
        return find(KERNEL).isPresent();
    }

    Optional<Process> find(String name) {
        return processes.stream().filter(process -> process.name().equals(name)).findFirst();
    }

    /** 1 to 99; 0 for a normal thread; empty where it cannot be read. */
    OptionalLong realTimePriority(Process process) {
        String stat = tree.read("proc/" + process.pid() + "/stat").orElse("");
        String[] fields = stat.substring(stat.lastIndexOf(')') + 1).strip().split("\\s+");
        int index = REAL_TIME_PRIORITY - FIRST_BEHIND_NAME;
        return index < fields.length ? Numbers.parse(fields[index]) : OptionalLong.empty();
    }
}
