package org.carillon.sampler.graph;

import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.carillon.sampler.SamplerOptions;
import org.carillon.sampler.format.InstrumentLoader;
import org.carillon.sampler.output.OutputOptions;

/** A configuration that has been checked. */
record SamplerSettings(String name, String instrument, Set<Integer> programs, Way way, int polyphony, double gainDb,
        OutputOptions options) {
    static final String BUILT_IN = "built-in";
    private static final double MIN_GAIN_DB = -60;
    private static final double MAX_GAIN_DB = 24;
    private static final int MAX_PROGRAM = 127;
    private static final int MAX_BANK = 16_383;

    /** Where it is heard. */
    enum Way {
        BEST, JACK, JAVASOUND, NONE
    }

    /** @throws IllegalArgumentException with the name and value of the first thing that cannot be. */
    static SamplerSettings of(SamplerConfig config) {
        String name = config.name();
        if (name == null || name.isBlank()) {
            throw new IllegalArgumentException("sampler needs a name: name=" + name);
        }
        if (config.instrument() == null || config.instrument().isBlank()) {
            throw new IllegalArgumentException("sampler needs an instrument, a file or " + BUILT_IN + ": instrument="
                    + config.instrument() + ", name=" + name);
        }
        if (!(config.gainDb() >= MIN_GAIN_DB && config.gainDb() <= MAX_GAIN_DB)) {
            throw new IllegalArgumentException("gain must be -60 to 24 decibels: gainDb=" + config.gainDb() + ", name="
                    + name);
        }
        OutputOptions options = OutputOptions.named(name).withFormat(config.sampleRateHz(), config.blockFrames())
                .withServer(config.server()).withConnectTo(config.connectTo())
                .withFifoPriority(config.realtimePriority());
        var settings = new SamplerSettings(name, config.instrument(), programs(config), way(config.output()),
                config.polyphony(), config.gainDb(), config.anyCollector() ? options.withAnyCollector() : options);
        settings.voices(options.sampleRateHz()); // checks the polyphony
        return settings;
    }

    private static Way way(String output) {
        try {
            return Way.valueOf(output.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "output must be one of best, jack, javasound, none: output=" + output, e);
        }
    }

    private static Set<Integer> programs(SamplerConfig config) {
        Set<Integer> programs = new TreeSet<>();
        for (String each : config.programs()) {
            String[] parts = each.strip().split(":", 2);
            int number = number(parts[parts.length - 1], MAX_PROGRAM, each);
            int bank = parts.length == 2 ? number(parts[0], MAX_BANK, each) : 0;
            programs.add(InstrumentLoader.program(bank, number));
        }
        return programs;
    }

    private static int number(String digits, int most, String program) {
        if (!digits.matches("\\d{1,5}") || Integer.parseInt(digits) > most) {
            throw new IllegalArgumentException("program must be a number of 0 to 127, or bank:number: program="
                    + program);
        }
        return Integer.parseInt(digits);
    }

    boolean hasInstrumentOf(SamplerSettings other) {
        return instrument.equals(other.instrument) && programs.equals(other.programs);
    }

    boolean hasOutputOf(SamplerSettings other) {
        return way == other.way && polyphony == other.polyphony && options.equals(other.options);
    }

    SamplerOptions voices(int sampleRateHz) {
        return SamplerOptions.at(sampleRateHz).withPolyphony(polyphony).withBlockFrames(options.blockFrames());
    }
}
