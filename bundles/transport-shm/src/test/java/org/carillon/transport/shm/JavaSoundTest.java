package org.carillon.transport.shm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import javax.sound.midi.InvalidMidiDataException;
import javax.sound.midi.MidiDevice;
import javax.sound.midi.MidiDeviceTransmitter;
import javax.sound.midi.MidiMessage;
import javax.sound.midi.MidiUnavailableException;
import javax.sound.midi.Receiver;
import javax.sound.midi.ShortMessage;
import javax.sound.midi.Transmitter;
import org.carillon.client.ClientOptions;
import org.carillon.client.ClientSource;
import org.carillon.client.ClientState;
import org.carillon.client.javasound.CarillonDeviceProvider;
import org.carillon.protocol.control.SessionName;
import org.junit.jupiter.api.Test;

/** Ports of a real server as devices of javax.sound.midi: which there are, when they are open, how they come and go. */
class JavaSoundTest extends JavaSoundRig {
    @Test
    void shouldListThePortsOfOthersAsTheyAre() throws MidiUnavailableException {
        assertEquals(List.of("synth:in", "synth:out"), names());
        MidiDevice source = device("synth:out");
        MidiDevice destination = device("synth:in");
        MidiDevice.Info info = source.getDeviceInfo();
        assertEquals("Carillon", info.getVendor());
        assertTrue(info.getDescription().contains("come from"), info.getDescription());
        assertEquals("-1 0", source.getMaxTransmitters() + " " + source.getMaxReceivers());
        assertEquals("0 -1", destination.getMaxTransmitters() + " " + destination.getMaxReceivers());
        assertThrows(MidiUnavailableException.class, source::getReceiver);
        assertThrows(MidiUnavailableException.class, destination::getTransmitter);
        assertThrows(IllegalArgumentException.class,
                () -> new CarillonDeviceProvider(ClientOptions.named("x").at(rig.socket)).getDevice(info));

        source.open();
        destination.open();
        ClientSource more = other.source("more");

        assertEquals(List.of("synth:in", "synth:more", "synth:out"), names());
        assertEquals(List.of("program", "synth"), client.look().sessions().stream().sorted().toList());
        other.remove(more);
        assertEquals(List.of("synth:in", "synth:out"), names());
        assertSame(info, provider.getDeviceInfo()[1]);
        assertTrue(provider.isDeviceSupported(info));
        assertSame(source, provider.getDevice(info));
    }

    @Test
    void shouldListNothingWhereNoServerListens() throws IOException {
        rig.close();
        rig = null;

        ServerRig.await("list is empty", () -> provider.getDeviceInfo().length == 0);

        assertEquals(0, new CarillonDeviceProvider(ClientOptions.named("x").at(folder.resolve("none/control")))
                .getDeviceInfo().length);
        rig = new ServerRig(folder);
        ServerRig.await("ports are listed", () -> names().equals(List.of("synth:in", "synth:out")));
    }

    @Test
    void shouldHaveASessionWhileADeviceIsOpen() throws MidiUnavailableException {
        client.open("program");
        assertEquals(List.of("synth", "program"), client.look().sessions());

        MidiDevice source = device("synth:out");
        MidiDevice destination = device("synth:in");
        source.open();
        destination.open();
        source.open();

        assertEquals(List.of("synth", "program", "program 2"), client.look().sessions());
        assertTrue(client.look().isConnected("synth:out", "program 2:synth:out"));
        assertTrue(client.look().isConnected("program 2:synth:in", "synth:in"));
        source.close();
        assertFalse(source.isOpen());
        assertEquals(-1, source.getMicrosecondPosition());
        assertFalse(client.look().ports().stream().anyMatch(port -> port.name().equals("program 2:synth:out")));
        assertTrue(client.look().connections().stream().noneMatch(each -> each.source().equals("synth:out")));
        destination.close();
        destination.close();
        ServerRig.await("session is gone", () -> client.look().sessions().equals(List.of("synth", "program")));
    }

    @Test
    void shouldGoOnWhenItsPortIsBack() throws MidiUnavailableException, InvalidMidiDataException {
        ClientSource third = other.source("third");
        MidiDevice closed = device("synth:third");
        MidiDevice source = device("synth:out");
        MidiDevice destination = device("synth:in");
        source.open();
        destination.open();
        Heard heard = hear(source);
        Receiver receiver = destination.getReceiver();
        assertTrue(third.send(0, 0x90, 9, 9));
        other.close();
        assertEquals(List.of(), names());

        assertTrue(source.isOpen() && destination.isOpen());
        receiver.send(new ShortMessage(0x90, 1, 1), -1);
        assertSame(closed, provider.getDevice(closed.getDeviceInfo()));
        assertThrows(MidiUnavailableException.class, closed::open);
        assertFalse(closed.isOpen());
        other = client.open("synth");
        out = other.source("out");
        other.destination("in");

        assertEquals(List.of(destination.getDeviceInfo(), source.getDeviceInfo()),
                List.of(provider.getDeviceInfo()));
        receiver.send(new ShortMessage(0x90, 2, 2), -1);
        awaitCome(1);
        play(0x90, 3, 3);
        heard.await(1);
        assertEquals(List.of("90 02 02"), come);
        assertEquals(List.of("90 03 03"), heard.words());
        other.source("third");
        closed.open();
        assertTrue(client.look().isConnected("synth:third", "program:synth:third"));
    }

