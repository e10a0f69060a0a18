package org.carillon.fuzz;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Sound fonts whose tables are nearly right: regions that lie in their samples, or one clear message. */
public final class SoundFontTarget {
    private static final InstrumentFile FILE = new InstrumentFile();
    private static final int FRAMES = 64;
    private static final int MAX_RECORDS = 3;
    private static final int MAX_GENERATORS = 8;
    private static final int MAX_LIES = 3;
    private static final int NUMBERS = 256;
    private static final int NAME_LENGTH = 20;
    private static final int INSTRUMENT = 41;
    private static final int SAMPLE = 53;
    private static final int SAMPLE_MODES = 54;

    private final FuzzedDataProvider data;
    /** Which numbers of the file are wrong, counted as they are written. */
    private final int[] lies;
    private int numbers;

    private SoundFontTarget(FuzzedDataProvider data) {
        this.data = data;
        lies = new int[data.consumeInt(0, MAX_LIES)];
        for (int i = 0; i < lies.length; i++) {
            lies[i] = data.consumeInt(0, NUMBERS);
        }
    }

    /** Called by Jazzer with the bytes of its choice. */
    public static void fuzzerTestOneInput(FuzzedDataProvider data) {
        byte[] bytes = InstrumentFile.seldom(data)
                ? data.consumeRemainingAsBytes()
                : new SoundFontTarget(data).file();
        FILE.write("a.sf2", bytes);
        FILE.load("a.sf2", bytes.length);
    }

    private byte[] file() {
        ByteArrayOutputStream file = form("sfbk");
        file.writeBytes(chunk("LIST", tables()));
        ByteArrayOutputStream wave = form("sdta");
        wave.writeBytes(chunk("smpl", zeros(FRAMES * 2)));
        if (data.consumeBoolean()) {
            wave.writeBytes(chunk("sm24", zeros(data.consumeInt(0, FRAMES))));
        }
        file.writeBytes(chunk("LIST", wave));
        return chunk("RIFF", file);
    }

    private ByteArrayOutputStream tables() {
        ByteArrayOutputStream tables = form("pdta");
        int presets = data.consumeInt(1, MAX_RECORDS);
        int instruments = data.consumeInt(1, MAX_RECORDS);
        int samples = data.consumeInt(1, MAX_RECORDS);
        ByteArrayOutputStream presetTable = new ByteArrayOutputStream();
        ByteArrayOutputStream zones = new ByteArrayOutputStream();
        ByteArrayOutputStream generators = new ByteArrayOutputStream();
        for (int i = 0; i <= presets; i++) {
            presetTable.writeBytes(new byte[NAME_LENGTH]);
            number(presetTable, 2, i);
            number(presetTable, 2, 0);
            number(presetTable, 2, zones.size() / 4);
            presetTable.writeBytes(new byte[12]);
            zones(zones, generators, i == presets, INSTRUMENT, instruments);
        }
        tables.writeBytes(chunk("phdr", presetTable));
        tables.writeBytes(chunk("pbag", zones));
        tables.writeBytes(chunk("pmod", zeros(10)));
        tables.writeBytes(chunk("pgen", generators));
        ByteArrayOutputStream instrumentTable = new ByteArrayOutputStream();
        zones.reset();
        generators.reset();
        for (int i = 0; i <= instruments; i++) {
            instrumentTable.writeBytes(new byte[NAME_LENGTH]);
            number(instrumentTable, 2, zones.size() / 4);
            zones(zones, generators, i == instruments, SAMPLE, samples);
        }
        tables.writeBytes(chunk("inst", instrumentTable));
        tables.writeBytes(chunk("ibag", zones));
        tables.writeBytes(chunk("imod", zeros(10)));
        tables.writeBytes(chunk("igen", generators));
        tables.writeBytes(chunk("shdr", samples(samples)));
        return tables;
    }

    /** Zones that name their target, most of them; or the record that ends the table. */
    private void zones(ByteArrayOutputStream zones, ByteArrayOutputStream generators, boolean isEnd, int target,
            int targets) {
        int count = isEnd ? 1 : data.consumeInt(1, MAX_RECORDS);
        for (int i = 0; i < count; i++) {
            number(zones, 2, generators.size() / 4);
            number(zones, 2, 0);
            if (isEnd) {
                generators.writeBytes(new byte[4]);
                return;
            }
            int more = data.consumeInt(0, MAX_GENERATORS);
            for (int j = 0; j < more; j++) {
                generator(generators);
            }
            if (!InstrumentFile.seldom(data)) {
                number(generators, 2, target);
                number(generators, 2, data.consumeInt(0, targets - 1));
            }
        }
    }

    private void generator(ByteArrayOutputStream generators) {
        int generator = data.consumeInt(0, 63);
        number(generators, 2, generator == 63 ? SAMPLE_MODES : generator);
        switch (data.consumeInt(0, 3)) {
            case 0 -> number(generators, 2, data.consumeInt(0, 3));
            case 1 -> number(generators, 2, data.consumeShort());
            default -> number(generators, 2, data.consumeInt(-FRAMES, FRAMES));
        }
    }

    private ByteArrayOutputStream samples(int samples) {
        ByteArrayOutputStream table = new ByteArrayOutputStream();
        for (int i = 0; i <= samples; i++) {
            table.writeBytes(new byte[NAME_LENGTH]);
            int start = data.consumeInt(0, FRAMES / 2);
            number(table, 4, start);
            number(table, 4, data.consumeInt(start + 1, FRAMES + 1));
            number(table, 4, data.consumeInt(0, FRAMES));
            number(table, 4, data.consumeInt(0, FRAMES));
            number(table, 4, 8_000);
            number(table, 2, data.consumeInt(0, 0xFF));
            number(table, 2, 0);
            number(table, 2, 1);
        }
        return table;
    }

    /** A number, or a lie. */
    private void number(ByteArrayOutputStream table, int lengthBytes, long value) {
        long written = value;
        for (int lie : lies) {
            written = lie == numbers ? data.consumeInt() : written;
        }
        numbers++;
        InstrumentFile.put(table, lengthBytes, written);
    }

    private byte[] chunk(String id, ByteArrayOutputStream content) {
        return InstrumentFile.chunk(data, id, content.toByteArray());
    }

    private static ByteArrayOutputStream zeros(int length) {
        ByteArrayOutputStream table = new ByteArrayOutputStream();
        table.writeBytes(new byte[length]);
        return table;
    }

    private static ByteArrayOutputStream form(String form) {
        ByteArrayOutputStream list = new ByteArrayOutputStream();
        list.writeBytes(form.getBytes(StandardCharsets.ISO_8859_1));
        return list;
    }
}
