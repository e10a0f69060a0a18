package org.carillon.transport.shm;

import java.lang.foreign.MemorySegment;
import java.util.EnumSet;
import java.util.Set;
import org.carillon.platform.ipc.Packet;
import org.carillon.platform.ipc.PacketSocket;
import org.carillon.platform.ipc.PacketSocket.Received;
import org.carillon.platform.ipc.PeerCredentials;
import org.carillon.platform.ipc.ProcessEnd;
import org.carillon.protocol.ControlPacket;
import org.carillon.protocol.SessionState;
import org.carillon.protocol.control.ControlDispatcher;
import org.carillon.protocol.control.ControlRequest;
import org.carillon.protocol.control.Hello;
import org.carillon.protocol.control.Refused;
import org.carillon.protocol.control.WireRefusal;
import org.carillon.protocol.control.WireRight;

/** One socket and who is at its other end. Listening thread only, but for slow requests, one at a time. */
final class ControlConnection implements AutoCloseable {
    /** How many packets may still lie in the queue of a socket whose other end has gone. */
    static final int LAST_PACKETS = 1024;

    private static final int NOT_ASKED_AGAIN = 0;
    /** Those that may take seconds: others wait for none of them. */
    private static final Set<ControlRequest> SLOW = EnumSet.of(ControlRequest.INSTALL_DRIVER,
            ControlRequest.START_DRIVER, ControlRequest.STOP_DRIVER, ControlRequest.REMOVE_DRIVER,
            ControlRequest.INSTRUMENT, ControlRequest.CONFIGURE, ControlRequest.ALIAS, ControlRequest.DEVICES,
            ControlRequest.DRIVERS, ControlRequest.CONFIGURATION, ControlRequest.CONFIGURATIONS);

    private final PacketSocket socket;
    private final PeerCredentials peer;
    private final WireRight right;
    private final Quotas.Usage usage;
    private final ControlServer server;
    private final ControlLoop loop;
    private final ControlDispatcher dispatcher;
    private long key;
    /** The loop's, as replies go at once; one of its own while another thread answers. */
    private Packet reply;
    private String clientName = "";
    private ShmSession session;
    /** Null before there was a session. */
    private ProcessEnd peerEnd;
    private int refusals;
    /** Why the connection ends, once it has to. */
    private SessionState end = SessionState.CLOSED;
    private boolean isOpen = true;
    private boolean isAnswering;
    private volatile int[] received = {};

    ControlConnection(PacketSocket socket, PeerCredentials peer, WireRight right, Quotas.Usage usage,
            ControlServer server, ControlLoop loop) {
        this.socket = socket;
        this.peer = peer;
        this.right = right;
        this.usage = usage;
        this.server = server;
        this.loop = loop;
        reply = loop.reply();
        dispatcher = new ControlDispatcher(new Requests(this, server));
    }

    long key() {
        return key;
    }

    void key(long key) {
        this.key = key;
    }

    int descriptor() {
        return socket.descriptor();
    }

    PeerCredentials peer() {
        return peer;
    }

    WireRight right() {
        return right;
    }

    Quotas.Usage usage() {
        return usage;
    }

    /** Empty before the client has said who it is. */
    String clientName() {
        return clientName;
    }

    void clientName(String name) {
        clientName = name;
    }

    /** Whether a request is being answered by another thread: nothing else is read until that is done. */
    boolean isAnswering() {
        return isAnswering;
    }

    /** Null while it has none. */
    ShmSession session() {
        return session;
    }

    void session(ShmSession opened) {
        session = opened;
        if (peerEnd == null) {
            peerEnd = ProcessEnd.of(peer.processId());
            loop.watchPeer(this);
        }
    }

    ProcessEnd peerEnd() {
        return peerEnd;
    }

    /** The socket of a client that was killed ends now: what it has left there is read first, as always. */
    boolean endIfKilled() {
        boolean isKilled = peerEnd.isKilled();
        if (isKilled) {
            socket.shutDown();
        }
        return isKilled;
    }

    /** Descriptors that came with the request; whoever uses one leaves it, they are closed after the request. */
    int[] received() {
        return received;
    }

    /** Sends descriptors with the reply to the request that is being answered. */
    void sendAlong(int... descriptors) {
        reply.attach(descriptors);
    }

