package org.carillon.launcher.doctor;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How soon the kernel lets a thread run that has become ready, and whether device work can wait for it. */
final class Preemption {
    private static final Pattern CHOSEN = Pattern.compile("\\((\\w+)\\)");
    private static final String REAL_TIME = "rt";
    private static final String FULL = "full";
    private static final String LAZY = "lazy";
    private static final String THREADED = "threadirqs";
    private static final String ADVICE = "start the kernel with preempt=full threadirqs, or install one built with "
            + "PREEMPT_RT (part of Linux since 6.12)";
    private static final String UNDO = "take preempt=full threadirqs off the kernel's command line";

    private final Tree tree;
    private final KernelFacts kernel;
    private final Interrupts interrupts;

    Preemption(Tree tree, KernelFacts kernel, Interrupts interrupts) {
        this.tree = tree;
        this.kernel = kernel;
        this.interrupts = interrupts;
    }

    List<Finding> findings() {
        return List.of(preemption(), threadedInterrupts());
    }

    /** A word and the place it was read. */
    private record Model(String word, String place) {
        @Override
        public String toString() {
            return word + ", by " + place;
        }
    }

    private Finding preemption() {
        Subject subject = Subject.advised("preemption");
        Optional<Model> model = model();
        if (model.isEmpty()) {
            return subject.unknown("neither /sys/kernel/debug/sched/preempt, nor a word on the command line, nor the "
                    + "configuration can be read", "read it as root: cat /sys/kernel/debug/sched/preempt");
        }
        boolean isThreaded = kernel.option(THREADED).isPresent();
        return switch (model.get().word()) {
            case REAL_TIME, FULL -> subject.pass(model.get().toString());
            case LAZY -> isThreaded
                    ? subject.pass(model.get() + ", threadirqs")
                    : subject.lacking(model.get().toString(), ADVICE, UNDO);
            case "none", "voluntary" -> subject.lacking(model.get().toString(), ADVICE, UNDO);
            default -> subject.unknown("not a known word: " + model.get());
        };
    }

    /** What holds at run time comes before what was asked for at start, and that before what was built in. */
    private Optional<Model> model() {
        if (isRealTime()) {
            return Optional.of(new Model(REAL_TIME, "the kernel itself"));
        }
        return tree.read("sys/kernel/debug/sched/preempt").map(CHOSEN::matcher).filter(Matcher::find)
                .map(found -> new Model(found.group(1), "/sys/kernel/debug/sched/preempt"))
                .or(() -> kernel.option("preempt").map(word -> new Model(word, "the command line")))
                .or(this::builtIn);
    }

    private boolean isRealTime() {
        return tree.number("sys/kernel/realtime").orElse(0) == 1 || kernel.isInVersion("PREEMPT_RT").orElse(false);
    }

    private Optional<Model> builtIn() {
        // without the command line it is not known whether the built-in choice was overruled at start
        if (!kernel.hasOptions() && kernel.isBuilt("CONFIG_PREEMPT_DYNAMIC").orElse(true)) {
            return Optional.empty();
        }
        return builtIn("CONFIG_PREEMPT", FULL).or(() -> builtIn("CONFIG_PREEMPT_LAZY", LAZY))
                .or(() -> builtIn("CONFIG_PREEMPT_VOLUNTARY", "voluntary"))
                .or(() -> builtIn("CONFIG_PREEMPT_NONE", "none"));
    }

    private Optional<Model> builtIn(String option, String word) {
        return kernel.isBuilt(option).filter(built -> built).map(built -> new Model(word, "the configuration"));
    }

    private Finding threadedInterrupts() {
        Subject subject = Subject.advised("threaded-irqs");
        if (isRealTime()) {
            return subject.pass("a real-time kernel threads them all");
        }
        if (kernel.option(THREADED).isPresent()) {
            return subject.pass("threadirqs on the command line");
        }
        if (interrupts.areOfCardThreaded()) {
            return subject.pass("those of sound and USB have threads");
        }
        return kernel.hasOptions()
                ? subject.lacking("no threadirqs on the command line", "start the kernel with threadirqs",
                        "take threadirqs off the kernel's command line")
                : subject.unknown("/proc/cmdline cannot be read");
    }
}
