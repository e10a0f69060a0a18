package org.carillon.bench.replug;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.carillon.api.port.ConnectionInfo;
import org.carillon.api.port.Direction;
import org.carillon.api.session.Session;
import org.carillon.bench.hotload.HostMaker;

/**
 * The same again and again: a device comes, music plays through it both ways, it goes in mid-note and in mid-SysEx,
 * another one like it takes its place and goes. One thread.
 */
final class Cycles {
    static final int PORTS = 2;
    private static final long RULE_NS = TimeUnit.SECONDS.toNanos(1);
    private static final int FILES = 2;
    private static final int MELODY = 8;
    private static final int LOWEST = 40;
    private static final int HELD = 3;
    private static final int WRONG = 99;
    private static final int MARK = 98;
    private static final int SHORT_SYSEX = 300;
    private static final int LONG_SYSEX = 40_000;
    private static final long STORED_LOOK_NS = TimeUnit.MILLISECONDS.toNanos(1);

    private final Ports ports;
    private final Announcements announcements;
    private final Gadget first;
    private final Gadget second;
    private final Session players;
    private final Session storers;
    private final Session listeners;
    private final Ledger ledger;
    private final List<Way> ways = new ArrayList<>();
    private final List<String> firstNames = new ArrayList<>();
    private Way otherDown;
    private Way otherUp;
    private volatile boolean isStoring;

    int done;
    int reconnected;
    int swapsDetected;
    int stuck;
    int sysexCut;
    final List<Double> portsMs = new ArrayList<>();
    final List<Double> absentMs = new ArrayList<>();

    Cycles(HostMaker.Host host, Announcements announcements, Gadget first, Gadget second) {
        this.announcements = announcements;
        this.first = first;
        this.second = second;
        ports = new Ports(host::status);
        players = host.sessions().open("player");
        storers = host.sessions().open("storer");
        listeners = host.sessions().open("listener");
        ledger = new Ledger(listeners);
    }

    /** Both devices are seen once, so that their names are known, and connected. */
    void begin() throws IOException {
        first.plug();
        ports.await("ports of the first device", () -> hasPorts(first));
        firstNames.addAll(names(first.product()));
        wire();
        first.unplug();
        ports.await("no ports", this::hasNone);
        second.plug();
        ports.await("ports of the second device", () -> hasPorts(second));
        otherDown = way("other-down", names(second.product(), Direction.DESTINATION).get(0),
                names(Gadget.OWN_END, Direction.SOURCE).get(0));
        otherUp = way("other-up", names(Gadget.OWN_END, Direction.DESTINATION).get(0),
                names(second.product(), Direction.SOURCE).get(0));
        second.unplug();
        ports.await("no ports", this::hasNone);
        ledger.start();
    }

    private void wire() {
        for (int i = 0; i < PORTS; i++) {
            ways.add(way("down" + i, names(first.product(), Direction.DESTINATION).get(i),
                    names(Gadget.OWN_END, Direction.SOURCE).get(i)));
            ways.add(way("up" + i, names(Gadget.OWN_END, Direction.DESTINATION).get(i),
                    names(first.product(), Direction.SOURCE).get(i)));
        }
    }

    private Way way(String name, String into, String outOf) {
        return new Way(name, into, outOf, players, storers, listeners, ledger);
    }

    private List<String> names(String product, Direction direction) {
        return ports.of(product, direction);
    }

    private List<String> names(String product) {
        return Stream.of(Direction.values()).flatMap(direction -> names(product, direction).stream()).toList();
    }

    private boolean hasPorts(Gadget device) {
        return ports.has(device.product(), PORTS) && ports.has(Gadget.OWN_END, PORTS);
    }

    private boolean hasNone() {
        return ports.has(first.product(), 0) && ports.has(second.product(), 0) && ports.has(Gadget.OWN_END, 0);
    }

    /** One cycle; every other one swaps the devices without waiting for the server to have seen the gap. */
    void cycle() throws IOException, InterruptedException {
        boolean waits = done % 2 == 0;
        boolean isBack = plugFirst();
        play();
        reconnected += isBack ? 1 : 0;
        hold();
        Way stored = ways.get(done % ways.size());
        int cut = ledger.cutSysex(stored.listener);
        Thread storing = beginSysex(stored);
        unplugFirst(waits);
        second.plug();
        settle(stored, cut, storing);
        swapsDetected += isSwapDetected() ? 1 : 0;
        second.unplug();
        if (waits) {
            ports.await("no ports", this::hasNone);
        }
        done++;
    }

    /** Whether every connection is back in time. */
    private boolean plugFirst() throws IOException {
        int before = announcements.came();
        first.plug();
        long activeNs = ports.await("connections of the first device, came " + (announcements.came() - before),
                () -> announcements.came() - before >= FILES
                        && ports.areAll(ConnectionInfo.State.ACTIVE, firstNames));
        long backNs = Math.max(0, activeNs - announcements.lastCameNs());
        portsMs.add(backNs / 1e6);
        return backNs <= RULE_NS;
    }

