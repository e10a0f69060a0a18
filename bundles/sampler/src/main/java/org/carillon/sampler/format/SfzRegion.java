package org.carillon.sampler.format;

import org.carillon.sampler.instrument.Envelope;
import org.carillon.sampler.instrument.LoopMode;
import org.carillon.sampler.instrument.Region;

/** A region while its opcodes are read: what cannot go into the builder before all of them are known. */
final class SfzRegion {
    /** Of {@code end}: nothing of the sample sounds. */
    static final int NOTHING = -1;
    private static final int WHOLE = Integer.MAX_VALUE;
    private static final int CENTS = 100;
    private static final double MAX_TUNE_CENTS = 12_700;
    private static final double SILENCE_DB = -144;

    final Region.Builder values;
    int lastFrame = WHOLE;
    int rootKey = 60;
    double transpose;
    double tuneCents;
    double volumeDb;
    double amplitude = 1;
    double delayS = Envelope.GATE.delayS();
    double attackS = Envelope.GATE.attackS();
    double holdS = Envelope.GATE.holdS();
    double decayS = Envelope.GATE.decayS();
    double sustain = Envelope.GATE.sustain();
    double releaseS = Envelope.GATE.releaseS();
    SfzFilter filter = SfzFilter.TWO_POLES;
    double cutoffHz = Double.POSITIVE_INFINITY;
    double resonanceDb;

    private final String soundName;
    private final Wav wav;
    private final Notices notices;
    private final Place place;

    /** Begins with the defaults of SFZ and the first loop of the file. */
    SfzRegion(String soundName, Wav wav, Notices notices, Place place) {
        this.soundName = soundName;
        this.wav = wav;
        this.notices = notices;
        this.place = place;
        values = Region.of(wav.sample());
        if (!wav.loops().isEmpty()) {
            values.loopMode = LoopMode.CONTINUOUS;
            values.loopStartFrame = wav.loops().getFirst().startFrame();
            values.loopEndFrame = wav.loops().getFirst().endFrame();
        }
    }

    void key(int key) {
        values.loKey = key;
        values.hiKey = key;
        rootKey = key;
    }

    /** Takes the pitch of the file; false if it has none. */
    boolean takePitch() {
        wav.root().ifPresent(root -> {
            rootKey = root.key();
            tuneCents -= root.cents();
        });
        return wav.root().isPresent();
    }

    /** The region; null where it cannot sound, which is said. */
    Region finish() {
        if (values.loKey > values.hiKey || values.loVelocity > values.hiVelocity || values.loChannel > values.hiChannel
                || values.loRandom > values.hiRandom || values.sequencePosition > values.sequenceLength
                || values.hiKey < 0 || values.loKey > NoteNames.MAX_KEY) {
            return leftOut("expected ranges with the lower end first, and a turn within its round: keys="
                    + values.loKey + ".." + values.hiKey + ", velocities=" + values.loVelocity + ".."
                    + values.hiVelocity + ", channels=" + (values.loChannel + 1) + ".." + (values.hiChannel + 1)
                    + ", random=" + values.loRandom + ".." + values.hiRandom + ", turn=" + values.sequencePosition
                    + " of " + values.sequenceLength);
        }
        values.loKey = Math.max(values.loKey, 0);
        values.hiKey = Math.min(values.hiKey, NoteNames.MAX_KEY);
        if (!frames()) {
            return null;
        }
        pitch();
        values.volumeDb = amplitude > 0
                ? Math.max(volumeDb + 20 * Math.log10(amplitude), SILENCE_DB)
                : SILENCE_DB;
        values.amplitude = new Envelope(delayS, attackS, holdS, decayS, sustain, releaseS);
        filter();
        return values.build();
    }

    private void pitch() {
        rootKey = Math.clamp(rootKey, 0, NoteNames.MAX_KEY);
        values.rootKey = rootKey;
        values.filterRootKey = Math.clamp(values.filterRootKey, 0, NoteNames.MAX_KEY);
        values.tuneCents = tuneCents + transpose * CENTS;
        if (Generators.isWave(soundName)) {
            // a wave sounds as its root key, whichever that is
            Wav.Root own = wav.root().orElseThrow();
            values.tuneCents += (rootKey - own.key()) * CENTS - own.cents();
        } else if (Generators.isUnpitched(soundName)) {
            values.tuneCents = 0;
            values.keyTrackCents = 0;
            values.bendUpCents = 0;
            values.bendDownCents = 0;
        }
        if (Math.abs(values.tuneCents) > MAX_TUNE_CENTS) {
            corrected("expected tune and transpose of at most 127 semitones, the nearest serve: cents="
                    + values.tuneCents);
            values.tuneCents = Math.clamp(values.tuneCents, -MAX_TUNE_CENTS, MAX_TUNE_CENTS);
        }
    }

    private boolean frames() {
        int frames = values.sample.frames();
        if (lastFrame == NOTHING) {
            lastFrame = WHOLE;
        } else if (lastFrame != WHOLE && lastFrame >= frames) {
            corrected("end lies behind the sample, it is moved there: end=" + lastFrame + ", frames=" + frames);
        }
        values.endFrame = (int) Math.min(lastFrame + 1L, frames);
        if (values.startFrame >= values.endFrame) {
            leftOut("expected offset before the end: offset=" + values.startFrame + ", endFrame=" + values.endFrame);
            return false;
        }
        if (values.loopMode == LoopMode.CONTINUOUS || values.loopMode == LoopMode.SUSTAIN) {
            loop();
        } else {
            values.loopStartFrame = values.startFrame;
            values.loopEndFrame = values.endFrame;
        }
        return true;
    }

    private void loop() {
        if (values.loopEndFrame > values.endFrame) {
            // a loop of the file's own that the region cuts off is nobody's mistake
            if (values.loopEndFrame > values.sample.frames()) {
                corrected("loop_end lies behind the sample, it is moved there: loop_end=" + (values.loopEndFrame - 1)
                        + ", frames=" + values.sample.frames());
            }
            values.loopEndFrame = values.endFrame;
        }
        if (values.loopStartFrame >= values.loopEndFrame) {
            corrected("expected loop_start before loop_end, the region does not loop: loop_start="
                    + values.loopStartFrame + ", loop_end=" + (values.loopEndFrame - 1));
            values.loopMode = LoopMode.NONE;
            values.loopStartFrame = values.startFrame;
            values.loopEndFrame = values.endFrame;
        }
    }

    private void filter() {
        switch (filter) {
            case TWO_POLES -> {
                values.cutoffHz = cutoffHz;
                values.resonanceDb = resonanceDb;
            }
            case MORE_POLES -> {
                values.cutoffHz = cutoffHz;
                values.resonanceDb = resonanceDb;
                notHonoured("fil_type is played as lpf_2p");
            }
            case ONE_POLE -> {
                values.cutoffHz = cutoffHz;
                notHonoured("fil_type lpf_1p is played as lpf_2p without resonance");
            }
            default -> notHonoured("only low-pass filters are played, the region sounds without its filter");
        }
    }

    private void notHonoured(String text) {
        notices.once(text, Notice.Kind.NOT_HONOURED, place, text);
    }

    private void corrected(String text) {
        notices.add(Notice.Kind.WRONG, place, text);
    }

    private Region leftOut(String text) {
        notices.add(Notice.Kind.WRONG, place, "region is left out, " + text);
        return null;
    }
}
