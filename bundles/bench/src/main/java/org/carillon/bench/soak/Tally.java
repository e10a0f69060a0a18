package org.carillon.bench.soak;

import java.io.ByteArrayOutputStream;
import java.util.HashMap;
import java.util.Map;
import org.carillon.protocol.Event;
import org.carillon.protocol.EventType;

/** Everything that a guest in Java has received. */
final class Tally {
    private static final int CONTROLLER_NUMBERS = 1 << 12;
    private static final int PAIR_NUMBERS = 1 << 14;
    private static final int ANY_TURN = -1;

    /** What came of one source for one destination. */
    private static final class Flow {
        private long count;
        private long last = -1;
        private final ByteArrayOutputStream message = new ByteArrayOutputStream();
    }

    private final Map<String, Flow> flows = new HashMap<>();
    private final Map<Integer, Long> sounding = new HashMap<>();
    private final byte[] piece = new byte[Event.MAX_PAYLOAD_LENGTH];
    private long outOfOrder;
    private long doubled;
    private long torn;
    private long early;
    private long released;
    private long cut;

    void take(Event event, long nowNs) {
        if (event.timeNs() > nowNs) {
            early++;
        }
        int index = event.destinationIndex();
        if (event.type() == EventType.KEY_OFF) {
            sounding.merge(key(event, index), -1L, Long::sum);
        } else if (event.sourceId() == 0) {
            released++;
        } else {
            take(flows.computeIfAbsent(event.sourceId() + "_" + index, name -> new Flow()), event, index);
        }
    }

    private static int key(Event event, int index) {
        return (index << 4 | event.channel()) << 7 | event.data(1);
    }

    private void take(Flow flow, Event event, int index) {
        int low = event.data(1) | event.data(2) << 7;
        switch (event.type()) {
            case EventType.UMP64 -> count(flow, Numbers.number(event.data(), event.sourceId()));
            case EventType.CONTROL_CHANGE ->
                part(flow, event.data(1) | event.data(2) << Numbers.CONTROLLER_BITS, CONTROLLER_NUMBERS, 1);
            case EventType.KEY_PRESS -> part(flow, low, PAIR_NUMBERS, 2);
            case EventType.PITCH_WHEEL -> part(flow, low, PAIR_NUMBERS, 3);
            case EventType.KEY_ON -> {
                sounding.merge(key(event, index), 1L, Long::sum);
                part(flow, event.data(1) - Numbers.LOW_PITCH + (event.data(2) - 1) * (long) Numbers.PITCHES,
                        Numbers.PITCHES * Numbers.VELOCITIES, ANY_TURN);
            }
            case EventType.SYSEX -> piece(flow, event);
            default -> torn++;
        }
    }

    private void count(Flow flow, long number) {
        if (number < 0) {
            torn++; // and not received: so it is missing, too
            return;
        }
        if (number == flow.last) {
            doubled++;
        } else if (number < flow.last) {
            outOfOrder++;
        }
        flow.last = Math.max(flow.last, number);
        flow.count++;
    }

    /** The next number that has these lower bits. */
    private void part(Flow flow, long low, int modulus, int turn) {
        long next = flow.last + 1;
        long number = next + Math.floorMod(low - next, modulus);
        if (turn != ANY_TURN && number % Numbers.IN_FOUR != turn) {
            torn++;
        }
        count(flow, number);
    }

    private void piece(Flow flow, Event event) {
        if ((event.flags() & Event.BEGIN) != 0) {
            flow.message.reset();
        }
        event.payload(piece, 0, event.payloadLength());
        flow.message.write(piece, 0, event.payloadLength());
        if ((event.flags() & Event.INCOMPLETE) != 0) {
            cut++;
            flow.message.reset();
        } else if ((event.flags() & Event.END) != 0) {
            count(flow, Numbers.number(flow.message.toByteArray(), event.sourceId()));
            flow.message.reset();
        }
    }

    /** How many notes have no end, or ends no note. */
    long stuck() {
        return sounding.values().stream().mapToLong(Math::abs).sum();
    }

    void tell(Map<String, Double> answer) {
        flows.forEach((name, flow) -> answer.put("n_" + name, (double) flow.count));
        answer.put("outOfOrder", (double) outOfOrder);
        answer.put("doubled", (double) doubled);
        answer.put("torn", (double) torn);
        answer.put("early", (double) early);
        answer.put("released", (double) released);
        answer.put("cut", (double) cut);
        answer.put("stuckNotes", (double) stuck());
    }
}
