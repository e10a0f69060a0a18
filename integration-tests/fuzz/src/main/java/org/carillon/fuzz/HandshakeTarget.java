package org.carillon.fuzz;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.carillon.client.CarillonClient;
import org.carillon.client.ClientException;
import org.carillon.client.ClientOptions;
import org.carillon.client.ServerView;
import org.carillon.platform.ipc.MemoryFile;
import org.carillon.platform.ipc.Packet;
import org.carillon.platform.ipc.PacketListener;
import org.carillon.platform.ipc.PacketSocket;
import org.carillon.protocol.ControlPacket;
import org.carillon.protocol.StatusPage;
import org.carillon.protocol.control.Welcome;
import org.carillon.protocol.control.WireMessage;

/**
 * A server that welcomes a client with any bytes, and with any memory as its status page, sealed or not: the client
 * sees what is on the page, or says that it is none.
 */
public final class HandshakeTarget {
    private static final int MAX_REST = 4_000;
    private static final int ALL_SEALS = MemoryFile.SEAL_SHRINK | MemoryFile.SEAL_GROW;
    /** The line of the clock is left out: it is read without a limit, on the way of events. */
    private static final int[] TABLES = {256, StatusPage.sessionAt(0), StatusPage.sessionAt(7), StatusPage.portAt(0),
        StatusPage.portAt(StatusPage.PORT_CAPACITY - 1), StatusPage.connectionAt(0), StatusPage.connectionAt(3)};
    private static final Stage STAGE = new Stage();

    private HandshakeTarget() {}

    /** Called by Jazzer with the bytes of its choice. */
    public static void fuzzerTestOneInput(FuzzedDataProvider data) throws InterruptedException {
        Reply reply = Reply.of(data);
        Thread server = Thread.ofPlatform().daemon().start(() -> STAGE.serve(reply));
        try {
            ServerView view = new CarillonClient(ClientOptions.named("fuzz").at(STAGE.socket).startedBy()).look();
            view.isReady();
            view.clock().nowNs();
            view.sessions();
            view.ports();
            view.connections();
            view.dropped();
        } catch (ClientException e) {
            if (String.valueOf(e.getMessage()).isBlank()) {
                throw new IllegalStateException("expected a reason", e);
            }
        }
        server.join();
    }

    /**
     * What the server says.
     *
     * @param page       what lies somewhere in the status page, or null for no page at all.
     * @param pageAt     where it lies.
     * @param pageLength of the memory that is sent.
     */
    private record Reply(boolean isWelcome, int version, int statusLength, byte[] bytes, byte[] page, int pageAt,
            long pageLength, boolean isSealed, boolean isWhole) {
        static Reply of(FuzzedDataProvider data) {
            boolean isWelcome = data.consumeInt(0, 9) < 9;
            int version = data.consumeInt(0, 9) < 9 ? ControlPacket.PROTOCOL_VERSION : data.consumeInt();
            int statusLength = data.consumeInt(0, 9) < 9 ? StatusPage.LENGTH : data.consumeInt();
            long pageLength = data.consumeInt(0, 9) < 9 ? StatusPage.LENGTH : data.consumeInt(1, 100_000);
            boolean isSealed = data.consumeInt(0, 9) < 9;
            boolean isWhole = data.consumeInt(0, 9) < 9;
            boolean hasPage = data.consumeInt(0, 9) < 9;
            int pageAt = TABLES[data.consumeInt(0, TABLES.length - 1)];
            byte[] bytes = data.consumeBytes(data.consumeInt(1, 100));
            return new Reply(isWelcome, version, statusLength, bytes, hasPage ? data.consumeBytes(MAX_REST) : null,
                    pageAt, pageLength, isSealed, isWhole);
        }

        void write(Packet packet) {
            int correlation = ControlPacket.correlation(packet.bytes());
            if (isWelcome) {
                WireMessage welcome = new Welcome(version, "1.2.3", 1, 2, statusLength);
                ControlPacket.id(packet.bytes(), welcome.classId());
                int length = ControlPacket.VALUE_OFFSET
                        + (int) welcome.encode(packet.bytes(), ControlPacket.VALUE_OFFSET);
                packet.lengthBytes(isWhole ? length : length - 1);
            } else {
                MemorySegment.copy(bytes, 0, packet.bytes(), ValueLayout.JAVA_BYTE, 0, bytes.length);
                packet.lengthBytes(Math.max(1, bytes.length));
            }
            ControlPacket.correlation(packet.bytes(), correlation);
        }
    }

    /** Where clients meet the server. */
    private static final class Stage {
        private final Path socket;
        private final PacketListener listener;

        Stage() {
            try {
                socket = Files.createTempDirectory("fuzz").resolve("control");
                listener = PacketListener.listen(socket, PosixFilePermissions.fromString("rwx------"));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        /** Answers the one client that comes, once, and hangs up. */
        void serve(Reply reply) {
            try {
                Optional<PacketSocket> come = listener.accept();
                while (come.isEmpty()) {
                    Thread.onSpinWait();
                    come = listener.accept();
                }
                try (PacketSocket client = come.get()) {
                    Packet packet = new Packet();
                    client.receive(packet);
                    reply.write(packet);
                    if (reply.page == null) {
                        client.send(packet);
                    } else {
                        sendWithPage(client, packet, reply);
                    }
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private static void sendWithPage(PacketSocket client, Packet packet, Reply reply) throws IOException {
            try (Arena arena = Arena.ofConfined(); MemoryFile file = MemoryFile.create("page", reply.pageLength)) {
                MemorySegment page = file.map(arena, true);
                if (reply.pageAt + reply.page.length <= reply.pageLength) {
                    MemorySegment.copy(reply.page, 0, page, ValueLayout.JAVA_BYTE, reply.pageAt, reply.page.length);
                }
                if (reply.isSealed) {
                    file.seal(ALL_SEALS);
                }
                client.send(packet.attach(file.descriptor()));
            }
        }
    }
}
