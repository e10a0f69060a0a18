package org.carillon.bench.kill;

import java.lang.foreign.Arena;
import java.nio.file.Path;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.carillon.bench.kill.Ledger.Phase;
import org.carillon.client.CarillonClient;
import org.carillon.client.ClientException;
import org.carillon.client.ClientOptions;
import org.carillon.client.ClientSession;
import org.carillon.client.ClientSource;

/** A client in Java that is killed: it opens its session, holds notes at an ear, and is busy until it dies. */
final class JavaVictim {
    private static final int NAMES = 16;
    private static final int SINK_SHARE = 4;
    private static final int NOTE_ON = 0x90;
    private static final int KEY_BITS = 7;
    private static final int KEY_MASK = 0x7F;
    private static final int VELOCITY = 100;
    private static final int KINDS = 16;
    private static final int FLUSH_EACH = 32;
    private static final long MS_NS = TimeUnit.MILLISECONDS.toNanos(1);
    private static final long FULL_PAUSE_NS = 50_000;

    private final Ledger ledger;
    private final long number;
    private final String name;
    private final SplittableRandom random;

    private JavaVictim(Ledger ledger, long number, long seed) {
        this.ledger = ledger;
        this.number = number;
        name = "java-victim" + Ledger.index(number) % NAMES;
        random = new SplittableRandom(seed);
    }

    /** @param args socket, ledger, victims, number and seed; a negative number for one that ends by itself. */
    public static void main(String[] args) {
        Ledger ledger = Ledger.open(Path.of(args[1]), Long.parseLong(args[2]), Arena.global());
        long number = Long.parseLong(args[3]);
        JavaVictim victim = new JavaVictim(ledger, Math.max(0, number), Long.parseLong(args[4]));
        if (number < 0) {
            victim.tryAll(Path.of(args[0]));
        } else {
            victim.live(Path.of(args[0]));
        }
    }

    /** Does a little of everything, so that the classes for it are known, and leaves no trace in the ledger. */
    private void tryAll(Path socket) {
        CarillonClient client = new CarillonClient(ClientOptions.named(name).at(socket).startedBy());
        try (ClientSession session = open(client)) {
            ClientSource out = session.source("out");
            session.connect(out.name(), session.destination("in").name());
            Numbered.Sender sender = new Numbered.Sender(out, Numbered.first(number), random.nextLong());
            for (int i = 0; i < KINDS; i++) {
                sender.send();
                askOnce(session);
                session.await(System.nanoTime() + MS_NS);
                session.poll(event -> {}, FLUSH_EACH);
            }
        }
    }

    private void live(Path socket) {
        CarillonClient client = new CarillonClient(ClientOptions.named(name).at(socket).startedBy());
        ClientSession session = open(client);
        ledger.session(number, session.id());
        ledger.phase(number, Phase.OPEN);
        hold(session);
        ClientSource out = session.source("out");
        if (Ledger.index(number) % SINK_SHARE == 0) {
            session.connect(out.name(), "sink:in");
        }
        Numbered.Sender sender = new Numbered.Sender(out, Numbered.first(number), random.nextLong());
        ledger.phase(number, Phase.BUSY);
        switch (random.nextInt(KINDS)) {
            case 0 -> ask(session);
            case 1 -> returnToItself(session, out, sender);
            case 2 -> sleep(session);
            default -> send(sender, out);
        }
    }

    /** The one before of this name may not be gone yet. */
    private ClientSession open(CarillonClient client) {
        while (true) {
            try {
                return client.open(name);
            } catch (ClientException e) {
                if (e.kind() != ClientException.Kind.REFUSED) {
                    throw e;
                }
                LockSupport.parkNanos(MS_NS);
            }
        }
    }

    private void hold(ClientSession session) {
        ClientSource held = session.source("held");
        session.connect(held.name(), Ledger.index(number) % 2 == 0 ? "cpp-ear:in" : "java-ear:in");
        int key = Ledger.pair(number) * 2;
        for (int each = key; each < key + 2; each++) {
            held.send(0, NOTE_ON | each >> KEY_BITS, each & KEY_MASK, VELOCITY);
        }
        held.flush();
        ledger.phase(number, Phase.HOLDING);
    }

    private void send(Numbered.Sender sender, ClientSource out) {
        for (int i = 1;; i++) {
            ledger.begun(number, sender.next());
            if (!sender.send()) {
                out.flush();
                LockSupport.parkNanos(FULL_PAUSE_NS);
            } else if (i % FLUSH_EACH == 0) {
                out.flush();
            }
        }
    }

    private void returnToItself(ClientSession session, ClientSource out, Numbered.Sender sender) {
        session.connect(out.name(), session.destination("in").name());
        while (true) {
            for (int i = 0; i < FLUSH_EACH / 4; i++) {
                ledger.begun(number, sender.next());
                sender.send();
            }
            out.flush();
            session.await(System.nanoTime() + MS_NS);
            while (session.poll(event -> {}, FLUSH_EACH) > 0) {
                Thread.onSpinWait();
            }
        }
    }

    private static void sleep(ClientSession session) {
        while (true) {
            session.await(Long.MAX_VALUE);
        }
    }

    private static void ask(ClientSession session) {
        while (true) {
            askOnce(session);
        }
    }

    private static void askOnce(ClientSession session) {
        ClientSource more = session.source("more");
        session.connect(more.name(), "nobody:in");
        session.filter(more.name(), "nobody:in", "transp 1");
        session.cancel(session.schedule(session.server().clock().nowNs() + TimeUnit.SECONDS.toNanos(1), 1, 0, 0, 0));
        session.disconnect(more.name(), "nobody:in");
        session.remove(more);
    }
}
