package org.carillon.sampler.format;

import java.util.ArrayList;
import java.util.List;

/** The generators of a zone over those of the global zone before it. */
final class SoundFontZone {
    private static final int AMOUNT_OFFSET = 2;
    private static final int HIGH_OFFSET = 3;
    private static final int MAX_DATA = 127;

    private final short[] amounts;
    private long known;
    int loKey;
    int hiKey = MAX_DATA;
    int loVelocity;
    int hiVelocity = MAX_DATA;

    private SoundFontZone() {
        amounts = new short[SoundFontGenerator.COUNT];
    }

    private SoundFontZone(SoundFontZone global) {
        amounts = global.amounts.clone();
        known = global.known;
        loKey = global.loKey;
        hiKey = global.hiKey;
        loVelocity = global.loVelocity;
        hiVelocity = global.hiVelocity;
    }

    /**
     * The zones of a preset or instrument that name their target; others but the first, which is global, are nothing.
     *
     * @param first  zone.
     * @param end    the zone after the last.
     * @param target what a zone names: {@code INSTRUMENT} or {@code SAMPLE}.
     */
    static List<SoundFontZone> read(SoundFontTables.Table zones, SoundFontTables.Table generators, int first, int end,
            SoundFontGenerator target, SoundFontNotices notices) {
        List<SoundFontZone> all = new ArrayList<>();
        SoundFontZone global = new SoundFontZone();
        for (int i = first; i < end; i++) {
            SoundFontZone zone = new SoundFontZone(global);
            zone.read(generators, zones.at(i, 0), zones.at(i + 1, 0), target, notices);
            if (zone.has(target)) {
                all.add(zone);
            } else if (i == first) {
                global = zone;
            }
        }
        return all;
    }

    boolean has(SoundFontGenerator generator) {
        return (known & 1L << generator.number) != 0;
    }

    /** What the zone says; the default of the specification where it says nothing. */
    int get(SoundFontGenerator generator) {
        return has(generator) ? amounts[generator.number] : generator.standard;
    }

    /** An index that the zone names. */
    int index(SoundFontGenerator generator) {
        return amounts[generator.number] & 0xFFFF;
    }

    /** What a preset's zone adds. */
    int added(SoundFontGenerator generator) {
        return has(generator) ? amounts[generator.number] : 0;
    }

    private void read(SoundFontTables.Table generators, int first, int end, SoundFontGenerator target,
            SoundFontNotices notices) {
        for (int i = first; i < end; i++) {
            SoundFontGenerator generator = SoundFontGenerator.of(generators.at(i, 0));
            short amount = (short) generators.at(i, AMOUNT_OFFSET);
            if (generator == null) {
                continue;
            }
            if (!generator.isHonoured && amount != generator.standard) {
                notices.generator(generator, amount, generators.placeOf(i));
            }
            switch (generator) {
                case KEY_RANGE -> {
                    loKey = generators.byteAt(i, AMOUNT_OFFSET);
                    hiKey = Math.min(generators.byteAt(i, HIGH_OFFSET), MAX_DATA);
                }
                case VELOCITY_RANGE -> {
                    loVelocity = generators.byteAt(i, AMOUNT_OFFSET);
                    hiVelocity = Math.min(generators.byteAt(i, HIGH_OFFSET), MAX_DATA);
                }
                default -> {
                    amounts[generator.number] = amount;
                    known |= 1L << generator.number;
                }
            }
            if (generator == target) {
                // whatever comes behind is not to be read
                return;
            }
        }
    }
}
