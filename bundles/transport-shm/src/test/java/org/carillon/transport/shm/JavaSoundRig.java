package org.carillon.transport.shm;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import javax.sound.midi.InvalidMidiDataException;
import javax.sound.midi.MidiDevice;
import javax.sound.midi.MidiMessage;
import javax.sound.midi.MidiUnavailableException;
import javax.sound.midi.Receiver;
import javax.sound.midi.SysexMessage;
import org.carillon.client.CarillonClient;
import org.carillon.client.ClientOptions;
import org.carillon.client.ClientSession;
import org.carillon.client.ClientSource;
import org.carillon.client.javasound.CarillonDeviceProvider;
import org.carillon.protocol.Event;
import org.carillon.protocol.EventType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A real server, another client that has a source and a destination, and a provider of devices. */
@Timeout(120)
abstract class JavaSoundRig {
    private static final int RING_BYTES = 1 << 20;

    @TempDir
    Path folder;
    ServerRig rig;
    CarillonClient client;
    ClientSession other;
    ClientSource out;
    CarillonDeviceProvider provider;
    private final List<MidiDevice> devices = new ArrayList<>();
    /** What came to the other client: bytes in hexadecimal, of long messages their length. */
    final List<String> come = new ArrayList<>();
    final List<Long> timesNs = new ArrayList<>();
    final ByteArrayOutputStream sysex = new ByteArrayOutputStream();

    /** What a device's transmitter was given. */
    static final class Heard implements Receiver {
        final List<byte[]> messages = new CopyOnWriteArrayList<>();
        final List<Long> timeStampsUs = new CopyOnWriteArrayList<>();

        @Override
        public void send(MidiMessage message, long timeStampUs) {
            timeStampsUs.add(timeStampUs);
            messages.add(message.getMessage());
        }

        List<String> words() {
            return messages.stream().map(HexFormat.ofDelimiter(" ")::formatHex).toList();
        }

        void await(int count) {
            ServerRig.await(count + " messages come", () -> messages.size() >= count);
        }

        @Override
        public void close() {}
    }

    @BeforeEach
    void start() throws IOException {
        rig = new ServerRig(folder);
        client = new CarillonClient(ClientOptions.named("test").at(rig.socket).startedBy());
        other = client.open("synth", RING_BYTES, RING_BYTES);
        out = other.source("out");
        other.destination("in");
        provider = new CarillonDeviceProvider(ClientOptions.named("program").at(rig.socket));
    }

    @AfterEach
    void stop() throws IOException {
        devices.forEach(MidiDevice::close);
        client.close();
        if (rig != null) {
            rig.close();
        }
    }

    List<String> names() {
        return Stream.of(provider.getDeviceInfo()).map(MidiDevice.Info::getName).toList();
    }

    MidiDevice device(String name) {
        MidiDevice.Info info = Stream.of(provider.getDeviceInfo()).filter(each -> each.getName().equals(name))
                .findFirst().orElseThrow();
        MidiDevice device = provider.getDevice(info);
        devices.add(device);
        return device;
    }

    Heard hear(MidiDevice device) throws MidiUnavailableException {
        Heard heard = new Heard();
        device.getTransmitter().setReceiver(heard);
        return heard;
    }

    void play(int status, int data1, int data2) {
        assertTrue(out.send(0, status, data1, data2));
        out.flush();
    }

    void awaitCome(int count) {
        ServerRig.await(count + " events come", () -> {
            other.poll(this::onEvent, 100);
            return come.size() >= count;
        });
    }

    private void onEvent(Event event) {
        byte[] bytes = new byte[event.type() == EventType.SYSEX ? event.payloadLength() : event.messageLength()];
        event.payload(bytes, 0, bytes.length);
        if (event.type() == EventType.SYSEX) {
            if ((event.flags() & Event.BEGIN) != 0) {
                sysex.reset();
            }
            sysex.writeBytes(bytes);
            if ((event.flags() & Event.END) == 0) {
                return;
            }
            bytes = sysex.toByteArray();
        }
        come.add(bytes.length > 20 ? "long " + bytes.length : HexFormat.ofDelimiter(" ").formatHex(bytes));
        timesNs.add(event.timeNs());
    }

    static byte[] longMessage(int length) {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) (i * 31 + i / 251 & 0x7F);
        }
        bytes[0] = (byte) 0xF0;
        bytes[length - 1] = (byte) 0xF7;
        return bytes;
    }

    static SysexMessage sysex(int... values) throws InvalidMidiDataException {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return new SysexMessage(bytes, bytes.length);
    }
}
