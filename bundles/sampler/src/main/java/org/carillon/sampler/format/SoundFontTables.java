package org.carillon.sampler.format;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/**
 * The tables of a sound font (SoundFont Technical Specification 2.04, section 7), checked as a whole: every index in
 * them points into the next table, and never backward. The last record of each but the samples' only ends the table.
 *
 * <pre>
 * phdr  0 char[20] name  20 uint16 preset  22 uint16 bank  24 uint16 firstZone  26 uint32[3] unused
 * pbag  0 uint16 firstGenerator  2 uint16 firstModulator          ibag the same
 * pgen  0 uint16 generator  2 int16 amount, or uint8 low, high    igen the same
 * pmod  0 uint8[10]                                               imod the same
 * inst  0 char[20] name  20 uint16 firstZone
 * shdr  0 char[20] name  20 uint32 start  24 uint32 end  28 uint32 loopStart  32 uint32 loopEnd  36 uint32 sampleRateHz
 *      40 uint8 rootKey  41 int8 correctionCents  42 uint16 link  44 uint16 type
 * </pre>
 */
final class SoundFontTables {
    static final int PRESET_LENGTH = 38;
    static final int INSTRUMENT_LENGTH = 22;
    static final int ZONE_LENGTH = 4;
    static final int GENERATOR_LENGTH = 4;
    static final int SAMPLE_LENGTH = 46;
    private static final int MODULATOR_LENGTH = 10;
    private static final int NAME_LENGTH = 20;
    private static final int PRESET_NUMBER_OFFSET = 20;
    private static final int PRESET_BANK_OFFSET = 22;
    private static final int PRESET_ZONE_OFFSET = 24;
    private static final int INSTRUMENT_ZONE_OFFSET = 20;
    /** Larger than any table that 16-bit indices reach, and than any count of samples or presets in use. */
    private static final int MAX_TABLE_BYTES = 16 << 20;

    /** One table. */
    record Table(String id, long start, int recordLength, ByteBuffer bytes) {
        int size() {
            return bytes.capacity() / recordLength;
        }

        int at(int index, int offset) {
            return bytes.getShort(index * recordLength + offset) & 0xFFFF;
        }

        long longAt(int index, int offset) {
            return bytes.getInt(index * recordLength + offset) & RiffFile.MAX_UINT32;
        }

        int byteAt(int index, int offset) {
            return bytes.get(index * recordLength + offset) & 0xFF;
        }

        /** Where a record stands in the file. */
        long placeOf(int index) {
            return start + (long) index * recordLength;
        }

        String name(int index) {
            int first = index * recordLength;
            int end = first;
            while (end < first + NAME_LENGTH && bytes.get(end) != 0) {
                end++;
            }
            return SfzOpcode.shown(new String(bytes.array(), first, end - first, StandardCharsets.ISO_8859_1)).strip();
        }
    }

    final RiffFile file;
    final Table presets;
    final Table presetZones;
    final Table presetGenerators;
    final Table instruments;
    final Table instrumentZones;
    final Table instrumentGenerators;
    final Table samples;
    /** Modulators of presets and instruments together. */
    final int modulators;

    private final Map<String, RiffFile.Chunk> chunks = new HashMap<>();

    SoundFontTables(RiffFile file, RiffFile.Chunk list) throws IOException {
        this.file = file;
        for (RiffFile.Chunk chunk : file.chunks(list.start() + RiffFile.ID_LENGTH, list.start() + list.length())) {
            chunks.putIfAbsent(chunk.id(), chunk);
        }
        presets = table("phdr", PRESET_LENGTH);
        presetZones = table("pbag", ZONE_LENGTH);
        presetGenerators = table("pgen", GENERATOR_LENGTH);
        instruments = table("inst", INSTRUMENT_LENGTH);
        instrumentZones = table("ibag", ZONE_LENGTH);
        instrumentGenerators = table("igen", GENERATOR_LENGTH);
        samples = table("shdr", SAMPLE_LENGTH);
        modulators = table("pmod", MODULATOR_LENGTH).size() + table("imod", MODULATOR_LENGTH).size() - 2;
        ordered(presets, PRESET_ZONE_OFFSET, presetZones);
        ordered(presetZones, 0, presetGenerators);
        ordered(instruments, INSTRUMENT_ZONE_OFFSET, instrumentZones);
        ordered(instrumentZones, 0, instrumentGenerators);
    }

    int presetNumber(int preset) {
        return presets.at(preset, PRESET_NUMBER_OFFSET);
    }

    int presetBank(int preset) {
        return presets.at(preset, PRESET_BANK_OFFSET);
    }

    /** The first zone of a preset; that of the one after is the end. */
    int presetZone(int preset) {
        return presets.at(preset, PRESET_ZONE_OFFSET);
    }

    /** The first zone of an instrument; that of the one after is the end. */
    int instrumentZone(int instrument) {
        return instruments.at(instrument, INSTRUMENT_ZONE_OFFSET);
    }

    private Table table(String id, int recordLength) throws IOException {
        RiffFile.Chunk chunk = chunks.get(id);
        if (chunk == null) {
            throw file.wrong(RiffFile.FORM_LENGTH, "expected table " + id + " in list pdta");
        }
        if (chunk.length() < chunk.declared() || chunk.length() > MAX_TABLE_BYTES || chunk.length() < recordLength
                || chunk.length() % recordLength != 0) {
            throw file.wrong(chunk.start(), "expected table " + id + " of whole records of " + recordLength
                    + " bytes, at least one: bytes=" + chunk.declared() + ", there=" + chunk.length());
        }
        return new Table(id, chunk.start(), recordLength, file.read(chunk.start(), (int) chunk.length()));
    }

    private void ordered(Table from, int offset, Table into) throws FormatException {
        int last = 0;
        for (int i = 0; i < from.size(); i++) {
            int next = from.at(i, offset);
            if (next < last || next >= into.size()) {
                throw file.wrong(from.placeOf(i) + offset, "expected an index into table " + into.id()
                        + " that is not before the last one: index=" + next + ", last=" + last + ", records="
                        + into.size());
            }
            last = next;
        }
    }
}
