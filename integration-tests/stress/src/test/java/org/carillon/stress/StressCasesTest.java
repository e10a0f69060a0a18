package org.carillon.stress;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class StressCasesTest {
    private static final List<Class<?>> CASES = List.of(DoorbellStress.class, ServerClockStress.class,
            StatusTablesStress.class, LocalRingStress.class, LongRecordStress.class, EventRingStress.class,
            EventRoomStress.class, SessionStateStress.class);
    private static final String NONE_FAILED = "Failed tests: No matches.";
    private static final String NO_ERRORS = "Error tests: No matches.";

    @Test
    void shouldNeverComeToAForbiddenEnd() throws IOException, InterruptedException {
        String output = Harness.run("\\.stress\\.[A-Za-z]+Stress$", false);

        assertTrue(output.contains(NONE_FAILED), output);
        assertTrue(output.contains(NO_ERRORS), output);
        assertTrue(output.contains("All remaining tests: " + CASES.size() + " matching test results"), output);
    }

    @Test
    void shouldSeeAForbiddenEnd() throws IOException, InterruptedException {
        String output = Harness.run("\\.PlantedStress$", true);

        assertTrue(output.contains("PlantedStress"), output);
        assertFalse(output.contains(NONE_FAILED), output);
    }
}
