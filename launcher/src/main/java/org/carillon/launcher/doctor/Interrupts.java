package org.carillon.launcher.doctor;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.carillon.launcher.doctor.ProcessTable.Process;

/** The interrupts of sound cards and USB controllers: who waits with them, and where they are served. */
final class Interrupts {
    private static final Pattern LINE = Pattern.compile("\\s*(\\d{1,6}):((?:\\s+\\d+)+)\\s+(\\S.*)");
    private static final Pattern CARD = Pattern.compile("(?i)snd|xhci|ehci|ohci|uhci|firewire|audio");
    private static final Pattern THREAD = Pattern.compile("irq/(\\d{1,6})-.*");
    private static final long WANTED_PRIORITY = 50;
    private static final String TABLE = "proc/interrupts";
    private static final String NO_TABLE = "/proc/interrupts cannot be read";
    private static final String NO_CARD = "no interrupt of a sound card or USB controller";

    private final Tree tree;
    private final ProcessTable processes;
    private final Optional<List<Line>> cards;

    /** One of the table's lines: its number, and who waits for it. */
    private record Line(String number, String actions) {}

    Interrupts(Tree tree, ProcessTable processes) {
        this.tree = tree;
        this.processes = processes;
        cards = tree.read(TABLE).filter(text -> text.contains("CPU")).map(Interrupts::cards);
    }

    private static List<Line> cards(String table) {
        List<Line> lines = new ArrayList<>();
        table.lines().map(LINE::matcher).filter(Matcher::matches)
                .filter(line -> CARD.matcher(line.group(3)).find())
                .forEach(line -> lines.add(new Line(line.group(1), line.group(3))));
        return lines;
    }

    List<Finding> findings() {
        return List.of(priority(), placement(), balancer());
    }

    /** Whether each of them has a thread. */
    boolean areOfCardThreaded() {
        return cards.filter(lines -> !lines.isEmpty())
                .map(lines -> lines.stream().allMatch(line -> !threads(line).isEmpty())).orElse(false);
    }

    private List<Process> threads(Line line) {
        return processes.processes().stream().filter(process -> {
            Matcher name = THREAD.matcher(process.name());
            return name.matches() && name.group(1).equals(line.number());
        }).toList();
    }

    private Finding priority() {
        Subject subject = Subject.advised("irq-priority");
        if (cards.isEmpty() || cards.get().isEmpty()) {
            return subject.unknown(cards.isEmpty() ? NO_TABLE : NO_CARD);
        }
        if (!processes.isWhole()) {
            return subject.unknown("the kernel's threads cannot be seen from here");
        }
        List<String> values = new ArrayList<>();
        long lowest = Long.MAX_VALUE;
        for (Line line : cards.get()) {
            List<Process> threads = threads(line);
            if (threads.isEmpty()) {
                return subject.lacking("no thread, served at once: irq " + line.number(), "see threaded-irqs", "");
            }
            for (Process thread : threads) {
                OptionalLong priority = processes.realTimePriority(thread);
                if (priority.isEmpty()) {
                    return subject.unknown("/proc/" + thread.pid() + "/stat cannot be read: " + thread.name());
                }
                values.add(thread.name() + "=" + priority.getAsLong());
                lowest = Math.min(lowest, priority.getAsLong());
            }
        }
        return lowest >= WANTED_PRIORITY
                ? subject.pass(String.join(", ", values))
                : subject.lacking(String.join(", ", values), "raise them to 50 or more: sudo chrt -f -p 80 PID, or "
                        + "rtirq", "sudo chrt -f -p " + Math.max(1, lowest) + " PID");
    }

    private Finding placement() {
        Subject subject = Subject.info("irq-placement");
        if (cards.isEmpty() || cards.get().isEmpty()) {
            return subject.unknown(cards.isEmpty() ? NO_TABLE : NO_CARD);
        }
        Optional<CpuSet> isolated = tree.read("sys/devices/system/cpu/isolated").flatMap(CpuSet::parse);
        List<String> faults = new ArrayList<>();
        List<String> places = new ArrayList<>();
        for (Line line : cards.get()) {
            String actions = tree.word("sys/kernel/irq/" + line.number() + "/actions").orElse(line.actions());
            Optional<CpuSet> served = servedBy(line);
            if (actions.contains(",")) {
                faults.add("irq " + line.number() + " shared: " + actions);
            }
            if (served.isPresent() && isolated.isPresent() && served.get().intersects(isolated.get())) {
                faults.add("irq " + line.number() + " on isolated cpu " + served.get());
            }
            served.ifPresent(cpus -> places.add("irq " + line.number() + " on cpu " + cpus));
        }
        if (!faults.isEmpty()) {
            return subject.lacking(String.join("; ", faults), "another slot or port; or, as root: echo CPUS > "
                    + "/proc/irq/N/smp_affinity_list, and keep irqbalance off it", "write back what was there");
        }
        return places.size() < cards.get().size() || isolated.isEmpty()
                ? subject.unknown("where they are served cannot be read: " + numbers())
                : subject.pass(String.join(", ", places) + ", not shared");
    }

    private Optional<CpuSet> servedBy(Line line) {
        String folder = "proc/irq/" + line.number() + "/";
        return tree.word(folder + "effective_affinity_list").or(() -> tree.word(folder + "smp_affinity_list"))
                .flatMap(CpuSet::parse);
    }

    private String numbers() {
        return cards.orElse(List.of()).stream().map(Line::number).collect(Collectors.joining(",", "irq ", ""));
    }

    private Finding balancer() {
        Subject subject = Subject.info("irqbalance");
        Optional<Process> balancer = processes.find("irqbalance");
        if (balancer.isEmpty()) {
            return processes.isWhole()
                    ? subject.pass("not running")
                    : subject.unknown("the processes of others cannot be seen from here");
        }
        boolean isBanned = tree.read("etc/default/irqbalance").or(() -> tree.read("etc/sysconfig/irqbalance"))
                .map(text -> text.lines().anyMatch(line -> line.matches("\\s*IRQBALANCE_BANNED_CPU(S|LIST)=.*\\w.*")))
                .orElse(false);
        return isBanned
                ? subject.pass("running, kept off some processors")
                : subject.lacking("running on all processors", "IRQBALANCE_BANNED_CPULIST=CPUS in "
                        + "/etc/default/irqbalance, or: sudo systemctl disable --now irqbalance",
                        "sudo systemctl enable --now irqbalance");
    }
}