    /**
     * Reads a packet and answers it.
     *
     * @return false when the connection has to end.
     */
    boolean read(Packet packet) {
        Received what = socket.receiveAtOnce(packet);
        if (what != Received.PACKET) {
            return what == Received.NOTHING;
        }
        received = packet.descriptors();
        boolean isKept = false;
        try {
            String wrong = wrong(packet);
            if (!wrong.isEmpty()) {
                expel(SessionState.VIOLATED, wrong);
                return false;
            }
            ControlRequest request = ControlRequest.of(ControlPacket.id(packet.bytes()));
            if (SLOW.contains(request) && !clientName.isEmpty()) {
                isKept = true;
                return answerSlowly(packet);
            }
            return answer(packet.bytes(), packet.lengthBytes());
        } finally {
            if (!isKept) {
                packet.closeDescriptors();
            }
        }
    }

    private static String wrong(Packet packet) {
        if (packet.isTruncated()) {
            return "packet of more than " + Packet.MAX_LENGTH + " bytes or too many descriptors";
        }
        return packet.lengthBytes() < ControlPacket.VALUE_OFFSET
                ? "packet shorter than its head: lengthBytes=" + packet.lengthBytes()
                : "";
    }

    private boolean answer(MemorySegment bytes, int lengthBytes) {
        return isGranted(bytes, lengthBytes) ? finish(ControlPacket.correlation(bytes), dispatch(bytes, lengthBytes))
                : !isExpelled();
    }

    /** Whether a request is looked at at all; where not, the client has been told. */
    private boolean isGranted(MemorySegment bytes, int lengthBytes) {
        try {
            check(bytes, lengthBytes);
            return true;
        } catch (WireRefusal e) {
            if (++refusals > usage.requestsPerSecond()) {
                expel(SessionState.EXCEEDED, "client goes on asking beyond its quota: refusals=" + refusals);
                return false;
            }
            ControlRequest request = ControlRequest.of(ControlPacket.id(bytes));
            if (request == null || !request.isOneWay()) {
                writeRefusal(reply, ControlPacket.correlation(bytes), e.code(), e.getMessage());
                send(ControlPacket.correlation(bytes));
            }
            return false;
        }
    }

    private long dispatch(MemorySegment bytes, int lengthBytes) {
        reply.detach();
        return dispatcher.dispatch(ControlPacket.id(bytes), right, bytes, ControlPacket.VALUE_OFFSET,
                lengthBytes - ControlPacket.VALUE_OFFSET, reply.bytes(), ControlPacket.ID_OFFSET);
    }

    /** Sends the reply, if there is one; false when the connection has to end. */
    private boolean finish(int correlation, long length) {
        if (length == 0 || correlation == 0) {
            return true;
        }
        reply.lengthBytes((int) length + ControlPacket.ID_OFFSET);
        return send(correlation);
    }

    private void check(MemorySegment bytes, int lengthBytes) throws WireRefusal {
        if (!usage.mayAsk(System.nanoTime())) {
            throw new WireRefusal("REFUSED", "quota of requests each second is reached: user=" + usage.userId()
                    + ", limit=" + usage.requestsPerSecond());
        }
        refusals = NOT_ASKED_AGAIN;
        int id = ControlPacket.id(bytes);
        if (id == ControlRequest.HELLO.id()) {
            checkVersion(bytes, lengthBytes);
        } else if (clientName.isEmpty()) {
            throw new WireRefusal("WRONG_USAGE", "the first request must be hello: id="
                    + Integer.toUnsignedString(id));
        }
    }

    /** Before the rest of it is read: in another version that may look different. */
    private static void checkVersion(MemorySegment bytes, int lengthBytes) throws WireRefusal {
        int rest = lengthBytes - ControlPacket.VALUE_OFFSET;
        int version = rest < Integer.BYTES ? 0 : ControlPacket.version(bytes);
        if (rest >= Integer.BYTES && version != ControlPacket.PROTOCOL_VERSION) {
            throw new WireRefusal("REFUSED", "client must speak protocol " + ControlPacket.PROTOCOL_VERSION
                    + ", it is " + (version < ControlPacket.PROTOCOL_VERSION ? "older" : "newer")
                    + " than the server: protocolVersion=" + version);
        }
    }

