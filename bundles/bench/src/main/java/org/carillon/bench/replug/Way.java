package org.carillon.bench.replug;

import java.util.concurrent.TimeUnit;
import org.carillon.api.session.Session;
import org.carillon.api.session.Source;

/** One wire of the device in one direction, from a session over USB to a listener. */
final class Way {
    private static final int NOTE_ON = 0x90;
    private static final int NOTE_OFF = 0x80;
    private static final int VELOCITY = 100;
    private static final int LIMIT_S = 60;

    final int listener;
    private final Source player;
    private final Source storer;
    private final String into;
    private final String outOf;

    /**
     * Connects it, whether its ports are there or not.
     *
     * @param name  of the sessions' ports.
     * @param into  port of the end that gets the bytes from us.
     * @param outOf port of the other end.
     */
    Way(String name, String into, String outOf, Session players, Session storers, Session listeners, Ledger ledger) {
        this.into = into;
        this.outOf = outOf;
        player = players.source(name);
        storer = storers.source(name);
        listener = ledger.listenAt(name);
        players.wiring().connect(player.name(), into);
        players.wiring().connect(storer.name(), into);
        players.wiring().connect(outOf, listeners.name() + ":" + name);
    }

    /** A thread that sends notes only. */
    void noteOn(int pitch) {
        send(NOTE_ON, pitch);
    }

    void noteOff(int pitch) {
        send(NOTE_OFF, pitch);
    }

    private void send(int status, int pitch) {
        if (!player.send(0, status, pitch, VELOCITY)) {
            throw new IllegalStateException("server takes no note: port=" + player.name());
        }
        player.flush();
    }

    /** Sends a message of this length as fast as it is taken. A thread that sends these messages only. */
    void store(int lengthBytes) {
        byte[] message = new byte[lengthBytes];
        for (int i = 0; i < lengthBytes; i++) {
            message[i] = (byte) (i & 0x7F);
        }
        message[0] = (byte) 0xF0;
        message[lengthBytes - 1] = (byte) 0xF7;
        storer.sendMessage(0, message, TimeUnit.SECONDS.toNanos(LIMIT_S));
        storer.flush();
    }

    @Override
    public String toString() {
        return into + " to " + outOf;
    }
}
