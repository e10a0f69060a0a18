package org.carillon.transport.shm;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ComplaintsTest {
    private static final long START_NS = Long.MAX_VALUE - 10; // the clock may wrap
    private static final long NS_PER_S = 1_000_000_000L;

    private final List<String> lines = new ArrayList<>();
    private final Complaints complaints = new Complaints(lines::add);

    @Test
    void shouldSayALineForEachAndOneASecondToWhoHadTooMany() {
        for (int i = 0; i < Complaints.LINES_AT_ONCE + 2; i++) {
            complaints.say(7, "wrong " + i, START_NS + i);
        }
        assertEquals(Complaints.LINES_AT_ONCE, lines.size());
        assertEquals("wrong 999", lines.getLast());

        complaints.say(7, "later", START_NS + NS_PER_S);
        complaints.say(7, "too soon", START_NS + NS_PER_S + 1);
        complaints.say(7, "last", START_NS + 3 * NS_PER_S);

        assertEquals(List.of("later, unsaidBefore=2", "last, unsaidBefore=1"),
                lines.subList(Complaints.LINES_AT_ONCE, lines.size()));
    }

    @Test
    void shouldNotHideTheWrongsOfOneUserBehindThoseOfAnother() {
        for (int i = 0; i <= Complaints.LINES_AT_ONCE; i++) {
            complaints.say(7, "loud", START_NS);
        }
        complaints.say(8, "quiet", START_NS);

        assertEquals("quiet", lines.getLast());
    }

    @Test
    void shouldSayAtTheEndHowMuchWentUnsaid() {
        for (int i = 0; i < Complaints.LINES_AT_ONCE + 5; i++) {
            complaints.say(7, "loud", START_NS);
        }
        complaints.say(8, "quiet", START_NS);
        complaints.sayRest();

        assertEquals("more clients were ended for what they did: userId=7, unsaidBefore=5", lines.getLast());
    }
}
