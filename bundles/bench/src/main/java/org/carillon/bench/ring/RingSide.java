package org.carillon.bench.ring;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.locks.LockSupport;
import org.carillon.platform.Platform;
import org.carillon.platform.WaitPoint;
import org.carillon.protocol.Doorbell;
import org.carillon.protocol.Event;
import org.carillon.protocol.EventConsumer;
import org.carillon.protocol.EventProducer;
import org.carillon.protocol.EventType;
import org.carillon.protocol.RecordHandler;
import org.carillon.protocol.SessionMemory;

/** A process that is one side of a ring, in Java. A question is a line, its answer a flat JSON object on one line. */
final class RingSide {
    private static final int POLL_LIMIT = 256;
    private static final int SPINS_PER_LOOK = 1_000_000;
    private static final long LIMIT_NS = 60_000_000_000L;
    private static final long PERIOD_NS = 1_000_000;
    private static final int BATCH = 16;
    private static final int WARM_UP_PART = 3;
    private static final long WORD = Event.word(7, 0, 3, 0);

    private final WaitPoint waitPoint = Platform.current().newWaitPoint();
    private BusyThread busy;
    private long next;
    private long misplaced;

    private RingSide() {}

    /** Answers until its input ends. */
    public static void main(String[] args) throws IOException {
        RingSide side = new RingSide();
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            System.out.println(side.answer(line.split(" ")));
        }
        System.exit(0); // a busy thread does not mind
    }

    private String answer(String[] words) throws IOException {
        switch (words[0]) {
            case "publish" -> {
                return busy.publish(Long.parseLong(words[1]));
            }
            case "idle" -> {
                return busy.idle();
            }
            case "full" -> {
                return new FullRing().measure(Integer.parseInt(words[1]));
            }
            case "busy" -> {
                busy = new BusyThread(SharedMemory.open(Path.of(words[1]), Arena.global()));
                return "{\"thread\":" + busy.id() + "}";
            }
            default -> {
                try (Arena arena = Arena.ofShared()) { // as a server has it: a session's memory goes with the session
                    return answer(words[0], SharedMemory.open(Path.of(words[1]), arena), Long.parseLong(words[2]));
                }
            }
        }
    }

    private String answer(String what, SessionMemory memory, long count) {
        return switch (what) {
            case "pong" -> pong(memory, count);
            case "pour" -> pour(memory, count);
            case "drain" -> drain(memory, count);
            case "call" -> call(memory, count);
            case "listen" -> listen(memory, count);
            default -> throw new IllegalArgumentException("no such question: question=" + what);
        };
    }

    /** Sends back whatever comes. */
    private static String pong(SessionMemory memory, long count) {
        EventConsumer in = memory.serverConsumer();
        EventProducer out = memory.serverProducer(new Doorbell(memory.clientWord(), () -> {}));
        RecordHandler back = (type, segment, offset, length) -> {
            out.offer(type, segment.get(ValueLayout.JAVA_LONG, offset + Event.TIME_NS_OFFSET),
                    segment.get(ValueLayout.JAVA_LONG, offset + Event.SOURCE_ID_OFFSET),
                    segment.get(ValueLayout.JAVA_LONG, offset + Event.DATA_OFFSET));
            return true;
        };
        long done = 0;
        Patience patience = new Patience();
        while (done < count) {
            int polled = in.poll(back, BATCH);
            done += polled;
            if (polled == 0) {
                patience.spin();
            }
        }
        return "{\"events\":" + done + "}";
    }

    private static String pour(SessionMemory memory, long count) {
        EventProducer out = memory.clientProducer(new Doorbell(memory.kernelWord(), () -> {}));
        Patience patience = new Patience();
        for (long i = 0; i < count;) {
            if (out.offer(EventType.KEY_ON, i, WORD, i)) {
                i++;
            } else {
                patience.spin();
            }
        }
        return "{\"events\":" + count + "}";
    }

    /** Only the second half counts. */
    private String drain(SessionMemory memory, long count) {
        EventConsumer in = memory.serverConsumer();
        next = 0;
        misplaced = 0;
        RecordHandler check = (type, segment, offset, length) -> {
            misplaced |= segment.get(ValueLayout.JAVA_LONG, offset + Event.DATA_OFFSET) ^ next++;
            return true;
        };
        Patience patience = new Patience();
        long halfNs = 0;
        long from = 0;
        while (next < count) {
            if (in.poll(check, POLL_LIMIT) == 0) {
                patience.spin();
            } else if (halfNs == 0 && next >= count / 2) {
                halfNs = System.nanoTime();
                from = next;
            }
        }
        double seconds = (System.nanoTime() - halfNs) / 1e9;
        if (misplaced != 0) {
            throw new IllegalStateException("records lost or out of order");
        }
        return "{\"perSecond\":" + (count - from) / seconds + "}";
    }

    /** Sends an event each millisecond to a client that sleeps. */
    private static String call(SessionMemory memory, long count) {
        MemorySegment word = memory.clientWord();
        long[] wakes = {0};
        EventProducer out = memory.serverProducer(new Doorbell(word, () -> {
            wakes[0]++;
            Platform.current().wake(word);
        }));
        Platform.current().timerSlack(1);
        long dateNs = System.nanoTime();
        for (long i = 0; i < count; i++) {
            dateNs += PERIOD_NS;
            for (long restNs = dateNs - System.nanoTime(); restNs > 0; restNs = dateNs - System.nanoTime()) {
                LockSupport.parkNanos(restNs);
            }
            if (!out.offer(EventType.KEY_ON, System.nanoTime(), WORD, i)) {
                throw new IllegalStateException("ring is full");
            }
            out.flush();
        }
        return "{\"events\":" + count + ",\"wakes\":" + wakes[0] + "}";
    }

    /** Sleeps as the kernel does, on its own word and the session's in one call, and notes how late it is awake. */
    private String listen(SessionMemory memory, long count) {
        EventConsumer in = memory.serverConsumer();
        MemorySegment word = memory.kernelWord();
        Doorbell own = new Doorbell(waitPoint.word(), waitPoint::wake);
        Doorbell session = new Doorbell(word, () -> {});
        long[] lateNs = new long[(int) count];
        long[] now = {0};
        int[] seen = {0};
        RecordHandler note = (type, segment, offset, length) -> {
            lateNs[seen[0]++] = now[0] - segment.get(ValueLayout.JAVA_LONG, offset + Event.TIME_NS_OFFSET);
            return true;
        };
        waitPoint.warmUp();
        waitPoint.watch(new MemorySegment[]{word});
        long limitNs = System.nanoTime() + LIMIT_NS;
        while (seen[0] < count) {
            own.arm();
            session.arm();
            if (in.isEmpty()) {
                waitPoint.await(limitNs);
            }
            now[0] = System.nanoTime();
            own.disarm();
            session.disarm();
            in.poll(note, POLL_LIMIT);
            if (now[0] - limitNs > 0) {
                throw new IllegalStateException("nothing comes");
            }
        }
        waitPoint.watch(new MemorySegment[0]);
        long[] measured = Arrays.copyOfRange(lateNs, (int) count / WARM_UP_PART, (int) count);
        Arrays.sort(measured);
        return "{\"p50\":" + measured[measured.length / 2] + ",\"p99\":" + measured[measured.length * 99 / 100] + "}";
    }

    /** Spins, but not for ever. */
    static final class Patience {
        private final long limitNs = System.nanoTime() + LIMIT_NS;
        private int spins;

        void spin() {
            Thread.onSpinWait();
            if (++spins % SPINS_PER_LOOK == 0 && System.nanoTime() - limitNs > 0) {
                throw new IllegalStateException("the other side does nothing");
            }
        }
    }
}
