package org.carillon.bench.soak;

/** A filter whose verdict on each number of a plain source is known. */
enum Sieve {
    NONE("", 0b1111),
    WORD_PAIRS("type ump", 0b0001),
    NO_CONTROLLERS("not cc", 0b1101),
    PRESSURE_AND_WHEEL("pp pb", 0b1100);

    private static final int TURNS = 4;

    final String words;
    /** Which of four numbers in a row pass. */
    private final int passing;

    Sieve(String words, int passing) {
        this.words = words;
        this.passing = passing;
    }

    /** How many of the numbers from the first one on, before the last one, pass. */
    long passing(long from, long to) {
        return below(to) - below(from);
    }

    private long below(long number) {
        long count = number / TURNS * Integer.bitCount(passing);
        for (int turn = 0; turn < number % TURNS; turn++) {
            count += passing >> turn & 1;
        }
        return count;
    }
}
