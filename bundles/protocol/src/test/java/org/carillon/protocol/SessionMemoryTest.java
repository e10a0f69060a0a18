package org.carillon.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class SessionMemoryTest {
    private static final int TO_SERVER = 8 * 1024;
    private static final int TO_CLIENT = 16 * 1024;

    private final MemorySegment toServer = Arena.ofAuto().allocate(SessionMemory.lengthBytes(TO_SERVER), 128);
    private final MemorySegment toClient = Arena.ofAuto().allocate(SessionMemory.lengthBytes(TO_CLIENT), 128);

    @Test
    void shouldOpenWhatItMade() {
        SessionMemory.create(toServer, toClient, 42);

        SessionMemory client = SessionMemory.open(toServer, toClient.asReadOnly());

        assertEquals(42, client.sessionId());
        assertEquals(TO_SERVER, client.toServerCapacityBytes());
        assertEquals(TO_CLIENT, client.toClientCapacityBytes());
        assertEquals(SessionState.NEW, client.state());
        assertEquals("CARISESS",
                new String(toClient.asSlice(0, 8).toArray(ValueLayout.JAVA_BYTE), StandardCharsets.US_ASCII));
    }

    @ParameterizedTest
    @EnumSource(SessionState.class)
    void shouldTellTheState(SessionState state) {
        SessionMemory server = SessionMemory.create(toServer, toClient, 1);
        SessionMemory client = SessionMemory.open(toServer, toClient);

        server.state(state);

        assertEquals(state, client.state());
        assertEquals(state != SessionState.NEW && state != SessionState.OPEN, client.state().isEnd());
    }

    @Test
    void shouldTakeAnUnknownStateForAnEnd() {
        SessionMemory.create(toServer, toClient, 1);
        toClient.set(Layouts.INT, SessionMemory.STATE_OFFSET, 99);

        assertTrue(SessionMemory.open(toServer, toClient).state().isEnd());
    }

    @ParameterizedTest
    @CsvSource({"0,0", "8,2", "16,4096", "16,12288", "16,16384", "20,32768", "20,-2147483648", "16,1073741824"})
    void shouldRefuseMemoryThatIsNotWhatItSays(int offset, int value) {
        SessionMemory.create(toServer, toClient, 1);
        toClient.set(Layouts.INT, offset, value);

        assertThrows(IllegalArgumentException.class, () -> SessionMemory.open(toServer, toClient));
    }

    @Test
    void shouldRefuseMemoryThatIsTooShort() {
        SessionMemory.create(toServer, toClient, 1);

        assertThrows(IllegalArgumentException.class, () -> SessionMemory.open(toServer, toClient.asSlice(0, 512)));
        assertThrows(IllegalArgumentException.class,
                () -> SessionMemory.open(toServer.asSlice(0, toServer.byteSize() - 8), toClient));
        assertThrows(IllegalArgumentException.class,
                () -> SessionMemory.create(toServer.asSlice(0, 1024 + 6 * 1024), toClient, 1));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, 4096, 8191, 12288, 32 * 1024 * 1024, Integer.MIN_VALUE})
    void shouldRefuseCapacities(int capacityBytes) {
        assertFalse(SessionMemory.isCapacity(capacityBytes));
        assertThrows(IllegalArgumentException.class, () -> SessionMemory.lengthBytes(capacityBytes));
    }

    @Test
    void shouldShareTheWordsOfBothSides() {
        SessionMemory server = SessionMemory.create(toServer, toClient, 1);
        SessionMemory client = SessionMemory.open(toServer, toClient);
        server.kernelWord().set(Layouts.INT, 0, 1);
        client.clientWord().set(Layouts.INT, 0, 2);

        assertEquals(1, toServer.get(Layouts.INT, 384));
        assertEquals(1, client.kernelWord().get(Layouts.INT, 0));
        assertEquals(2, toServer.get(Layouts.INT, 512));
        assertEquals(2, server.clientWord().get(Layouts.INT, 0));
    }
}
