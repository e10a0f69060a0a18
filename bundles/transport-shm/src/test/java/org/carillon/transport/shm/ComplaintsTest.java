package org.carillon.transport.shm;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ComplaintsTest {
    private static final long START_NS = Long.MAX_VALUE - 10; // the clock may wrap
    private static final long NS_PER_S = 1_000_000_000L;

    @Test
    void shouldSpeakOnceASecondAndCountTheRest() {
        List<String> lines = new ArrayList<>();
        Complaints complaints = new Complaints(lines::add);

        complaints.say("first", START_NS);
        complaints.say("second", START_NS + 1);
        complaints.say("third", START_NS + NS_PER_S - 1);
        complaints.say("fourth", START_NS + NS_PER_S);
        complaints.say("fifth", START_NS + 3 * NS_PER_S);

        assertEquals(List.of("first", "fourth, unsaidBefore=2", "fifth"), lines);
    }
}
