package org.carillon.sampler.voice;

/**
 * All voices. As many sound as was agreed; one more, and the quietest of them fades out, in one of the lanes kept for
 * that. Audio thread.
 */
final class VoicePool {
    /** A fade is over before it is heard and long enough not to click. */
    private static final double FADE_S = 0.005;
    private static final int ALL = (1 << Lanes.WIDTH) - 1;

    private final Lanes lanes;
    private final Voice[] voices;
    /** A bit for each lane of a bank. */
    private final int[] active;
    private final int[] filtered;
    private final int polyphony;
    private final int fadeFrames;
    /** Keeps {@link Voice#touch} from being taken for superfluous. */
    private float touched;
    private int sounding;
    private int fading;
    private long stolen;

    VoicePool(Lanes lanes, int laneCount, int polyphony, boolean isStereoOut, int sampleRateHz) {
        this.lanes = lanes;
        this.polyphony = polyphony;
        voices = new Voice[laneCount];
        for (int lane = 0; lane < laneCount; lane++) {
            voices[lane] = new Voice(lanes, lane, isStereoOut);
        }
        active = new int[laneCount / Lanes.WIDTH];
        filtered = new int[active.length];
        fadeFrames = Math.max(Lanes.TICK_FRAMES, EnvelopeShape.frames(FADE_S, sampleRateHz));
    }

    /** Lanes for so many voices, and for a part of them that fade out meanwhile. */
    static int laneCount(int polyphony) {
        int spare = Math.max(Lanes.WIDTH, polyphony / 4);
        return (polyphony + spare + Lanes.WIDTH - 1) / Lanes.WIDTH * Lanes.WIDTH;
    }

    int sounding() {
        return sounding;
    }

    long stolen() {
        return stolen;
    }

    boolean isSilent() {
        return sounding + fading == 0;
    }

    /** Starts a layer: one voice for each channel of its sample. */
    void begin(Layer layer, ChannelState controls, int channel, int key, int velocity, long note, int framesToTick) {
        Voice before = null;
        for (int side = 0; side < layer.tracks.length; side++) {
            if (sounding >= polyphony) {
                steal(note);
            }
            Voice voice = freeVoice();
            voice.begin(layer, side, controls, channel, key, velocity, framesToTick);
            voice.note = note;
            occupy(voice);
            if (before != null) {
                before.partner = voice;
                voice.partner = before;
            }
            before = voice;
        }
    }

    private void occupy(Voice voice) {
        int bit = 1 << voice.lane % Lanes.WIDTH;
        active[voice.lane / Lanes.WIDTH] |= bit;
        if (voice.layer.isFiltered) {
            filtered[voice.lane / Lanes.WIDTH] |= bit;
        }
        sounding++;
    }

    private void vacate(Voice voice) {
        int bit = 1 << voice.lane % Lanes.WIDTH;
        active[voice.lane / Lanes.WIDTH] &= ~bit;
        filtered[voice.lane / Lanes.WIDTH] &= ~bit;
        lanes.rest(voice.lane);
        if (voice.isCounted) {
            sounding--;
        } else {
            fading--;
        }
        voice.isActive = false;
    }

    /** The lowest free lane, so that the banks stay dense; if there is none, the quietest one that fades. */
    private Voice freeVoice() {
        for (int bank = 0; bank < active.length; bank++) {
            if (active[bank] != ALL) {
                return voices[bank * Lanes.WIDTH + Integer.numberOfTrailingZeros(~active[bank])];
            }
        }
        Voice quietest = quietest(false, 0);
        vacate(quietest);
        return quietest;
    }

    /** Voices of the note that needs room go last. */
    private void steal(long note) {
        Voice quietest = quietest(true, note);
        fade(quietest);
        stolen++;
        if (quietest.partner != null && quietest.partner.partner == quietest && quietest.partner.isCounted) {
            fade(quietest.partner);
            stolen++;
        }
    }

    private Voice quietest(boolean sounds, long note) {
        Voice quietest = null;
        float least = Float.POSITIVE_INFINITY;
        for (Voice voice : voices) {
            if (voice.isActive && voice.isCounted == sounds) {
                float loudness = voice.note == note ? Float.MAX_VALUE : voice.loudness();
                if (quietest == null || loudness < least || loudness == least && voice.note < quietest.note) {
                    quietest = voice;
                    least = loudness;
                }
            }
        }
        return quietest;
    }

    private void fade(Voice voice) {
        voice.fade(fadeFrames);
        voice.isCounted = false;
        sounding--;
        fading++;
    }

    /** Ends the notes of a key; what plays to its end whatever happens, stays. */
    void release(int channel, int key) {
        for (Voice voice : voices) {
            if (voice.isActive && voice.channel == channel && voice.key == key) {
                release(voice);
            }
        }
    }

    private static void release(Voice voice) {
        if (!voice.isReleased && !voice.layer.isOneShot) {
            voice.release();
        }
    }

    /** Silences what this group silences, except for the note itself. */
    void choke(int group, long note) {
        for (Voice voice : voices) {
            if (voice.isActive && voice.isCounted && voice.note != note && voice.layer.offBy == group) {
                if (voice.layer.isOffNormal) {
                    voice.release();
                } else {
                    fade(voice);
                }
            }
        }
    }

    /** Silences a channel. */
    void silence(int channel) {
        for (Voice voice : voices) {
            if (voice.isActive && voice.isCounted && voice.channel == channel) {
                fade(voice);
            }
        }
    }

    void bend(int channel) {
        for (Voice voice : voices) {
            if (voice.isActive && voice.channel == channel) {
                voice.bend();
            }
        }
    }

    /** A step of envelopes and controllers. */
    void tick() {
        for (Voice voice : voices) {
            if (voice.isActive) {
                if (voice.isOver()) {
                    vacate(voice);
                } else {
                    if (voice.hasEnded() && voice.isCounted) {
                        fade(voice); // leaves the filter time to ring out
                    }
                    voice.tick();
                }
            }
        }
    }

    /** Adds frames of a tick to the sums of the lanes. */
    void render(BankKernel kernel, int from, int to) {
        for (int bank = 0; bank < active.length; bank++) {
            int mask = active[bank];
            if (mask != 0) {
                int first = bank * Lanes.WIDTH;
                float sum = 0;
                for (int rest = mask; rest != 0; rest &= rest - 1) {
                    sum += voices[first + Integer.numberOfTrailingZeros(rest)].touch(to - from);
                }
                touched = sum;
                for (int rest = mask; rest != 0; rest &= rest - 1) {
                    voices[first + Integer.numberOfTrailingZeros(rest)].fill(kernel, from, to);
                }
                kernel.mix(lanes, first, mask, filtered[bank] != 0, from, to);
            }
        }
    }
}
