package org.carillon.filter;

/** The values of a word's arguments in order; each argument that is not a single value has two, low and high. */
final class Values {
    private static final int MOST = 5;

    private final double[] values = new double[MOST];
    private int count;

    void add(double value) {
        values[count++] = value;
    }

    int whole(int index) {
        return (int) values[index];
    }

    double decimal(int index) {
        return values[index];
    }
}
