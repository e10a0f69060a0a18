package org.carillon.sampler.voice;

import java.util.Arrays;

/** Controllers, program and keys of one MIDI channel. Audio thread. */
final class ChannelState {
    static final int KEYS = 128;
    private static final int HELD = 1;
    private static final int PEDALLED = 2;
    private static final int CAPTURED = 4;
    /** General MIDI's value at reset. */
    private static final int DEFAULT_VOLUME = 100;
    private static final int MAX_VALUE = 127;
    private static final int PAN_CENTRE = 64;
    private static final float PAN_SPAN = 63;
    private static final float ARRIVED = 1e-4f;
    private static final double CENTS_PER_OCTAVE = 1_200;
    private static final int UNSET = -1;

    int bankHigh;
    int bankLow;
    int program;
    Patch patch;
    int parameterHigh = MAX_VALUE;
    int parameterLow = MAX_VALUE;

    private final float pace;
    private final byte[] keys = new byte[KEYS];
    private final byte[] velocities = new byte[KEYS];
    private int heldKeys;
    private boolean isPedalDown;
    private boolean isSostenutoDown;
    private double wheel;
    private double bendRangeOctaves = UNSET;
    private int bendRangeSemitones = 2;
    private int bendRangeCents;
    private int volume = DEFAULT_VOLUME;
    private int expression = MAX_VALUE;
    private float gainTarget = target();
    private float gain = gainTarget;
    private float panTarget;
    private float pan;
    private boolean isMoving;

    /** @param pace part of its way to a new value that a controller goes in one tick. */
    ChannelState(float pace) {
        this.pace = pace;
    }

    void tick() {
        isMoving = gain != gainTarget || pan != panTarget;
        if (isMoving) {
            gain = approach(gain, gainTarget);
            pan = approach(pan, panTarget);
        }
    }

    private float approach(float from, float to) {
        float next = from + (to - from) * pace;
        return Math.abs(next - to) < ARRIVED ? to : next;
    }

    /** True in a tick in which volume or pan differ from those of the tick before. */
    boolean isMoving() {
        return isMoving;
    }

    float gain() {
        return gain;
    }

    float pan() {
        return pan;
    }

    /** -1 to 1. */
    double wheel() {
        return wheel;
    }

    /** Negative: each region's own. */
    double bendRangeOctaves() {
        return bendRangeOctaves;
    }

    void setVolume(int value) {
        volume = value;
        gainTarget = target();
    }

    void setExpression(int value) {
        expression = value;
        gainTarget = target();
    }

    private float target() {
        return Tables.square(volume) * Tables.square(expression);
    }

    void setPan(int value) {
        panTarget = Math.clamp((value - PAN_CENTRE) / PAN_SPAN, -1, 1);
    }

    void setWheel(double wheel) {
        this.wheel = wheel;
    }

    void setBendRangeSemitones(int semitones) {
        bendRangeSemitones = semitones;
        setBendRange();
    }

    void setBendRangeCents(int cents) {
        bendRangeCents = cents;
        setBendRange();
    }

    private void setBendRange() {
        bendRangeOctaves = (bendRangeSemitones * 100 + bendRangeCents) / CENTS_PER_OCTAVE;
    }

    /** Controllers as they are after controller 121; volume, pan and program stay (RP-015). */
    void resetControllers() {
        setExpression(MAX_VALUE);
        wheel = 0;
        parameterHigh = MAX_VALUE;
        parameterLow = MAX_VALUE;
    }

    boolean isPedalDown() {
        return isPedalDown;
    }

    void setPedal(boolean isDown) {
        isPedalDown = isDown;
    }

    /** Catches the keys that are down when it goes down. */
    void setSostenuto(boolean isDown) {
        if (isDown && !isSostenutoDown) {
            for (int key = 0; key < KEYS; key++) {
                if (isHeld(key)) {
                    keys[key] |= CAPTURED;
                }
            }
        } else if (!isDown) {
            for (int key = 0; key < KEYS; key++) {
                keys[key] &= ~CAPTURED;
            }
        }
        isSostenutoDown = isDown;
    }

    boolean hasHeldKeys() {
        return heldKeys > 0;
    }

    boolean isHeld(int key) {
        return (keys[key] & HELD) != 0;
    }

    void press(int key, int velocity) {
        if (!isHeld(key)) {
            heldKeys++;
        }
        keys[key] = HELD;
        velocities[key] = (byte) velocity;
    }

    /** True when the note ends now; false when a pedal holds it. */
    boolean lift(int key) {
        heldKeys--;
        keys[key] &= ~HELD;
        if (isPedalDown || (keys[key] & CAPTURED) != 0) {
            keys[key] |= PEDALLED;
            return false;
        }
        return true;
    }

    /** True, once, for a key that is up and that no pedal holds any more. */
    boolean letGo(int key) {
        if ((keys[key] & (HELD | CAPTURED)) != 0 || (keys[key] & PEDALLED) == 0 || isPedalDown) {
            return false;
        }
        keys[key] = 0;
        return true;
    }

    void forgetKeys() {
        Arrays.fill(keys, (byte) 0);
        heldKeys = 0;
    }

    int velocity(int key) {
        return velocities[key];
    }
}
