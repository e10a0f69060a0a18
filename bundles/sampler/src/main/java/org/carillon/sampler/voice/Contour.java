package org.carillon.sampler.voice;

/** Where a voice is in its envelope. */
final class Contour {
    private enum Stage {
        DELAY, ATTACK, HOLD, DECAY, SUSTAIN, RELEASE, FADE, DONE
    }

    private EnvelopeShape shape;
    private Stage stage = Stage.DONE;
    private int framesLeft;
    private int fadeFrames;
    /** Level at which a release or fade set out. */
    private float startLevel;
    private double octaves;
    private float level;

    /** Sets out; the level is then that of the first frame. */
    void begin(EnvelopeShape shape) {
        this.shape = shape;
        // without an attack a sample starts as it is, also after a delay: it is silent until then
        level = shape.attackFrames == 0 ? 1 : 0;
        enter(Stage.DELAY, shape.delayFrames);
        skipEmptyStages();
    }

    float level() {
        return level;
    }

    boolean isDone() {
        return stage == Stage.DONE;
    }

    /** True when the level cannot change by itself. */
    boolean isSteady() {
        return stage == Stage.SUSTAIN;
    }

    /** True while the level does not yet tell how loud the voice will be. */
    boolean isRising() {
        return stage == Stage.DELAY || stage == Stage.ATTACK;
    }

    void release() {
        if (stage != Stage.FADE && stage != Stage.DONE) {
            startLevel = level;
            octaves = 0;
            stage = stage == Stage.DELAY ? Stage.DONE : Stage.RELEASE;
        }
    }

    /** Ends in a straight line, whatever the envelope says. */
    void fade(int frames) {
        if (stage != Stage.FADE && stage != Stage.DONE) {
            startLevel = level;
            fadeFrames = frames;
            enter(Stage.FADE, frames);
        }
    }

    /** Goes on by some frames; answers the level after them. */
    float advance(int frames) {
        int rest = frames;
        while (rest > 0) {
            rest = switch (stage) {
                case DELAY, ATTACK, HOLD -> pass(rest);
                case DECAY -> decay(rest);
                case RELEASE -> fall(rest);
                case FADE -> fadeOn(rest);
                case SUSTAIN, DONE -> 0;
            };
        }
        if (stage == Stage.DONE) {
            level = 0;
        }
        return level;
    }

    private int pass(int frames) {
        int passed = Math.min(frames, framesLeft);
        framesLeft -= passed;
        if (stage == Stage.ATTACK) {
            level = 1 - (float) framesLeft / shape.attackFrames;
        }
        skipEmptyStages();
        return frames - passed;
    }

    private void skipEmptyStages() {
        while (framesLeft == 0) {
            switch (stage) {
                case DELAY -> enter(Stage.ATTACK, shape.attackFrames);
                case ATTACK -> {
                    level = 1;
                    enter(Stage.HOLD, shape.holdFrames);
                }
                case HOLD -> {
                    octaves = 0;
                    stage = shape.sustainOctaves > 0 ? Stage.DECAY : Stage.SUSTAIN;
                    return;
                }
                default -> {
                    return;
                }
            }
        }
    }

    private int decay(int frames) {
        octaves += shape.decayOctaves * frames;
        if (octaves >= shape.sustainOctaves) {
            level = shape.sustain;
            stage = shape.sustain == 0 ? Stage.DONE : Stage.SUSTAIN;
        } else {
            level = (float) Tables.exp2(-octaves);
        }
        return 0;
    }

    private int fall(int frames) {
        octaves += shape.releaseOctaves * frames;
        level = startLevel * (float) Tables.exp2(-octaves);
        if (level < EnvelopeShape.SILENCE) {
            stage = Stage.DONE;
        }
        return 0;
    }

    private int fadeOn(int frames) {
        framesLeft -= frames;
        if (framesLeft <= 0) {
            stage = Stage.DONE;
        } else {
            level = startLevel * framesLeft / fadeFrames;
        }
        return 0;
    }

    private void enter(Stage stage, int frames) {
        this.stage = stage;
        framesLeft = frames;
    }
}
