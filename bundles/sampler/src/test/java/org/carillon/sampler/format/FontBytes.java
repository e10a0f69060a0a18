package org.carillon.sampler.format;

import java.nio.file.Path;

/** A sound font, written by hand; each table may be changed before it is put together. */
final class FontBytes {
    static final int KEY_RANGE = 43;
    static final int INSTRUMENT = 41;
    static final int SAMPLE = 53;
    static final int MONO = 1;

    RiffBytes info = RiffBytes.of().chunk("ifil", RiffBytes.of().u16(2, 4)).chunk("INAM", RiffBytes.of()
            .name("A font", 8));
    RiffBytes frames = RiffBytes.of();
    RiffBytes lowBytes;
    final RiffBytes presets = RiffBytes.of();
    final RiffBytes presetZones = RiffBytes.of();
    RiffBytes presetModulators = RiffBytes.of();
    final RiffBytes presetGenerators = RiffBytes.of();
    final RiffBytes instruments = RiffBytes.of();
    final RiffBytes instrumentZones = RiffBytes.of();
    final RiffBytes instrumentGenerators = RiffBytes.of();
    final RiffBytes samples = RiffBytes.of();

    FontBytes frames(int... values) {
        frames.u16(values);
        return this;
    }

    FontBytes preset(int bank, int number, String name) {
        presets.name(name, 20).u16(number, bank, presetZones.size() / 4).u32(0, 0, 0);
        return this;
    }

    /** A zone of the last preset; generators are number, amount and so on. */
    FontBytes presetZone(int... generators) {
        zone(presetZones, presetGenerators, generators);
        return this;
    }

    FontBytes instrument(String name) {
        instruments.name(name, 20).u16(instrumentZones.size() / 4);
        return this;
    }

    FontBytes zone(int... generators) {
        zone(instrumentZones, instrumentGenerators, generators);
        return this;
    }

    private static void zone(RiffBytes zones, RiffBytes generators, int... values) {
        zones.u16(generators.size() / 4, 0);
        generators.u16(values);
    }

    FontBytes sample(String name, int start, int end, int loopStart, int loopEnd, int rateHz, int rootKey, int cents,
            int type) {
        samples.name(name, 20).u32(start, end, loopStart, loopEnd, rateHz).u8(rootKey, cents).u16(0, type);
        return this;
    }

    /** With the last records of its tables. */
    RiffBytes bytes() {
        RiffBytes wave = RiffBytes.of().text("sdta").chunk("smpl", frames);
        if (lowBytes != null) {
            wave.chunk("sm24", lowBytes);
        }
        RiffBytes tables = RiffBytes.of().text("pdta")
                .chunk("phdr", copy(presets).name("EOP", 20).u16(0, 0, presetZones.size() / 4).u32(0, 0, 0))
                .chunk("pbag", copy(presetZones).u16(presetGenerators.size() / 4, 0))
                .chunk("pmod", copy(presetModulators).raw(new byte[10]))
                .chunk("pgen", copy(presetGenerators).u16(0, 0))
                .chunk("inst", copy(instruments).name("EOI", 20).u16(instrumentZones.size() / 4))
                .chunk("ibag", copy(instrumentZones).u16(instrumentGenerators.size() / 4, 0))
                .chunk("imod", RiffBytes.of().raw(new byte[10]))
                .chunk("igen", copy(instrumentGenerators).u16(0, 0))
                .chunk("shdr", copy(samples).name("EOS", 46));
        return RiffBytes.riff("sfbk", RiffBytes.of().chunk("LIST", RiffBytes.of().text("INFO").raw(info.toBytes()))
                .chunk("LIST", wave).chunk("LIST", tables));
    }

    Path write(Path file) {
        return bytes().write(file);
    }

    private static RiffBytes copy(RiffBytes bytes) {
        return RiffBytes.of().raw(bytes.toBytes());
    }
}
