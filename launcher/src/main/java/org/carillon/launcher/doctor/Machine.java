package org.carillon.launcher.doctor;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** Whether the machine is one: a guest or a container shares processors with others that it does not see. */
final class Machine {
    private static final Pattern CONTAINER = Pattern.compile("docker|containerd|kubepods|libpod|lxc|buildkit|garden");
    private static final Pattern GUEST = Pattern.compile("(?i)kvm|qemu|vmware|virtualbox|virtual machine|bochs|xen|"
            + "hvm domu|google compute|amazon ec2|droplet|openstack|parallels|bhyve|standard pc");
    private static final String CPU_INFO = "proc/cpuinfo";
    private static final String PRODUCT = "sys/class/dmi/id/product_name";
    private static final int STEAL = 8;
    private static final int PERCENT = 100;

    private final Tree tree;
    private final ProcessTable processes;

    Machine(Tree tree, ProcessTable processes) {
        this.tree = tree;
        this.processes = processes;
    }

    List<Finding> findings() {
        return List.of(whose(), clock());
    }

    private Finding whose() {
        Subject subject = Subject.info("machine");
        Optional<String> guest = guest();
        if (isContainer()) {
            return subject.lacking("container" + guest.map(word -> " in a guest: " + word).orElse(""),
                    "limits and rights are those of the container; figures hold for this machine only", "");
        }
        if (guest.isPresent()) {
            return subject.lacking("guest: " + guest.get() + steal(), "figures are those of the host's mood; for "
                    + "sound to rely on use a machine of its own, or pin the guest's processors", "");
        }
        Optional<String> flags = tree.read(CPU_INFO).flatMap(text -> text.lines()
                .filter(line -> line.startsWith("flags")).findFirst());
        if (!processes.isWhole()) {
            return subject.unknown("the kernel's threads cannot be seen: perhaps a container");
        }
        // other architectures than x86 have no flag that tells
        return flags.isPresent()
                ? subject.pass("no guest, no container")
                : tree.word(PRODUCT).map(name -> subject.pass("product=" + name))
                        .orElseGet(() -> subject.unknown("neither flags in /proc/cpuinfo nor /" + PRODUCT));
    }

    /** A guest made of a container's image has its marks too, but sees the kernel's threads. */
    private boolean isContainer() {
        boolean isMarked = tree.isThere(".dockerenv") || tree.isThere("run/.containerenv");
        return isMarked && !processes.isWhole() || tree.isThere("run/systemd/container")
                || tree.read("proc/1/cgroup").filter(CONTAINER.asPredicate()).isPresent();
    }

    private Optional<String> guest() {
        Predicate<String> isFlagged = text -> text.lines().filter(line -> line.startsWith("flags"))
                .anyMatch(line -> Arrays.asList(line.split("\\s+")).contains("hypervisor"));
        return tree.word(PRODUCT).filter(GUEST.asPredicate()).or(() -> tree.word("sys/hypervisor/type"))
                .or(() -> tree.read(CPU_INFO).filter(isFlagged).map(text -> "hypervisor flag in /proc/cpuinfo"))
                .or(() -> tree.isThere("proc/device-tree/hypervisor")
                        ? Optional.of("hypervisor in the device tree")
                        : Optional.empty());
    }

    /** The share of time that the host has given to others, {@code proc(5)}, /proc/stat. */
    private String steal() {
        String[] columns = tree.read("proc/stat").orElse("").lines().filter(line -> line.startsWith("cpu "))
                .findFirst().orElse("").split("\\s+");
        if (columns.length <= STEAL) {
            return "";
        }
        double all = 0;
        for (int i = 1; i <= STEAL; i++) {
            OptionalLong ticks = Numbers.parse(columns[i]);
            if (ticks.isEmpty() || ticks.getAsLong() < 0) {
                return "";
            }
            all += ticks.getAsLong();
        }
        double stolen = Numbers.parse(columns[STEAL]).orElse(0);
        return all == 0 ? "" : String.format(Locale.ROOT, ", steal=%.2f %%", PERCENT * stolen / all);
    }

    private Finding clock() {
        Subject subject = Subject.advised("clocksource");
        Optional<String> source = tree.word("sys/devices/system/clocksource/clocksource0/current_clocksource");
        if (source.isEmpty()) {
            return subject.unknown("current_clocksource cannot be read");
        }
        return switch (source.get()) {
            case "tsc", "arch_sys_counter", "kvm-clock", "hyperv_clocksource_tsc_page" -> subject.pass(source.get());
            case "hpet", "acpi_pm", "jiffies", "refined-jiffies", "xen" -> subject.lacking(source.get(),
                    "reading the clock is slow; look in dmesg why tsc was given up, perhaps start with tsc=reliable",
                    "take tsc=reliable off the kernel's command line");
            default -> subject.unknown("not known whether it is fast: " + source.get());
        };
    }
}
