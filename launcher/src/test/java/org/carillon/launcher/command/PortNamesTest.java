package org.carillon.launcher.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.carillon.api.port.CarillonException;
import org.carillon.api.port.Direction;
import org.carillon.api.port.PortInfo;
import org.junit.jupiter.api.Test;

final class PortNamesTest {
    private static final List<PortInfo> PORTS = List.of(port("Launchpad:1", Direction.SOURCE),
            port("Launchpad:1", Direction.DESTINATION), port("loop", Direction.DESTINATION),
            port("loop two", Direction.DESTINATION));

    private static PortInfo port(String name, Direction direction) {
        return new PortInfo(1, name, direction, "driver", false, 0, 0);
    }

    @Test
    void shouldFindAPortByAPartOfItsName() {
        assertEquals("Launchpad:1", PortNames.find("launch", Direction.DESTINATION, PORTS));
        assertEquals("loop two", PortNames.find("TWO", Direction.DESTINATION, PORTS));
    }

    @Test
    void shouldPreferTheWholeName() {
        assertEquals("loop", PortNames.find("loop", Direction.DESTINATION, PORTS));
    }

    @Test
    void shouldListTheCandidates() {
        CarillonException e = assertThrows(CarillonException.class,
                () -> PortNames.find("loo", Direction.DESTINATION, PORTS));

        assertEquals(ExitCodes.NO_SUCH_NAME, ExitCodes.of(e));
        assertTrue(e.getMessage().contains("known=loop loop two"), e.getMessage());
    }

    @Test
    void shouldLookOnTheRightSide() {
        assertThrows(CarillonException.class, () -> PortNames.find("loop", Direction.SOURCE, PORTS));
    }
}
