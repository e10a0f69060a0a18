package org.carillon.bench.enemies;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.EnumSet;
import java.util.Random;
import java.util.Set;
import org.carillon.bench.process.Reading;
import org.carillon.platform.ipc.MemoryFile;
import org.carillon.platform.ipc.Packet;
import org.carillon.platform.ipc.PacketSocket;
import org.carillon.protocol.ControlPacket;
import org.carillon.protocol.SessionMemory;
import org.carillon.protocol.SessionState;
import org.carillon.protocol.control.ControlRequest;
import org.carillon.protocol.control.NewConnection;
import org.carillon.protocol.control.Number;
import org.carillon.protocol.control.Refused;

/** Lies over the socket. */
final class SocketAttacks {
    private static final int CAPACITY = SessionMemory.MIN_CAPACITY;
    private static final int MAX_GARBAGE = 2_000;
    private static final int CORRELATION = 77;
    private static final int GIFTS = 4;
    private static final long GIFT_LENGTH = 4096;
    private static final int UNREAD_REQUESTS = 200_000;
    private static final double NS_PER_US = 1_000;
    /** The owner's own client may do these, whatever else it says: they are no garbage. */
    private static final Set<ControlRequest> MAY_HARM = EnumSet.of(ControlRequest.DOWN, ControlRequest.RATE,
            ControlRequest.PANIC, ControlRequest.PANIC_NOW);

    private SocketAttacks() {}

    /** Fewer bytes than the head of a packet has. */
    static Outcome shortPacket(Siege siege) throws IOException {
        try (Enemy enemy = siege.enemy()) {
            enemy.hello();
            enemy.open(CAPACITY);
            long sinceNs = System.nanoTime();
            enemy.socket.send(enemy.packet.lengthBytes(1 + siege.random().nextInt(ControlPacket.VALUE_OFFSET - 1)));
            long ns = enemy.awaitExpulsion(sinceNs);
            SessionState state = enemy.memory.state();
            return ns < 0
                    ? Outcome.wrong("sender of short packets stays: state=" + state)
                    : Outcome.expelled(ns, state == SessionState.VIOLATED && !enemy.lastWords().isEmpty());
        }
    }

    static Outcome longPacket(Siege siege) {
        return expelled(siege.ask("long", siege.socket().toString()));
    }

    static Outcome tooManyDescriptors(Siege siege) {
        return expelled(siege.ask("gifts", siege.socket().toString()));
    }

    private static Outcome expelled(Reading reading) {
        double us = reading.get("us");
        return us < 0
                ? Outcome.wrong("sender of what no packet may have stays")
                : Outcome.expelled((long) (us * NS_PER_US), reading.get("told") > 0);
    }

    /** Random bytes under a known or an unknown number: refused, and whoever sent them may go on. */
    static Outcome garbageRequest(Siege siege) throws IOException {
        Random random = siege.random();
        try (Enemy enemy = siege.enemy()) {
            enemy.hello();
            byte[] bytes = new byte[ControlPacket.VALUE_OFFSET + random.nextInt(MAX_GARBAGE)];
            random.nextBytes(bytes);
            MemorySegment.copy(bytes, 0, enemy.packet.bytes(), ValueLayout.JAVA_BYTE, 0, bytes.length);
            ControlRequest[] known = ControlRequest.values();
            ControlRequest request = known[random.nextInt(known.length)];
            if (random.nextBoolean() && !MAY_HARM.contains(request)) {
                ControlPacket.id(enemy.packet.bytes(), request.id());
            }
            ControlPacket.correlation(enemy.packet.bytes(), CORRELATION);
            ControlRequest sent = ControlRequest.of(ControlPacket.id(enemy.packet.bytes()));
            enemy.socket.send(enemy.packet.lengthBytes(bytes.length));
            boolean isAnswered = sent != null && sent.isOneWay() || enemy.socket.receive(enemy.packet)
                    && ControlPacket.correlation(enemy.packet.bytes()) == CORRELATION;
            enemy.packet.closeDescriptors();
            return Outcome.when(isAnswered && isAlive(enemy, random), "garbage is not answered: request=" + sent);
        }
    }

