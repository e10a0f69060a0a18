package org.carillon.sampler.example;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.carillon.sampler.Sampler;
import org.carillon.sampler.SamplerOptions;
import org.carillon.sampler.instrument.Sample;

/** One note of one sample, as raw 32-bit floats in stereo: what any audio callback would do. */
public final class BareLoop {
    private BareLoop() {}

    public static void play(Sample sample, OutputStream out) throws IOException {
        try (Sampler sampler = Sampler.create(SamplerOptions.at(48_000))) {
            sampler.addSample(sample, 60, 0, 127, 0, 127);
            float[] block = new float[64 * 2];
            ByteBuffer bytes = ByteBuffer.allocate(block.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
            sampler.noteOn(0, 67, 100);
            for (int i = 0; i < 750; i++) { // a second
                if (i == 500) {
                    sampler.noteOff(0, 67);
                }
                sampler.process(block, 64);
                bytes.asFloatBuffer().put(block);
                out.write(bytes.array());
            }
        }
    }
}
