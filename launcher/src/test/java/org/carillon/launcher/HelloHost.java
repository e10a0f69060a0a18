package org.carillon.launcher;

import java.util.HexFormat;
import org.carillon.api.session.Session;
import org.carillon.api.session.Source;
import org.carillon.protocol.Event;

/** A whole program with a server in it: sends one note through the virtual port "loop" and prints what comes out. */
public final class HelloHost {
    private HelloHost() {}

    public static void main(String[] arguments) {
        try (CarillonHost host = CarillonHost.start(HostOptions.temporary());
                Session session = host.sessions().open("hello")) {
            Source source = session.source("out");
            session.wiring().connect(source.name(), "loop");
            session.wiring().connect("loop", session.destination("in").name());
            source.sendNote(session.clock().nowNs(), 0, 60, 100, 1_000_000);
            source.flush();
            for (int heard = 0; heard < 2;) { // the note comes as its note-on and its note-off
                session.await(Long.MAX_VALUE);
                heard += session.poll(HelloHost::print, 10);
            }
        }
    }

    private static void print(Event event) {
        byte[] message = new byte[event.messageLength()];
        event.payload(message, 0, message.length);
        System.out.println(HexFormat.ofDelimiter(" ").formatHex(message));
    }
}
