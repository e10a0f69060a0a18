package org.carillon.sampler.format;

import org.carillon.sampler.instrument.Envelope;
import org.carillon.sampler.instrument.LoopMode;
import org.carillon.sampler.instrument.Region;

/** A zone of an instrument within a zone of a preset, made into a region. */
final class SoundFontRegion {
    /**
     * Attenuation as the makers of sound fonts heard it: the first synthesizer took 0.4 of what a file said, the
     * specification says all of it, and the players in use follow the synthesizer.
     */
    private static final double ATTENUATION_FACTOR = 0.4;
    private static final int MAX_ATTENUATION = 1_440;
    private static final double UNITS_OF_DB = 10;
    /** Sustain at which nothing is heard; the envelope's times count to it. */
    private static final double SILENCE_UNITS = 1_000;
    private static final double MAX_PAN = 500;
    /** When a note's filter is looked at: after its attack, while it still has its own colour. */
    private static final double MOMENT_S = 0.3;
    private static final int MIN_CUTOFF = 1_500;
    private static final int MAX_CUTOFF = 13_500;
    private static final int MAX_RESONANCE = 960;
    private static final double KEY_0_HZ = 8.175_798_915_643_707;
    private static final int OCTAVE_CENTS = 1_200;
    private static final int KEY_CENTS = 100;
    private static final int MAX_COARSE_TUNE = 120;
    private static final int MAX_FINE_TUNE = 99;
    private static final int COARSE_FRAMES = 32_768;
    private static final int MAX_KEY = 127;
    /** Times as short as can be written mean none. */
    private static final int NO_TIME = -12_000;
    private static final int MAX_TIME = 8_000;
    private static final double MAX_SECONDS = 100;
    private static final int LOOPS_FOR_EVER = 1;
    private static final int LOOPS_WHILE_HELD = 3;
    private static final int LOOP_BITS = 3;

    private final SoundFontZone preset;
    private final SoundFontZone zone;
    private final SoundFontSamples.Header header;
    private final SoundFontNotices notices;
    private final Region.Builder region;

    SoundFontRegion(SoundFontZone preset, SoundFontZone zone, SoundFontSamples.Header header,
            SoundFontNotices notices) {
        this.preset = preset;
        this.zone = zone;
        this.header = header;
        this.notices = notices;
        region = Region.of(header.sample());
    }

    /** Whether a key and velocity start both zones. */
    static boolean meet(SoundFontZone preset, SoundFontZone zone) {
        return Math.max(preset.loKey, zone.loKey) <= Math.min(preset.hiKey, zone.hiKey)
                && Math.max(preset.loVelocity, zone.loVelocity) <= Math.min(preset.hiVelocity, zone.hiVelocity);
    }

    /** The region; null where nothing of the sample is left, which is said. */
    Region make() {
        region.loKey = Math.max(preset.loKey, zone.loKey);
        region.hiKey = Math.min(preset.hiKey, zone.hiKey);
        region.loVelocity = Math.max(preset.loVelocity, zone.loVelocity);
        region.hiVelocity = Math.min(preset.hiVelocity, zone.hiVelocity);
        region.group = Math.max(0, zone.get(SoundFontGenerator.EXCLUSIVE_CLASS));
        region.offBy = region.group;
        if (!frames()) {
            return null;
        }
        pitch();
        int attenuation = Math.clamp(sum(SoundFontGenerator.ATTENUATION), 0, MAX_ATTENUATION);
        region.volumeDb = attenuation == 0 ? 0 : -attenuation * ATTENUATION_FACTOR / UNITS_OF_DB;
        region.pan = Math.clamp(sum(SoundFontGenerator.PAN) / MAX_PAN, -1.0, 1.0);
        region.amplitude = envelope();
        filter();
        return region.build();
    }

    private boolean frames() {
        int frames = header.sample().frames();
        int start = offset(SoundFontGenerator.START_OFFSET, SoundFontGenerator.START_COARSE_OFFSET);
        int end = frames + offset(SoundFontGenerator.END_OFFSET, SoundFontGenerator.END_COARSE_OFFSET);
        region.startFrame = Math.clamp(start, 0, frames);
        region.endFrame = Math.clamp(end, 0, frames);
        if (region.startFrame != start || region.endFrame != end) {
            wrong("offsets lead out of the sample, they end there", ", start=" + start + ", end=" + end);
        }
        if (region.startFrame >= region.endFrame) {
            wrong("region is left out, expected its start before its end", ", start=" + start + ", end=" + end);
            return false;
        }
        int mode = zone.get(SoundFontGenerator.SAMPLE_MODES) & LOOP_BITS;
        region.loopMode = switch (mode) {
            case LOOPS_FOR_EVER -> LoopMode.CONTINUOUS;
            case LOOPS_WHILE_HELD -> LoopMode.SUSTAIN;
            default -> LoopMode.NONE;
        };
        region.loopStartFrame = region.startFrame;
        region.loopEndFrame = region.endFrame;
        if (region.loopMode != LoopMode.NONE) {
            loop();
        }
        return true;
    }

