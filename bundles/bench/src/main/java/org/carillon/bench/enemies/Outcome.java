package org.carillon.bench.enemies;

/**
 * What came of one attack.
 *
 * @param wrong     what the server should not have done; empty where it did right.
 * @param expelled  whether the enemy was thrown out.
 * @param expelledNs from its first bad word until it was out; negative where that word has no date.
 * @param isTold    whether an enemy that was thrown out was told why, in its memory and as the last packet.
 */
record Outcome(String wrong, boolean expelled, long expelledNs, boolean isTold) {
    private static final long UNDATED = -1;

    /** It goes on, as it may. */
    static Outcome stays() {
        return new Outcome("", false, UNDATED, true);
    }

    static Outcome wrong(String what) {
        return new Outcome(what, false, UNDATED, true);
    }

    static Outcome when(boolean isRight, String wrong) {
        return isRight ? stays() : wrong(wrong);
    }

    static Outcome expelled(long ns, boolean isTold) {
        return new Outcome("", true, ns, isTold);
    }

    /** Thrown out, but nobody can say since when it was due. */
    static Outcome expelledSometime(boolean isTold) {
        return expelled(UNDATED, isTold);
    }

    boolean isRight() {
        return wrong.isEmpty();
    }

    boolean isDated() {
        return expelled && expelledNs >= 0;
    }
}
