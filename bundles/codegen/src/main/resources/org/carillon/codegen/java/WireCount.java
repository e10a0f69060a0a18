package $package$;

/** Sizes of arrays: what overflows or divides by zero is no value, and what is made of no value is none. */
final class WireCount {
    /** Stands for no value. */
    private static final long INVALID = Long.MIN_VALUE;

    private WireCount() {}

    /** Of a uint64: no value where it does not fit. */
    static long unsigned(long bits) {
        return bits < 0 ? INVALID : bits;
    }

    static long add(long left, long right) {
        long sum = left + right;
        return isInvalid(left, right) || ((left ^ sum) & (right ^ sum)) < 0 ? INVALID : sum;
    }

    static long subtract(long left, long right) {
        long difference = left - right;
        return isInvalid(left, right) || ((left ^ right) & (left ^ difference)) < 0 ? INVALID : difference;
    }

    static long multiply(long left, long right) {
        if (isInvalid(left, right)) {
            return INVALID;
        }
        try {
            return Math.multiplyExact(left, right);
        } catch (ArithmeticException e) {
            return INVALID;
        }
    }

    /** Without the fraction, towards zero. */
    static long divide(long left, long right) {
        return isInvalid(left, right) || right == 0 ? INVALID : left / right;
    }

    /** The product of two dimensions, neither of which may be negative. */
    static long area(long rows, long columns) {
        return rows < 0 || columns < 0 ? INVALID : multiply(rows, columns);
    }

    private static boolean isInvalid(long left, long right) {
        return left == INVALID || right == INVALID;
    }

    /** For constructors. */
    static void check(String member, long count, String size, long expected) {
        if (count != expected) {
            throw new IllegalArgumentException("expected " + size + " elements: member=" + member + ", count=" + count
                    + ", expected=" + (expected < 0 ? "none" : Long.toString(expected)));
        }
    }

    /** For constructors: of unsigned members that have a wider type in Java. */
    static void checkRange(String member, long value, long limit) {
        if (value < 0 || value > limit) {
            throw new IllegalArgumentException("expected 0 to " + limit + ": " + member + "=" + value);
        }
    }

    /** For constructors. */
    static void checkRanges(String member, int[] values, long limit) {
        for (int each : values) {
            checkRange(member, each, limit);
        }
    }

    /** For constructors. */
    static void checkRanges(String member, long[] values, long limit) {
        for (long each : values) {
            checkRange(member, each, limit);
        }
    }

    /** For constructors. */
    static void checkPresent(String member, Object[] values) {
        for (Object each : values) {
            if (each == null) {
                throw new NullPointerException(member);
            }
        }
    }

    /** Where an element stands: {@code index} in a row of {@code columns}, after {@code row} rows. */
    static long index(long row, long columns, int index) {
        if (index < 0 || index >= columns) {
            throw new IndexOutOfBoundsException("expected an index below the dimension: index=" + index
                    + ", dimension=" + columns);
        }
        return row * columns + index;
    }
}
