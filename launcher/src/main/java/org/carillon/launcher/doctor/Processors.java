package org.carillon.launcher.doctor;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** The processors: how fast they wake, whether their speed holds, and who may use them. */
final class Processors {
    private static final String CPUS = "sys/devices/system/cpu/";
    private static final String PERFORMANCE = "performance";
    private static final long LONGEST_EXIT_US = 50;
    private static final String NO_TURBO = CPUS + "intel_pstate/no_turbo";
    private static final String BOOST = CPUS + "cpufreq/boost";

    private final Tree tree;
    private final KernelFacts kernel;
    private final List<String> names;
    private final Optional<CpuSet> isolated;

    Processors(Tree tree, KernelFacts kernel) {
        this.tree = tree;
        this.kernel = kernel;
        names = tree.list("sys/devices/system/cpu").stream().filter(name -> name.matches("cpu\\d{1,5}")).toList();
        isolated = set("isolated");
    }

    List<Finding> findings() {
        return List.of(governor(), turbo(), idleStates(), siblings(), isolation());
    }

    private Finding governor() {
        Subject subject = Subject.advised("governor");
        TreeMap<String, Integer> governors = new TreeMap<>();
        TreeSet<String> preferences = new TreeSet<>();
        for (String cpu : names) {
            String folder = CPUS + cpu + "/cpufreq/";
            tree.word(folder + "scaling_governor").filter(Users::isName)
                    .ifPresent(word -> governors.merge(word, 1, Integer::sum));
            tree.word(folder + "energy_performance_preference").ifPresent(preferences::add);
        }
        if (governors.isEmpty()) {
            return subject.unknown("no cpufreq: the processors' speed is not told here");
        }
        String value = String.join(",", governors.keySet())
                + tree.word(CPUS + names.getFirst() + "/cpufreq/scaling_driver").map(word -> ", driver=" + word)
                        .orElse("")
                + (preferences.isEmpty() ? "" : ", preference=" + String.join(",", preferences));
        boolean isFast = governors.keySet().equals(Set.of(PERFORMANCE));
        if (!isFast) {
            return subject.lacking(value, "sudo cpupower frequency-set -g performance",
                    "sudo cpupower frequency-set -g " + governors.keySet().stream()
                            .filter(word -> !word.equals(PERFORMANCE)).findFirst().orElseThrow());
        }
        return governors.get(PERFORMANCE) == online()
                ? subject.pass(value)
                : subject.unknown(value + ", but not all processors tell");
    }

    /** Some processors listed may be off line, and then tell nothing. */
    private int online() {
        return set("online").filter(cpus -> !cpus.isEmpty()).map(CpuSet::count).orElse(names.size());
    }

    private Finding turbo() {
        Subject subject = Subject.info("turbo");
        OptionalLong off = tree.number(NO_TURBO);
        OptionalLong on = tree.number(BOOST);
        if (off.isEmpty() && on.isEmpty()) {
            return subject.unknown("neither intel_pstate/no_turbo nor cpufreq/boost can be read");
        }
        boolean isOn = off.isPresent() ? off.getAsLong() == 0 : on.getAsLong() != 0;
        return subject.pass(isOn ? "on" : "off");
    }

    private Finding idleStates() {
        Subject subject = Subject.advised("idle-states");
        long longestUs = -1;
        String deepest = "";
        for (String state : states()) {
            OptionalLong us = tree.number(state + "/latency");
            OptionalLong disabled = tree.number(state + "/disable");
            if (us.isEmpty() || disabled.isEmpty()) {
                return subject.unknown("latency or disable cannot be read: /" + state);
            }
            if (us.getAsLong() > longestUs && disabled.getAsLong() == 0) {
                longestUs = us.getAsLong();
                deepest = tree.word(state + "/name").orElse("no name");
            }
        }
        if (longestUs < 0) {
            return subject.unknown("no idle states in /sys: how long a processor takes to wake is not told here");
        }
        String value = "latency_us=" + longestUs + " (" + deepest + ")";
        return longestUs <= LONGEST_EXIT_US
                ? subject.pass(value)
                : subject.lacking(value, "while you play: sudo sh -c 'exec 3>/dev/cpu_dma_latency; printf "
                        + "\"\\0\\0\\0\\0\" >&3; sleep infinity'", "end that command");
    }

