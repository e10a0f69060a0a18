package org.carillon.bench.kill;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What the ledger says of some victims when all are dead and everybody has come to rest. */
final class Deaths {
    private static final double NS_PER_MS = 1_000_000;
    /** Each of the two notes. */
    private static final long ONCE = 1L << Integer.SIZE | 1;
    private static final long NOTE_MASK = 0xFFFF_FFFFL;

    private final List<Double> detectMs = new ArrayList<>();
    private final List<Double> cppDetectMs = new ArrayList<>();
    private final List<Double> javaDetectMs = new ArrayList<>();
    private final List<Double> noteOffMs = new ArrayList<>();
    private final List<String> oddities = new ArrayList<>();
    private long kills;
    private long javaKills;
    private long between;
    private long javaBetween;
    private long unborn;
    private long busy;
    private long held;
    private long stuck;
    private long doubled;

    /** @param from first of those that count; the ones before are warm-up. */
    static Deaths of(Ledger ledger, long from) {
        Deaths deaths = new Deaths();
        Map<Long, Long> victims = new HashMap<>();
        for (long victim = from; victim < ledger.victims(); victim++) {
            if (ledger.killedNs(victim) != 0) {
                deaths.add(ledger, victim);
                victims.put(ledger.session(victim), victim);
            }
        }
        victims.remove(0L);
        for (int ear = 0; ear < Ledger.EARS; ear++) {
            for (long i = 0; i < ledger.goneCount(ear); i++) {
                Long victim = victims.get(ledger.goneSession(ear, i));
                if (victim != null) {
                    double ms = (ledger.goneNs(ear, i) - ledger.killedNs(victim)) / NS_PER_MS;
                    deaths.detectMs.add(ms);
                    (Ledger.isJava(victim) ? deaths.javaDetectMs : deaths.cppDetectMs).add(ms);
                }
            }
        }
        Collections.sort(deaths.detectMs);
        Collections.sort(deaths.cppDetectMs);
        Collections.sort(deaths.javaDetectMs);
        Collections.sort(deaths.noteOffMs);
        return deaths;
    }

    private void add(Ledger ledger, long victim) {
        boolean isJava = Ledger.isJava(victim);
        kills++;
        javaKills += isJava ? 1 : 0;
        between += ledger.isBetween(victim) ? 1 : 0;
        javaBetween += isJava && ledger.isBetween(victim) ? 1 : 0;
        switch (ledger.phase(victim)) {
            case UNBORN, BORN -> unborn++;
            case BUSY -> busy++;
            default -> { // it was opening its session, or making its ports
            }
        }
        long on = ledger.on(victim);
        long off = ledger.off(victim);
        addNote(on & NOTE_MASK, off & NOTE_MASK);
        addNote(on >>> Integer.SIZE, off >>> Integer.SIZE);
        if (on != off || (on & ~ONCE) != 0) {
            oddities.add("victim=" + victim + ", phase=" + ledger.phase(victim) + ", on=" + Long.toHexString(on)
                    + ", off=" + Long.toHexString(off));
        }
        if (ledger.offNs(victim) != 0) {
            noteOffMs.add((ledger.offNs(victim) - ledger.killedNs(victim)) / NS_PER_MS);
        }
    }

    private void addNote(long on, long off) {
        held += on;
        stuck += Math.max(0, on - off);
        doubled += Math.max(0, off - on) + Math.max(0, on - 1);
    }

    long kills() {
        return kills;
    }

    long javaKills() {
        return javaKills;
    }

    long between() {
        return between;
    }

    long javaBetween() {
        return javaBetween;
    }

    /** Those that had no session yet. */
    long unborn() {
        return unborn;
    }

    /** Those that were sending, receiving, waiting or asking. */
    long busy() {
        return busy;
    }

    /** Notes that sounded. */
    long held() {
        return held;
    }

    long stuck() {
        return stuck;
    }

    /** Each victim whose notes have not begun and ended once, for who looks for the reason. */
    List<String> oddities() {
        return oddities;
    }

    /** Notes that began or ended more than once. */
    long doubled() {
        return doubled;
    }

    /** How many times an ear was told that a session is gone. */
    long detected() {
        return detectMs.size();
    }

    /** From the kill to an ear that is told that the session is gone; not a number where none was told. */
    double detectMs(double quantile) {
        return at(detectMs, quantile);
    }

    /** The same of victims in C++, whose end the system makes short. */
    double cppDetectMs(double quantile) {
        return at(cppDetectMs, quantile);
    }

    /** The same of victims in Java: the system closes what a JVM had open when it has taken all its memory apart. */
    double javaDetectMs(double quantile) {
        return at(javaDetectMs, quantile);
    }

    /** From the kill to the end of the last note. */
    double noteOffMs(double quantile) {
        return at(noteOffMs, quantile);
    }

    static double at(List<Double> sorted, double quantile) {
        return sorted.isEmpty() ? Double.NaN : sorted.get((int) (quantile * (sorted.size() - 1)));
    }
}
