package org.carillon.bench.sound;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.carillon.bench.Interleaved;
import org.carillon.bench.process.Reading;

/** What several sides measured in turn, round after round. */
final class Rounds {
    private final List<List<Reading>> bySide = new ArrayList<>();

    private Rounds(int sides) {
        for (int side = 0; side < sides; side++) {
            bySide.add(new ArrayList<>());
        }
    }

    /** Runs all sides alternately; which goes first changes from round to round. Warm-up rounds are not kept. */
    static Rounds measure(int warmUpRounds, int rounds, List<Supplier<Reading>> sides) {
        Rounds kept = new Rounds(sides.size());
        for (int round = -warmUpRounds; round < rounds; round++) {
            for (int i = 0; i < sides.size(); i++) {
                int side = Math.floorMod(i + round, sides.size());
                Reading reading = sides.get(side).get();
                if (round >= 0) {
                    kept.bySide.get(side).add(reading);
                }
            }
        }
        return kept;
    }

    double median(int side, String name) {
        return Interleaved.median(bySide.get(side).stream().mapToDouble(reading -> reading.get(name)).toArray());
    }

    double sum(int side, String name) {
        return bySide.get(side).stream().mapToDouble(reading -> reading.get(name)).sum();
    }
}
