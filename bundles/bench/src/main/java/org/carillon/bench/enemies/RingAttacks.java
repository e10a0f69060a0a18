package org.carillon.bench.enemies;

import java.io.IOException;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import org.carillon.protocol.Event;
import org.carillon.protocol.EventType;
import org.carillon.protocol.SessionMemory;
import org.carillon.protocol.SessionState;
import org.carillon.protocol.control.NewConnection;

/** Lies in the memory that a client shares with the server. */
final class RingAttacks {
    private static final int CAPACITY = SessionMemory.MIN_CAPACITY;
    private static final int MAX_HONEST = 5;
    private static final int STATUS = 0xB0;
    private static final VarHandle LONG = ValueLayout.JAVA_LONG.varHandle();
    private static final long STEP_NS = 50_000;
    private static final long LIMIT_NS = 5_000_000_000L;
    private static final int[] FORBIDDEN_TYPES = {EventType.CHANGE, EventType.OWED_NOTE_OFF, Integer.MAX_VALUE, 1,
        0, -2, EventType.TASK};

    /** Ahead of what is written, before what was read, between two records. */
    private static final long[] FORGED_HEADS = {CAPACITY + 8, Long.MAX_VALUE, -8, Long.MIN_VALUE, 4};

    private RingAttacks() {}

    /** Writes one bad word, or several. */
    @FunctionalInterface
    private interface BadWord {
        void write(Forgery forgery) throws IOException;
    }

    /** The ring to the server, behind some honest events. */
    private record Forgery(Enemy enemy, Random random, int source, long position) {
        void record(int length, int type) {
            enemy.toServer.set(ValueLayout.JAVA_LONG_UNALIGNED, index(), header(length, type));
            enemy.toServer.set(ValueLayout.JAVA_LONG_UNALIGNED, index() + Event.SOURCE_ID_OFFSET,
                    Event.word(source, 0, 3, 0));
        }

        long index() {
            return SessionMemory.DATA_OFFSET + (position & CAPACITY - 1);
        }

        void tail(long value) {
            LONG.setRelease(enemy.toServer, (long) SessionMemory.TAIL_OFFSET, value);
        }

        /** Publishes one short record, whatever it says. */
        void publish() {
            tail(position + Event.SHORT_LENGTH);
        }

        boolean isRead(long upTo) {
            return (long) LONG.getAcquire(enemy.toClient, (long) SessionMemory.HEAD_OFFSET) >= upTo;
        }
    }

    private static long header(int length, int type) {
        return Integer.toUnsignedLong(length) | (long) type << Integer.SIZE;
    }

    private static Outcome lie(Siege siege, BadWord word) throws IOException {
        try (Enemy enemy = siege.enemy()) {
            Forgery forgery = begun(siege, enemy);
            long sinceNs = System.nanoTime();
            word.write(forgery);
            enemy.wake();
            return expelled(enemy, sinceNs);
        }
    }

    private static Forgery begun(Siege siege, Enemy enemy) throws IOException {
        enemy.hello();
        enemy.open(CAPACITY);
        int source = enemy.source("out");
        int honest = 1 + siege.random().nextInt(MAX_HONEST);
        for (int i = 0; i < honest; i++) {
            enemy.out.offer(EventType.CONTROL_CHANGE, 0, Event.word(source, 0, 3, 0), Event.data(STATUS, 1, i));
        }
        enemy.out.flush();
        Forgery forgery = new Forgery(enemy, siege.random(), source, (long) honest * Event.SHORT_LENGTH);
        Siege.await("honest events are read", () -> forgery.isRead(forgery.position()));
        return forgery;
    }

    private static Outcome expelled(Enemy enemy, long sinceNs) {
        long ns = enemy.awaitExpulsion(sinceNs);
        SessionState state = enemy.memory.state();
        return ns < 0
                ? Outcome.wrong("liar stays: state=" + state)
                : Outcome.expelled(ns, state == SessionState.VIOLATED && !enemy.lastWords().isEmpty());
    }

    /** Any length that no record can have. */
    static Outcome forgedLength(Siege siege) throws IOException {
        return lie(siege, at -> {
            int length = at.random.nextBoolean()
                    ? at.random.nextInt(Event.HEADER_LENGTH)
                    : Event.MAX_LENGTH + 1 + at.random.nextInt(Integer.MAX_VALUE - Event.MAX_LENGTH);
            at.record(length, EventType.CONTROL_CHANGE);
            at.publish();
        });
    }

    static Outcome negativeLength(Siege siege) throws IOException {
        return lie(siege, at -> {
            at.record(at.random.nextInt() | Integer.MIN_VALUE, EventType.CONTROL_CHANGE);
            at.publish();
        });
    }

    /** A length that a record can have, but not this one. */
    static Outcome oversizedLength(Siege siege) throws IOException {
        return lie(siege, at -> {
            at.record(Event.SHORT_LENGTH + 1 + at.random.nextInt(Event.MAX_LENGTH - Event.SHORT_LENGTH),
                    EventType.SYSEX);
            at.publish();
        });
    }

    /** Less is published than the record says it is long. */
    static Outcome truncatedRecord(Siege siege) throws IOException {
        return lie(siege, at -> {
            at.record(Event.SHORT_LENGTH, EventType.CONTROL_CHANGE);
            at.tail(at.position + Event.ALIGNMENT * (1L + at.random.nextInt(3)));
        });
    }

    static Outcome wrongPadding(Siege siege) throws IOException {
        return lie(siege, at -> {
            at.record(Event.ALIGNMENT * (1 + at.random.nextInt(4)), SessionMemory.PADDING_TYPE);
            at.publish();
        });
    }