    /** Takes what the client says of itself. */
    void greet(Hello hello) throws WireRefusal {
        if (!clientName.isEmpty()) {
            throw new WireRefusal("WRONG_USAGE", "hello is said once: clientName=" + clientName);
        }
        clientName = Names.checked("client name", hello.clientName());
    }

    private boolean send(int correlation) {
        if (correlation == 0) {
            return true;
        }
        ControlPacket.correlation(reply.bytes(), correlation);
        if (socket.sendAtOnce(reply)) {
            if (session != null) {
                session.sent();
            }
            return true;
        }
        expel(SessionState.EXCEEDED, "client does not read its replies");
        return false;
    }

    /** Says why the connection has to end: in the log, to the client as its last packet, and in its memory. */
    private void expel(SessionState how, String reason) {
        if (!isExpelled()) {
            end = how;
            server.complain(peer.userId(), "connection is ended: reason=" + reason + ", " + describe());
            sayGoodbye(how, reason);
        }
    }

    private boolean isExpelled() {
        return end != SessionState.CLOSED;
    }

    /** It may find no room in the socket of a client that does not read. */
    private void sayGoodbye(SessionState how, String reason) {
        if (isAnswering) {
            return; // another thread writes the reply
        }
        writeRefusal(reply, 0, how == SessionState.EXCEEDED ? "REFUSED" : "WRONG_USAGE", reason);
        socket.sendAtOnce(reply);
    }

    private boolean answerSlowly(Packet packet) {
        int length = packet.lengthBytes();
        MemorySegment copy = MemorySegment.ofArray(new long[length / Long.BYTES + 1]);
        MemorySegment.copy(packet.bytes(), 0, copy, 0, length);
        if (!isGranted(copy, length)) {
            packet.closeDescriptors();
            return !isExpelled();
        }
        packet.detach();
        isAnswering = true;
        reply = new Packet();
        loop.pause(this);
        server.slowly(() -> {
            long replyLength = dispatch(copy, length);
            loop.later(() -> slowlyAnswered(ControlPacket.correlation(copy), replyLength));
        });
        return true;
    }

    private void slowlyAnswered(int correlation, long replyLength) {
        for (int descriptor : received) {
            Packet.close(descriptor);
        }
        isAnswering = false;
        if (isOpen) {
            boolean goesOn = finish(correlation, replyLength);
            reply = loop.reply();
            if (goesOn) {
                loop.resume(this);
            } else {
                loop.close(this);
            }
        }
    }

    static void writeRefusal(Packet packet, int correlation, String code, String message) {
        Refused refused = new Refused(code, message);
        packet.detach();
        ControlPacket.correlation(packet.bytes(), correlation);
        ControlPacket.id(packet.bytes(), refused.classId());
        packet.lengthBytes(ControlPacket.VALUE_OFFSET
                + (int) refused.encode(packet.bytes(), ControlPacket.VALUE_OFFSET));
    }

    /** The kernel has ended the session. */
    void sessionEnded(ShmSession ended, SessionState how, String reason) {
        if (session == ended) {
            if (how == SessionState.VIOLATED) {
                server.complain(peer.userId(), "session is ended: session=" + ended.name() + ", reason=" + reason
                        + ", " + describe());
                sayGoodbye(how, reason);
            }
            endSession();
            if (how != SessionState.CLOSED) {
                loop.close(this);
            }
        }
    }

    /** Ends the session, if there is one, and gives back what it had. */
    void endSession() {
        endSession(SessionState.CLOSED);
    }

    private void endSession(SessionState how) {
        ShmSession ended = session;
        if (ended != null) {
            session = null;
            ended.close(how);
            server.sessionEnded();
        }
    }

    private String describe() {
        return "client=" + clientName + ", processId=" + peer.processId() + ", userId=" + peer.userId();
    }

    @Override
    public void close() {
        close(end);
    }

    /** @param how what the client is told of the end. */
    void close(SessionState how) {
        if (isOpen) {
            isOpen = false;
            endSession(how);
            usage.give(Quotas.Kind.SOCKETS, 1);
            if (peerEnd != null) {
                peerEnd.close();
            }
            socket.close();
        }
    }
}
