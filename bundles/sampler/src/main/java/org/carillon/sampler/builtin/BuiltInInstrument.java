package org.carillon.sampler.builtin;

import java.util.ArrayList;
import java.util.List;
import org.carillon.sampler.instrument.Envelope;
import org.carillon.sampler.instrument.Instrument;
import org.carillon.sampler.instrument.Program;
import org.carillon.sampler.instrument.Region;

/**
 * A small instrument that is computed when it is asked for: one sound for each family of General MIDI's programs, and a
 * set of drums on channel 10. Always the same bits. It takes about 8 MB of memory and no file.
 */
public final class BuiltInInstrument {
    private static final int PROGRAMS = 128;
    /** General MIDI numbers its programs in families of eight. */
    private static final int FAMILY_PROGRAMS = 8;
    private static final double[] ORGAN = {1, 0.7, 0.5, 0.35, 0, 0.25, 0, 0.2};
    private static final double[] REED = {1, 0.15, 0.6, 0.1, 0.45, 0.1, 0.3, 0.05, 0.2};
    private static final double[] PIPE = {1, 0.25, 0.08, 0.03};
    private static final double[] BRASS = {0.8, 1, 0.9, 0.7, 0.5, 0.35, 0.25, 0.15, 0.1, 0.05};
    private static final double[] BASS = {1, 0.6, 0.35, 0.2, 0.1};

    private BuiltInInstrument() {}

    /** Computes it, in some tenths of a second. Not for the audio thread. */
    public static Instrument create() {
        List<List<Region>> families = families();
        List<Program> programs = new ArrayList<>();
        for (int number = 0; number < PROGRAMS; number++) {
            int family = number / FAMILY_PROGRAMS;
            programs.add(new Program(0, number, "family " + family, families.get(family)));
        }
        programs.add(new Program(Program.PERCUSSION_BANK, 0, "drums", Drums.regions()));
        return new Instrument("built-in", programs);
    }

    /** The sixteen families: pianos, bells, organs, guitars, basses, strings and so on. */
    private static List<List<Region>> families() {
        List<Region> piano = Struck.piano();
        List<Region> bell = Struck.bell();
        List<Region> guitar = Struck.guitar();
        List<Region> organ = Sustained.steady("organ", ORGAN, new Envelope(0, 0.008, 0, 0, 1, 0.12));
        List<Region> bass = Sustained.steady("bass", BASS, new Envelope(0, 0.004, 0, 3, 0.3, 0.15));
        List<Region> strings = Sustained.strings(new Envelope(0, 0.06, 0, 0, 1, 0.35));
        List<Region> ensemble = Sustained.with(strings, new Envelope(0, 0.15, 0, 0, 1, 0.7));
        List<Region> brass = Sustained.steady("brass", BRASS, new Envelope(0, 0.03, 0, 0.4, 0.7, 0.15));
        List<Region> reed = Sustained.steady("reed", REED, new Envelope(0, 0.03, 0, 0, 1, 0.12));
        List<Region> pipe = Sustained.steady("pipe", PIPE, new Envelope(0, 0.05, 0, 0, 1, 0.15));
        return List.of(piano, bell, organ, guitar, bass, strings, ensemble, brass, reed, pipe, brass, ensemble, bell,
                guitar, bell, pipe);
    }
}
