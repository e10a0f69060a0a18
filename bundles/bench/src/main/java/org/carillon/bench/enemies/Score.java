package org.carillon.bench.enemies;

import java.io.PrintStream;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** What came of all attacks. */
final class Score {
    private static final double NS_PER_MS = 1e6;

    private final PrintStream progress;
    private final Map<Attack, Integer> attacks = new EnumMap<>(Attack.class);
    private final Set<String> affected = new HashSet<>();
    private double[] expelledMs = new double[1024];
    private int dated;
    private long expelled;
    private long untold;
    private long wrong;

    Score(PrintStream progress) {
        this.progress = progress;
    }

    void add(Attack attack, Outcome outcome) {
        attacks.merge(attack, attack.weight(), Integer::sum);
        if (!outcome.isRight()) {
            wrong++;
            progress.println("enemies: wrong answer: attack=" + attack + ", " + outcome.wrong());
        }
        expelled += outcome.expelled() ? 1 : 0;
        untold += outcome.isTold() ? 0 : 1;
        if (outcome.isDated()) {
            if (dated == expelledMs.length) {
                expelledMs = Arrays.copyOf(expelledMs, 2 * dated);
            }
            expelledMs[dated++] = outcome.expelledNs() / NS_PER_MS;
        }
    }

    /** Each session and what it lost is one that was affected. */
    void affected(String during, Set<String> who) {
        if (!who.isEmpty()) {
            affected.addAll(who.stream().map(each -> during + " " + each).toList());
            progress.println("enemies: others are affected: attack=" + during + ", who=" + who);
        }
    }

    int attacks(Attack attack) {
        return attacks.getOrDefault(attack, 0);
    }

    long attacks() {
        return attacks.values().stream().mapToLong(Integer::longValue).sum();
    }

    int affected() {
        return affected.size();
    }

    long expelled() {
        return expelled;
    }

    long untold() {
        return untold;
    }

    long wrong() {
        return wrong;
    }

    /** Of those whose first bad word has a date. */
    double expelledMs(double quantile) {
        double[] sorted = Arrays.copyOf(expelledMs, dated);
        Arrays.sort(sorted);
        return dated == 0 ? Double.NaN : sorted[(int) (quantile * (dated - 1))];
    }
}
