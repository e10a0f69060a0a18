package org.carillon.api.status;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.Arena;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.carillon.api.port.ConnectionInfo;
import org.carillon.api.port.Direction;
import org.carillon.api.port.PortInfo;
import org.carillon.protocol.DropReason;
import org.carillon.protocol.StatusCounter;
import org.carillon.protocol.StatusPage;
import org.junit.jupiter.api.Test;

class StatusSnapshotTest {
    private static final int SLOTS = 40;
    private static final int SNAPSHOTS = 300;
    private static final long LIMIT_NS = 30_000_000_000L;

    private final StatusPage page = new StatusPage(Arena.ofAuto().allocate(StatusPage.LENGTH, 128));

    @Test
    void shouldReadAnEmptyPage() {
        StatusSnapshot snapshot = StatusSnapshot.of(page);

        assertFalse(snapshot.ready());
        assertEquals(List.of(), snapshot.sessions());
        assertEquals(List.of(), snapshot.ports());
        assertEquals(List.of(), snapshot.connections());
        assertEquals(0, snapshot.droppedInAll());
        assertEquals(StatusCounter.values().length, snapshot.counters().size());
        assertEquals(DropReason.values().length, snapshot.dropped().size());
    }

    @Test
    void shouldReadEverythingThatStandsInThePage() {
        page.state(StatusPage.READY);
        page.counter(StatusCounter.RELEASED, 5);
        page.dropped(DropReason.LOOP, 6);
        write(1);

        StatusSnapshot snapshot = StatusSnapshot.of(page);

        assertTrue(snapshot.ready());
        assertEquals(5, snapshot.count(StatusCounter.RELEASED));
        assertEquals(6, snapshot.droppedInAll());
        assertEquals(SLOTS, snapshot.sessions().size());
        assertEquals(new PortInfo(1, "name of 1", Direction.DESTINATION, "session 1", true, 1, 1),
                snapshot.ports().get(0));
        assertEquals(new ConnectionInfo(1, "name of 1", "name of 1", ConnectionInfo.State.ACTIVE, "note 1", 1, 1, 1,
                ConnectionInfo.Tap.NONE),
                snapshot.connections().get(0));
    }

    @Test
    void shouldNeverBeTornWhileTheTablesChange() throws InterruptedException {
        AtomicBoolean running = new AtomicBoolean(true);
        Thread writer = new Thread(() -> {
            for (int generation = 1; running.get(); generation++) {
                write(generation);
                while (running.get() && generation % 4 == 0 && Math.floorMod(System.nanoTime(), 1_000_000) > 500_000) {
                    Thread.onSpinWait();
                }
            }
        }, "writer");
        writer.start();

        long untilNs = System.nanoTime() + LIMIT_NS;
        try {
            for (int i = 0; i < SNAPSHOTS && System.nanoTime() - untilNs < 0; i++) {
                assertWhole(StatusSnapshot.of(page));
            }
        } finally {
            running.set(false);
            writer.join();
        }
    }

    private static void assertWhole(StatusSnapshot snapshot) {
        if (snapshot.ports().isEmpty()) {
            return;
        }
        int generation = snapshot.ports().get(0).id();
        for (PortInfo port : snapshot.ports()) {
            assertEquals("name of " + generation, port.name());
            assertEquals("session " + generation, port.session());
        }
        for (ConnectionInfo connection : snapshot.connections()) {
            assertEquals("name of " + generation, connection.source());
            assertEquals("name of " + generation, connection.destination());
            assertEquals("note " + generation, connection.filter());
        }
        assertEquals(SLOTS, snapshot.sessions().size());
        assertEquals(SLOTS, snapshot.ports().size());
        assertEquals(SLOTS, snapshot.connections().size());
    }

    /** Fills every slot in use from one number, under the sequence of the tables. */
    private void write(int generation) {
        page.beginChange();
        for (int slot = 0; slot < SLOTS; slot++) {
            writeSession(StatusPage.sessionAt(slot), generation, generation + slot);
            writePort(StatusPage.portAt(slot), generation);
            writeConnection(StatusPage.connectionAt(slot), generation);
        }
        page.endChange();
    }

    private void writeSession(int at, int generation, int id) {
        page.intAt(at + StatusPage.ID, id);
        page.nameAt(at + StatusPage.SESSION_NAME, "session " + generation, StatusPage.MAX_SESSION_NAME_LENGTH);
    }

    private void writePort(int at, int generation) {
        page.intAt(at + StatusPage.ID, generation);
        page.intAt(at + StatusPage.SECOND, generation);
        page.intAt(at + StatusPage.PORT_DIRECTION, Direction.DESTINATION.ordinal());
        page.intAt(at + StatusPage.PORT_TRAITS, 1);
        page.longAt(at + StatusPage.EVENTS, generation);
        page.longAt(at + StatusPage.DROPPED, generation);
        page.nameAt(at + StatusPage.PORT_NAME, "name of " + generation, StatusPage.MAX_NAME_LENGTH);
    }

    private void writeConnection(int at, int generation) {
        page.intAt(at + StatusPage.ID, generation);
        page.intAt(at + StatusPage.SECOND, ConnectionInfo.State.ACTIVE.ordinal());
        page.longAt(at + StatusPage.EVENTS, generation);
        page.longAt(at + StatusPage.DROPPED, generation);
        page.longAt(at + StatusPage.CONNECTION_FILTERED, generation);
        page.nameAt(at + StatusPage.CONNECTION_SOURCE_NAME, "name of " + generation, StatusPage.MAX_NAME_LENGTH);
        page.nameAt(at + StatusPage.CONNECTION_DESTINATION_NAME, "name of " + generation, StatusPage.MAX_NAME_LENGTH);
        page.nameAt(at + StatusPage.CONNECTION_FILTER, "note " + generation, StatusPage.MAX_FILTER_LENGTH);
    }
}
