package org.carillon.api.port;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

final class PortSearchTest {
    private static final List<PortInfo> PORTS = List.of(port("Launchpad:1", Direction.SOURCE),
            port("Launchpad:1", Direction.DESTINATION), port("loop", Direction.DESTINATION),
            port("loop two", Direction.DESTINATION));

    private static PortInfo port(String name, Direction direction) {
        return new PortInfo(1, name, direction, "driver", false, 0, 0);
    }

    @Test
    void shouldFindAPortByAPartOfItsName() {
        assertEquals("Launchpad:1", PortSearch.find("launch", Direction.DESTINATION, PORTS));
        assertEquals("loop two", PortSearch.find("TWO", Direction.DESTINATION, PORTS));
    }

    @Test
    void shouldPreferTheWholeName() {
        assertEquals("loop", PortSearch.find("loop", Direction.DESTINATION, PORTS));
    }

    @Test
    void shouldListTheCandidates() {
        CarillonException e = assertThrows(CarillonException.class,
                () -> PortSearch.find("loo", Direction.DESTINATION, PORTS));

        assertEquals(CarillonException.Kind.NO_SUCH_NAME, e.kind());
        assertTrue(e.getMessage().contains("known=loop loop two"), e.getMessage());
    }

    @Test
    void shouldLookOnTheRightSide() {
        assertThrows(CarillonException.class, () -> PortSearch.find("loop", Direction.SOURCE, PORTS));
    }
}
