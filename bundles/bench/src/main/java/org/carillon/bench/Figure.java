package org.carillon.bench;

/**
 * One thing measured, and the same thing measured with the control where there is one.
 *
 * @param control      what it is compared with, or null; {@code controlValue} and {@code ratio} count only then.
 * @param controlValue in the same unit.
 * @param ratio        value by control value.
 */
public record Figure(String name, double value, String unit, String control, double controlValue, double ratio) {
    /** A figure that stands alone. */
    public static Figure of(String name, double value, String unit) {
        return new Figure(name, value, unit, null, Double.NaN, Double.NaN);
    }

    /** A figure beside a control. */
    public static Figure of(String name, double value, String unit, String control, double controlValue) {
        return new Figure(name, value, unit, control, controlValue, value / controlValue);
    }

    /** Whether there is something to compare with. */
    public boolean hasControl() {
        return control != null;
    }
}
