package org.carillon.bench.kill;

import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.carillon.client.CarillonClient;
import org.carillon.client.ClientOptions;
import org.carillon.client.ClientSession;
import org.carillon.client.ClientSource;
import org.carillon.client.ClientState;

/**
 * A program that waits for the end of the server, and goes on when another is there. Nothing here does anything for
 * that: it sends a note to itself through two filters, before and after.
 */
final class JavaWatcher {
    private static final long STEP_NS = TimeUnit.MILLISECONDS.toNanos(1);
    private static final int NOTE_ON = 0x90;
    private static final int KEY = 60;
    /** What the filters make of it. */
    private static final int KEY_BEHIND = 63;
    private static final int VELOCITY = 100;

    private final AtomicLong lostNs = new AtomicLong();
    private final ClientSession session;
    private final ClientSource out;

    JavaWatcher(Path socket, int number) {
        String name = "java-watch" + number;
        CarillonClient client = new CarillonClient(ClientOptions.named(name).at(socket).startedBy());
        client.onState(state -> {
            if (state == ClientState.EXCEPTION) {
                lostNs.set(System.nanoTime());
            }
        });
        session = client.open(name);
        out = session.source("out");
        session.destination("in");
        session.connect(out.name(), name + ":in", "transp 1", false);
        session.filterDestination(name + ":in", "transp 2");
    }

    /** When the end of the server became known, 0 when it did not in time; the next end is waited for anew. */
    long lostNs(long untilNs) {
        isSo(untilNs, () -> lostNs.get() != 0);
        return lostNs.getAndSet(0);
    }

    /** Whether a note passes both filters in time. */
    boolean isBack(long untilNs) {
        if (!isSo(untilNs, () -> out.send(0, NOTE_ON, KEY, VELOCITY))) {
            return false;
        }
        out.flush();
        int[] key = {0};
        return isSo(untilNs, () -> session.poll(event -> key[0] = event.data(1), 1) > 0) && key[0] == KEY_BEHIND;
    }

    private static boolean isSo(long untilNs, BooleanSupplier condition) {
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - untilNs > 0) {
                return false;
            }
            LockSupport.parkNanos(STEP_NS);
        }
        return true;
    }
}
