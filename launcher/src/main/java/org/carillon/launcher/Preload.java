package org.carillon.launcher;

import java.lang.foreign.Arena;
import org.agrona.concurrent.MessageHandler;
import org.carillon.api.filter.FilterTables;
import org.carillon.api.ring.LocalRing;
import org.carillon.api.status.StatusSnapshot;
import org.carillon.platform.Platform;
import org.carillon.platform.WaitPoint;
import org.carillon.protocol.Doorbell;
import org.carillon.protocol.Event;
import org.carillon.protocol.EventType;
import org.carillon.protocol.StatusPage;

/**
 * Links the system's calls and loads what every event passes through on a second thread, while the framework starts on
 * the first: on two processors that time costs nothing.
 */
final class Preload {
    private Preload() {}

    static void begin() {
        Thread thread = new Thread(Preload::run, "carillon-preload");
        thread.setDaemon(true);
        thread.start();
    }

    private static void run() {
        WaitPoint waitPoint = Platform.current().newWaitPoint();
        waitPoint.warmUp();
        Doorbell bell = new Doorbell(waitPoint.word(), waitPoint::wake);
        StatusPage page = new StatusPage(Arena.ofAuto().allocate(StatusPage.LENGTH, Event.ALIGNMENT));
        page.begin(0, System.nanoTime());
        page.clock().setRate(1);
        StatusSnapshot.of(page);
        LocalRing ring = new LocalRing(LocalRing.MIN_CAPACITY, bell);
        ring.offer(EventType.CLOCK, page.clock().nowNs(), 0,
                new FilterTables().compile("").apply(EventType.CLOCK, 0, 0));
        ring.flush();
        MessageHandler nobody = (type, buffer, index, length) -> {};
        ring.poll(nobody, 1);
    }
}