    /** Notes and a SysEx on every way, all of which must come. */
    private void play() {
        for (Way way : ways) {
            int ended = ledger.ended(way.listener);
            int whole = ledger.wholeSysex(way.listener);
            for (int pitch = LOWEST; pitch < LOWEST + MELODY; pitch++) {
                way.noteOn(pitch);
                way.noteOff(pitch);
            }
            way.store(SHORT_SYSEX);
            ports.await("music on " + way + ledger, () -> ledger.ended(way.listener) - ended >= MELODY
                    && ledger.wholeSysex(way.listener) > whole);
            check(ledger.ended(way.listener) - ended == MELODY && ledger.lastSysexBytes(way.listener) == SHORT_SYSEX,
                    "music must come once and whole: way=" + way);
        }
        check(ledger.sounding() == 0, "no note must sound after the music");
    }

    private void hold() {
        for (Way way : ways) {
            for (int pitch = LOWEST; pitch < LOWEST + HELD; pitch++) {
                way.noteOn(pitch);
            }
        }
        ports.await("held notes", () -> ways.stream().allMatch(way -> ledger.sounding(way.listener) == HELD));
    }

    /** From now on one SysEx follows the other, each as long as the server can hold for a device. */
    private Thread beginSysex(Way way) {
        int before = ledger.endedSysex(way.listener);
        isStoring = true;
        Thread storing = Thread.ofPlatform().name("replug-storer").start(() -> {
            while (isStoring) {
                int ended = ledger.endedSysex(way.listener);
                way.store(LONG_SYSEX);
                while (isStoring && ledger.endedSysex(way.listener) == ended) {
                    LockSupport.parkNanos(STORED_LOOK_NS);
                }
            }
        });
        ports.await("a long SysEx on " + way,
                () -> ledger.sysexBytes(way.listener) > 0 || ledger.endedSysex(way.listener) > before);
        return storing;
    }

    private void unplugFirst(boolean waits) throws IOException {
        long startNs = System.nanoTime();
        first.unplug();
        if (waits) {
            long absentNs = ports.await("no ports", this::hasNone);
            absentMs.add((absentNs - startNs) / 1e6);
        }
    }

    /** Until everything that was under way has ended as it must: notes released, the SysEx cut and said to be so. */
    private void settle(Way stored, int cut, Thread storing) throws InterruptedException {
        isStoring = false;
        storing.join();
        ports.await("ports of the second device", () -> ports.has(second.product(), PORTS)
                && ports.has(first.product(), 0) && ports.has(Gadget.OWN_END, PORTS));
        try {
            ports.await("released notes", () -> ledger.sounding() == 0 && ledger.openSysex() == 0);
        } catch (IllegalStateException e) {
            stuck += ledger.sounding();
            throw new IllegalStateException("something is stuck: " + ledger, e);
        }
        sysexCut += ledger.cutSysex(stored.listener) - cut;
    }

    /** Whether the connections of the first device wait, and what is sent to it does not come out of the second. */
    private boolean isSwapDetected() {
        ports.await("connections of the second device", () -> ports.areAll(ConnectionInfo.State.ACTIVE,
                names(second.product())));
        boolean isWaiting = ports.areAll(ConnectionInfo.State.WAITING, firstNames);
        Way down = ways.get(0);
        Way up = ways.get(1);
        int marksDown = ledger.begun(otherDown.listener, MARK);
        int marksUp = ledger.begun(otherUp.listener, MARK);
        down.noteOn(WRONG);
        down.noteOff(WRONG);
        mark(otherDown);
        mark(otherUp);
        ports.await("mark through the second device" + ledger, () -> ledger.begun(otherDown.listener, MARK) > marksDown
                && ledger.begun(otherUp.listener, MARK) > marksUp && ledger.sounding() == 0);
        return isWaiting && ledger.begun(down.listener, WRONG) == 0 && ledger.begun(otherDown.listener, WRONG) == 0
                && ledger.begun(up.listener, MARK) == 0;
    }

    private static void mark(Way way) {
        way.noteOn(MARK);
        way.noteOff(MARK);
    }

    /** Takes the last device away and ends the sessions. */
    void end() throws InterruptedException {
        ports.await("no ports", this::hasNone);
        stuck += ledger.sounding();
        check(sysexCut > 0, "a SysEx must have been under way when a device went");
        ledger.end();
        players.close();
        storers.close();
        listeners.close();
    }

    private void check(boolean holds, String expected) {
        if (!holds) {
            throw new IllegalStateException(expected + ledger);
        }
    }
}
