package org.carillon.sampler.format;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.carillon.sampler.instrument.Envelope;
import org.carillon.sampler.instrument.LoopMode;
import org.carillon.sampler.instrument.Program;
import org.carillon.sampler.instrument.Region;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SoundFontReaderTest {
    private static final int FRAMES = 100;
    private static final double CLOSE = 1e-9;

    @TempDir
    Path folder;
    private Path file;
    private Loaded loaded;

    @BeforeEach
    void name() {
        file = folder.resolve("a.sf2");
    }

    /** A font with a sample of 80 frames after 10 others, loop 20 to 70 of them, and an empty preset. */
    private static FontBytes font() {
        int[] frames = new int[FRAMES];
        for (int i = 0; i < FRAMES; i++) {
            frames[i] = i * 256;
        }
        return new FontBytes().frames(frames).sample("tone", 10, 90, 30, 80, 44_100, 57, -7, FontBytes.MONO);
    }

    private static FontBytes font(int... generators) {
        int[] zone = Arrays.copyOf(generators, generators.length + 2);
        zone[generators.length] = FontBytes.SAMPLE;
        return font().preset(0, 0, "P").presetZone(FontBytes.INSTRUMENT, 0).instrument("I").zone(zone);
    }

    private List<Region.Builder> regions(FontBytes font) throws IOException {
        loaded = InstrumentLoader.load(font.write(file));
        return loaded.instrument().programs().getFirst().regions().stream().map(Region::with).toList();
    }

    private Region.Builder region(int... generators) throws IOException {
        List<Region.Builder> all = regions(font(generators));
        assertEquals(1, all.size());
        return all.getFirst();
    }

    private Region.Builder clean(int... generators) throws IOException {
        Region.Builder region = region(generators);
        assertEquals(List.of(), loaded.notices());
        return region;
    }

    private String error(FontBytes font) {
        return error(font.bytes());
    }

    private String error(RiffBytes bytes) {
        bytes.write(file);
        return assertThrows(FormatException.class, () -> InstrumentLoader.load(file)).getMessage();
    }

    private void assertSaid(Notice.Kind kind, String text) {
        assertTrue(loaded.notices().stream().anyMatch(n -> n.kind() == kind && n.text().contains(text)
                && n.place().offset() > 0), loaded.notices().toString());
    }

    @Test
    void shouldHaveTheDefaultsOfTheSpecification() throws IOException {
        Region.Builder r = clean();
        assertEquals("A font", loaded.instrument().name());
        assertEquals("tone", r.sample.name());
        assertEquals(44_100, r.sample.sampleRateHz());
        assertEquals(80, r.sample.frames());
        assertEquals(10 * 256 / 32_768f, r.sample.channels()[0][0]);
        assertEquals(89 * 256 / 32_768f, r.sample.channels()[0][79]);
        assertEquals(List.of(0, 127, 0, 127, 0, 80, 57), List.of(r.loKey, r.hiKey, r.loVelocity, r.hiVelocity,
                r.startFrame, r.endFrame, r.rootKey));
        assertEquals(List.of(-7.0, 100.0, 0.0, 0.0), List.of(r.tuneCents, r.keyTrackCents, r.volumeDb, r.pan));
        assertEquals(LoopMode.NONE, r.loopMode);
        assertEquals(new Envelope(0, 0, 0, 0, 1, 0), r.amplitude);
        assertEquals(Double.POSITIVE_INFINITY, r.cutoffHz);
        assertEquals(Region.NO_GROUP, r.group);
    }

    @Test
    void shouldHonourTheGeneratorsOfAnInstrument() throws IOException {
        Region.Builder r = clean(43, 48 | 72 << 8, 44, 1 | 64 << 8, 0, 3, 1, -2, 2, 4, 3, -5, 54, 1, 58, 60, 51, -2, 52,
                30, 56, 50, 17, -250, 48, 100, 33, -1200, 34, 0, 35, 1200, 36, 2400, 37, 200, 38, -1200, 8, 6900, 9, 60,
                57, 3);
        assertEquals(List.of(48, 72, 1, 64), List.of(r.loKey, r.hiKey, r.loVelocity, r.hiVelocity));
        assertEquals(List.of(3, 78, 24, 65), List.of(r.startFrame, r.endFrame, r.loopStartFrame, r.loopEndFrame));
        assertEquals(LoopMode.CONTINUOUS, r.loopMode);
        assertEquals(60, r.rootKey);
        assertEquals(List.of(-177.0, 50.0, -0.5), List.of(r.tuneCents, r.keyTrackCents, r.pan));
        assertEquals(-4 - 3, r.volumeDb, CLOSE, "0.4 of the attenuation, and half of the resonance");
        assertEquals(0.5, r.amplitude.delayS(), CLOSE);
        assertEquals(1, r.amplitude.attackS(), CLOSE);
        assertEquals(2, r.amplitude.holdS(), CLOSE);
        // 4 s to silence, of which 20 of 100 dB
        assertEquals(0.8, r.amplitude.decayS(), CLOSE);
        assertEquals(0.1, r.amplitude.sustain(), CLOSE);
        assertEquals(0.5, r.amplitude.releaseS(), CLOSE);
        assertEquals(440, r.cutoffHz, 1e-6);
        assertEquals(6, r.resonanceDb);
        assertEquals(List.of(3, 3), List.of(r.group, r.offBy));
        assertEquals(LoopMode.SUSTAIN, clean(54, 3).loopMode);
        assertEquals(LoopMode.NONE, clean(54, 2).loopMode);
        assertEquals(0, clean(37, 1_440).amplitude.sustain());
        assertEquals(12_099 - 7, clean(51, 32_767, 52, 32_767).tuneCents);
    }

    /** The filter is as far open as the modulation envelope has it 0.3 s after the start. */
    @Test
    void shouldOpenTheFilterByTheModulationEnvelope() throws IOException {
        assertEquals(440 * Math.pow(2, 0.75), region(8, 6900, 11, 1200, 28, -12_000, 29, 250).cutoffHz, 1e-6);
        assertEquals(440 * Math.pow(2, 0.7), region(8, 6900, 11, 1200, 28, 0, 29, 1_000).cutoffHz, 1e-6);
        assertEquals(440 * Math.pow(2, 0.3), region(8, 6900, 11, 1200, 26, 0, 29, 1_000).cutoffHz, 1e-6);
        assertEquals(440, region(8, 6900, 11, 1200, 25, 0, 29, 1_000).cutoffHz, 1e-6);
        assertEquals(Double.POSITIVE_INFINITY, region(8, 6900, 11, 12_000, 29, 0).cutoffHz);
        assertSaid(Notice.Kind.NOT_HONOURED, "generator=modEnvToFilterFc");
    }

    @Test
    void shouldCountCoarseOffsets() throws IOException {
        int frames = 40_000;
        FontBytes font = new FontBytes().frames(new int[frames]).sample("long", 0, frames, 1, 2, 8_000, 255, 0, 1)
                .preset(0, 0, "P").presetZone(FontBytes.INSTRUMENT, 0).instrument("I")
                .zone(4, 1, 0, 10, 12, -1, 1, 32_767, 45, 1, 50, 1, 3, 100, 54, 1, FontBytes.SAMPLE, 0);
        Region.Builder r = regions(font).getFirst();
        assertEquals(List.of(32_778, 39_999, 32_769, 32_870), List.of(r.startFrame, r.endFrame, r.loopStartFrame,
                r.loopEndFrame));
        assertEquals(60, r.rootKey);
    }

    @Test
    void shouldAddWhatThePresetSays() throws IOException {
        FontBytes font = font().preset(0, 0, "P").presetZone(51, 1, 48, 50, 17, 100)
                .presetZone(43, 60 | 127 << 8, 44, 0 | 90 << 8, 51, 2, 52, 5, 48, 100, 34, 1200, 58, 3, 0, 7, 54, 1,
                        FontBytes.INSTRUMENT, 0)
                .presetZone(43, 0 | 20 << 8, FontBytes.INSTRUMENT, 0).presetZone(FontBytes.INSTRUMENT, 1)
                .instrument("I").zone(51, 10, 48, 200, 34, -1200).zone(17, 400)
                .zone(43, 40 | 70 << 8, 44, 10 | 127 << 8, 51, 20,
                        FontBytes.SAMPLE, 0)
                .zone(51, 99)
                .instrument("J").zone(17, -500, FontBytes.SAMPLE, 0).zone(17, 500, FontBytes.SAMPLE, 0);
        List<Region.Builder> all = regions(font);
        // the second zone of the preset meets no key of the instrument
        assertEquals(3, all.size());
        Region.Builder r = all.getFirst();
        assertEquals(List.of(60, 70, 10, 90), List.of(r.loKey, r.hiKey, r.loVelocity, r.hiVelocity));
        // over the global zone, not onto it; the instrument's own over its global one
        assertEquals(2205 - 7, r.tuneCents, CLOSE);
        assertEquals(-12, r.volumeDb, CLOSE);
        assertEquals(1, r.amplitude.attackS(), CLOSE);
        assertEquals(0.2, r.pan, CLOSE);
        // what only instruments may say
        assertEquals(List.of(57, 0), List.of(r.rootKey, r.startFrame));
        assertEquals(LoopMode.NONE, r.loopMode);
        assertEquals(List.of(-0.8, 1.0), List.of(all.get(1).pan, all.get(2).pan));
        assertSame(all.get(0).sample, all.get(1).sample);
        assertEquals(List.of(), loaded.notices());
    }

    @Test
    void shouldTakeTwentyFourBitsWhereTheyAre() throws IOException {
        FontBytes font = font();
        font.lowBytes = RiffBytes.of().raw(new byte[10]).u8(0x80).raw(new byte[89]);
        font.preset(0, 0, "P").presetZone(FontBytes.INSTRUMENT, 0).instrument("I").zone(FontBytes.SAMPLE, 0);
        assertEquals((10 * 256 + 0.5f) / 32_768, regions(font).getFirst().sample.channels()[0][0]);
        font.lowBytes = RiffBytes.of().u8(1, 2);
        assertEquals(10 * 256 / 32_768f, regions(font).getFirst().sample.channels()[0][0]);
        assertSaid(Notice.Kind.WRONG, "lower bits are left out");
    }

    @Test
    void shouldSortAndChoosePrograms() throws IOException {
        FontBytes font = font().sample("other", 0, 50, 0, 0, 22_050, 60, 0, 4).preset(128, 0, "Drums")
                .presetZone(FontBytes.INSTRUMENT, 1).preset(0, 40, "Violin").presetZone(FontBytes.INSTRUMENT, 0)
                .preset(0, 3, "Piano").presetZone(FontBytes.INSTRUMENT, 0).preset(0, 3, "Again")
                .presetZone(FontBytes.INSTRUMENT, 0).preset(0, 128, "None").presetZone(FontBytes.INSTRUMENT, 0)
                .instrument("I").zone(FontBytes.SAMPLE, 0).instrument("J").zone(FontBytes.SAMPLE, 1);
        font.write(file);
        loaded = InstrumentLoader.load(file);
        List<Program> programs = loaded.instrument().programs();
        assertEquals(List.of("Piano", "Violin", "Drums"), programs.stream().map(Program::name).toList());
        assertEquals(List.of(0, 0, 128), programs.stream().map(Program::bank).toList());
        assertEquals(List.of(3, 40, 0), programs.stream().map(Program::number).toList());
        assertSame(programs.get(0).regions().getFirst().with().sample,
                programs.get(1).regions().getFirst().with().sample);
        assertSaid(Notice.Kind.WRONG, "another one has its place: bank=0, program=3");
        assertSaid(Notice.Kind.WRONG, "program=128");

        loaded = InstrumentLoader.load(file, Set.of(InstrumentLoader.program(Program.PERCUSSION_BANK, 0),
                InstrumentLoader.program(1, 7)));
        assertEquals(List.of("Drums"), loaded.instrument().programs().stream().map(Program::name).toList());
        assertSaid(Notice.Kind.MISSING, "program is not there: bank=1, program=7");
        assertTrue(assertThrows(FormatException.class, () -> InstrumentLoader.load(file, Set.of(1))).getMessage()
                .contains("expected a program that can play"));

        List<Program> names = SoundFontReader.programs(file);
        assertEquals(List.of("Piano", "Violin", "Drums"), names.stream().map(Program::name).toList());
        assertTrue(names.stream().allMatch(program -> program.regions().isEmpty()));
    }

    @Test
    void shouldKeepOffsetsWithinTheSample() throws IOException {
        Region.Builder r = region(0, -4, 1, 9, 2, -40, 3, 40, 54, 1);
        assertEquals(List.of(0, 80, 0, 80), List.of(r.startFrame, r.endFrame, r.loopStartFrame, r.loopEndFrame));
        assertSaid(Notice.Kind.WRONG, "offsets lead out of the sample, they end there: sample=tone, start=-4, end=89");
        assertSaid(Notice.Kind.WRONG, "loop leads out of the sample, it ends there");
        assertEquals(LoopMode.NONE, region(2, 60, 54, 1).loopMode);
        assertSaid(Notice.Kind.WRONG, "the region does not loop: sample=tone, loopStart=80, loopEnd=70");
        assertTrue(error(font(0, 80)).contains("first=" + file + " at byte "));
    }

    @Test
    void shouldSayOnceWhatIsNotHonoured() throws IOException {
        FontBytes font = font(5, 30, 16, 0, 46, -1, 21, 100).zone(5, 40, 39, 3, 47, 64, FontBytes.SAMPLE, 0);
        font.presetModulators = RiffBytes.of().raw(new byte[30]);
        assertEquals(2, regions(font).size());
        assertEquals(4, loaded.notices().size(), loaded.notices().toString());
        assertSaid(Notice.Kind.NOT_HONOURED, "generator=modLfoToPitch, amount=30");
        assertSaid(Notice.Kind.NOT_HONOURED, "generator=keynumToVolEnvHold");
        assertSaid(Notice.Kind.NOT_HONOURED, "generator=velocity, amount=64");
        assertSaid(Notice.Kind.NOT_HONOURED, "modulators=3");
    }

    @Test
    void shouldLeaveOutSamplesThatCannotPlay() throws IOException {
        FontBytes font = font().sample("rom", 0, 50, 0, 0, 8_000, 60, 0, 0x8001)
                .sample("packed", 0, 50, 0, 0, 8_000, 60, 0, 0x11).sample("empty", 50, 50, 0, 0, 8_000, 60, 0, 1)
                .sample("still", 0, 50, 0, 0, 0, 60, 0, 1).sample("long", 50, 1_000, 0, 0, 8_000, 60, 0, 1)
                .preset(0, 0, "P").presetZone(FontBytes.INSTRUMENT, 0).presetZone(FontBytes.INSTRUMENT, 5)
                .instrument("I");
        for (int i = 0; i < 7; i++) {
            font.zone(FontBytes.SAMPLE, i);
        }
        List<Region.Builder> all = regions(font);
        assertEquals(List.of("tone", "long"), all.stream().map(r -> r.sample.name()).toList());
        assertEquals(50, all.get(1).sample.frames());
        assertNotSame(all.get(0).sample, all.get(1).sample);
        assertSaid(Notice.Kind.NOT_HONOURED, "sample=rom, type=32769");
        assertSaid(Notice.Kind.NOT_HONOURED, "sample=packed");
        assertSaid(Notice.Kind.WRONG, "sample=empty");
        assertSaid(Notice.Kind.WRONG, "sample=still");
        assertSaid(Notice.Kind.WRONG, "it is cut there: sample=long, end=1000, frames=100");
        assertSaid(Notice.Kind.WRONG, "expected an index into table shdr: index=6, records=7");
        assertSaid(Notice.Kind.WRONG, "expected an index into table inst: instrument=5, records=2");
    }

    @Test
    void shouldRefuseTablesThatLeadAstray() {
        assertTrue(error(RiffBytes.riff("sfbk", RiffBytes.of())).contains("at byte 12: expected chunk pdta"));
        assertTrue(error(RiffBytes.riff("WAVE", RiffBytes.of())).contains("at byte 0: expected a RIFF file of form"));
        assertTrue(error(RiffBytes.of().text("RIFF")).contains("expected a RIFF file of form sfbk"));
        FontBytes far = font().preset(0, 0, "P").instrument("I").zone(FontBytes.SAMPLE, 0);
        far.presets.name("Q", 20).u16(1, 0, 9).u32(0, 0, 0);
        assertTrue(error(far).contains("expected an index into table pbag that is not before the last one: index=9"));
        FontBytes back = font().preset(0, 0, "P").presetZone(FontBytes.INSTRUMENT, 0).instrument("I");
        back.instrumentZones.u16(1, 0, 0, 0);
        back.instrumentGenerators.u16(0, 0);
        assertTrue(error(back).contains("expected an index into table igen that is not before the last one: index=0"));
        FontBytes torn = font(FontBytes.SAMPLE, 0);
        torn.samples.u8(0, 0);
        assertTrue(error(torn).contains("expected table shdr of whole records of 46 bytes"));
    }

    @Test
    void shouldRefuseFontsThatGrowInMemory() {
        FontBytes zones = font().preset(0, 0, "P").instrument("I");
        int[] keys = {FontBytes.KEY_RANGE, 127 << 8};
        for (int i = 0; i < 2_500; i++) {
            zones.presetZone(keys[0], keys[1], FontBytes.INSTRUMENT, 0);
            zones.zone(FontBytes.SAMPLE, 0);
        }
        assertTrue(error(zones).contains("expected at most 262144 regions"));

        FontBytes samples = new FontBytes().frames(new int[50_000]).preset(0, 0, "P")
                .presetZone(FontBytes.INSTRUMENT, 0).instrument("I");
        for (int i = 0; i < 1_000; i++) {
            samples.sample("s" + i, i, 49_000, 0, 0, 8_000, 60, 0, 1).zone(FontBytes.SAMPLE, i);
        }
        assertTrue(error(samples).contains("expected samples that share fewer frames"));
    }

    @Test
    void shouldStandEveryCut() throws IOException {
        byte[] whole = font(54, 1).bytes().toBytes();
        int played = 0;
        for (int length = 0; length < whole.length; length++) {
            RiffBytes.of().raw(Arrays.copyOf(whole, length)).write(file);
            try {
                InstrumentLoader.load(file);
                played++;
            } catch (FormatException e) {
                assertTrue(e.getMessage().startsWith(file + " at byte "), e.getMessage());
            }
        }
        // its last table is cut each time
        assertEquals(0, played);
        RiffBytes.of().raw(whole).write(file);
        assertFalse(InstrumentLoader.load(file).instrument().programs().isEmpty());
    }
}
