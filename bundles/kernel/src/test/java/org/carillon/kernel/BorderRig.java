package org.carillon.kernel;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import org.carillon.api.ring.BorderRings;
import org.carillon.api.ring.PendingQuota;
import org.carillon.protocol.Doorbell;
import org.carillon.protocol.Event;
import org.carillon.protocol.EventConsumer;
import org.carillon.protocol.EventProducer;
import org.carillon.protocol.EventType;
import org.carillon.protocol.SessionMemory;
import org.carillon.protocol.SessionState;

/** A session of "another process" on a rig, with both ends of its rings in the hands of the test. */
final class BorderRig {
    static final int PENDING_LIMIT = 8;

    final MemorySegment toServer;
    final MemorySegment toClient;
    final Client client;
    final EventProducer producer;
    final EventConsumer consumer;
    final List<String> ends = new ArrayList<>();
    int wakes;
    SessionMemory memory;
    private final Rig rig;
    private final MemorySegment record = Arena.ofAuto().allocate(Event.MAX_LENGTH, Event.ALIGNMENT);

    BorderRig(Rig rig, String name) {
        this(rig, name, SessionMemory.MIN_CAPACITY);
    }

    BorderRig(Rig rig, String name, int capacityBytes) {
        this.rig = rig;
        toServer = Arena.ofAuto().allocate(SessionMemory.lengthBytes(capacityBytes), 128);
        toClient = Arena.ofAuto().allocate(SessionMemory.lengthBytes(capacityBytes), 128);
        client = rig.patchbay.attach(name, id -> {
            memory = SessionMemory.create(toServer, toClient, id);
            return new BorderRings(memory, () -> wakes++, new PendingQuota(PENDING_LIMIT),
                    (how, reason) -> ends.add(how + " " + reason));
        });
        SessionMemory clients = SessionMemory.open(toServer, toClient.asReadOnly());
        producer = clients.clientProducer(new Doorbell(clients.kernelWord(), () -> {}));
        consumer = clients.clientConsumer();
    }

    SessionState state() {
        return memory.state();
    }

    int source(String name) {
        return rig.patchbay.addSource(client, name);
    }

    int destination(String name, int index) {
        return rig.patchbay.addDestination(client, name, index, false);
    }

    boolean send(int sourceId, long timeNs, int status, int data1, int data2) {
        int type = EventType.ofStatus(status);
        return producer.offer(type, timeNs, Event.word(sourceId, 0, EventType.messageLength(type), 0),
                Event.data(status, data1, data2));
    }

    boolean record(int type, int lengthBytes, long word, long data) {
        new Event().wrap(record, 0).data(data);
        return producer.offer(record, 0, lengthBytes, type, 0, word);
    }

    /** Everything that has come, in words. */
    List<String> read() {
        List<String> events = new ArrayList<>();
        while (consumer.poll((type, segment, offset, length) -> events.add(words(segment, offset)), 1000) > 0) {
            Thread.onSpinWait();
        }
        return events;
    }

    private static String words(MemorySegment segment, long offset) {
        Event event = new Event().wrap(segment, offset);
        return switch (event.type()) {
            case EventType.TASK -> "task " + event.taskWord(0);
            case EventType.CHANGE -> org.carillon.protocol.Change.of(event.data()) + " "
                    + org.carillon.protocol.Change.id(event.data());
            case EventType.SYSEX -> "sysex " + event.payloadLength();
            default -> EventType.name(event.type()) + " " + event.channel() + " " + event.data(1) + " "
                    + event.data(2) + " @" + event.destinationIndex();
        };
    }
}
