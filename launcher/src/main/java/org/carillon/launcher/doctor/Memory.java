package org.carillon.launcher.doctor;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Whether memory that is needed at once may be elsewhere. */
final class Memory {
    private static final Pattern CHOSEN = Pattern.compile("\\[(\\w+)]");
    private static final long MOST_SWAPPINESS = 10;
    private static final String HUGE = "/sys/kernel/mm/transparent_hugepage/enabled";

    private final Tree tree;

    Memory(Tree tree) {
        this.tree = tree;
    }

    List<Finding> findings() {
        return List.of(swap(), hugePages());
    }

    private Finding swap() {
        Subject subject = Subject.advised("swap");
        Optional<String> areas = tree.read("proc/swaps").filter(text -> text.startsWith("Filename"));
        if (areas.isEmpty()) {
            return subject.unknown("/proc/swaps cannot be read");
        }
        long count = areas.get().lines().skip(1).filter(line -> !line.isBlank()).count();
        if (count == 0) {
            return subject.pass("none");
        }
        OptionalLong swappiness = tree.number("proc/sys/vm/swappiness");
        if (swappiness.isEmpty()) {
            return subject.unknown("areas=" + count + ", /proc/sys/vm/swappiness cannot be read");
        }
        String value = "areas=" + count + ", swappiness=" + swappiness.getAsLong();
        return swappiness.getAsLong() >= 0 && swappiness.getAsLong() <= MOST_SWAPPINESS
                ? subject.pass(value)
                : subject.lacking(value, "echo vm.swappiness=10 | sudo tee /etc/sysctl.d/95-carillon.conf, then: "
                        + "sudo sysctl --system",
                        "sudo rm /etc/sysctl.d/95-carillon.conf, then: sudo sysctl "
                                + "vm.swappiness=" + swappiness.getAsLong());
    }

    private Finding hugePages() {
        Subject subject = Subject.advised("huge-pages");
        Optional<String> chosen = tree.read(HUGE.substring(1)).map(CHOSEN::matcher).filter(Matcher::find)
                .map(found -> found.group(1));
        if (chosen.isEmpty()) {
            return subject.unknown(HUGE + " cannot be read");
        }
        return switch (chosen.get()) {
            case "madvise", "never" -> subject.pass(chosen.get());
            case "always" -> subject.lacking("always", "the kernel stops threads to join pages: echo madvise | sudo "
                    + "tee " + HUGE, "echo always | sudo tee " + HUGE);
            default -> subject.unknown("not a known word: " + chosen.get());
        };
    }
}
