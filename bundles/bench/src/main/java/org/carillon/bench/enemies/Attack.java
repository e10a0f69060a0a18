package org.carillon.bench.enemies;

import java.io.IOException;
import java.util.Locale;

/** What enemies try, how often, and what has to come of it; each try has a client or a process of its own. */
enum Attack {
    FORGED_LENGTH("a record of a length that none can have", 40, 2_000, RingAttacks::forgedLength),
    NEGATIVE_LENGTH("a record of a negative length", 40, 2_000, RingAttacks::negativeLength),
    OVERSIZED_LENGTH("a record longer than what is published", 40, 2_000, RingAttacks::oversizedLength),
    TRUNCATED_RECORD("a record of which a part is published", 40, 2_000, RingAttacks::truncatedRecord),
    WRONG_PADDING("padding that does not reach the end of the ring", 40, 2_000, RingAttacks::wrongPadding),
    FORBIDDEN_RECORD("a record of another's source, or that no client may send", 40, 2_000,
            RingAttacks::forbiddenRecord),
    WILD_POSITION("a position beyond the ring, or between two records", 40, 2_000, RingAttacks::wildPosition),
    BACKWARD_POSITION("a position before one that was there", 40, 2_000, RingAttacks::backwardPosition),
    FORGED_HEAD("a wrong position in the ring to the client", 20, 1_000, RingAttacks::forgedHead),
    MOVING_LENGTH("a thread that rewrites a length while it is read", 20, 1_000, RingAttacks::movingLength),
    MOVING_POSITION("a thread that rewrites a position while it is read", 20, 1_000, RingAttacks::movingPosition),
    WAKES_FOR_NOTHING("the kernel is woken without rest", 1, 20, RingAttacks::wakesForNothing),
    SHORT_PACKET("a packet shorter than its head", 40, 2_000, SocketAttacks::shortPacket),
    LONG_PACKET("a packet longer than any may be", 20, 1_000, SocketAttacks::longPacket),
    TOO_MANY_DESCRIPTORS("a packet with a hundred descriptors", 20, 1_000, SocketAttacks::tooManyDescriptors),
    UNWANTED_DESCRIPTORS("descriptors with a request that wants none: closed", 40, 2_000,
            SocketAttacks::unwantedDescriptors),
    GARBAGE_REQUEST("random bytes as a request: refused", 100, 10_000, SocketAttacks::garbageRequest),
    TRUNCATED_REQUEST("a request without its end: refused", 60, 5_000, SocketAttacks::truncatedRequest),
    NO_HELLO("a request of who has not said hello: refused", 40, 2_000, SocketAttacks::noHello),
    UNREAD_REPLIES("requests without end, replies unread: out", 2, 50, SocketAttacks::unreadReplies),
    CONNECT_FLOOD("10,000 connections, as fast as they are taken", 1, 10, SocketAttacks::connectFlood),
    SOCKETS_WITHOUT_END("sockets until the quota: refused", 1, 20, SocketAttacks::socketsWithoutEnd),
    PORTS_WITHOUT_END("ports until the quota: refused", 1, 20, GreedyAttacks::portsWithoutEnd),
    SESSIONS_WITHOUT_END("sessions until the quota: refused", 1, 20, GreedyAttacks::sessionsWithoutEnd),
    CONNECTIONS_WITHOUT_END("connections until the quota: refused", 1, 20, GreedyAttacks::connectionsWithoutEnd),
    STOPS_READING("a ring that nobody empties: its own events are dropped and counted", 2, 50,
            GreedyAttacks::stopsReading),
    NEVER_ANSWERS("twenty that come and are never heard again", 1, 20, GreedyAttacks::neverAnswers),
    STOPPED("a client under SIGSTOP, for 5 s or a minute: it goes on after that", 1, 2, GreedyAttacks::stopped),
    ENDLESS_SYSEX("a system exclusive message that never ends: cut", 1, 20, GreedyAttacks::endlessSysex),
    SECOND_USER("another user that may come: it may not administer, nor take all sockets", 1, 10,
            GreedyAttacks::secondUser),
    STRANGER("another user that may not come", 1, 10, GreedyAttacks::stranger);

    /** Attacks once. */
    @FunctionalInterface
    private interface Attacking {
        Outcome once(Siege siege) throws IOException;
    }

    private final String description;
    private final int shortCount;
    private final int fullCount;
    private final Attacking attacking;

    Attack(String description, int shortCount, int fullCount, Attacking attacking) {
        this.description = description;
        this.shortCount = shortCount;
        this.fullCount = fullCount;
        this.attacking = attacking;
    }

    /** For people: what is tried and, behind a colon, what comes of it where the enemy is not thrown out. */
    String description() {
        return description;
    }

    /** The name of its figure. */
    String figure() {
        return "attacks_" + name().toLowerCase(Locale.ROOT);
    }

    int count(boolean isFull) {
        return isFull ? fullCount : shortCount;
    }

    /** How many attacks one is. */
    int weight() {
        return this == CONNECT_FLOOD ? Siege.FLOOD : 1;
    }

    boolean needsUsers() {
        return this == SECOND_USER || this == STRANGER;
    }

    /** Tries it once; a connection that breaks is wrong, too. */
    Outcome once(Siege siege) {
        try {
            return attacking.once(siege);
        } catch (IOException | IllegalStateException e) {
            return Outcome.wrong(String.valueOf(e.getMessage()));
        }
    }
}
