package org.carillon.launcher.sound;

import java.util.Arrays;

/**
 * How loud sound is, while it passes: its peak, its mean power, and its outline for a picture. Allocates nothing after
 * it is made, so an audio thread may use it; others look when that has ended.
 */
public final class LevelMeter {
    private static final int COLUMNS = 4_096;
    private static final double DB_PER_DECADE = 20;

    private final int channels;
    private final float[] lows = new float[COLUMNS];
    private final float[] highs = new float[COLUMNS];
    private long framesPerColumn = 16;
    private long frames;
    private double squares;
    private float peak;

    /** @param channels of the interleaved sound. */
    public LevelMeter(int channels) {
        this.channels = channels;
    }

    /** Takes what passes. */
    public void add(float[] buffer, int count) {
        double sum = 0;
        for (int frame = 0, i = 0; frame < count; frame++) {
            int column = column();
            for (int channel = 0; channel < channels; channel++, i++) {
                float value = buffer[i];
                sum += (double) value * value;
                lows[column] = Math.min(lows[column], value);
                highs[column] = Math.max(highs[column], value);
                peak = Math.max(peak, Math.abs(value));
            }
            frames++;
        }
        squares += sum;
    }

    private int column() {
        if (frames / framesPerColumn == COLUMNS) {
            fold();
        }
        return (int) (frames / framesPerColumn);
    }

    /** Two columns become one, so that there is room for as much again. */
    private void fold() {
        for (int i = 0; i < COLUMNS / 2; i++) {
            lows[i] = Math.min(lows[2 * i], lows[2 * i + 1]);
            highs[i] = Math.max(highs[2 * i], highs[2 * i + 1]);
        }
        Arrays.fill(lows, COLUMNS / 2, COLUMNS, 0);
        Arrays.fill(highs, COLUMNS / 2, COLUMNS, 0);
        framesPerColumn *= 2;
    }

    public long frames() {
        return frames;
    }

    /** The largest value, full scale is 1. */
    public float peak() {
        return peak;
    }

    /** The peak in decibels below full scale; negative infinity for silence. */
    public double peakDbfs() {
        return dbfs(peak);
    }

    /** The root of the mean square of all channels, in decibels; a full-scale square wave has 0. */
    public double rmsDbfs() {
        return frames == 0 ? Double.NEGATIVE_INFINITY : dbfs(Math.sqrt(squares / frames / channels));
    }

    /** The lowest value of each stretch of the sound, from the first on. */
    public float[] lows() {
        return Arrays.copyOf(lows, columns());
    }

    /** The highest value of each stretch. */
    public float[] highs() {
        return Arrays.copyOf(highs, columns());
    }

    private int columns() {
        return (int) Math.ceilDiv(frames, framesPerColumn);
    }

    /** Decibels of a value against full scale. */
    public static double dbfs(double value) {
        return DB_PER_DECADE * Math.log10(value);
    }

    /** The factor that so many decibels are. */
    public static double factor(double db) {
        return Math.pow(10, db / DB_PER_DECADE);
    }
}