    /** Folders of all idle states of all processors. */
    private List<String> states() {
        return names.stream().map(cpu -> CPUS + cpu + "/cpuidle")
                .flatMap(folder -> tree.list(folder).stream().filter(name -> name.matches("state\\d{1,3}"))
                        .map(name -> folder + "/" + name))
                .toList();
    }

    private Finding siblings() {
        Subject subject = Subject.info("smt");
        OptionalLong active = tree.number(CPUS + "smt/active");
        if (active.isEmpty()) {
            return subject.unknown("smt/active cannot be read");
        }
        if (active.getAsLong() == 0) {
            return subject.pass("off");
        }
        if (isolated.isEmpty() || names.isEmpty()) {
            return subject.unknown("on; which processors are isolated cannot be read");
        }
        for (String cpu : names) {
            Optional<CpuSet> siblings = tree.word(CPUS + cpu + "/topology/thread_siblings_list")
                    .flatMap(CpuSet::parse);
            if (siblings.isEmpty()) {
                return subject.unknown("on; siblings cannot be read: " + cpu);
            }
            if (siblings.get().intersects(isolated.get())
                    && !isolated.get().contains(siblings.get())) {
                return subject.warn("on; isolated=" + isolated.get() + " parts the siblings " + siblings.get(),
                        "isolate both siblings of a core, or take one off line", "put it on line again");
            }
        }
        return subject.pass("on");
    }

    private Finding isolation() {
        Subject subject = Subject.info("isolation");
        Optional<CpuSet> online = set("online");
        if (isolated.isEmpty() || online.isEmpty() || !kernel.hasOptions()) {
            return subject.unknown("isolated, online or /proc/cmdline cannot be read");
        }
        Optional<CpuSet> tickless = set("nohz_full");
        if (tickless.isEmpty() && tree.isThere(CPUS + "nohz_full")) {
            return subject.unknown("nohz_full cannot be read");
        }
        Optional<CpuSet> relieved = kernel.option("rcu_nocbs").flatMap(CpuSet::parse);
        String value = "isolated=" + isolated.get() + tickless.map(set -> ", nohz_full=" + set).orElse("")
                + relieved.map(set -> ", rcu_nocbs=" + set).orElse("");
        List<String> faults = new ArrayList<>();
        if (!isolated.get().isEmpty()) {
            faults.addAll(faults(online.get()));
        }
        if (tickless.isPresent() && !isolated.get().contains(tickless.get())) {
            faults.add("nohz_full beyond isolated");
        }
        return faults.isEmpty()
                ? subject.pass(value)
                : subject.lacking(value + ": " + String.join(", ", faults), "leave isolcpus, nohz_full and rcu_nocbs "
                        + "off the kernel's command line, or give them one set, and start Carillon inside: taskset "
                        + "-c CPUS", "put the words back");
    }

    private List<String> faults(CpuSet online) {
        List<String> faults = new ArrayList<>();
        if (online.without(isolated.get()).isEmpty()) {
            faults.add("no processor left for the system");
        }
        ProcessStatus.of(tree).value("Cpus_allowed_list").flatMap(CpuSet::parse)
                .filter(allowed -> !allowed.intersects(isolated.get()))
                .ifPresent(allowed -> faults.add("Carillon is not inside, it may use " + allowed));
        return faults;
    }

    private Optional<CpuSet> set(String file) {
        return tree.read(CPUS + file).flatMap(CpuSet::parse);
    }
}