    private void loop() {
        int start = header.loopStart()
                + offset(SoundFontGenerator.LOOP_START_OFFSET, SoundFontGenerator.LOOP_START_COARSE_OFFSET);
        int end = header.loopEnd()
                + offset(SoundFontGenerator.LOOP_END_OFFSET, SoundFontGenerator.LOOP_END_COARSE_OFFSET);
        int first = Math.clamp(start, 0, region.endFrame);
        int last = Math.clamp(end, 0, region.endFrame);
        if (first >= last) {
            wrong("expected a loop within the sample, the region does not loop", ", loopStart=" + start + ", loopEnd="
                    + end);
            region.loopMode = LoopMode.NONE;
            return;
        }
        if (first != start || last != end) {
            wrong("loop leads out of the sample, it ends there", ", loopStart=" + start + ", loopEnd=" + end);
        }
        region.loopStartFrame = first;
        region.loopEndFrame = last;
    }

    private void pitch() {
        int rootKey = zone.get(SoundFontGenerator.ROOT_KEY);
        region.rootKey = rootKey >= 0 && rootKey <= MAX_KEY ? rootKey : header.rootKey();
        int coarse = Math.clamp(sum(SoundFontGenerator.COARSE_TUNE), -MAX_COARSE_TUNE, MAX_COARSE_TUNE);
        int fine = Math.clamp(sum(SoundFontGenerator.FINE_TUNE), -MAX_FINE_TUNE, MAX_FINE_TUNE);
        region.tuneCents = coarse * KEY_CENTS + fine + header.correctionCents();
        region.keyTrackCents = Math.clamp(sum(SoundFontGenerator.SCALE_TUNING), 0, OCTAVE_CENTS);
    }

    private Envelope envelope() {
        double sustainUnits = Math.clamp(sum(SoundFontGenerator.SUSTAIN), 0, SILENCE_UNITS);
        double sustain = sustainUnits == SILENCE_UNITS ? 0 : Math.pow(10, -sustainUnits / 20 / UNITS_OF_DB);
        // a file gives the time to silence, of which the way to the sustain level is a part
        double decayS = seconds(SoundFontGenerator.DECAY) * sustainUnits / SILENCE_UNITS;
        return new Envelope(seconds(SoundFontGenerator.DELAY), seconds(SoundFontGenerator.ATTACK),
                seconds(SoundFontGenerator.HOLD), decayS, sustain, seconds(SoundFontGenerator.RELEASE));
    }

    private void filter() {
        double opened = sum(SoundFontGenerator.MOD_ENV_TO_FILTER) * modulation();
        double cutoff = Math.clamp(sum(SoundFontGenerator.FILTER_CUTOFF) + opened, MIN_CUTOFF, MAX_CUTOFF);
        if (cutoff < MAX_CUTOFF) {
            region.cutoffHz = KEY_0_HZ * Math.pow(2, cutoff / OCTAVE_CENTS);
            region.resonanceDb = Math.clamp(sum(SoundFontGenerator.FILTER_RESONANCE), 0, MAX_RESONANCE) / UNITS_OF_DB;
            // the peak rises by half of it, and the rest sinks by half (section 8.1.3, generator 9)
            region.volumeDb -= region.resonanceDb / 2;
        }
    }

    /**
     * The modulation envelope at one moment of a note, 0 to 1. A voice's filter stands still; a font whose envelope
     * opens it would sound dull throughout without this.
     */
    private double modulation() {
        double sustain = 1 - Math.clamp(sum(SoundFontGenerator.MOD_SUSTAIN) / SILENCE_UNITS, 0.0, 1.0);
        double sinceS = MOMENT_S - seconds(SoundFontGenerator.MOD_DELAY);
        double attackS = seconds(SoundFontGenerator.MOD_ATTACK);
        if (sinceS < 0) {
            return 0;
        }
        if (sinceS < attackS) {
            return sinceS / attackS;
        }
        double fallingS = Math.max(0, sinceS - attackS - seconds(SoundFontGenerator.MOD_HOLD));
        double decayS = seconds(SoundFontGenerator.MOD_DECAY);
        return decayS == 0 ? sustain : Math.max(sustain, 1 - fallingS / decayS);
    }

    /** What the instrument says, or the default, and what the preset adds. */
    private int sum(SoundFontGenerator generator) {
        return zone.get(generator) + preset.added(generator);
    }

    private int offset(SoundFontGenerator fine, SoundFontGenerator coarse) {
        return zone.get(fine) + zone.get(coarse) * COARSE_FRAMES;
    }

    private double seconds(SoundFontGenerator generator) {
        int time = sum(generator);
        return time <= NO_TIME
                ? 0
                : Math.min(MAX_SECONDS, Math.pow(2, Math.min(time, MAX_TIME) / (double) OCTAVE_CENTS));
    }

    private void wrong(String text, String values) {
        notices.add(Notice.Kind.WRONG, header.place(), text + ": sample=" + header.sample().name() + values
                + ", frames=" + header.sample().frames());
    }
}
