package org.carillon.bench.enemies;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.carillon.platform.Platform;
import org.carillon.platform.ipc.MemoryFile;
import org.carillon.platform.ipc.Packet;
import org.carillon.platform.ipc.PacketSocket;
import org.carillon.protocol.ControlPacket;
import org.carillon.protocol.Doorbell;
import org.carillon.protocol.EventProducer;
import org.carillon.protocol.SessionMemory;
import org.carillon.protocol.control.ControlClient;
import org.carillon.protocol.control.Hello;
import org.carillon.protocol.control.NewDestination;
import org.carillon.protocol.control.NewSource;
import org.carillon.protocol.control.OpenSession;
import org.carillon.protocol.control.Refused;
import org.carillon.protocol.control.SessionOpened;
import org.carillon.protocol.control.WireChannel;
import org.carillon.protocol.control.WireException;
import org.carillon.protocol.control.WireMessage;

/** A client without a client library: a socket, and the memory of its session, all of it open to forgery. */
final class Enemy implements WireChannel, AutoCloseable {
    private static final long ANSWER_LIMIT_NS = TimeUnit.SECONDS.toNanos(10);
    /** A server that takes longer to expel does not. */
    private static final int HANG_UP_LIMIT_MS = 5_000;

    final String name;
    final PacketSocket socket;
    final Packet packet = new Packet();
    final ControlClient ask = new ControlClient(this);
    /** Null before a session is opened; then what it writes to, what it may only read, and both as clients see them. */
    MemorySegment toServer;
    MemorySegment toClient;
    SessionMemory memory;
    EventProducer out;
    private final Arena arena = Arena.ofShared();
    private int[] received = {};
    private int correlation;

    /** Connects and says nothing. */
    Enemy(Path path, String name) throws IOException {
        this.name = name;
        socket = PacketSocket.connect(path);
        socket.timeLimit(ANSWER_LIMIT_NS);
    }

    void hello() throws IOException {
        ask.hello(new Hello(ControlPacket.PROTOCOL_VERSION, name, 1));
        closeReceived();
    }

    /** With rings of so many bytes each. */
    Enemy open(int capacityBytes) throws IOException {
        SessionOpened opened = ask.openSession(new OpenSession(name, capacityBytes, capacityBytes, 0));
        toServer = map(received[0], SessionMemory.lengthBytes(opened.toServerCapacity()), true);
        toClient = map(received[1], SessionMemory.lengthBytes(opened.toClientCapacity()), false);
        memory = SessionMemory.open(toServer, toClient);
        out = memory.clientProducer(new Doorbell(memory.kernelWord(), this::wake));
        return this;
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

    /** Wakes the kernel, as a client does that has sent something. */
    void wake() {
        toServer.set(ValueLayout.JAVA_INT, SessionMemory.KERNEL_WORD_OFFSET, 0);
        Platform.current().wake(memory.kernelWord());
    }

    /** Waits until the server has ended the connection; nanoseconds since the time given, or -1 when it does not. */
    long awaitExpulsion(long sinceNs) {
        boolean isOut = socket.awaitHangUp(HANG_UP_LIMIT_MS);
        return isOut ? System.nanoTime() - sinceNs : -1;
    }

    /** What the server said last, or nothing: packets before it are skipped. */
    String lastWords() {
        String words = "";
        while (socket.receiveAtOnce(packet) == PacketSocket.Received.PACKET) {
            closeReceived();
            if (ControlPacket.correlation(packet.bytes()) == 0
                    && ControlPacket.id(packet.bytes()) == Refused.CLASS_ID) {
                words = refusal(packet).message();
            }
        }
        return words;
    }

    static Refused refusal(Packet packet) {
        try {
            return Refused.decode(packet.bytes(), ControlPacket.VALUE_OFFSET,
                    packet.lengthBytes() - ControlPacket.VALUE_OFFSET);
        } catch (WireException e) {
            throw new IllegalStateException("server sends a refusal that cannot be read", e);
        }
    }

    @Override
    public MemorySegment call(int requestId, WireMessage request) throws IOException {
        write(requestId, request, ++correlation);
        socket.send(packet);
        if (!socket.receive(packet)) {
            throw new IOException("connection has ended: name=" + name);
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

    /** Puts a request into the packet, without sending it. */
    void write(int requestId, WireMessage request, int number) {
        ControlPacket.correlation(packet.bytes(), number);
        ControlPacket.id(packet.bytes(), requestId);
        packet.lengthBytes(
                ControlPacket.VALUE_OFFSET + (int) request.encode(packet.bytes(), ControlPacket.VALUE_OFFSET));
    }

    private void closeReceived() {
        for (int descriptor : received) {
            Packet.close(descriptor);
        }
        received = new int[0];
    }

    @Override
    public void close() {
        socket.close();
        arena.close();
    }
}