    @Test
    void shouldGoOnWhenTheServerIsBack() throws IOException, MidiUnavailableException, InvalidMidiDataException {
        MidiDevice source = device("synth:out");
        MidiDevice destination = device("synth:in");
        other.source("third");
        MidiDevice third = device("synth:third");
        source.open();
        destination.open();
        third.open();
        Heard heard = hear(source);
        Receiver receiver = destination.getReceiver();
        rig.close();
        rig = null;
        ServerRig.await("loss is seen", () -> client.state() == ClientState.EXCEPTION
                && provider.getDeviceInfo().length == 0);

        receiver.send(new ShortMessage(0x90, 1, 1), -1);
        third.close();
        assertThrows(MidiUnavailableException.class, third::open);
        long lostUs = source.getMicrosecondPosition();
        rig = new ServerRig(folder);
        ServerRig.await("both are back and connected", () -> client.state() == ClientState.ACTIVE
                && client.look().isConnected("synth:out", "program:synth:out")
                && client.look().isConnected("program:synth:in", "synth:in"));
        receiver.send(new ShortMessage(0x90, 2, 2), -1);
        play(0x90, 3, 3);
        heard.await(1);
        awaitCome(1);

        assertEquals(List.of("90 03 03"), heard.words());
        assertEquals(List.of("90 02 02"), come);
        assertTrue(heard.timeStampsUs.getFirst() > lostUs);
        ServerRig.await("what was closed meanwhile does not come back", () -> client.look().ports().stream()
                .noneMatch(port -> port.name().equals("program:synth:third")));
        third.open();
        assertTrue(client.look().isConnected("synth:third", "program:synth:third"));
    }

    @Test
    void shouldBeginAnewWhenItWasSentAway() throws MidiUnavailableException {
        MidiDevice source = device("synth:out");
        MidiDevice destination = device("synth:in");
        source.open();
        Heard silent = hear(source);
        client.ask(server -> server.kick(new SessionName("program")));
        ServerRig.await("session is gone", () -> !client.look().sessions().contains("program"));
        assertTrue(source.isOpen());

        ServerRig.await("its end is seen", () -> {
            try {
                destination.open();
                return true;
            } catch (MidiUnavailableException e) {
                return false;
            }
        });
        source.close();
        source.open();
        Heard heard = hear(source);
        play(0x90, 1, 1);
        heard.await(1);

        assertEquals(List.of(), silent.words());
        assertTrue(client.look().isConnected("program:synth:in", "synth:in"));
    }

    @Test
    void shouldCloseItsEnds() throws MidiUnavailableException, InvalidMidiDataException {
        MidiDevice source = device("synth:out");
        MidiDevice destination = device("synth:in");
        source.open();
        destination.open();
        Transmitter first = source.getTransmitter();
        Transmitter second = source.getTransmitter();
        Heard heard = new Heard();
        first.setReceiver(heard);
        second.setReceiver(heard);
        assertSame(heard, first.getReceiver());
        assertSame(source, ((MidiDeviceTransmitter) first).getMidiDevice());
        assertEquals(List.of(first, second), source.getTransmitters());
        assertNotSame(destination.getReceiver(), destination.getReceiver());
        assertEquals(2, destination.getReceivers().size());
        assertEquals(List.of(), destination.getTransmitters());

        first.close();
        play(0x90, 1, 1);
        heard.await(1);
        Receiver receiver = destination.getReceivers().getFirst();
        Receiver left = destination.getReceivers().getLast();
        receiver.close();

        assertEquals(List.of(second), source.getTransmitters());
        assertEquals(List.of(left), destination.getReceivers());
        ShortMessage message = new ShortMessage(0x90, 1, 1);
        assertThrows(IllegalStateException.class, () -> receiver.send(message, -1));
        left.send(message, -1);
        destination.close();
        assertThrows(IllegalStateException.class, () -> left.send(message, -1));
        assertEquals(List.of(), destination.getReceivers());
        awaitCome(1);
        source.close();
        source.open();
        Heard later = hear(source);
        play(0x90, 2, 2);
        later.await(1);
        assertEquals(List.of("90 01 01"), heard.words());
    }

    @Test
    void shouldBeClosedByWhomItCalls() throws MidiUnavailableException {
        MidiDevice device = device("synth:out");
        device.open();
        device.getTransmitter().setReceiver(new Receiver() {
            @Override
            public void send(MidiMessage message, long timeStampUs) {
                device.close();
            }

            @Override
            public void close() {}
        });

        play(0x90, 1, 1);

        ServerRig.await("device is closed", () -> !device.isOpen());
        ServerRig.await("session is gone", () -> !client.look().sessions().contains("program"));
    }

    @Test
    void shouldFindRoomForLongNames() throws MidiUnavailableException {
        String name = "p".repeat(90);
        other.source(name + "1");
        other.source(name + "2");

        for (String port : List.of(name + "1", name + "2")) {
            device("synth:" + port).open();
            assertTrue(client.look().connections().stream().anyMatch(each -> each.source().equals("synth:" + port)
                    && each.destination().startsWith("program:synth:ppp") && each.state() == 1));
        }
    }
}
