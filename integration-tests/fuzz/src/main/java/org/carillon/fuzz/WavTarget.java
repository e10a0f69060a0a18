package org.carillon.fuzz;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** WAV files: sound that lies in memory of the file's size, or one clear message. */
public final class WavTarget {
    private static final InstrumentFile FILE = new InstrumentFile();
    private static final String[] CHUNKS = {"fmt ", "data", "smpl", "inst", "ds64", "LIST", "fact"};
    private static final int[] TAGS = {1, 3, 0xFFFE, 2, 0};
    private static final int MAX_CHUNKS = 8;
    private static final int MAX_DATA = 200;

    private WavTarget() {}

    /** Called by Jazzer with the bytes of its choice. */
    public static void fuzzerTestOneInput(FuzzedDataProvider data) {
        byte[] bytes = InstrumentFile.seldom(data) ? data.consumeRemainingAsBytes() : file(data);
        FILE.write("a.wav", bytes);
        FILE.load("a.wav", bytes.length);
    }

    private static byte[] file(FuzzedDataProvider data) {
        ByteArrayOutputStream chunks = new ByteArrayOutputStream();
        chunks.writeBytes("WAVE".getBytes(StandardCharsets.ISO_8859_1));
        for (int i = 0; i < MAX_CHUNKS && data.remainingBytes() > 0; i++) {
            String id = data.pickValue(CHUNKS);
            byte[] content = switch (id) {
                case "fmt " -> format(data);
                case "smpl" -> sampler(data);
                default -> data.consumeBytes(data.consumeInt(0, MAX_DATA));
            };
            chunks.writeBytes(InstrumentFile.chunk(data, id, content));
        }
        return InstrumentFile.chunk(data, data.consumeBoolean() ? "RIFF" : "RF64", chunks.toByteArray());
    }

    private static byte[] format(FuzzedDataProvider data) {
        ByteArrayOutputStream format = new ByteArrayOutputStream();
        int channels = data.consumeInt(0, 4);
        int bytes = data.consumeInt(0, 9);
        InstrumentFile.put(format, 2, data.pickValue(TAGS));
        InstrumentFile.put(format, 2, channels);
        InstrumentFile.put(format, 4, InstrumentFile.seldom(data) ? data.consumeInt() : 48_000);
        InstrumentFile.put(format, 4, 0);
        InstrumentFile.put(format, 2, InstrumentFile.seldom(data) ? data.consumeInt() : channels * bytes);
        InstrumentFile.put(format, 2, bytes * 8);
        format.writeBytes(data.consumeBytes(data.consumeInt(0, 26)));
        return format.toByteArray();
    }

    private static byte[] sampler(FuzzedDataProvider data) {
        ByteArrayOutputStream sampler = new ByteArrayOutputStream();
        int words = data.consumeInt(0, 24);
        for (int i = 0; i < words; i++) {
            InstrumentFile.put(sampler, 4, InstrumentFile.seldom(data) ? data.consumeInt() : data.consumeInt(0, 128));
        }
        return sampler.toByteArray();
    }
}
