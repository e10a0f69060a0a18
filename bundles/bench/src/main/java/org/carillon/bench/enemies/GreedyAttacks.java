package org.carillon.bench.enemies;

import java.io.IOException;
import java.util.concurrent.locks.LockSupport;
import org.carillon.bench.process.Reading;
import org.carillon.bench.process.Worker;
import org.carillon.protocol.Event;
import org.carillon.protocol.EventType;
import org.carillon.protocol.SessionMemory;
import org.carillon.protocol.SessionState;
import org.carillon.protocol.control.Ends;
import org.carillon.protocol.control.NewConnection;
import org.carillon.protocol.control.WireRefusal;

/** Those that take without end, and those that do nothing at all. */
final class GreedyAttacks {
    private static final int CAPACITY = SessionMemory.MIN_CAPACITY;
    private static final int NO_QUOTA = 5_000;
    private static final int SILENT = 20;
    private static final long PAUSE_NS = 1_000_000;
    private static final int SYSEX_LENGTH = 256;

    private GreedyAttacks() {}

    /** One more of something. */
    @FunctionalInterface
    private interface Taking {
        void one(int index) throws IOException;
    }

    /** Takes until it is refused; empty when that is in the words it has to be. */
    private static String taken(String quota, Taking taking) throws IOException {
        for (int i = 0; i < NO_QUOTA; i++) {
            try {
                taking.one(i);
            } catch (WireRefusal e) {
                return e.getMessage().startsWith("quota of " + quota + " is reached") ? "" : e.getMessage();
            }
        }
        return quota + " have no end: taken=" + NO_QUOTA;
    }

    static Outcome portsWithoutEnd(Siege siege) throws IOException {
        try (Enemy enemy = siege.enemy()) {
            enemy.hello();
            enemy.open(CAPACITY);
            String wrong = taken("ports", index -> enemy.source("port" + index));
            return Outcome.when(wrong.isEmpty() && siege.isServing(), wrong);
        }
    }

    static Outcome sessionsWithoutEnd(Siege siege) throws IOException {
        try (Crowd<Enemy> enemies = new Crowd<>()) {
            String wrong = taken("sessions", index -> {
                Enemy enemy = enemies.add(siege.enemy());
                enemy.hello();
                enemy.open(CAPACITY);
            });
            return Outcome.when(wrong.isEmpty() && siege.isServing(), wrong);
        }
    }

    static Outcome connectionsWithoutEnd(Siege siege) throws IOException {
        try (Enemy enemy = siege.enemy()) {
            enemy.hello();
            int[] made = {0};
            String wrong = taken("connections", index -> {
                enemy.ask.connect(new NewConnection("from" + index, "nobody", "", false));
                made[0] = index + 1;
            });
            boolean isServing = siege.isServing();
            for (int i = 0; i < made[0]; i++) {
                enemy.ask.disconnect(new Ends("from" + i, "nobody"));
            }
            return Outcome.when(wrong.isEmpty() && isServing, wrong);
        }
    }

    /** Is sent what another sends to all, and takes nothing out of its ring. */
    static Outcome stopsReading(Siege siege) throws IOException {
        try (Enemy deaf = siege.enemy()) {
            deaf.hello();
            deaf.open(CAPACITY);
            deaf.destination("in");
            String from = siege.innocents().name(0) + ":out";
            deaf.ask.connect(new NewConnection(from, deaf.name + ":in", "", false));
            double before = siege.counter("destination-full");
            Siege.await("its own events are dropped", () -> siege.counter("destination-full") > before);
            deaf.ask.disconnect(new Ends(from, deaf.name + ":in"));
            return Outcome.when(deaf.memory.state() == SessionState.OPEN, "who reads nothing is ended");
        }
    }

