package org.carillon.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import javax.sound.midi.InvalidMidiDataException;
import javax.sound.midi.MidiSystem;
import org.carillon.sampler.format.InstrumentLoader;
import org.carillon.sampler.format.Loaded;
import org.carillon.sampler.format.Notice;
import org.carillon.sampler.instrument.LoopMode;
import org.carillon.sampler.instrument.Program;
import org.carillon.sampler.instrument.Region;
import org.carillon.sampler.instrument.Sample;
import org.junit.jupiter.api.Test;

/** A sound font that many systems have, read whole, and compared with what the JDK's own reader finds in it. */
class SoundFontIT {
    private static final Path FONT = Path.of("/usr/share/sounds/sf2/FluidR3_GS.sf2");
    private static final int BANK_SHIFT = 7;

    @Test
    void shouldReadAFontOfTheSystem() throws IOException, InvalidMidiDataException {
        assertTrue(Files.exists(FONT), "expected Debian's package fluid-soundfont-gs: path=" + FONT);

        Loaded loaded = InstrumentLoader.load(FONT);

        assertEquals(programsByJdk(), programs(loaded));
        List<Region.Builder> regions = loaded.instrument().programs().stream()
                .flatMap(program -> program.regions().stream()).map(Region::with).toList();
        List<Sample> samples = regions.stream().map(region -> region.sample).distinct().toList();
        assertTrue(regions.size() > samples.size(), "regions=" + regions.size() + ", samples=" + samples.size());
        for (Sample sample : samples) {
            assertTrue(peak(sample) > 0.01, "expected sound: sample=" + sample.name());
        }
        assertTrue(regions.stream().anyMatch(region -> region.loopMode == LoopMode.CONTINUOUS));
        assertTrue(regions.stream().anyMatch(region -> region.loopMode == LoopMode.NONE));
        assertTrue(loaded.notices().stream().allMatch(notice -> notice.kind() == Notice.Kind.NOT_HONOURED),
                loaded.notices().toString());
    }

    @Test
    void shouldReadOneProgramOfAFont() throws IOException {
        Program wanted = InstrumentLoader.load(FONT).instrument().programs().getLast();

        Loaded loaded = InstrumentLoader.load(FONT,
                Set.of(InstrumentLoader.program(wanted.bank(), wanted.number())));

        assertEquals(1, loaded.instrument().programs().size());
        Program one = loaded.instrument().programs().getFirst();
        assertEquals(wanted.name(), one.name());
        assertEquals(wanted.regions().size(), one.regions().size());
        for (int i = 0; i < one.regions().size(); i++) {
            assertTrue(Arrays.equals(wanted.regions().get(i).with().sample.channels()[0],
                    one.regions().get(i).with().sample.channels()[0]));
        }
    }

    /** The JDK counts banks in steps of the finer controller, and has percussion in bank 0. */
    private static List<String> programsByJdk() throws IOException, InvalidMidiDataException {
        return Arrays.stream(MidiSystem.getSoundbank(FONT.toFile()).getInstruments())
                .map(i -> i.getPatch().getBank() + "/" + i.getPatch().getProgram() + " " + i.getName().strip()).sorted()
                .toList();
    }

    private static List<String> programs(Loaded loaded) {
        return loaded.instrument().programs().stream()
                .map(p -> (p.bank() == Program.PERCUSSION_BANK ? 0 : p.bank() << BANK_SHIFT) + "/" + p.number() + " "
                        + p.name())
                .sorted().toList();
    }

    private static double peak(Sample sample) {
        double peak = 0;
        for (float value : sample.channels()[0]) {
            peak = Math.max(peak, Math.abs(value));
        }
        return peak;
    }
}
