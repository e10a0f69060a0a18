package org.carillon.transport.shm;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.carillon.platform.Platform;
import org.carillon.platform.ipc.MemoryFile;
import org.carillon.platform.ipc.Packet;
import org.carillon.platform.ipc.PacketSocket;
import org.carillon.protocol.Change;
import org.carillon.protocol.ControlPacket;
import org.carillon.protocol.Doorbell;
import org.carillon.protocol.Event;
import org.carillon.protocol.EventConsumer;
import org.carillon.protocol.EventProducer;
import org.carillon.protocol.EventType;
import org.carillon.protocol.SessionMemory;
import org.carillon.protocol.StatusPage;
import org.carillon.protocol.control.ControlClient;
import org.carillon.protocol.control.Hello;
import org.carillon.protocol.control.NewDestination;
import org.carillon.protocol.control.NewSource;
import org.carillon.protocol.control.OpenSession;
import org.carillon.protocol.control.SessionOpened;
import org.carillon.protocol.control.Welcome;
import org.carillon.protocol.control.WireChannel;
import org.carillon.protocol.control.WireMessage;

/** A client by hand: a socket, the generated stub, and the two rings of its session. */
final class Peer implements WireChannel, AutoCloseable {
    private static final long LIMIT_NS = 20_000_000_000L;

    final PacketSocket socket;
    final Packet packet = new Packet();
    final ControlClient ask = new ControlClient(this);
    MemorySegment toServer;
    MemorySegment toClient;
    SessionMemory memory;
    EventProducer out;
    EventConsumer in;
    StatusPage page;
    private final Arena arena = Arena.ofShared();
    private int[] received = {};
    private int correlation;

    /** Connects and says nothing. */
    Peer(Path path) throws IOException {
        socket = PacketSocket.connect(path);
        socket.timeLimit(LIMIT_NS);
    }

    /** Connects and says hello. */
    static Peer greeted(Path path, String name) throws IOException {
        Peer peer = new Peer(path);
        peer.hello(name);
        return peer;
    }

    /** Connects, says hello and opens a session. */
    static Peer opened(Path path, String session) throws IOException {
        Peer peer = greeted(path, "test");
        peer.open(session, 0);
        return peer;
    }

    Welcome hello(String name) throws IOException {
        Welcome welcome = ask.hello(new Hello(ControlPacket.PROTOCOL_VERSION, name, 1));
        page = new StatusPage(map(received[0], welcome.statusLength(), false));
        return welcome;
    }

    SessionOpened open(String session, int capacity) throws IOException {
        SessionOpened opened = ask.openSession(new OpenSession(session, capacity, capacity, 0));
        toServer = map(received[0], SessionMemory.lengthBytes(opened.toServerCapacity()), true);
        toClient = map(received[1], SessionMemory.lengthBytes(opened.toClientCapacity()), false);
        memory = SessionMemory.open(toServer, toClient);
        out = memory.clientProducer(
                new Doorbell(memory.kernelWord(), () -> Platform.current().wake(memory.kernelWord())));
        in = memory.clientConsumer();
        return opened;
    }

    private MemorySegment map(int descriptor, long lengthBytes, boolean writable) throws IOException {
        try (MemoryFile file = MemoryFile.received(descriptor, lengthBytes, MemoryFile.SEAL_SHRINK)) {
            return file.map(arena, writable);
        }
    }

    int source(String port) throws IOException {
        return ask.addSource(new NewSource(port)).portId();
    }

    int destination(String port) throws IOException {
        return ask.addDestination(new NewDestination(port, false)).portId();
    }

    boolean send(int source, long timeNs, int status, int data1, int data2) {
        int type = EventType.ofStatus(status);
        boolean sent = out.offer(type, timeNs, Event.word(source, 0, EventType.messageLength(type), 0),
                Event.data(status, data1, data2));
        out.flush();
        return sent;
    }

    /** What has come, in words, without waiting. */
    List<String> read() {
        List<String> events = new ArrayList<>();
        while (in.poll((type, segment, offset, length) -> events.add(words(segment, offset)), 1000) > 0) {
            Thread.onSpinWait();
        }
        return events;
    }

    /** Waits until so many have come. */
    List<String> read(int count) {
        List<String> events = new ArrayList<>();
        ServerRig.await(count + " events have come", () -> {
            events.addAll(read());
            return events.size() >= count;
        });
        return events;
    }

    private static String words(MemorySegment segment, long offset) {
        Event event = new Event().wrap(segment, offset);
        return switch (event.type()) {
            case EventType.TASK -> "task " + event.taskWord(0);
            case EventType.CHANGE -> Change.of(event.data()).toString();
            default -> EventType.name(event.type()) + " " + event.channel() + " " + event.data(1) + " "
                    + event.data(2);
        };
    }

    @Override
    public MemorySegment call(int requestId, WireMessage request) throws IOException {
        write(requestId, request, ++correlation);
        socket.send(packet);
        if (!socket.receive(packet)) {
            throw new IOException("connection ended");
        }
        received = packet.descriptors();
        packet.detach();
        if (ControlPacket.correlation(packet.bytes()) != correlation) {
            throw new IOException("reply to another request: correlation="
                    + ControlPacket.correlation(packet.bytes()));
        }
        return packet.bytes().asSlice(ControlPacket.ID_OFFSET, packet.lengthBytes() - ControlPacket.ID_OFFSET);
    }

    @Override
    public void send(int requestId, WireMessage request) throws IOException {
        write(requestId, request, 0);
        socket.send(packet);
    }

    private void write(int requestId, WireMessage request, int number) {
        ControlPacket.correlation(packet.bytes(), number);
        ControlPacket.id(packet.bytes(), requestId);
        packet.lengthBytes(
                ControlPacket.VALUE_OFFSET + (int) request.encode(packet.bytes(), ControlPacket.VALUE_OFFSET));
    }

    @Override
    public void close() {
        socket.close();
        arena.close();
    }
}
