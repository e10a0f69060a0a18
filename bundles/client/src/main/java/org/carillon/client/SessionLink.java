package org.carillon.client;

import java.lang.foreign.MemorySegment;
import org.carillon.platform.Platform;
import org.carillon.platform.WaitPoint;
import org.carillon.protocol.Doorbell;
import org.carillon.protocol.EventConsumer;
import org.carillon.protocol.EventProducer;
import org.carillon.protocol.SessionMemory;

/** One life of a session: a connection, and the ends of two rings. After a loss the session gets another. */
final class SessionLink {
    final Link link;
    final SessionMemory memory;
    final EventProducer out;
    final EventConsumer in;
    /** Sleeps on the word that the server clears. */
    final WaitPoint waitPoint;
    /** Over the same word. */
    final Doorbell bell;

    SessionLink(Link link, SessionMemory memory) {
        this.link = link;
        this.memory = memory;
        Platform platform = Platform.current();
        MemorySegment kernelWord = memory.kernelWord();
        MemorySegment clientWord = memory.clientWord();
        out = memory.clientProducer(new Doorbell(kernelWord, () -> platform.wake(kernelWord)));
        in = memory.clientConsumer();
        waitPoint = platform.newWaitPoint(clientWord);
        bell = new Doorbell(clientWord, waitPoint::wake);
    }
}
