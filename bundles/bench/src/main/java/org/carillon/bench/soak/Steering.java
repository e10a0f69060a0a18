package org.carillon.bench.soak;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.carillon.bench.process.Reading;
import org.carillon.client.CarillonClient;
import org.carillon.client.ServerView;
import org.carillon.protocol.control.ConnectionEntry;
import org.carillon.protocol.control.NewTap;
import org.carillon.protocol.control.TapEnds;

/**
 * What happens to the guests, at random: they come, stall, ask, are wired anew and go. Before a connection begins or
 * ends its sender holds still for a moment, so that the books know the first and the last event that goes through it;
 * all others play on.
 */
final class Steering {
    private static final long SETTLE_LIMIT_NS = TimeUnit.SECONDS.toNanos(20);
    private static final long LOOK_AGAIN_NS = TimeUnit.MILLISECONDS.toNanos(2);
    private static final int MOST_CONNECTIONS_IN = 6;
    private static final int MOST_SYSEX_IN = 2;
    private static final int TRIES = 20;
    private static final int SMALLEST_CAPACITY_BYTES = 8 * 1024;
    private static final int CAPACITIES = 3;
    private static final int SYSEX_SLOTS = 8;
    private static final int MOST_LEFT_BEHIND = 60;
    private static final int SHORTEST_STALL_MS = 200;
    private static final int MOST_STALL_MS = 1500;
    private static final int PERCENT = 100;

    private final GuestProcesses processes;
    private final CarillonClient client;
    private final ServerView view;
    private final Books books;
    private final Random random;
    private final Guest[] guests = new Guest[GuestProcesses.GUESTS];
    private final List<Wire> wires = new ArrayList<>();
    private final Map<String, Long> happened = new TreeMap<>();
    private int lastName;

    Steering(GuestProcesses processes, CarillonClient client, ServerView view, Books books, Random random) {
        this.processes = processes;
        this.client = client;
        this.view = view;
        this.books = books;
        this.random = random;
        for (String what : List.of("joins", "leaves", "stalls", "rewirings", "taps", "looks")) {
            happened.put(what, 0L);
        }
    }

    /** How often each thing was done. */
    Map<String, Long> happened() {
        return happened;
    }

    /** How many guests there are now. */
    long present() {
        return present(null).size();
    }

    /** Everybody who is not there comes. */
    void everybodyComes() {
        for (int slot = 0; slot < guests.length; slot++) {
            if (guests[slot] == null) {
                come(slot);
            }
        }
    }

    /** Everybody goes. */
    void everybodyGoes() {
        go(present(null));
    }

    /** One thing happens. */
    void step() {
        int choice = random.nextInt(PERCENT);
        int slot = random.nextInt(guests.length);
        if (guests[slot] == null) {
            come(slot);
        } else if (choice < 20) {
            go(List.of(guests[slot]));
        } else if (choice < 55) {
            stall(guests[slot]);
        } else if (choice < 75) {
            rewire();
        } else if (choice < 85) {
            tap(guests[slot]);
        } else {
            look(guests[slot]);
        }
    }

    private void count(String what) {
        happened.merge(what, 1L, Long::sum);
    }

    private void come(int slot) {
        int kinds = Kind.PLAIN.bit | (random.nextBoolean() ? Kind.DATED.bit : 0)
                | (random.nextBoolean() ? Kind.NOTES.bit : 0) | (random.nextInt(SYSEX_SLOTS) == 0 ? Kind.SYSEX.bit : 0)
                | (random.nextBoolean() ? Guest.SLEEPS : 0);
        Guest guest = new Guest(slot, "soak" + ++lastName, processes.of(slot), random.nextInt(Integer.MAX_VALUE), kinds,
                SMALLEST_CAPACITY_BYTES << random.nextInt(CAPACITIES));
        guests[slot] = guest;
        count("joins");
        for (Kind kind : Kind.values()) {
            for (int i = guest.sends(kind) ? kind.isOneToOne() ? 2 : 1 : 0; i > 0; i--) {
                connect(guest, kind, 0);
            }
        }
        List<Guest> others = present(guest);
        if (!others.isEmpty()) {
            connectHeld(others.get(random.nextInt(others.size())), guest);
        }
        guest.ask("go");
    }

    /** Another one's events for the new one. */
    private void connectHeld(Guest from, Guest to) {
        Wire wire = wire(from, Kind.PLAIN, to, (long) hold(Set.of(from)).get(from).get(Kind.PLAIN.word()));
        if (mayBe(wire)) {
            make(wire);
        }
        from.ask("go");
    }

    /** Somebody gets what a guest sends. The guest sends nothing meanwhile. @param first number that goes through. */
    private void connect(Guest from, Kind kind, long first) {
        List<Guest> others = present(from);
        for (int i = 0; i < TRIES && !others.isEmpty(); i++) {
            Wire wire = wire(from, kind, others.get(random.nextInt(others.size())), first);
            if (mayBe(wire)) {
                make(wire);
                return;
            }
        }
    }

    private Wire wire(Guest from, Kind kind, Guest to, long first) {
        Sieve sieve = kind == Kind.PLAIN ? Sieve.values()[random.nextInt(Sieve.values().length)] : Sieve.NONE;
        return new Wire(from, kind, to, kind.destination(random.nextInt(2)), sieve, false,
                random.nextBoolean() ? from : to, first);
    }

    /** Not twice the same, and not too many at one place. */
    private boolean mayBe(Wire wire) {
        long beside = wires.stream().filter(each -> each.to() == wire.to() && each.index() == wire.index()).count();
        return beside < (wire.kind() == Kind.SYSEX ? MOST_SYSEX_IN : MOST_CONNECTIONS_IN)
                && wires.stream().noneMatch(wire::hasEndsOf);
    }

