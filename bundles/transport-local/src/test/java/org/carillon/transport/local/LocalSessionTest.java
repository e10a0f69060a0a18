package org.carillon.transport.local;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.carillon.api.port.CarillonException;
import org.carillon.api.port.CarillonException.Kind;
import org.carillon.api.session.Destination;
import org.carillon.api.session.Session;
import org.carillon.api.session.Source;
import org.carillon.kernel.RunningKernel;
import org.carillon.protocol.Event;
import org.carillon.protocol.EventType;
import org.carillon.scheduler.TimeScheduler;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LocalSessionTest {
    private static final long LIMIT_NS = 30_000_000_000L;
    private static final int SCHEDULER_CAPACITY = 4_096;
    private static final int RING_BYTES = 65_536;
    private static final long MS = 1_000_000;

    private final RunningKernel running = new RunningKernel(new TimeScheduler(SCHEDULER_CAPACITY));
    private final LocalTransport transport = new LocalTransport(running.kernel(), RING_BYTES);
    private final Session sender = transport.open("sender");
    private final Session receiver = transport.open("receiver");
    private final List<String> events = new ArrayList<>();

    @AfterEach
    void stop() throws InterruptedException {
        transport.close();
        running.stop();
    }

    private Source connected() {
        Source source = sender.source("out");
        receiver.destination("in");
        sender.wiring().connect("sender:out", "receiver:in");
        return source;
    }

    /** Polls and sleeps until a condition holds. */
    private void receiveUntil(Session session, BooleanSupplier condition) {
        long untilNs = System.nanoTime() + LIMIT_NS;
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() - untilNs < 0, () -> "it does not come: events=" + events);
            if (session.poll(this::note, 100) == 0) {
                session.await(System.nanoTime() + 100 * MS);
            }
        }
    }

    private void note(Event event) {
        events.add(switch (event.type()) {
            case EventType.NOTE -> event.destinationIndex() + " note " + event.data(1) + " for " + event.durationNs();
            case EventType.TASK -> "task " + event.taskWord(0) + " " + event.taskWord(1) + " " + event.taskWord(2) + " "
                    + event.taskWord(3);
            default -> event.destinationIndex() + " " + EventType.name(event.type()) + " " + event.data(1);
        });
    }

    @Test
    void shouldCarryTheLongestSysexByteForByte() throws Exception {
        byte[] message = new byte[Event.MAX_SYSEX_LENGTH];
        for (int i = 1; i < message.length - 1; i++) {
            message[i] = (byte) (i * 31 + (i >> 9) & 0x7F);
        }
        message[0] = (byte) 0xF0;
        message[message.length - 1] = (byte) 0xF7;
        Source source = connected();
        CompletableFuture<Boolean> sent = CompletableFuture
                .supplyAsync(() -> source.sendMessage(0, message, LIMIT_NS));

        SysexReader reader = new SysexReader(whole -> whole.length == message.length);
        reader.readUntil(receiver, () -> reader.messages() == 1);

        assertTrue(sent.get(LIMIT_NS, TimeUnit.NANOSECONDS));
        assertEquals(0, reader.incomplete());
        assertArrayEquals(message, reader.last());
        assertThrows(IllegalArgumentException.class,
                () -> source.sendMessage(0, sysex(Event.MAX_SYSEX_LENGTH + 1, 0), MS));
    }

    private static byte[] sysex(int lengthBytes, int fill) {
        byte[] message = new byte[lengthBytes];
        Arrays.fill(message, (byte) fill);
        message[0] = (byte) 0xF0;
        message[lengthBytes - 1] = (byte) 0xF7;
        return message;
    }

    @Test
    void shouldNeverInterleaveTwoSessions() throws Exception {
        Source one = connected();
        Session other = transport.open("other");
        Source two = other.source("out");
        other.wiring().connect("other:out", "receiver:in");
        CompletableFuture<Void> senders = CompletableFuture.allOf(
                CompletableFuture.runAsync(() -> sendMany(one, 0x11)),
                CompletableFuture.runAsync(() -> sendMany(two, 0x22)));

        SysexReader reader = new SysexReader(whole -> Arrays.equals(whole, sysex(3_500, whole[1])));
        reader.readUntil(receiver, senders::isDone);
        reader.readUntil(receiver, () -> receiver.poll(reader, 100) == 0);
        senders.get(LIMIT_NS, TimeUnit.NANOSECONDS);

        assertEquals(List.of(), reader.mixed());
        assertTrue(reader.isWhole());
        assertTrue(reader.from(one.id()) > 0 && reader.from(two.id()) > 0, "both were heard");
    }

    private static void sendMany(Source source, int fill) {
        for (int i = 0; i < 200; i++) {
            assertTrue(source.sendMessage(0, sysex(3_500, fill), LIMIT_NS));
        }
    }

    @Test
    void shouldBringTasksBackAndTakeThemBack() {
        long nowNs = sender.clock().nowNs();
        long kept = sender.schedule(nowNs + 30 * MS, 1, 2, 3, Long.MIN_VALUE);
        long cancelled = sender.schedule(nowNs + 3_600_000 * MS, 9, 0, 0, 0);

        assertTrue(sender.cancel(cancelled));
        assertFalse(sender.cancel(cancelled), "a handle is good once");
        receiveUntil(sender, () -> !events.isEmpty());

        assertEquals(List.of("task 1 2 3 " + Long.MIN_VALUE), events);
        assertTrue(sender.clock().nowNs() >= nowNs + 30 * MS);
        assertFalse(sender.cancel(kept), "the task has run");
        assertFalse(sender.cancel(Long.MAX_VALUE), "there never was one");
    }

    @Test
    void shouldBringATaskOfThePresent() {
        sender.schedule(0, 5, 0, 0, 0);

        receiveUntil(sender, () -> !events.isEmpty());

        assertEquals(List.of("task 5 0 0 0"), events);
    }

    @Test
    void shouldSayThatItIsClosed() {
        Source source = connected();
        sender.close();

        assertFalse(sender.isOpen());
        assertFalse(source.send(0, 0x90, 60, 100));
        assertFalse(source.sendNote(0, 0, 60, 100, MS));
        assertFalse(source.sendMessage(0, new byte[]{(byte) 0x90, 60, 100}, LIMIT_NS));
        assertFalse(source.sendMessage(0, sysex(3_000, 1), LIMIT_NS));
        List.<Runnable>of(() -> sender.source("more"), () -> sender.destination("more"),
                () -> sender.schedule(0, 1, 0, 0, 0), () -> sender.cancel(0))
                .forEach(call -> assertEquals(Kind.UNREACHABLE,
                        assertThrows(CarillonException.class, call::run).kind()));
        sender.close();
        assertTrue(receiver.isOpen());
    }

    @Test
    void shouldCloseWithItsTransport() {
        transport.close();

        assertFalse(sender.isOpen());
        assertFalse(receiver.isOpen());
        assertEquals(Kind.UNREACHABLE,
                assertThrows(CarillonException.class, () -> transport.open("late")).kind());
    }

    @Test
    void shouldRefuseANameThatIsTaken() {
        assertEquals(Kind.REFUSED, assertThrows(CarillonException.class, () -> transport.open("sender")).kind());
        sender.source("out");
        assertEquals(Kind.REFUSED, assertThrows(CarillonException.class, () -> sender.source("out")).kind());
    }

    @Test
    void shouldWakeTheReceivingThread() throws Exception {
        int rounds = 100;
        CompletableFuture<Void> slept = CompletableFuture.runAsync(() -> {
            for (int i = 0; i < rounds; i++) {
                receiver.await(Long.MAX_VALUE);
            }
        });
        long untilNs = System.nanoTime() + LIMIT_NS;
        while (!slept.isDone() && System.nanoTime() - untilNs < 0) {
            receiver.wake();
            Thread.onSpinWait();
        }
        slept.get(1, TimeUnit.SECONDS);
    }

    @Test
    void shouldBringNotesWholeOrInTwo() {
        Source source = sender.source("out");
        Destination whole = receiver.destination("whole", true);
        Destination plain = receiver.destination("plain");
        sender.wiring().connect("sender:out", "receiver:whole");
        sender.wiring().connect("sender:out", "receiver:plain");

        assertTrue(source.sendNote(0, 2, 60, 100, 5 * MS));
        source.flush();
        receiveUntil(receiver, () -> events.size() == 3);

        assertEquals(0, whole.index());
        assertEquals(1, plain.index());
        assertEquals(List.of("0 note 60 for " + 5 * MS, "1 keyon 60", "1 keyoff 60"), events);
    }

    @Test
    void shouldGiveUpWhenThereIsNoRoomInTime() {
        Source source = connected();
        byte[] message = sysex(1 << 20, 1);

        long beforeNs = System.nanoTime();
        assertFalse(source.sendMessage(0, message, 50 * MS), "nobody reads");
        assertTrue(System.nanoTime() - beforeNs >= 50 * MS);
    }

    @Test
    void shouldRefuseWhatIsNoCompleteMessage() {
        Source source = connected();
        for (byte[] message : List.of(new byte[0], new byte[]{60}, new byte[]{(byte) 0x90, 60},
                new byte[]{(byte) 0xF8, 0}, new byte[]{(byte) 0xF4}, new byte[]{(byte) 0xF7})) {
            assertThrows(IllegalArgumentException.class, () -> source.sendMessage(0, message, MS));
        }
        assertThrows(IllegalArgumentException.class, () -> source.send(0, 0xF0, 0, 0));
        assertThrows(IllegalArgumentException.class, () -> source.send(0, 60, 0, 0));
    }
}