    /** A right request without its end. */
    static Outcome truncatedRequest(Siege siege) throws IOException {
        try (Enemy enemy = siege.enemy()) {
            enemy.hello();
            enemy.write(ControlRequest.CONNECT.id(), new NewConnection("a:b", "c:d", "transp 12", false), CORRELATION);
            int whole = enemy.packet.lengthBytes();
            return Outcome.when(
                    isRefused(enemy, ControlPacket.VALUE_OFFSET
                            + siege.random().nextInt(whole - ControlPacket.VALUE_OFFSET), "WRONG_USAGE")
                            && isAlive(enemy, siege.random()),
                    "truncated request is not refused");
        }
    }

    private static boolean isRefused(Enemy enemy, int lengthBytes, String code) throws IOException {
        enemy.socket.send(enemy.packet.lengthBytes(lengthBytes));
        return enemy.socket.receive(enemy.packet) && ControlPacket.id(enemy.packet.bytes()) == Refused.CLASS_ID
                && Enemy.refusal(enemy.packet).code().equals(code);
    }

    private static boolean isAlive(Enemy enemy, Random random) throws IOException {
        Number number = new Number(random.nextLong());
        return enemy.ask.ping(number).equals(number);
    }

    /** Requests of somebody who has not said who it is. */
    static Outcome noHello(Siege siege) throws IOException {
        try (Enemy enemy = siege.enemy()) {
            ControlRequest[] known = ControlRequest.values();
            ControlRequest request = known[siege.random().nextInt(known.length)];
            if (request == ControlRequest.HELLO || request.isOneWay()) {
                request = ControlRequest.DOWN;
            }
            enemy.write(request.id(), new Number(1), CORRELATION);
            return Outcome.when(isRefused(enemy, enemy.packet.lengthBytes(), "WRONG_USAGE"),
                    "request without hello is not refused: request=" + request);
        }
    }

    /** Descriptors that nobody asked for: the server keeps none, which is counted when all is over. */
    static Outcome unwantedDescriptors(Siege siege) throws IOException {
        try (Enemy enemy = siege.enemy(); MemoryFile gift = MemoryFile.create("gift", GIFT_LENGTH)) {
            enemy.hello();
            int[] gifts = new int[1 + siege.random().nextInt(GIFTS)];
            java.util.Arrays.fill(gifts, gift.descriptor());
            enemy.packet.attach(gifts);
            return Outcome.when(isAlive(enemy, siege.random()), "request with gifts is not answered");
        }
    }

    /** Asks without end and reads no answer. */
    static Outcome unreadReplies(Siege siege) throws IOException {
        try (Enemy deaf = siege.enemy()) {
            deaf.hello();
            deaf.open(CAPACITY);
            Packet packet = deaf.packet;
            for (int i = 0; i < UNREAD_REQUESTS && !deaf.socket.awaitHangUp(0); i++) {
                ControlPacket.correlation(packet.bytes(), CORRELATION);
                ControlPacket.id(packet.bytes(), ControlRequest.COUNTERS.id());
                deaf.socket.sendAtOnce(packet.lengthBytes(ControlPacket.VALUE_OFFSET));
            }
            long ns = deaf.awaitExpulsion(System.nanoTime());
            boolean isTold = deaf.memory.state() == SessionState.EXCEEDED; // no last packet fits
            return ns < 0 ? Outcome.wrong("who reads no replies stays") : Outcome.expelledSometime(isTold);
        }
    }

    /** Many connections, as fast as they are taken. */
    static Outcome connectFlood(Siege siege) throws IOException {
        Reading reading = siege.ask("connect", siege.socket().toString(), Integer.toString(Siege.FLOOD));
        siege.connectsPerSecond(reading.get("perSecond"));
        try (Enemy enemy = siege.enemy()) {
            enemy.hello();
            return Outcome.when(reading.get("made") == Siege.FLOOD && isAlive(enemy, siege.random()),
                    "connections are not taken: made=" + reading.get("made"));
        }
    }

    /** Connections that stay: those beyond the quota are refused with a message. */
    static Outcome socketsWithoutEnd(Siege siege) throws IOException {
        Crowd<PacketSocket> sockets = new Crowd<>();
        try (sockets) {
            Packet packet = new Packet();
            for (int i = 0; i < Siege.BEYOND_SOCKETS; i++) {
                sockets.add(PacketSocket.connect(siege.socket()));
            }
            PacketSocket last = sockets.last();
            last.timeLimit(Siege.LIMIT_NS);
            boolean isRefused = last.receive(packet) && ControlPacket.id(packet.bytes()) == Refused.CLASS_ID
                    && Enemy.refusal(packet).message().startsWith("quota of sockets is reached");
            return Outcome.when(isRefused && siege.isServing(), "sockets have no end");
        }
    }
}
