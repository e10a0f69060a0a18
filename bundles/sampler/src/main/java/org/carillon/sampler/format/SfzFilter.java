package org.carillon.sampler.format;

import java.util.Map;

/** What becomes of the filters of SFZ. */
enum SfzFilter {
    /** Honoured. */
    TWO_POLES,
    /** Played with two poles, and without resonance. */
    ONE_POLE,
    /** Another low-pass filter, played with two poles. */
    MORE_POLES,
    /** Left out. */
    OTHER;

    static final Map<String, SfzFilter> BY_NAME = Map.ofEntries(Map.entry("lpf_2p", TWO_POLES),
            Map.entry("lpf_1p", ONE_POLE), Map.entry("lpf_2p_sv", MORE_POLES), Map.entry("lpf_4p", MORE_POLES),
            Map.entry("lpf_6p", MORE_POLES), Map.entry("hpf_1p", OTHER), Map.entry("hpf_2p", OTHER),
            Map.entry("hpf_2p_sv", OTHER), Map.entry("hpf_4p", OTHER), Map.entry("hpf_6p", OTHER),
            Map.entry("bpf_1p", OTHER), Map.entry("bpf_2p", OTHER), Map.entry("bpf_2p_sv", OTHER),
            Map.entry("bpf_4p", OTHER), Map.entry("bpf_6p", OTHER), Map.entry("brf_1p", OTHER),
            Map.entry("brf_2p", OTHER), Map.entry("brf_2p_sv", OTHER), Map.entry("apf_1p", OTHER),
            Map.entry("pkf_2p", OTHER), Map.entry("lsh", OTHER), Map.entry("hsh", OTHER), Map.entry("peq", OTHER),
            Map.entry("comb", OTHER), Map.entry("pink", OTHER));
}
