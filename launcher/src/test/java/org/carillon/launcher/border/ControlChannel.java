package org.carillon.launcher.border;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import org.carillon.platform.ipc.Packet;
import org.carillon.platform.ipc.PacketSocket;
import org.carillon.protocol.ControlPacket;
import org.carillon.protocol.control.WireChannel;
import org.carillon.protocol.control.WireMessage;

/** Requests over a socket, one after the other; descriptors that come along are given back. */
final class ControlChannel implements WireChannel, AutoCloseable {
    private static final long LIMIT_NS = 20_000_000_000L;

    private final PacketSocket socket;
    private final Packet packet = new Packet();
    private int[] along = {};

    ControlChannel(Path path) throws IOException {
        socket = PacketSocket.connect(path);
        socket.timeLimit(LIMIT_NS);
    }

    /** Sends descriptors with the next request. */
    void sendAlong(int... descriptors) {
        along = descriptors;
    }

    @Override
    public MemorySegment call(int requestId, WireMessage request) throws IOException {
        write(requestId, request, 1);
        socket.send(packet);
        if (!socket.receive(packet)) {
            throw new IOException("connection has ended");
        }
        packet.closeDescriptors();
        return packet.bytes().asSlice(ControlPacket.ID_OFFSET, packet.lengthBytes() - ControlPacket.ID_OFFSET);
    }

    @Override
    public void send(int requestId, WireMessage request) throws IOException {
        write(requestId, request, 0);
        socket.send(packet);
    }

    private void write(int requestId, WireMessage request, int correlation) {
        packet.attach(along);
        along = new int[0];
        ControlPacket.correlation(packet.bytes(), correlation);
        ControlPacket.id(packet.bytes(), requestId);
        packet.lengthBytes(
                ControlPacket.VALUE_OFFSET + (int) request.encode(packet.bytes(), ControlPacket.VALUE_OFFSET));
    }

    @Override
    public void close() {
        socket.close();
    }
}
