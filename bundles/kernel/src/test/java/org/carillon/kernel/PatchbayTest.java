package org.carillon.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.carillon.api.port.CarillonException;
import org.carillon.api.port.ConnectionInfo.State;
import org.carillon.api.port.Kernel;
import org.carillon.api.ring.LocalRing;
import org.carillon.protocol.DropReason;
import org.carillon.protocol.StatusPage;
import org.junit.jupiter.api.Test;

class PatchbayTest {
    private final Rig rig = new Rig();

    private State state(String source, String destination) {
        return rig.status().connections().stream()
                .filter(c -> c.source().equals(source) && c.destination().equals(destination)).findFirst().orElseThrow()
                .state();
    }

    private void loop(String name) {
        Client driver = rig.patchbay.attach("loopback " + name, Kernel.Role.DRIVER, null);
        rig.patchbay.addLoop(driver, name, 8192, 0);
    }

    private static void refused(CarillonException.Kind kind, String words, Runnable call) {
        CarillonException refusal = assertThrows(CarillonException.class, call::run);
        assertEquals(kind, refusal.kind());
        assertTrue(refusal.getMessage().contains(words), refusal.getMessage());
    }

    @Test
    void shouldHoldConnectionsForAbsentPorts() {
        rig.patchbay.connections().connect("keys", "synth", null, false);
        assertEquals(State.WAITING, state("keys", "synth"));
        Rig.Sender sender = rig.sender("keys");
        Rig.Receiver receiver = rig.receiver("synth");
        assertEquals(State.ACTIVE, state("keys", "synth"));

        rig.patchbay.detach(receiver.client);
        assertEquals(State.WAITING, state("keys", "synth"));
        Rig.Receiver again = rig.receiver("synth");
        sender.on(60);
        rig.work();
        assertEquals(List.of("keyon 0 60 100"), again.read());
    }

    @Test
    void shouldRefuseNamesThatAreTaken() {
        Rig.Sender sender = rig.sender("keys");
        refused(CarillonException.Kind.REFUSED, "name=keys",
                () -> rig.patchbay.addSource(sender.client, "keys", sender.ring));
        refused(CarillonException.Kind.REFUSED, "name=session of keys",
                () -> rig.patchbay.attach("session of keys", Kernel.Role.SESSION, null));
        rig.patchbay.connections().connect("keys", "synth", null, false);
        refused(CarillonException.Kind.REFUSED, "keys --> synth",
                () -> rig.patchbay.connections().connect("keys", "synth", null, false));
        refused(CarillonException.Kind.NO_SUCH_NAME, "keys --> nothing",
                () -> rig.patchbay.connections().disconnect("keys", "nothing"));
    }

    @Test
    void shouldLeaveRoomWhereALoopFindsTooLittle() {
        Client many = rig.patchbay.attach("many", Kernel.Role.SESSION, null);
        LocalRing ring = new LocalRing(LocalRing.MIN_CAPACITY, rig.bell);
        for (int i = 1; i < StatusPage.PORT_CAPACITY; i++) {
            rig.patchbay.addSource(many, "port " + i, ring);
        }
        refused(CarillonException.Kind.REFUSED, "no more ports: limit=" + StatusPage.PORT_CAPACITY, () -> loop("loop"));
        rig.patchbay.addSource(many, "last", ring);
        refused(CarillonException.Kind.REFUSED, "no more ports", () -> rig.patchbay.addSource(many, "more", ring));
    }

    @Test
    void shouldForwardThroughLoops() {
        loop("loop");
        Rig.Sender sender = rig.sender("keys");
        Rig.Receiver receiver = rig.receiver("synth");
        rig.patchbay.connections().connect("keys", "loop", null, false);
        rig.patchbay.connections().connect("loop", "synth", null, false);
        sender.on(60).note(0, 64, 1_000);
        rig.work();
        rig.advanceNs(1_000);

        assertEquals(List.of("keyon 0 60 100", "keyon 0 64 100", "keyoff 0 64 64"), receiver.read());
    }

    @Test
    void shouldRefuseCyclesThroughForwardingPortsOnly() {
        loop("a");
        loop("b");
        rig.patchbay.connections().connect("a", "b", null, false);
        refused(CarillonException.Kind.REFUSED, "loop",
                () -> rig.patchbay.connections().connect("b", "a", null, false));
        refused(CarillonException.Kind.REFUSED, "loop",
                () -> rig.patchbay.connections().connect("a", "a", null, false));

        Rig.Sender sender = rig.sender("both");
        rig.patchbay.addDestination(sender.client, "both", sender.received, 0, false);
        rig.patchbay.connections().connect("both", "both", null, false);
        assertEquals(State.ACTIVE, state("both", "both"));
    }

    @Test
    void shouldFindACycleThatAPortCloses() {
        loop("a");
        rig.patchbay.connections().connect("a", "b", null, false);
        rig.patchbay.connections().connect("b", "a", null, false);
        loop("b");
        long closed = rig.status().connections().stream().filter(c -> c.state() == State.LOOP).count();
        assertEquals(1, closed);
        rig.patchbay.connections().disconnect("a", "b");
        assertEquals(State.ACTIVE, state("b", "a"));
    }

    @Test
    void shouldEndEventsThatCircleWhereLoopsAreAllowed() {
        loop("a");
        Rig.Sender sender = rig.sender("keys");
        rig.patchbay.connections().connect("keys", "a", null, false);
        rig.patchbay.connections().connect("a", "a", null, true);
        sender.send(0, 0xB0, 1, 1);
        rig.work();

        assertEquals(1, rig.dropped(DropReason.LOOP));
    }

    @Test
    void shouldShowEverybodyInTheStatus() {
        rig.sender("keys");
        rig.receiver("synth");
        loop("loop");
        rig.patchbay.connections().connect("keys", "loop", Rig.filter(t -> t.channels(1)), false);

        assertEquals(List.of("session of keys", "session of synth", "loopback loop"), rig.status().sessions());
        assertEquals(4, rig.status().ports().size());
        assertEquals("test", rig.status().connections().getFirst().filter());
        assertEquals(2, rig.status().ports().stream().filter(p -> p.name().equals("loop")).count());
    }

    @Test
    void shouldRefuseBadPortNames() {
        Rig.Sender sender = rig.sender("keys");
        refused(CarillonException.Kind.WRONG_USAGE, "lengthBytes=0",
                () -> rig.patchbay.addSource(sender.client, "", sender.ring));
        refused(CarillonException.Kind.WRONG_USAGE, "lengthBytes=200",
                () -> rig.patchbay.addSource(sender.client, "x".repeat(200), sender.ring));
    }
}
