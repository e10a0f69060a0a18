package org.carillon.bench.kill;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.Arena;
import java.nio.file.Path;
import java.util.List;
import org.carillon.bench.kill.Ledger.Phase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LedgerTest {
    private static final long MS = 1_000_000;
    private static final int VICTIMS = 20;

    @TempDir
    private Path folder;

    @Test
    void shouldKnowEveryVictimByItsPairOfNotes() {
        long[] last = new long[Ledger.PAIRS];
        boolean[] isKnown = new boolean[Ledger.PAIRS];
        for (long victim = 0; victim < 50_000; victim++) {
            int pair = Ledger.pair(victim);
            assertEquals(isKnown[pair] ? Ledger.nextAfter(last[pair]) : Ledger.firstWith(pair), victim);
            assertEquals(Ledger.isJava(victim), pair >= Ledger.CPP_PAIRS);
            last[pair] = victim;
            isKnown[pair] = true;
        }
    }

    @Test
    void shouldTellWhatBecameOfVictims() {
        try (Arena arena = Arena.ofConfined()) {
            Ledger ledger = Ledger.make(folder.resolve("ledger"), VICTIMS, arena);
            dies(ledger, 0, Phase.BUSY, 100 * MS); // warm-up
            dies(ledger, 1, Phase.BORN, 200 * MS);
            dies(ledger, 2, Phase.BUSY, 300 * MS);
            dies(ledger, 9, Phase.HOLDING, 400 * MS);
            ledger.between(2);
            for (int note = 0; note < 2; note++) {
                ledger.noteOn(2, note);
                ledger.noteOff(2, note, (303 + note) * MS);
                ledger.noteOn(9, note);
            }
            ledger.noteOff(9, 0, 401 * MS);
            ledger.gone(Ledger.CPP_EAR, 2, 302 * MS);
            ledger.gone(Ledger.JAVA_EAR, 2, 305 * MS);
            ledger.gone(Ledger.JAVA_EAR, 77, 500 * MS); // somebody else

            Deaths deaths = Deaths.of(Ledger.open(folder.resolve("ledger"), VICTIMS, arena), 1);

            assertEquals(List.of(3L, 1L, 1L, 1L, 1L), List.of(deaths.kills(), deaths.javaKills(), deaths.between(),
                    deaths.unborn(), deaths.busy()));
            assertEquals(List.of(4L, 1L, 0L), List.of(deaths.held(), deaths.stuck(), deaths.doubled()));
            assertEquals(2, deaths.detected());
            assertEquals(List.of(2.0, 5.0), List.of(deaths.detectMs(0), deaths.detectMs(1)));
            assertEquals(List.of(1.0, 4.0), List.of(deaths.noteOffMs(0), deaths.noteOffMs(1)));
            assertEquals(1, deaths.oddities().size());
        }
    }

    @Test
    void shouldCallDoubledWhatEndsTwice() {
        try (Arena arena = Arena.ofConfined()) {
            Ledger ledger = Ledger.make(folder.resolve("ledger"), VICTIMS, arena);
            dies(ledger, 5, Phase.BUSY, MS);
            ledger.noteOn(5, 1);
            ledger.noteOff(5, 1, 2 * MS);
            ledger.noteOff(5, 1, 3 * MS);

            Deaths deaths = Deaths.of(ledger, 0);

            assertEquals(List.of(0L, 1L), List.of(deaths.stuck(), deaths.doubled()));
            assertTrue(deaths.oddities().getFirst().startsWith("victim=5"));
        }
    }

    private static void dies(Ledger ledger, long victim, Phase phase, long atNs) {
        ledger.phase(victim, phase);
        ledger.session(victim, victim);
        ledger.killedNs(victim, atNs);
    }
}
