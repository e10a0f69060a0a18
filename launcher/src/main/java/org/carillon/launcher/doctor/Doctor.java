package org.carillon.launcher.doctor;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.IntConsumer;
import java.util.function.Supplier;

/** Looks at one system, as often as it is asked to. */
public final class Doctor {
    private final Tree tree;
    private final Probes probes;

    private Doctor(Tree tree, Probes probes) {
        this.tree = tree;
        this.probes = probes;
    }

    /** For this system; reads its files, tries what it grants, and takes that back. */
    public static Doctor ofThisSystem() {
        return new Doctor(Tree.live(), Probes.live());
    }

    /**
     * For files that were copied from another system; what would have to be tried is unknown.
     *
     * @throws org.carillon.api.port.CarillonException where there is no such folder.
     */
    public static Doctor ofRecorded(Path folder) {
        return new Doctor(Tree.recorded(folder), Probes.live());
    }

    /**
     * Reads, then measures.
     *
     * @param seconds  to measure; 0 for not at all.
     * @param progress told of the seconds that are left.
     */
    public Diagnosis examine(int seconds, IntConsumer progress) throws InterruptedException {
        List<Finding> findings = Examination.of(tree, probes);
        return new Diagnosis(findings, measure(findings, seconds, progress));
    }

    private Measurement measure(List<Finding> findings, int seconds, IntConsumer progress)
            throws InterruptedException {
        if (!tree.isLive() || seconds == 0) {
            return Measurement.none(tree.isLive() ? "not asked for" : "not measured: this is a recorded tree");
        }
        boolean isFifo = findings.stream()
                .anyMatch(finding -> finding.id().equals(RealTimeShare.PROBE) && finding.verdict() == Verdict.PASS);
        return Measurement.of(new Stopwatch(seconds, isFifo).measure(progress));
    }

    /**
     * A file that mends what fails.
     *
     * @param word    one of {@link #forms}.
     * @param command the path of the command that starts a server.
     * @return empty where there is no such form.
     */
    public Optional<String> mending(String word, Supplier<String> command) {
        return Mending.Form.of(word)
                .map(form -> new Mending(tree, Examination.of(tree, probes), command.get()).file(form));
    }

    /** Words for {@link #mending}. */
    public static String forms() {
        return Mending.Form.words();
    }
}
