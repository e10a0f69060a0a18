package org.carillon.launcher.command;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.List;
import org.carillon.api.port.CarillonException;
import org.junit.jupiter.api.Test;

final class ExitCodesTest {
    @Test
    void shouldGiveEachKindItsCode() {
        List<Integer> codes = Arrays.stream(CarillonException.Kind.values())
                .map(kind -> ExitCodes.of(new CarillonException(kind, "why"))).toList();

        assertEquals(List.of(1, 2, 3, 4, 5, 6), codes);
    }

    @Test
    void shouldCallEverythingElseFailed() {
        assertEquals(ExitCodes.FAILED, ExitCodes.of(new IllegalStateException()));
    }
}
