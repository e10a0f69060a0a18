package org.carillon.sampler.format;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.carillon.sampler.instrument.Envelope;
import org.carillon.sampler.instrument.LoopMode;
import org.carillon.sampler.instrument.Region;
import org.carillon.sampler.instrument.Region.OffMode;
import org.carillon.sampler.instrument.Region.Trigger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SfzReaderTest {
    private static final int FRAMES = 100;

    @TempDir
    Path folder;
    private Path file;
    private Loaded loaded;

    @BeforeEach
    void makeSamples() throws IOException {
        file = folder.resolve("a.sfz");
        RiffBytes.mono(new int[FRAMES]).write(folder.resolve("a.wav"));
        RiffBytes.mono(RiffBytes.sampler(50, 0x4000_0000L, new int[]{0, 10, 19, 0}), new int[FRAMES])
                .write(folder.resolve("looped.wav"));
    }

    private List<Region.Builder> regions(String text) throws IOException {
        Files.writeString(file, text);
        loaded = InstrumentLoader.load(file);
        return loaded.instrument().programs().getFirst().regions().stream().map(Region::with).toList();
    }

    private Region.Builder region(String opcodes) throws IOException {
        List<Region.Builder> all = regions("<region> sample=a.wav " + opcodes);
        assertEquals(1, all.size());
        return all.getFirst();
    }

    private Region.Builder clean(String opcodes) throws IOException {
        Region.Builder region = region(opcodes);
        assertEquals(List.of(), loaded.notices());
        return region;
    }

    private void assertSaid(Notice.Kind kind, int line, String text) {
        String place = file + ":" + line + ": ";
        assertTrue(loaded.notices().stream()
                .anyMatch(n -> n.kind() == kind && n.toString().startsWith(place) && n.text().contains(text)),
                loaded.notices().toString());
    }

    private String error(String text) throws IOException {
        Files.writeString(file, text);
        return assertThrows(FormatException.class, () -> SfzReader.read(file)).getMessage();
    }

    @Test
    void shouldInheritByLevels() throws IOException {
        List<Region.Builder> all = regions("""
                <global> volume=-1 pan=10 sample=a.wav
                <master> volume=-2 lovel=20
                <group> volume=-3 lokey=10 hikey=20
                <region>
                <region> volume=-4 key=30
                <group>
                <region>
                <group> volume=-9
                <master> hivel=90
                <region>
                <global> sample=a.wav
                <region>
                """);
        assertEquals(List.of(-3.0, -4.0, -2.0, -1.0, 0.0), all.stream().map(r -> r.volumeDb).toList());
        assertEquals(List.of(10, 30, 0, 0, 0), all.stream().map(r -> r.loKey).toList());
        assertEquals(List.of(20, 30, 127, 127, 127), all.stream().map(r -> r.hiKey).toList());
        assertEquals(List.of(20, 20, 20, 0, 0), all.stream().map(r -> r.loVelocity).toList());
        assertEquals(List.of(127, 127, 127, 90, 127), all.stream().map(r -> r.hiVelocity).toList());
        assertEquals(List.of(0.1, 0.1, 0.1, 0.1, 0.0), all.stream().map(r -> r.pan).toList());
        assertSame(all.get(0).sample, all.get(4).sample);
    }

    @Test
    void shouldHonourEachOpcode() throws IOException {
        Region.Builder r = clean("lokey=c3 hikey=D#5 lovel=2 hivel=3 lochan=2 hichan=16 lorand=0.25 hirand=0.5 "
                + "seq_length=4 seq_position=3 trigger=release group=5 off_by=-6 off_mode=normal offset=7 end=79 "
                + "loop_mode=loop_sustain loop_start=11 loop_end=29 transpose=-2 tune=30 pitch_keycenter=bb3 "
                + "pitch_keytrack=50 bend_up=1200 bend_down=-700 volume=-6.5 pan=-50 amp_veltrack=-30 ampeg_delay=0.1 "
                + "ampeg_attack=.2 ampeg_hold=0.3 ampeg_decay=0.4 ampeg_sustain=50 ampeg_release=0.6 fil_type=lpf_2p "
                + "cutoff=1234.5 resonance=6 fil_keytrack=100 fil_keycenter=72 fil_veltrack=-1200");
        assertEquals(List.of(48, 75, 2, 3, 1, 15), List.of(r.loKey, r.hiKey, r.loVelocity, r.hiVelocity, r.loChannel,
                r.hiChannel));
        assertEquals(List.of(0.25, 0.5), List.of(r.loRandom, r.hiRandom));
        assertEquals(List.of(4, 3, 5, -6), List.of(r.sequenceLength, r.sequencePosition, r.group, r.offBy));
        assertEquals(Trigger.RELEASE, r.trigger);
        assertEquals(OffMode.NORMAL, r.offMode);
        assertEquals(List.of(7, 80, 11, 30), List.of(r.startFrame, r.endFrame, r.loopStartFrame, r.loopEndFrame));
        assertEquals(LoopMode.SUSTAIN, r.loopMode);
        assertEquals(List.of(58, 58 - 58 - 170.0, 50.0, 1200.0, -700.0), List.of(r.rootKey, r.tuneCents,
                r.keyTrackCents, r.bendUpCents, r.bendDownCents));
        assertEquals(List.of(-6.5, -0.5, -0.3), List.of(r.volumeDb, r.pan, r.velocityTrack));
        assertEquals(new Envelope(0.1, 0.2, 0.3, 0.4, 0.5, 0.6), r.amplitude);
        assertEquals(List.of(1234.5, 6.0, 100.0, -1200.0), List.of(r.cutoffHz, r.resonanceDb, r.filterKeyTrackCents,
                r.filterVelocityCents));
        assertEquals(72, r.filterRootKey);
    }

    @Test
    void shouldKnowOtherNamesOfOpcodes() throws IOException {
        Region.Builder r = clean("loopmode=one_shot loopstart=3 loopend=4 pitch=12 bendup=100 benddown=-100 key=40");
        assertEquals(LoopMode.ONE_SHOT, r.loopMode);
        assertEquals(List.of(12.0, 100.0, -100.0), List.of(r.tuneCents, r.bendUpCents, r.bendDownCents));
        assertEquals(List.of(40, 40, 40), List.of(r.loKey, r.hiKey, r.rootKey));
        List<Region.Builder> later = regions("<group> sample=a.wav lokey=50 key=60 <region> lokey=55");
        assertEquals(List.of(55, 60), List.of(later.getFirst().loKey, later.getFirst().hiKey));
        assertEquals(20 * Math.log10(0.5) - 1, clean("amplitude=50 volume=-1").volumeDb, 1e-12);
    }

    @Test
    void shouldHaveTheDefaultsOfSfz() throws IOException {
        Region.Builder r = clean("");
        Region.Builder plain = Region.of(r.sample);
        assertEquals(List.of(0, 127, 0, 127, 0, FRAMES), List.of(r.loKey, r.hiKey, r.loVelocity, r.hiVelocity,
                r.startFrame, r.endFrame));
        assertEquals(60, r.rootKey);
        assertEquals(plain.amplitude, r.amplitude);
        assertEquals(LoopMode.NONE, r.loopMode);
        assertEquals(Double.POSITIVE_INFINITY, r.cutoffHz);
        assertEquals(List.of(0.0, 0.0, 0.0, 1.0, 100.0), List.of(r.volumeDb, r.pan, r.tuneCents, r.velocityTrack,
                r.keyTrackCents));
    }

    @Test
    void shouldUseTheLoopAndPitchOfTheFile() throws IOException {
        Region.Builder r = regions("<region> sample=looped.wav").getFirst();
        assertEquals(LoopMode.CONTINUOUS, r.loopMode);
        assertEquals(List.of(10, 20, 60), List.of(r.loopStartFrame, r.loopEndFrame, r.rootKey));
        r = regions("<region> sample=looped.wav pitch_keycenter=sample loop_start=12").getFirst();
        assertEquals(List.of(12, 20, 50), List.of(r.loopStartFrame, r.loopEndFrame, r.rootKey));
        assertEquals(-25, r.tuneCents);
        r = regions("<region> sample=looped.wav loop_mode=no_loop").getFirst();
        assertEquals(LoopMode.NONE, r.loopMode);
        region("pitch_keycenter=sample");
        assertSaid(Notice.Kind.MISSING, 1, "sample says no pitch");
    }

    @Test
    void shouldKeepLoopsWithinTheSample() throws IOException {
        Region.Builder r = region("loop_mode=loop_continuous loop_start=5\nloop_end=100");
        assertEquals(List.of(5, FRAMES), List.of(r.loopStartFrame, r.loopEndFrame));
        assertSaid(Notice.Kind.WRONG, 1,
                "loop_end lies behind the sample, it is moved there: loop_end=100, frames=100");
        r = clean("loop_mode=loop_continuous loop_start=99 loop_end=99");
        assertEquals(List.of(99, 100), List.of(r.loopStartFrame, r.loopEndFrame));
        assertEquals(LoopMode.NONE, region("loop_mode=loop_continuous loop_start=50 loop_end=49").loopMode);
        assertSaid(Notice.Kind.WRONG, 1, "expected loop_start before loop_end");
        r = clean("loop_mode=loop_continuous end=30");
        assertEquals(List.of(31, 31), List.of(r.endFrame, r.loopEndFrame));
        assertTrue(error("<region> sample=a.wav offset=100").contains("expected offset before the end: offset=100"));
    }

    @Test
    void shouldTakeCommentsBlanksAndSeveralHeadersOnALine() throws IOException {
        Files.createDirectories(folder.resolve("My Samples"));
        Files.copy(folder.resolve("a.wav"), folder.resolve("My Samples/Piano = 1 - C4.wav"));
        Files.copy(folder.resolve("a.wav"), folder.resolve("My Samples/b  c.wav"));
        List<Region.Builder> all = regions("\uFEFF/* head\nkey=1 */ <control> default_path=My Samples\\ // path\r\n"
                + "<group>hikey=90<region>sample=b  c.wav lokey=50//no blank\r"
                + "<region> sample=b  c.wav   lokey=51 /* in */ hivel=80 <region>   sample=b  c.wav\tlovel=3\n"
                + "// <region> sample=b  c.wav\n<region> region_label=Some words here sample=b  c.wav key=\n");
        assertEquals(List.of(50, 51, 0, 0), all.stream().map(r -> r.loKey).toList());
        assertEquals(List.of(127, 80, 127, 127), all.stream().map(r -> r.hiVelocity).toList());
        assertEquals(3, all.get(2).loVelocity);
        assertTrue(all.get(3).sample.name().endsWith("b  c.wav"));
        assertEquals(1, loaded.notices().size(), loaded.notices().toString());
        assertSaid(Notice.Kind.WRONG, 6, "expected a key of 0 to 127 or of C-1 to G9, the default serves: opcode=key");
    }

    @Test
    void shouldCountLinesOfEachEnd() throws IOException {
        region("\r\rfoo=1\r\n\r\nbar=2\n\nbaz=3 /*\n\n*/ qux=4");
        assertSaid(Notice.Kind.NOT_HONOURED, 3, "opcode=foo");
        assertSaid(Notice.Kind.NOT_HONOURED, 5, "opcode=bar");
        assertSaid(Notice.Kind.NOT_HONOURED, 7, "opcode=baz");
        assertSaid(Notice.Kind.NOT_HONOURED, 9, "opcode=qux");
    }

    @Test
    void shouldPutDefinitionsIn() throws IOException {
        List<Region.Builder> all = regions("""
                #define $KEY 60 #define $KEYHIGH 72
                #define $name a
                #define $PART vel
                #define $FILE $name.wav
                <region> sample=$FILE lokey=$KEY hikey=$KEYHIGH lo$PART=5
                #define $KEY 61
                <region> sample=$FILE key=$KEY volume=$NONE
                """);
        assertEquals(List.of(60, 61), all.stream().map(r -> r.loKey).toList());
        assertEquals(List.of(72, 61), all.stream().map(r -> r.hiKey).toList());
        assertEquals(5, all.get(0).loVelocity);
        assertSaid(Notice.Kind.WRONG, 7, "expected a name that is defined before: text=$NONE");
    }

    @Test
    void shouldRefuseDefinitionsThatGrow() throws IOException {
        StringBuilder text = new StringBuilder("#define $A0 0123456789\n");
        for (int i = 1; i < 30; i++) {
            text.append("#define $A" + (char) ('A' + i - 1) + "x $" + (i == 1 ? "A0" : "A" + (char) ('A' + i - 2) + "x")
                    + "$" + (i == 1 ? "A0" : "A" + (char) ('A' + i - 2) + "x") + "\n");
        }
        assertTrue(error(text + "<region> sample=a.wav").contains("expected a definition of at most 512 characters"));
    }

    @Test
    void shouldIncludeFiles() throws IOException {
        Files.createDirectories(folder.resolve("parts/deep"));
        Files.writeString(folder.resolve("parts/deep/group.sfz"), "<group> lovel=9\n#include \"beside.sfz\"");
        Files.writeString(folder.resolve("parts/deep/beside.sfz"), "hivel=99 foo=1");
        List<Region.Builder> all = regions("#define $D deep\n<region> sample=a.wav #include \"parts\\$D/group.sfz\"\n"
                + "<region> sample=a.wav\n#include \"none.sfz\"\n");
        assertEquals(List.of(0, 9), all.stream().map(r -> r.loVelocity).toList());
        assertEquals(99, all.get(1).hiVelocity);
        assertSaid(Notice.Kind.MISSING, 4, "included file is not there: include=none.sfz");
        assertTrue(loaded.notices().stream().anyMatch(n -> n.toString().contains("beside.sfz:1: opcode is not")));
    }

    @Test
    void shouldRefuseFilesThatIncludeEachOther() throws IOException {
        Files.writeString(folder.resolve("b.sfz"), "\n#include \"c.sfz\"");
        Files.writeString(folder.resolve("c.sfz"), "#include \"./a.sfz\"");
        String message = error("<region> sample=a.wav\n#include \"b.sfz\"");
        assertTrue(message.startsWith(folder.resolve("c.sfz") + ":1: expected files that do not include each other"),
                message);
        assertTrue(message.endsWith("chain=a.sfz -> b.sfz -> c.sfz -> a.sfz"), message);
        for (int i = 0; i < 40; i++) {
            Files.writeString(folder.resolve("d" + i + ".sfz"), "#include \"d" + (i + 1) + ".sfz\"");
        }
        assertTrue(error("#include \"d0.sfz\"").contains("at most 32 deep"));
        // each file includes the next one twice
        for (int i = 0; i < 20; i++) {
            Files.writeString(folder.resolve("e" + i + ".sfz"), ("#include \"e" + (i + 1) + ".sfz\"\n").repeat(2));
        }
        Files.writeString(folder.resolve("e20.sfz"), "");
        assertTrue(error("#include \"e0.sfz\"").contains("1000 in all"));
    }

    @Test
    void shouldMoveKeys() throws IOException {
        List<Region.Builder> all = regions("""
                <control> note_offset=1 octave_offset=-1
                <region> sample=a.wav key=60
                <region> sample=a.wav lokey=5 hikey=c5 pitch_keycenter=64
                """);
        assertEquals(List.of(49, 0), all.stream().map(r -> r.loKey).toList());
        assertEquals(List.of(49, 61), all.stream().map(r -> r.hiKey).toList());
        assertEquals(List.of(49, 53), all.stream().map(r -> r.rootKey).toList());
        Region.Builder far = regions("<control> note_offset=127 <region> sample=a.wav pitch_keycenter=c4 "
                + "fil_keycenter=c9 tune=9600 transpose=127").getFirst();
        assertEquals(List.of(127, 127), List.of(far.rootKey, far.filterRootKey));
        assertEquals(12_700, far.tuneCents);
    }

    @Test
    void shouldPlayTheOthersWhereASampleIsMissing() throws IOException {
        Files.writeString(folder.resolve("broken.wav"), "RIFF, or not");
        assertEquals(1, regions("""
                <region> sample=none.wav
                <region>
                <region> sample=broken.wav
                <region> sample=*organ
                <region> sample=a.wav
                """).size());
        assertSaid(Notice.Kind.MISSING, 1, "sample is not there: path=none.wav");
        assertSaid(Notice.Kind.MISSING, 2, "expected opcode sample");
        assertSaid(Notice.Kind.WRONG, 3, "broken.wav at byte 0: expected a RIFF");
        assertSaid(Notice.Kind.MISSING, 4, "expected *sine");
        String message = error("<region> sample=none.wav");
        assertTrue(message.startsWith(file + ": expected a region that can play: first=" + file + ":1: "), message);
        assertThrows(FormatException.class, () -> SfzReader.read(folder.resolve("none.sfz")));
        assertThrows(FormatException.class, () -> SfzReader.read(folder));
    }

    @Test
    void shouldFindSamplesWhoseCapitalsDiffer() throws IOException {
        Files.createDirectories(folder.resolve("Samples"));
        Files.copy(folder.resolve("a.wav"), folder.resolve("Samples/Kick.WAV"));
        assertTrue(regions("<region> sample=..\\" + folder.getFileName() + "/SAMPLES\\kick.Wav").getFirst().sample
                .name().endsWith("Samples/Kick.WAV"));
    }

    @Test
    void shouldSayEachWrongValueWithItsPlace() throws IOException {
        Region.Builder r = region("volume=loud\nlovel=1.5 hivel=200\npan=NaN trigger=often tune=99999999999999999999\n"
                + "cutoff=0x10");
        assertSaid(Notice.Kind.WRONG, 1,
                "expected a number of -144 to 48, the default serves: opcode=volume, value=loud");
        assertSaid(Notice.Kind.WRONG, 2, "expected a whole number of 0 to 127, the default serves: opcode=lovel");
        assertSaid(Notice.Kind.WRONG, 2, "the nearest serves: opcode=hivel, value=200");
        assertSaid(Notice.Kind.WRONG, 3, "opcode=pan, value=NaN");
        assertSaid(Notice.Kind.WRONG, 3, "expected one of attack, first, legato, release, release_key");
        assertSaid(Notice.Kind.WRONG, 3, "opcode=tune");
        assertSaid(Notice.Kind.WRONG, 4, "opcode=cutoff");
        assertEquals(7, loaded.notices().size());
        assertEquals(List.of(0, 127), List.of(r.loVelocity, r.hiVelocity));
        assertEquals(List.of(0.0, 0.0, 0.0), List.of(r.volumeDb, r.pan, r.tuneCents));
        assertTrue(error("<region> sample=a.wav lokey=61 hikey=60").contains("keys=61..60"));
        assertTrue(error("<region> sample=a.wav hikey=-1").contains("region is left out"));
    }

    @Test
    void shouldSayOnceWhatIsNotHonoured() throws IOException {
        regions("""
                <region> sample=a.wav cutoff_cc74=100 count=3
                <region> sample=a.wav cutoff_cc1=100 count=4
                <curve> curve_index=17 v000=0
                <curve> curve_index=18
                <region> sample=a.wav fil_type=hpf_2p cutoff=100
                <region> sample=a.wav fil_type=lpf_1p cutoff=100 resonance=9
                """);
        assertEquals(5, loaded.notices().size(), loaded.notices().toString());
        assertSaid(Notice.Kind.NOT_HONOURED, 1, "opcode=cutoff_cc74, value=100");
        assertSaid(Notice.Kind.NOT_HONOURED, 1, "opcode=count");
        assertSaid(Notice.Kind.NOT_HONOURED, 3, "header=curve");
        assertSaid(Notice.Kind.NOT_HONOURED, 5, "without its filter");
        assertSaid(Notice.Kind.NOT_HONOURED, 6, "lpf_1p is played as lpf_2p");
        List<Region> regions = loaded.instrument().programs().getFirst().regions();
        assertEquals(Double.POSITIVE_INFINITY, regions.get(2).with().cutoffHz);
        assertEquals(100, regions.get(3).with().cutoffHz);
        assertEquals(0, regions.get(3).with().resonanceDb);
    }

    @Test
    void shouldChooseLayersAsThingsAreAtTheStart() throws IOException {
        List<Region.Builder> all = regions("""
                <control> set_cc1=100
                <global> sw_lokey=20 sw_hikey=22 sw_default=21 sample=a.wav
                <region> key=1 sw_last=20
                <region> key=2 sw_last=21
                <region> key=3 locc1=64
                <region> key=4 hicc1=63
                <region> key=5 hicc64=63
                <region> key=6 on_locc64=64
                <region> key=7 sw_down=30
                """);
        assertEquals(List.of(2, 3, 5), all.stream().map(r -> r.loKey).toList());
        assertSaid(Notice.Kind.NOT_HONOURED, 3, "opcode=sw_last");
        all = regions("<region> key=1 sw_last=20 sample=a.wav <region> key=2 sw_last=21 sample=a.wav");
        assertEquals(List.of(1), all.stream().map(r -> r.loKey).toList());
    }

    @Test
    void shouldMakeSounds() throws IOException {
        for (String name : List.of("sine", "saw", "square", "triangle")) {
            List<Region.Builder> octaves = regions(
                    "<region> sample=*" + name + " lokey=30 hikey=80 pitch_keycenter=69");
            assertEquals(List.of(30, 36, 48, 60, 72), octaves.stream().map(r -> r.loKey).toList());
            assertEquals(List.of(35, 47, 59, 71, 80), octaves.stream().map(r -> r.hiKey).toList());
            for (Region.Builder r : octaves) {
                // a period of so many frames, at its own rate, moved by the region's cents, is the note A
                double ownHz = (double) r.sample.sampleRateHz() / r.sample.frames();
                assertEquals(440, ownHz * Math.pow(2, r.tuneCents / 1200), 1e-6);
                assertEquals(69, r.rootKey);
                assertEquals(LoopMode.CONTINUOUS, r.loopMode);
                double peak = 0;
                double sum = 0;
                for (float value : r.sample.channels()[0]) {
                    peak = Math.max(peak, Math.abs(value));
                    sum += value;
                }
                assertTrue(peak > 0.75 && peak <= 1, name + " " + peak);
                assertEquals(0, sum, 1e-2);
            }
        }
        Region.Builder noise = regions("<region> sample=*noise").getFirst();
        assertEquals(0, noise.keyTrackCents);
        double power = 0;
        for (float value : noise.sample.channels()[0]) {
            power += value * value;
        }
        assertEquals(1 / 3.0, power / noise.sample.frames(), 0.01);
        Region.Builder silence = regions("<region> sample=a.wav end=-1 group=1 off_by=2").getFirst();
        assertEquals(List.of(1, 2), List.of(silence.group, silence.offBy));
        for (float value : silence.sample.channels()[0]) {
            assertEquals(0, value);
        }
    }

    @Test
    void shouldLeaveOutPartialsThatWouldFoldBack() throws IOException {
        for (Region.Builder r : regions("<region> sample=*saw")) {
            float[] period = r.sample.channels()[0];
            double topHz = 440 * Math.pow(2, (r.hiKey - 69) / 12.0);
            for (int partial = 1; partial < period.length / 2; partial += 1 + partial / 16) {
                double sum = 0;
                for (int i = 0; i < period.length; i++) {
                    sum += period[i] * Math.sin(2 * Math.PI * i * partial / period.length);
                }
                double expected = partial * topHz > 20_000 || partial > 512 ? 0 : 0.84 * 2 / Math.PI / partial;
                assertEquals(expected, 2 * sum / period.length, 1e-5, "key " + r.hiKey + " partial " + partial);
            }
        }
    }

    @Test
    void shouldReadOldTexts() throws IOException {
        Files.write(file, "<region> sample=a.wav region_label=\u00E9tude".getBytes(StandardCharsets.ISO_8859_1));
        assertTrue(SfzReader.read(file).notices().getFirst().text().contains("ISO 8859-1"));
    }

    @Test
    void shouldStandTextsThatAreMadeToBeSlow() throws IOException {
        int size = 100_000;
        for (String part : List.of("$", "$a", "a ", "<", "<a", "//", "\"", "=", "a=", "#", "/* ", "   ", "\r")) {
            String text = part.repeat(size / part.length());
            assertTrue(error(text).contains("expected"), part);
            region("volume=" + text);
        }
        assertTrue(error("<group>" + "a=$".repeat(3) + "<region>".repeat(1 << 18)).contains("expected at most 131072"));
        StringBuilder many = new StringBuilder("<group> ");
        for (int i = 0; i < 600; i++) {
            many.append("a").append(i).append("=1 ");
        }
        assertTrue(error(many.toString()).contains("expected at most 512 opcodes"));
    }
}