    private void make(Wire wire) {
        wire.maker().ask("connect", wire.source(), wire.destination(), wire.sieve().words);
        wires.add(wire);
        books.open(wire);
    }

    private void rewire() {
        List<Wire> connections = wires.stream().filter(wire -> !wire.isTap()).toList();
        if (connections.isEmpty()) {
            return;
        }
        Wire old = connections.get(random.nextInt(connections.size()));
        Reading sent = hold(Set.of(old.from())).get(old.from());
        end(old, sent);
        connect(old.from(), old.kind(), (long) sent.get(old.kind().word()));
        old.from().ask("go");
        count("rewirings");
    }

    private void tap(Guest from) {
        List<Guest> others = present(from);
        Optional<Wire> old = wires.stream().filter(wire -> wire.isTap() && wire.from() == from).findFirst();
        if (others.isEmpty()) {
            return;
        }
        Reading sent = hold(Set.of(from)).get(from);
        if (old.isPresent()) {
            end(old.get(), sent);
        } else {
            Wire tap = new Wire(from, Kind.PLAIN, others.get(random.nextInt(others.size())), random.nextInt(2),
                    Sieve.NONE, true, null, (long) sent.get(Kind.PLAIN.word()));
            if (mayBe(tap)) {
                client.ask(server -> server.tap(new NewTap(false, tap.source(), tap.destination(), "")));
                wires.add(tap);
                books.open(tap);
                count("taps");
            }
        }
        from.ask("go");
    }

    private void stall(Guest guest) {
        guest.ask("stall", Integer.toString(SHORTEST_STALL_MS + random.nextInt(MOST_STALL_MS)));
        count("stalls");
    }

    private void look(Guest guest) {
        if (guest.ask("look").get("right") != 1) {
            books.unexplained(1, "a request was answered wrongly: guest=" + guest);
        }
        count("looks");
    }

    /** Some go at the same time. Those who send to them hold still until they are gone. */
    private void go(Collection<Guest> leaving) {
        Set<Guest> going = new LinkedHashSet<>(leaving);
        Set<Guest> held = new LinkedHashSet<>(going);
        List<Wire> ending = wires.stream().filter(wire -> going.contains(wire.from()) || going.contains(wire.to()))
                .toList();
        ending.forEach(wire -> held.add(wire.from()));
        Map<Guest, Reading> sent = hold(held);
        for (Wire wire : ending) {
            boolean endsWithItsMaker = going.contains(wire.maker()) && random.nextBoolean();
            close(wire, sent.get(wire.from()));
            if (!endsWithItsMaker) {
                disconnect(wire);
            }
        }
        for (Guest guest : going) {
            books.gone(guest, guest.ask("leave", Integer.toString(random.nextInt(MOST_LEFT_BEHIND))));
            guests[guest.slot] = null;
            count("leaves");
        }
        held.removeAll(going);
        held.forEach(guest -> guest.ask("go"));
    }

    /** Its sender holds still. */
    private void end(Wire wire, Reading sent) {
        close(wire, sent);
        disconnect(wire);
    }

    /** What the server has counted of it is all there is. */
    private void close(Wire wire, Reading sent) {
        long end = (long) sent.get(wire.kind().word());
        books.close(wire, end, wire.kind().isOneToOne() ? settledDrops(wire, end - wire.first()) : 0);
        wires.remove(wire);
    }

    private void disconnect(Wire wire) {
        if (wire.isTap()) {
            client.ask(server -> server.untap(new TapEnds(false, wire.source(), wire.destination())));
        } else {
            wire.maker().ask("disconnect", wire.source(), wire.destination());
        }
    }

    /** What a connection has dropped, when its counters on the status page tell of all that went through it. */
    private long settledDrops(Wire wire, long expected) {
        long limitNs = System.nanoTime() + SETTLE_LIMIT_NS;
        while (true) {
            ConnectionEntry entry = entry(wire);
            long counted = entry.events() + entry.dropped() + entry.filtered();
            if (counted == expected) {
                return entry.dropped();
            }
            if (System.nanoTime() > limitNs) {
                books.unexplained(expected - counted, "a connection counted other events than were sent: wire=" + wire
                        + ", sent=" + expected + ", counted=" + entry);
                return entry.dropped();
            }
            LockSupport.parkNanos(LOOK_AGAIN_NS);
        }
    }

    private ConnectionEntry entry(Wire wire) {
        return view.connections().stream()
                .filter(each -> each.source().equals(wire.source()) && each.destination().equals(wire.destination())
                        && each.tap() != 0 == wire.isTap())
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("connection is not on the status page: wire=" + wire));
    }

    /** Guests stop sending, those of different processes at the same time. @return what each has sent by then. */
    private static Map<Guest, Reading> hold(Collection<Guest> held) {
        Map<Guest, CompletableFuture<Reading>> asked = new LinkedHashMap<>();
        for (Guest guest : held) {
            asked.put(guest, CompletableFuture.supplyAsync(() -> guest.ask("hold"), Thread::startVirtualThread));
        }
        Map<Guest, Reading> sent = new HashMap<>();
        try {
            asked.forEach((guest, answer) -> sent.put(guest, answer.join()));
        } catch (CompletionException e) {
            throw e.getCause() instanceof IllegalStateException cause ? cause : e;
        }
        return sent;
    }

    private List<Guest> present(Guest except) {
        List<Guest> present = new ArrayList<>();
        for (Guest guest : guests) {
            if (guest != null && guest != except) {
                present.add(guest);
            }
        }
        return present;
    }
}
