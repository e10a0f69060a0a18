package org.carillon.launcher.doctor;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.carillon.platform.Grant;

/** Whether real-time priority is given, and how much time there is for it. */
final class RealTimeShare {
    static final String PROBE = "fifo";

    private static final String GROUP_OPTION = "rt_group_sched";
    private static final String OFF_AT_START = "CONFIG_RT_GROUP_SCHED_DEFAULT_DISABLED";
    private static final Set<String> OFF_WORDS = Set.of("0", "off", "n", "no", "false");
    private static final int PRIORITY = 70;

    private final Tree tree;
    private final KernelFacts kernel;
    private final Cgroup group;
    private final Probes probes;

    RealTimeShare(Tree tree, KernelFacts kernel, Probes probes) {
        this.tree = tree;
        this.kernel = kernel;
        this.probes = probes;
        group = Cgroup.of(tree);
    }

    List<Finding> findings() {
        return List.of(probe(), throttling(), groupBudget());
    }

    private Finding probe() {
        Subject subject = Subject.required(PROBE);
        if (!tree.isLive()) {
            return subject.unknown("not tried: this is a recorded tree");
        }
        Optional<Grant> answer = probes.fifo(PRIORITY);
        if (answer.isEmpty()) {
            return subject.unknown("cannot be tried from Java on this system");
        }
        return answer.get().granted()
                ? subject.pass(answer.get().message())
                : subject.lacking(answer.get().message(), "see rtprio; where that passes, see rt-group", "");
    }

    private Finding throttling() {
        Subject subject = Subject.info("rt-throttling");
        OptionalLong runtimeUs = tree.number("proc/sys/kernel/sched_rt_runtime_us");
        OptionalLong periodUs = tree.number("proc/sys/kernel/sched_rt_period_us");
        if (runtimeUs.isEmpty() || periodUs.isEmpty() || periodUs.getAsLong() <= 0) {
            return subject.unknown("/proc/sys/kernel/sched_rt_runtime_us or sched_rt_period_us cannot be read");
        }
        String value = "runtime_us=" + runtimeUs.getAsLong() + ", period_us=" + periodUs.getAsLong();
        if (runtimeUs.getAsLong() < 0) {
            return subject.warn(value, "a real-time thread that runs wild takes the machine with it: sudo sysctl "
                    + "kernel.sched_rt_runtime_us=950000", "sudo sysctl kernel.sched_rt_runtime_us=-1");
        }
        return runtimeUs.getAsLong() == 0
                ? subject.warn(value, "there is no time for real-time threads: sudo sysctl "
                        + "kernel.sched_rt_runtime_us=950000", "sudo sysctl kernel.sched_rt_runtime_us=0")
                : subject.pass(value);
    }

    /** Where groups have a share of real time each, most are given none, and priority is refused without a reason. */
    private Finding groupBudget() {
        Subject subject = Subject.required("rt-group");
        OptionalLong us = group.realTimeUs();
        if (us.isPresent()) {
            String value = "cpu.rt_runtime_us=" + us.getAsLong();
            return us.getAsLong() == 0 ? lacking(subject, value) : subject.pass(value);
        }
        Optional<Boolean> isBuilt = kernel.isBuilt("CONFIG_RT_GROUP_SCHED");
        if (isBuilt.isEmpty()) {
            return subject.unknown("neither the kernel's configuration nor cpu.rt_runtime_us can be read");
        }
        if (!isBuilt.get()) {
            return subject.pass("groups share real time: CONFIG_RT_GROUP_SCHED is not built in");
        }
        if (isSwitchedOff()) {
            return subject.pass("groups share real time: switched off at start");
        }
        return group.isApart()
                .map(apart -> apart
                        ? lacking(subject, "CONFIG_RT_GROUP_SCHED, group of its own: " + group.path().orElse(""))
                        : subject.pass("CONFIG_RT_GROUP_SCHED, but this process is in no group of its own"))
                .orElseGet(() -> subject.unknown("CONFIG_RT_GROUP_SCHED is built in, and the group's share cannot be "
                        + "read"));
    }

    /** An older kernel takes the word on its command line, and does not know it. */
    private boolean isSwitchedOff() {
        Optional<Boolean> isOffAtStart = kernel.isBuilt(OFF_AT_START);
        return kernel.option(GROUP_OPTION).map(word -> kernel.isMentioned(OFF_AT_START) && OFF_WORDS.contains(word))
                .orElse(isOffAtStart.orElse(false));
    }

    private static Finding lacking(Subject subject, String value) {
        return subject.lacking(value, "start the kernel with rt_group_sched=0 where it knows that word; else, as root, "
                + "write the server's pid into cgroup.procs of the topmost group",
                "take rt_group_sched=0 off the kernel's command line");
    }
}