    /** What no client may send, or what only another may. */
    static Outcome forbiddenRecord(Siege siege) throws IOException {
        return lie(siege, at -> {
            if (at.random.nextBoolean()) {
                at.record(Event.SHORT_LENGTH, FORBIDDEN_TYPES[at.random.nextInt(FORBIDDEN_TYPES.length)]);
            } else {
                new Forgery(at.enemy, at.random, siege.sourceOfAnother(), at.position).record(Event.SHORT_LENGTH,
                        EventType.CONTROL_CHANGE);
            }
            at.publish();
        });
    }

    static Outcome wildPosition(Siege siege) throws IOException {
        return lie(siege, at -> at.tail(switch (at.random.nextInt(4)) {
            case 0 -> at.position + CAPACITY + Event.ALIGNMENT * (1L + at.random.nextInt(1_000));
            case 1 -> at.position + 1 + at.random.nextInt(Event.ALIGNMENT - 1);
            case 2 -> Long.MAX_VALUE;
            default -> at.position + (1L << 32 + at.random.nextInt(30));
        }));
    }

    static Outcome backwardPosition(Siege siege) throws IOException {
        return lie(siege, at -> at.tail(switch (at.random.nextInt(4)) {
            case 0 -> at.position - Event.ALIGNMENT;
            case 1 -> Long.MIN_VALUE;
            case 2 -> -1L << at.random.nextInt(62);
            default -> 0;
        }));
    }

    /** The other ring: a client that says it has read what was not written, or that it has not read what it has. */
    static Outcome forgedHead(Siege siege) throws IOException {
        try (Enemy enemy = siege.enemy()) {
            Forgery forgery = begun(siege, enemy);
            enemy.destination("in");
            enemy.ask.connect(new NewConnection(enemy.name + ":out", enemy.name + ":in", "", false));
            for (int sent = 0; sent < CAPACITY / Event.SHORT_LENGTH; sent++) {
                send(enemy, forgery.source);
            }
            Siege.await("ring to the client is full", () -> (long) LONG.getAcquire(enemy.toClient,
                    (long) SessionMemory.TAIL_OFFSET) == CAPACITY);
            long sinceNs = System.nanoTime();
            LONG.setRelease(enemy.toServer, (long) SessionMemory.HEAD_OFFSET,
                    FORGED_HEADS[siege.random().nextInt(FORGED_HEADS.length)]);
            send(enemy, forgery.source);
            enemy.wake();
            return expelled(enemy, sinceNs);
        }
    }

    private static void send(Enemy enemy, int source) {
        long limitNs = System.nanoTime() + LIMIT_NS;
        while (!enemy.out.offer(EventType.CONTROL_CHANGE, 0, Event.word(source, 0, 3, 0), Event.data(STATUS, 1, 1))) {
            enemy.out.flush();
            if (System.nanoTime() - limitNs > 0) {
                throw new IllegalStateException("ring to the server stays full: name=" + enemy.name);
            }
            LockSupport.parkNanos(STEP_NS);
        }
        enemy.out.flush();
    }

    /** A thread rewrites the length of a record while the server reads: it may be seen right, or it is a lie. */
    static Outcome movingLength(Siege siege) throws IOException {
        try (Enemy enemy = siege.enemy()) {
            Forgery forgery = begun(siege, enemy);
            long limitNs = System.nanoTime() + LIMIT_NS;
            long sinceNs = 0;
            while (!enemy.memory.state().isEnd() && System.nanoTime() - limitNs < 0) {
                Forgery at = forgery;
                at.record(Event.SHORT_LENGTH, EventType.CONTROL_CHANGE);
                long[] values = {header(Event.SHORT_LENGTH, EventType.CONTROL_CHANGE),
                    header(siege.random().nextInt(), EventType.CONTROL_CHANGE)};
                try (Mover mover = new Mover(enemy.toServer, at.index(), values)) {
                    mover.start();
                    sinceNs = System.nanoTime();
                    at.publish();
                    enemy.wake();
                    long end = at.position + Event.SHORT_LENGTH;
                    Siege.await("moving record is read", () -> at.isRead(end) || enemy.memory.state().isEnd());
                    forgery = new Forgery(enemy, at.random, at.source, end);
                }
            }
            return expelled(enemy, sinceNs);
        }
    }

    /** A thread rewrites the position itself. */
    static Outcome movingPosition(Siege siege) throws IOException {
        try (Enemy enemy = siege.enemy()) {
            Forgery at = begun(siege, enemy);
            long[] values = {at.position, siege.random().nextLong()};
            long sinceNs = System.nanoTime();
            try (Mover mover = new Mover(enemy.toServer, SessionMemory.TAIL_OFFSET, values)) {
                mover.start();
                while (!enemy.memory.state().isEnd() && System.nanoTime() - sinceNs < LIMIT_NS) {
                    enemy.wake();
                    LockSupport.parkNanos(STEP_NS);
                }
            }
            return expelled(enemy, sinceNs);
        }
    }

    /** The kernel is woken again and again, and there is nothing: it may end that, and has to play on. */
    static Outcome wakesForNothing(Siege siege) throws IOException {
        try (Enemy enemy = siege.enemy()) {
            begun(siege, enemy);
            long untilNs = System.nanoTime() + siege.heldNs();
            while (!enemy.memory.state().isEnd() && System.nanoTime() - untilNs < 0) {
                enemy.wake();
            }
            if (!enemy.memory.state().isEnd()) {
                return Outcome.stays();
            }
            enemy.awaitExpulsion(untilNs);
            return Outcome.expelledSometime(!enemy.lastWords().isEmpty());
        }
    }
}
