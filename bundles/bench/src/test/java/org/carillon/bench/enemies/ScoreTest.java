package org.carillon.bench.enemies;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ScoreTest {
    private final ByteArrayOutputStream said = new ByteArrayOutputStream();
    private final Score score = new Score(new PrintStream(said, true, StandardCharsets.UTF_8));

    @Test
    void shouldCountAttacksAndWhatCameOfThem() {
        score.add(Attack.CONNECT_FLOOD, Outcome.stays());
        score.add(Attack.SHORT_PACKET, Outcome.wrong("it stays"));
        score.add(Attack.SHORT_PACKET, Outcome.expelled(2_000_000, false));
        score.add(Attack.UNREAD_REPLIES, Outcome.expelledSometime(true));

        assertEquals(Siege.FLOOD + 3, score.attacks());
        assertEquals(2, score.attacks(Attack.SHORT_PACKET));
        assertEquals(1, score.wrong());
        assertEquals(2, score.expelled());
        assertEquals(1, score.untold());
        assertEquals(2, score.expelledMs(1));
        assertTrue(said.toString(StandardCharsets.UTF_8).contains("attack=SHORT_PACKET, it stays"));
    }

    @Test
    void shouldRankTheTimesOfThoseWithADate() {
        for (int ms = 2_000; ms > 0; ms--) {
            score.add(Attack.FORGED_LENGTH, Outcome.expelled(ms * 1_000_000L, true));
        }
        score.add(Attack.UNREAD_REPLIES, Outcome.expelledSometime(true));

        assertEquals(1_000, score.expelledMs(0.5));
        assertEquals(1_980, score.expelledMs(0.99));
    }

    @Test
    void shouldCountEachSessionThatWasAffectedByAnAttack() {
        score.affected("STOPPED", Set.of());
        score.affected("STOPPED", Set.of("java lost=1"));
        score.affected("NO_HELLO", Set.of("java lost=1", "cpp ended=1"));

        assertEquals(3, score.affected());
    }
}
