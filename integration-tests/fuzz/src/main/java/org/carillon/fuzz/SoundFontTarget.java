package org.carillon.fuzz;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Sound fonts whose tables are nearly right: regions that lie in their samples, or one clear message. */
public final class SoundFontTarget {
    private static final InstrumentFile FILE = new InstrumentFile();
    private static final int FRAMES = 64;
    private static final int MAX_RECORDS = 6;
    private static final int NAME_LENGTH = 20;
    private static final int INSTRUMENT = 41;
    private static final int SAMPLE = 53;

    private final FuzzedDataProvider data;

    private SoundFontTarget(FuzzedDataProvider data) {
        this.data = data;
    }

    /** Called by Jazzer with the bytes of its choice. */
    public static void fuzzerTestOneInput(FuzzedDataProvider data) {
        byte[] bytes = data.consumeProbabilityDouble() < 0.95
                ? new SoundFontTarget(data).file()
                : data.consumeRemainingAsBytes();
        FILE.write("a.sf2", bytes);
        FILE.load("a.sf2", bytes.length);
    }

    private byte[] file() {
        ByteArrayOutputStream file = form("sfbk");
        ByteArrayOutputStream wave = form("sdta");
        wave.writeBytes(InstrumentFile.chunk(data, "smpl", new byte[FRAMES * 2]));
        if (data.consumeBoolean()) {
            wave.writeBytes(InstrumentFile.chunk(data, "sm24", new byte[data.consumeInt(0, FRAMES)]));
        }
        file.writeBytes(InstrumentFile.chunk(data, "LIST", wave.toByteArray()));
        file.writeBytes(InstrumentFile.chunk(data, "LIST", tables()));
        return InstrumentFile.chunk(data, "RIFF", file.toByteArray());
    }

    private byte[] tables() {
        ByteArrayOutputStream tables = form("pdta");
        int presets = data.consumeInt(1, MAX_RECORDS);
        int instruments = data.consumeInt(1, MAX_RECORDS);
        int zones = data.consumeInt(1, MAX_RECORDS);
        int generators = data.consumeInt(1, MAX_RECORDS * 4);
        int samples = data.consumeInt(1, MAX_RECORDS);
        ByteArrayOutputStream presetTable = new ByteArrayOutputStream();
        for (int i = 0; i <= presets; i++) {
            presetTable.writeBytes(new byte[NAME_LENGTH]);
            number(presetTable, 2, i);
            number(presetTable, 2, 0);
            number(presetTable, 2, spread(i, presets, zones));
            presetTable.writeBytes(new byte[12]);
        }
        ByteArrayOutputStream instrumentTable = new ByteArrayOutputStream();
        for (int i = 0; i <= instruments; i++) {
            instrumentTable.writeBytes(new byte[NAME_LENGTH]);
            number(instrumentTable, 2, spread(i, instruments, zones));
        }
        table(tables, "phdr", presetTable);
        table(tables, "pbag", zones(zones, generators));
        table(tables, "pmod", zeros(10));
        table(tables, "pgen", generators(generators, INSTRUMENT));
        table(tables, "inst", instrumentTable);
        table(tables, "ibag", zones(zones, generators));
        table(tables, "imod", zeros(10));
        table(tables, "igen", generators(generators, SAMPLE));
        table(tables, "shdr", samples(samples));
        return tables.toByteArray();
    }

    private ByteArrayOutputStream zones(int zones, int generators) {
        ByteArrayOutputStream table = new ByteArrayOutputStream();
        for (int i = 0; i <= zones; i++) {
            number(table, 2, spread(i, zones, generators));
            number(table, 2, 0);
        }
        return table;
    }

    private ByteArrayOutputStream generators(int generators, int target) {
        ByteArrayOutputStream table = new ByteArrayOutputStream();
        for (int i = 0; i <= generators; i++) {
            int generator = data.consumeProbabilityDouble() < 0.4 ? target : data.consumeInt(0, 62);
            number(table, 2, generator);
            number(table, 2, generator == target ? data.consumeInt(0, 2) : data.consumeShort());
        }
        return table;
    }

    private ByteArrayOutputStream samples(int samples) {
        ByteArrayOutputStream table = new ByteArrayOutputStream();
        for (int i = 0; i <= samples; i++) {
            table.writeBytes(new byte[NAME_LENGTH]);
            int start = data.consumeInt(0, FRAMES / 2);
            number(table, 4, start);
            number(table, 4, data.consumeInt(start, FRAMES + 1));
            number(table, 4, data.consumeInt(0, FRAMES));
            number(table, 4, data.consumeInt(0, FRAMES));
            number(table, 4, 8_000);
            number(table, 2, data.consumeInt(0, 0xFFFF));
            number(table, 2, 0);
            number(table, 2, data.consumeInt(0, 4));
        }
        return table;
    }

    /** A number, or now and then another one. */
    private void number(ByteArrayOutputStream table, int lengthBytes, long value) {
        InstrumentFile.put(table, lengthBytes, data.consumeProbabilityDouble() < 0.99 ? value : data.consumeInt());
    }

    private void table(ByteArrayOutputStream tables, String id, ByteArrayOutputStream content) {
        tables.writeBytes(InstrumentFile.chunk(data, id, content.toByteArray()));
    }

    private static int spread(int index, int count, int over) {
        return index * over / count;
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
