package org.carillon.sequencer;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Collects what is wrong with a file: the first of each kind in full, the others as a number, so that it stays short.
 */
final class DamageLog {
    static final int FULL_LIMIT = 20;

    private final String file;
    private final List<Damage> damage = new ArrayList<>();
    private final Map<Damage.Kind, Integer> counts = new EnumMap<>(Damage.Kind.class);

    DamageLog(String file) {
        this.file = file;
    }

    String file() {
        return file;
    }

    /** @param what was expected, then values. */
    void add(long offset, Damage.Kind kind, String what) {
        if (counts.merge(kind, 1, Integer::sum) <= FULL_LIMIT) {
            damage.add(new Damage(offset, kind, what + ": file=" + file + ", offset=" + offset));
        }
    }

    List<Damage> all(long endOffset) {
        List<Damage> all = new ArrayList<>(damage);
        counts.forEach((kind, count) -> {
            if (count > FULL_LIMIT) {
                all.add(new Damage(endOffset, Damage.Kind.MORE, "more of one kind: kind="
                        + kind.name().toLowerCase(Locale.ROOT).replace('_', '-') + ", count="
                        + (count - FULL_LIMIT) + ", file=" + file));
            }
        });
        return List.copyOf(all);
    }
}
