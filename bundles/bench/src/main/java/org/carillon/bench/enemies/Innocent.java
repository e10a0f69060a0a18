package org.carillon.bench.enemies;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.locks.LockSupport;
import org.carillon.bench.process.Answers;
import org.carillon.client.CarillonClient;
import org.carillon.client.ClientOptions;
import org.carillon.client.ClientSession;
import org.carillon.client.ClientSource;
import org.carillon.protocol.Event;
import org.carillon.protocol.EventType;
import org.carillon.protocol.ServerClock;

/**
 * A client in Java that only plays, in a process of its own: arguments SOCKET NAME NEXT. It sends a numbered event each
 * two milliseconds to the destination of NEXT and counts what comes.
 */
final class Innocent {
    /** Later ones count as this. */
    static final int LATEST_US = 100_000;

    private static final long PERIOD_NS = 2_000_000;
    private static final int POLL_LIMIT = 256;
    private static final long US = 1_000;
    /** MIDI 2.0: 32 bits of data that nothing looks at. */
    private static final long POLY_PRESSURE = 0x40A0_0000L;

    private final ClientSession session;
    private final ServerClock clock;
    private final ClientSource out;
    private final AtomicIntegerArray lateUs = new AtomicIntegerArray(LATEST_US + 1);
    private volatile boolean sends;
    private volatile boolean wasLost;
    private volatile long sent;
    private volatile long refused;
    private volatile long received;
    private volatile long lost;
    private volatile long doubled;
    private int expected;

    private Innocent(CarillonClient client, String name, String next) {
        session = client.open(name);
        clock = session.server().clock();
        out = session.source("out");
        session.destination("in");
        session.connect(out.name(), next + ":in");
        Thread.ofPlatform().daemon().name("sender").start(this::send);
        Thread.ofPlatform().daemon().name("receiver").start(this::receive);
    }

    /** Until the standard input ends. */
    public static void main(String[] args) throws IOException, InterruptedException {
        CarillonClient client = new CarillonClient(
                ClientOptions.named("innocent").at(Path.of(args[0])).startedBy());
        Innocent innocent = new Innocent(client, args[1], args[2]);
        Answers.give(question -> {
            if (!question[0].equals("count")) {
                innocent.sends = question[0].equals("start");
            }
            return innocent.count();
        });
        System.exit(0);
    }

    private Map<String, Double> count() {
        Map<String, Double> counts = new LinkedHashMap<>();
        counts.put("sent", (double) sent);
        counts.put("refused", (double) refused);
        counts.put("received", (double) received);
        counts.put("lost", (double) lost);
        counts.put("doubled", (double) doubled);
        counts.put("ended", isWell() ? 0.0 : 1.0);
        for (int us = 0; us <= LATEST_US; us++) {
            int late = lateUs.getAndSet(us, 0);
            if (late > 0) {
                counts.put("us" + us, (double) late);
            }
        }
        return counts;
    }

    /** A session that was lost and came back is no more well. */
    private boolean isWell() {
        if (!session.isReachable() || !session.endReason().isEmpty()) {
            wasLost = true;
        }
        return !wasLost;
    }

    private void send() {
        long nextNs = System.nanoTime();
        while (true) {
            long nowNs = System.nanoTime();
            nextNs = nextNs + PERIOD_NS - nowNs > 0 ? nextNs + PERIOD_NS : nowNs;
            LockSupport.parkNanos(nextNs - nowNs);
            if (sends) {
                if (out.sendUmp(clock.nowNs(), POLY_PRESSURE | sent << Integer.SIZE)) {
                    sent = sent + 1;
                } else {
                    refused = refused + 1;
                }
                out.flush();
                isWell();
            }
        }
    }

    private void receive() {
        while (true) {
            if (session.poll(this::take, POLL_LIMIT) == 0) {
                session.await(Long.MAX_VALUE);
            }
        }
    }

    private void take(Event event) {
        if (event.type() != EventType.UMP64) {
            return;
        }
        long late = (clock.nowNs() - event.timeNs()) / US;
        lateUs.incrementAndGet(Math.clamp(late, 0, LATEST_US));
        int ahead = (int) (event.data() >>> Integer.SIZE) - expected;
        if (ahead < 0) {
            doubled = doubled + 1; // or out of order
            return;
        }
        lost = lost + ahead;
        expected += ahead + 1;
        received = received + 1;
    }
}