    /** Some say nothing, some only hello, some open a session and are never heard again. */
    static Outcome neverAnswers(Siege siege) throws IOException {
        try (Crowd<Enemy> silent = new Crowd<>()) {
            for (int i = 0; i < SILENT; i++) {
                Enemy enemy = silent.add(siege.enemy());
                if (i % 3 > 0) {
                    enemy.hello();
                }
                if (i % 3 > 1) {
                    enemy.open(CAPACITY);
                    enemy.memory.clientWord().fill((byte) 1); // it sleeps, and nobody will wake it
                    enemy.destination("in");
                }
            }
            LockSupport.parkNanos(siege.heldNs());
            return Outcome.when(siege.isServing(), "others are not served");
        }
    }

    /** A client that plays is stopped by a signal for a while, and then goes on. */
    static Outcome stopped(Siege siege) {
        String name = siege.nextName();
        try (Worker client = new Worker(siege.command("play", siege.socket().toString(), name, name))) {
            double before = client.ask("start").get("received");
            siege.signal("STOP", client.pid());
            LockSupport.parkNanos(siege.stoppedNs());
            boolean isServing = siege.isServing();
            siege.signal("CONT", client.pid());
            Reading[] after = {client.ask("count")};
            Siege.await("it plays again", () -> {
                after[0] = client.ask("count");
                return after[0].get("received") > before + 1 || after[0].get("ended") > 0;
            });
            return Outcome.when(isServing && after[0].get("ended") == 0,
                    "who was stopped is ended: reading=" + after[0].get("ended"));
        }
    }

    /** A system exclusive message that never ends, to a destination of its own. */
    static Outcome endlessSysex(Siege siege) throws IOException {
        try (Enemy enemy = siege.enemy()) {
            enemy.hello();
            enemy.open(CAPACITY);
            int source = enemy.source("out");
            enemy.destination("in");
            enemy.ask.connect(new NewConnection(enemy.name + ":out", enemy.name + ":in", "", false));
            double before = siege.counter("sysex-cut");
            long untilNs = System.nanoTime() + siege.heldNs();
            int flags = Event.BEGIN;
            while (System.nanoTime() - untilNs < 0 && !enemy.memory.state().isEnd()) {
                long offset = enemy.out.claim(EventType.SYSEX, SYSEX_LENGTH);
                if (offset >= 0) {
                    enemy.out.segment().asSlice(offset + Event.TIME_NS_OFFSET, SYSEX_LENGTH - Event.TIME_NS_OFFSET)
                            .fill((byte) 1);
                    enemy.out.segment().set(java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED,
                            offset + Event.TIME_NS_OFFSET, 0);
                    enemy.out.segment().set(java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED,
                            offset + Event.SOURCE_ID_OFFSET, Event.word(source, 0, 0, flags));
                    enemy.out.commit();
                    flags = 0;
                }
                enemy.out.flush();
                LockSupport.parkNanos(PAUSE_NS);
            }
            Siege.await("endless message is cut", () -> siege.counter("sysex-cut") > before);
            return Outcome.when(enemy.memory.state() == SessionState.OPEN && siege.isServing(),
                    "sender of an endless message is ended");
        }
    }

    /** Another user of the group that may come: it may not administer, and leaves room for its rivals. */
    static Outcome secondUser(Siege siege) throws IOException {
        try (Worker guest = new Worker(siege.asGuest("guest", siege.socket().toString(), siege.innocents().name(0)))) {
            Reading reading;
            try (Enemy owner = siege.enemy()) {
                reading = guest.ask("try");
                owner.hello();
                owner.open(CAPACITY);
            }
            return Outcome.when(reading.get("wrong") == 0 && siege.isServing(),
                    "another user may do what it must not: wrong=" + reading.get("wrong"));
        }
    }

    /** Another user of another group: the folder does not even let it see the socket. */
    static Outcome stranger(Siege siege) {
        try (Worker stranger = new Worker(siege.asStranger("connect", siege.socket().toString(), "1"))) {
            return Outcome.when(stranger.ask("try").get("made") == 0, "a stranger may come");
        }
    }
}
