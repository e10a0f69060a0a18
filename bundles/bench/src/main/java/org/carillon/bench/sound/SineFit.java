package org.carillon.bench.sound;

/** How much of a signal is one sine of known frequency, whatever its phase and level, and how much is not. */
final class SineFit {
    private static final double POWER_DB = 10;

    private SineFit() {}

    /**
     * Projects values onto the sine and takes what is left for noise.
     *
     * @param from          first value.
     * @param to            value after the last one.
     * @param cyclesPerFrame frequency by sample rate.
     * @return decibels of the sine's power above the rest.
     */
    static double snrDb(float[] values, int from, int to, double cyclesPerFrame) {
        double angle = 2 * Math.PI * cyclesPerFrame;
        double sineSine = 0;
        double sineCosine = 0;
        double cosineCosine = 0;
        double sineValue = 0;
        double cosineValue = 0;
        for (int i = from; i < to; i++) {
            double sine = Math.sin(angle * (i - from));
            double cosine = Math.cos(angle * (i - from));
            sineSine += sine * sine;
            sineCosine += sine * cosine;
            cosineCosine += cosine * cosine;
            sineValue += sine * values[i];
            cosineValue += cosine * values[i];
        }
        double determinant = sineSine * cosineCosine - sineCosine * sineCosine;
        double a = (sineValue * cosineCosine - cosineValue * sineCosine) / determinant;
        double b = (cosineValue * sineSine - sineValue * sineCosine) / determinant;
        double signal = 0;
        double noise = 0;
        for (int i = from; i < to; i++) {
            double ideal = a * Math.sin(angle * (i - from)) + b * Math.cos(angle * (i - from));
            signal += ideal * ideal;
            noise += (values[i] - ideal) * (values[i] - ideal);
        }
        return POWER_DB * Math.log10(signal / noise);
    }
}
