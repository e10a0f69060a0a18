package org.carillon.launcher;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.lang.foreign.Arena;
import java.nio.charset.StandardCharsets;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.parsers.SAXParserFactory;
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
import org.xml.sax.SAXException;
import org.xml.sax.helpers.DefaultHandler;

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
        loadEventWay();
        System.getLogger(Preload.class.getName());
        parseDescription();
    }

    /** Component descriptions are XML; making the first parser takes longer than reading them all. */
    private static void parseDescription() {
        try {
            SAXParserFactory.newInstance().newSAXParser().parse(
                    new ByteArrayInputStream("<component a='b'/>".getBytes(StandardCharsets.UTF_8)),
                    new DefaultHandler());
        } catch (IOException | SAXException | ParserConfigurationException e) {
            HostLog.log(Level.DEBUG, "no parser to warm up: reason={0}", e);
        }
    }

    private static void loadEventWay() {
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
