package org.carillon.launcher.doctor;

import java.util.List;
import java.util.stream.Stream;

/** All checks of a system, in the order of their numbers in the catalogue: rights, kernel, interrupts, processors. */
final class Examination {
    private Examination() {}

    /** Reads all files of a tree and tries what can be tried; some tenths of a second. */
    static List<Finding> of(Tree tree, Probes probes) {
        KernelFacts kernel = new KernelFacts(tree);
        ProcessTable processes = ProcessTable.of(tree);
        Interrupts interrupts = new Interrupts(tree, processes);
        return Stream.of(new Rights(tree).findings(), new RealTimeShare(tree, kernel, probes).findings(),
                new Machine(tree, processes).findings(), new Preemption(tree, kernel, interrupts).findings(),
                interrupts.findings(), new Processors(tree, kernel).findings(), new Memory(tree).findings(),
                new Surroundings(tree, probes).findings()).flatMap(List::stream).toList();
    }
}
