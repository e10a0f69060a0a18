package org.carillon.sampler.example;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.carillon.sampler.instrument.Sample;
import org.junit.jupiter.api.Test;

class BareLoopTest {
    @Test
    void shouldPlayUntilTheNoteEnds() throws IOException {
        float[] values = new float[96_000];
        Arrays.fill(values, 1);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        BareLoop.play(new Sample("one", 48_000, values), out);
        ByteBuffer bytes = ByteBuffer.wrap(out.toByteArray()).order(ByteOrder.LITTLE_ENDIAN);

        assertEquals(48_000 * 2 * Float.BYTES, bytes.capacity());
        double expected = Math.pow(100 / 127.0, 4) * Math.sqrt(0.5); // velocity, volume, pan
        assertEquals(expected, bytes.getFloat(20_000 * 2 * Float.BYTES), 1e-3);
        assertEquals(0, bytes.getFloat(40_000 * 2 * Float.BYTES));
    }
}
