package org.carillon.filter;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.BitSet;
import java.util.Random;
import org.carillon.api.filter.CompiledFilter;
import org.carillon.api.filter.FilterTables;
import org.carillon.protocol.Event;
import org.carillon.protocol.EventType;
import org.junit.jupiter.api.Test;

/** A MidiShare filter is three sets of bits; the tables accept by them as its applications expect. */
class MidiShareViewTest {
    private static final int CODES = 256;

    private final Random random = new Random(3);

    @Test
    void shouldAcceptByPortTypeAndChannel() {
        for (int round = 0; round < 50; round++) {
            BitSet ports = randomBits();
            BitSet types = randomBits();
            int channels = random.nextInt(0x10000);
            CompiledFilter filter = filter(ports, types, channels);
            for (int code = 0; code < CODES; code++) {
                for (int i = 0; i < 100; i++) {
                    int port = random.nextInt(CODES);
                    int channel = random.nextInt(16);
                    long data = Event.data(0x80 | channel, random.nextInt(128), random.nextInt(128));
                    boolean accepted = ports.get(port) && types.get(code)
                            && (code > 7 || (channels & 1 << channel) != 0);

                    long out = filter.apply(EventType.BASE + code, Event.word(1, port, 3, 0), data);

                    assertEquals(accepted ? data : CompiledFilter.REJECTED, out);
                }
            }
        }
    }

    private static CompiledFilter filter(BitSet ports, BitSet types, int channels) {
        FilterTables tables = new FilterTables();
        tables.rejectPorts();
        ports.stream().forEach(port -> tables.acceptPort(port, true));
        tables.rejectTypes();
        types.stream().forEach(code -> tables.acceptType(EventType.BASE + code, true));
        tables.channels(channels);
        return tables.compile("");
    }

    private BitSet randomBits() {
        BitSet bits = new BitSet();
        for (int i = 0; i < CODES; i++) {
            bits.set(i, random.nextBoolean());
        }
        return bits;
    }
}
