package org.carillon.transport.shm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Set;
import org.carillon.protocol.control.WireRefusal;
import org.carillon.transport.shm.Quotas.Kind;
import org.carillon.transport.shm.Quotas.Usage;
import org.junit.jupiter.api.Test;

class QuotasTest {
    private static final int OWNER = 1000;
    private static final long NS_PER_S = 1_000_000_000L;

    private final Quotas quotas = new Quotas(OWNER, new long[]{100, 16, 1_000, 64, 8},
            new long[]{50, 16, 400, 64, 8}, 10, 7);

    @Test
    void shouldLetTheOwnerHaveAllThatIsFreeAndOthersHalfOfTheRest() throws WireRefusal {
        Usage guest = quotas.of(1);
        take(guest, Kind.SESSIONS, 8);
        assertRefused(guest, "quota of sessions is reached: user=1, has=8, asked=1, limit=8");
        Usage second = quotas.of(2);
        take(second, Kind.SESSIONS, 4);
        assertRefused(second, "quota of sessions is reached: user=2, has=4, asked=1, limit=4");
        Usage third = quotas.of(3);
        take(third, Kind.SESSIONS, 2);
        assertRefused(third, "quota of sessions is reached: user=3, has=2, asked=1, limit=2");
        Usage owner = quotas.of(OWNER);
        take(owner, Kind.SESSIONS, 2);
        assertRefused(owner, "quota of sessions is reached: user=1000, has=2, asked=1, limit=2");

        guest.give(Kind.SESSIONS, 8);

        take(owner, Kind.SESSIONS, 8);
        assertEquals(0, guest.has(Kind.SESSIONS));
        assertSame(guest, quotas.of(1));
    }

    @Test
    void shouldLimitWhatOneUserHasOfEachKind() throws WireRefusal {
        Usage owner = quotas.of(OWNER);
        owner.take(Kind.RING_BYTES, 400);
        WireRefusal refused = assertThrows(WireRefusal.class, () -> owner.take(Kind.RING_BYTES, 1));

        assertEquals("REFUSED", refused.code());
        assertEquals("quota of ring bytes is reached: user=1000, has=400, asked=1, limit=400", refused.getMessage());
        owner.take(Kind.PORTS, 64);
        assertThrows(WireRefusal.class, () -> owner.take(Kind.PORTS, 1));
        assertEquals(7, pendingLimit(owner));
    }

    private static int pendingLimit(Usage usage) {
        int count = 0;
        while (usage.pending().hasRoom()) {
            usage.pending().add(1);
            count++;
        }
        return count;
    }

    @Test
    void shouldCountConnectionsThatAreStillThere() throws WireRefusal {
        Usage guest = quotas.of(1);
        for (int id = 1; id <= 4; id++) {
            guest.takeConnection(Set::of);
            guest.made(id, true);
        }
        WireRefusal refused = assertThrows(WireRefusal.class, () -> guest.takeConnection(() -> Set.of(1, 2, 3, 4)));
        assertEquals("quota of connections is reached: user=1, has=4, asked=1, limit=4", refused.getMessage());

        guest.takeConnection(() -> Set.of(2, 99));
        assertEquals(2, guest.has(Kind.CONNECTIONS));
        guest.made(0, false);
        assertEquals(1, guest.has(Kind.CONNECTIONS));
    }

    @Test
    void shouldLimitRequestsEachSecond() {
        Usage user = quotas.of(5);
        long nowNs = -3;
        for (int i = 0; i < 10; i++) {
            assertTrue(user.mayAsk(nowNs));
        }
        assertFalse(user.mayAsk(nowNs));
        assertTrue(user.mayAsk(nowNs + NS_PER_S / 10));
        assertFalse(user.mayAsk(nowNs + NS_PER_S / 10));
        int granted = 0;
        for (int i = 0; i < 100; i++) {
            granted += user.mayAsk(nowNs + 100 * NS_PER_S) ? 1 : 0;
        }
        assertEquals(10, granted);
    }

    private static void take(Usage usage, Kind kind, int count) throws WireRefusal {
        for (int i = 0; i < count; i++) {
            usage.take(kind, 1);
        }
    }

    private static void assertRefused(Usage usage, String message) {
        assertEquals(message,
                assertThrows(WireRefusal.class, () -> usage.take(Kind.SESSIONS, 1)).getMessage());
    }
}
