package org.carillon.it;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;
import static org.junit.Assume.assumeTrue;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.carillon.platform.Platform;
import org.carillon.platform.ipc.Packet;
import org.carillon.platform.ipc.PacketSocket;
import org.carillon.protocol.ControlPacket;
import org.carillon.protocol.control.ControlClient;
import org.carillon.protocol.control.Hello;
import org.carillon.protocol.control.NewDestination;
import org.carillon.protocol.control.Nothing;
import org.carillon.protocol.control.OpenSession;
import org.carillon.protocol.control.WireChannel;
import org.carillon.protocol.control.WireMessage;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;

/** The transport for other processes comes, is replaced and goes while the server runs. */
public class ShmTransportIT extends ContainerTest {
    private static final int HANG_UP_MS = 20_000;

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    @Configuration
    public Option[] config() {
        return without();
    }

    @Test
    public void shouldServeAgainAfterAnUpdate() throws Exception {
        assumeTrue("needs native calls", Platform.current().isNative());
        Path socket = folder.getRoot().toPath().resolve("carillon/control");
        assertFalse(Files.exists(socket));
        server.configure(TRANSPORT_SHM, Map.of("socket", socket.toString()));
        for (int round = 0; round < 3; round++) {
            Server.await("server listens", () -> isReachable(socket));
            try (Client client = new Client(socket)) {
                client.ask.openSession(new OpenSession("far", 0, 0, 0L));
                client.ask.addDestination(new NewDestination("in", false));
                Server.await("port is there",
                        () -> server.status().ports().stream().anyMatch(port -> port.name().equals("far:in")));

                server.update(TRANSPORT_SHM);

                assertTrue(client.socket.awaitHangUp(HANG_UP_MS));
            }
            Server.await("session is gone", () -> !server.status().sessions().contains("far"));
        }
        Server.await("server listens", () -> isReachable(socket));
        server.update(KERNEL);
        Server.await("server listens to the new kernel", () -> isReachable(socket));
        assertEquals(List.of(), messages.lines());
    }

    private static boolean isReachable(Path socket) {
        try (Client client = new Client(socket)) {
            return client.ask.status(new Nothing()).ready();
        } catch (IOException e) {
            return false;
        }
    }

    /** A socket and the generated stub. */
    private static final class Client implements WireChannel, AutoCloseable {
        final PacketSocket socket;
        final ControlClient ask = new ControlClient(this);
        private final Packet packet = new Packet();

        Client(Path path) throws IOException {
            socket = PacketSocket.connect(path);
            ask.hello(new Hello(ControlPacket.PROTOCOL_VERSION, "test", 1));
        }

        @Override
        public MemorySegment call(int requestId, WireMessage request) throws IOException {
            ControlPacket.correlation(packet.bytes(), 1);
            ControlPacket.id(packet.bytes(), requestId);
            socket.send(packet.lengthBytes(ControlPacket.VALUE_OFFSET
                    + (int) request.encode(packet.bytes(), ControlPacket.VALUE_OFFSET)));
            if (!socket.receive(packet)) {
                throw new IOException("connection has ended");
            }
            packet.closeDescriptors();
            return packet.bytes().asSlice(ControlPacket.ID_OFFSET, packet.lengthBytes() - ControlPacket.ID_OFFSET);
        }

        @Override
        public void send(int requestId, WireMessage request) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void close() {
            socket.close();
        }
    }
}
