package org.carillon.driver.javasound;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.foreign.Arena;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.sound.midi.InvalidMidiDataException;
import javax.sound.midi.MidiMessage;
import javax.sound.midi.Receiver;
import javax.sound.midi.ShortMessage;
import org.carillon.api.ring.LocalRing;
import org.carillon.driver.javasound.Count.Counters;
import org.carillon.protocol.Doorbell;
import org.carillon.protocol.Event;
import org.carillon.protocol.EventType;
import org.carillon.protocol.ServerClock;
import org.junit.jupiter.api.Test;

class JavaSoundSourceTest {
    private static final int WARM_UP = 20_000;
    private static final int EVENTS = 100_000;

    private final Counters counters = new Counters();
    private final LocalRing ring = new LocalRing(1 << 16, new Doorbell(Arena.ofAuto().allocate(4, 8), () -> {}));
    private long taken;

    private void send(JavaSoundSource source, ShortMessage message, int count) {
        for (int i = 0; i < count; i++) {
            source.send(message, -1);
            taken += ring.poll((type, buffer, index, length) -> {}, 10);
        }
    }

    @Test
    void shouldAllocateNothingForAShortMessage() throws InvalidMidiDataException {
        ServerClock clock = new ServerClock(Arena.ofAuto().allocate(ServerClock.LENGTH, 8));
        clock.set(0, System.nanoTime(), 1.0);
        JavaSoundSource source = new JavaSoundSource(ring, counters, clock);
        source.begin(1);
        ShortMessage message = new ShortMessage(0x90, 60, 64);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        send(source, message, WARM_UP);
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 5; i++) {
            long before = threads.getCurrentThreadAllocatedBytes();
            send(source, message, EVENTS);
            least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
        }

        assertTrue(least < 1_000, "allocatedBytes=" + least);
        assertEquals(WARM_UP + 5L * EVENTS, taken);
        assertEquals(taken, counters.get(Count.MESSAGES_IN));
    }

    @Test
    void shouldGiveNoMessageToAReceiverThatItCouldChangeLater() {
        JavaSoundDestination destination = new JavaSoundDestination(ring, counters);
        List<MidiMessage> kept = new ArrayList<>();
        destination.begin(new Receiver() {
            @Override
            public void send(MidiMessage message, long timeStamp) {
                kept.add(message);
            }

            @Override
            public void close() {
                // nothing to do
            }
        });
        ring.offer(EventType.KEY_ON, 0, Event.word(1, 0, 3, 0), Event.data(0x90, 1, 2));
        ring.offer(EventType.KEY_ON, 0, Event.word(1, 0, 3, 0), Event.data(0x91, 3, 4));
        ring.offer(EventType.KEY_ON, 0, Event.word(1, 0, 3, 0), Event.data(0xB0, 3, 4));
        assertEquals(3, destination.send());

        assertEquals(2, kept.size());
        assertEquals(0x90, kept.get(0).getStatus());
        assertEquals(0x91, kept.get(1).getStatus());
        assertEquals(1, counters.get(Count.MALFORMED_OUT));
    }

    @Test
    void shouldRefuseWhatCannotBe() {
        assertEquals("synthesizers must be connected, always or never: synthesizers=loud",
                refusal(Map.of("synthesizers", "loud")));
        assertEquals("include must name devices, or be * for all: include=[]",
                refusal(Map.of("include", new String[0])));
        JavaSoundSettings settings = JavaSoundSettings.of(Rig.config(Map.of("include", new String[]{"a.?", "b*"})));
        assertTrue(settings.covers("a.x") && settings.covers("b") && !settings.covers("axx"));
    }

    private static String refusal(Map<String, Object> values) {
        return assertThrows(IllegalArgumentException.class, () -> JavaSoundSettings.of(Rig.config(values)))
                .getMessage();
    }
}
