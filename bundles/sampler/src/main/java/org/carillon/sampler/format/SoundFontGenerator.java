package org.carillon.sampler.format;

/** Generators (SoundFont Technical Specification 2.04, section 8.1.3): numbers, defaults, and what is made of them. */
enum SoundFontGenerator {
    START_OFFSET(0, "startAddrsOffset", 0, Use.INSTRUMENT),
    END_OFFSET(1, "endAddrsOffset", 0, Use.INSTRUMENT),
    LOOP_START_OFFSET(2, "startloopAddrsOffset", 0, Use.INSTRUMENT),
    LOOP_END_OFFSET(3, "endloopAddrsOffset", 0, Use.INSTRUMENT),
    START_COARSE_OFFSET(4, "startAddrsCoarseOffset", 0, Use.INSTRUMENT),
    MOD_LFO_TO_PITCH(5, "modLfoToPitch", 0, Use.NONE),
    VIB_LFO_TO_PITCH(6, "vibLfoToPitch", 0, Use.NONE),
    MOD_ENV_TO_PITCH(7, "modEnvToPitch", 0, Use.NONE),
    FILTER_CUTOFF(8, "initialFilterFc", 13_500, Use.BOTH),
    FILTER_RESONANCE(9, "initialFilterQ", 0, Use.BOTH),
    MOD_LFO_TO_FILTER(10, "modLfoToFilterFc", 0, Use.NONE),
    MOD_ENV_TO_FILTER(11, "modEnvToFilterFc", 0, Use.NONE),
    END_COARSE_OFFSET(12, "endAddrsCoarseOffset", 0, Use.INSTRUMENT),
    MOD_LFO_TO_VOLUME(13, "modLfoToVolume", 0, Use.NONE),
    CHORUS(15, "chorusEffectsSend", 0, Use.NONE),
    REVERB(16, "reverbEffectsSend", 0, Use.NONE),
    PAN(17, "pan", 0, Use.BOTH),
    DELAY(33, "delayVolEnv", -12_000, Use.BOTH),
    ATTACK(34, "attackVolEnv", -12_000, Use.BOTH),
    HOLD(35, "holdVolEnv", -12_000, Use.BOTH),
    DECAY(36, "decayVolEnv", -12_000, Use.BOTH),
    SUSTAIN(37, "sustainVolEnv", 0, Use.BOTH),
    RELEASE(38, "releaseVolEnv", -12_000, Use.BOTH),
    KEY_TO_HOLD(39, "keynumToVolEnvHold", 0, Use.NONE),
    KEY_TO_DECAY(40, "keynumToVolEnvDecay", 0, Use.NONE),
    INSTRUMENT(41, "instrument", -1, Use.BOTH),
    KEY_RANGE(43, "keyRange", 0, Use.BOTH),
    VELOCITY_RANGE(44, "velRange", 0, Use.BOTH),
    LOOP_START_COARSE_OFFSET(45, "startloopAddrsCoarseOffset", 0, Use.INSTRUMENT),
    FIXED_KEY(46, "keynum", -1, Use.NONE),
    FIXED_VELOCITY(47, "velocity", -1, Use.NONE),
    ATTENUATION(48, "initialAttenuation", 0, Use.BOTH),
    LOOP_END_COARSE_OFFSET(50, "endloopAddrsCoarseOffset", 0, Use.INSTRUMENT),
    COARSE_TUNE(51, "coarseTune", 0, Use.BOTH),
    FINE_TUNE(52, "fineTune", 0, Use.BOTH),
    SAMPLE(53, "sampleID", -1, Use.INSTRUMENT),
    SAMPLE_MODES(54, "sampleModes", 0, Use.INSTRUMENT),
    SCALE_TUNING(56, "scaleTuning", 100, Use.BOTH),
    EXCLUSIVE_CLASS(57, "exclusiveClass", 0, Use.INSTRUMENT),
    ROOT_KEY(58, "overridingRootKey", -1, Use.INSTRUMENT);

    /** Where a generator is honoured. */
    enum Use {
        NONE,
        /** In instruments only; a preset may not say it. */
        INSTRUMENT,
        /** In instruments, and added to in presets. */
        BOTH
    }

    static final int COUNT = 61;
    private static final SoundFontGenerator[] BY_NUMBER = new SoundFontGenerator[COUNT];

    static {
        for (SoundFontGenerator generator : values()) {
            BY_NUMBER[generator.number] = generator;
        }
    }

    final int number;
    final String label;
    final int standard;
    final Use use;

    SoundFontGenerator(int number, String label, int standard, Use use) {
        this.number = number;
        this.label = label;
        this.standard = standard;
        this.use = use;
    }

    /** The generator of a number; null for those without a meaning here: times of what does nothing, and the unused. */
    static SoundFontGenerator of(int number) {
        return number < COUNT ? BY_NUMBER[number] : null;
    }
}
