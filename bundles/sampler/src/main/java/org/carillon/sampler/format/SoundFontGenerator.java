package org.carillon.sampler.format;

/** Generators (SoundFont Technical Specification 2.04, section 8.1.3): numbers, defaults, and what is made of them. */
enum SoundFontGenerator {
    START_OFFSET(0, "startAddrsOffset", 0, true),
    END_OFFSET(1, "endAddrsOffset", 0, true),
    LOOP_START_OFFSET(2, "startloopAddrsOffset", 0, true),
    LOOP_END_OFFSET(3, "endloopAddrsOffset", 0, true),
    START_COARSE_OFFSET(4, "startAddrsCoarseOffset", 0, true),
    MOD_LFO_TO_PITCH(5, "modLfoToPitch", 0, false),
    VIB_LFO_TO_PITCH(6, "vibLfoToPitch", 0, false),
    MOD_ENV_TO_PITCH(7, "modEnvToPitch", 0, false),
    FILTER_CUTOFF(8, "initialFilterFc", 13_500, true),
    FILTER_RESONANCE(9, "initialFilterQ", 0, true),
    MOD_LFO_TO_FILTER(10, "modLfoToFilterFc", 0, false),
    MOD_ENV_TO_FILTER(11, "modEnvToFilterFc", 0, false),
    END_COARSE_OFFSET(12, "endAddrsCoarseOffset", 0, true),
    MOD_LFO_TO_VOLUME(13, "modLfoToVolume", 0, false),
    CHORUS(15, "chorusEffectsSend", 0, false),
    REVERB(16, "reverbEffectsSend", 0, false),
    PAN(17, "pan", 0, true),
    MOD_DELAY(25, "delayModEnv", -12_000, true),
    MOD_ATTACK(26, "attackModEnv", -12_000, true),
    MOD_HOLD(27, "holdModEnv", -12_000, true),
    MOD_DECAY(28, "decayModEnv", -12_000, true),
    MOD_SUSTAIN(29, "sustainModEnv", 0, true),
    DELAY(33, "delayVolEnv", -12_000, true),
    ATTACK(34, "attackVolEnv", -12_000, true),
    HOLD(35, "holdVolEnv", -12_000, true),
    DECAY(36, "decayVolEnv", -12_000, true),
    SUSTAIN(37, "sustainVolEnv", 0, true),
    RELEASE(38, "releaseVolEnv", -12_000, true),
    KEY_TO_HOLD(39, "keynumToVolEnvHold", 0, false),
    KEY_TO_DECAY(40, "keynumToVolEnvDecay", 0, false),
    INSTRUMENT(41, "instrument", -1, true),
    KEY_RANGE(43, "keyRange", 0, true),
    VELOCITY_RANGE(44, "velRange", 0, true),
    LOOP_START_COARSE_OFFSET(45, "startloopAddrsCoarseOffset", 0, true),
    FIXED_KEY(46, "keynum", -1, false),
    FIXED_VELOCITY(47, "velocity", -1, false),
    ATTENUATION(48, "initialAttenuation", 0, true),
    LOOP_END_COARSE_OFFSET(50, "endloopAddrsCoarseOffset", 0, true),
    COARSE_TUNE(51, "coarseTune", 0, true),
    FINE_TUNE(52, "fineTune", 0, true),
    SAMPLE(53, "sampleID", -1, true),
    SAMPLE_MODES(54, "sampleModes", 0, true),
    SCALE_TUNING(56, "scaleTuning", 100, true),
    EXCLUSIVE_CLASS(57, "exclusiveClass", 0, true),
    ROOT_KEY(58, "overridingRootKey", -1, true);

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
    final boolean isHonoured;

    SoundFontGenerator(int number, String label, int standard, boolean isHonoured) {
        this.number = number;
        this.label = label;
        this.standard = standard;
        this.isHonoured = isHonoured;
    }

    /** The generator of a number; null for those without a meaning here: times of what does nothing, and the unused. */
    static SoundFontGenerator of(int number) {
        return number < COUNT ? BY_NUMBER[number] : null;
    }
}
