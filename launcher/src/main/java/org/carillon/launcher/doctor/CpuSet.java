package org.carillon.launcher.doctor;

import java.util.BitSet;
import java.util.Optional;
import java.util.OptionalLong;

/** Processors by number, as the kernel lists them: {@code 0-3,6}; {@code cpuset(7)}, "List format". */
record CpuSet(BitSet bits) {
    /** More processors than any kernel is built for. */
    private static final int MOST = 1 << 16;

    /** An empty list is an empty set; "(null)" is how the kernel prints a set it does not have. Empty for others. */
    static Optional<CpuSet> parse(String list) {
        BitSet bits = new BitSet();
        String text = list.strip();
        if (text.isEmpty() || text.equals("(null)")) {
            return Optional.of(new CpuSet(bits));
        }
        for (String range : text.split(",", -1)) {
            String[] ends = range.split("-", 2);
            OptionalLong first = Numbers.parse(ends[0]);
            OptionalLong last = Numbers.parse(ends[ends.length - 1]);
            if (first.isEmpty() || last.isEmpty() || first.getAsLong() < 0 || last.getAsLong() >= MOST
                    || first.getAsLong() > last.getAsLong()) {
                return Optional.empty();
            }
            bits.set((int) first.getAsLong(), (int) last.getAsLong() + 1);
        }
        return Optional.of(new CpuSet(bits));
    }

    boolean isEmpty() {
        return bits.isEmpty();
    }

    int count() {
        return bits.cardinality();
    }

    boolean intersects(CpuSet other) {
        return bits.intersects(other.bits);
    }

    CpuSet without(CpuSet other) {
        BitSet rest = (BitSet) bits.clone();
        rest.andNot(other.bits);
        return new CpuSet(rest);
    }

    boolean contains(CpuSet other) {
        return other.without(this).isEmpty();
    }

    /** In the kernel's own form; {@code none} for an empty one. */
    @Override
    public String toString() {
        StringBuilder list = new StringBuilder();
        for (int first = bits.nextSetBit(0); first >= 0;) {
            int last = bits.nextClearBit(first) - 1;
            list.append(list.isEmpty() ? "" : ",").append(first).append(last > first ? "-" + last : "");
            first = bits.nextSetBit(last + 1);
        }
        return list.isEmpty() ? "none" : list.toString();
    }
}
