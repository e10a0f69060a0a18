package org.carillon.bench.ring;

import java.util.ArrayList;
import java.util.List;
import org.carillon.bench.Figure;
import org.carillon.bench.Interleaved;

/** What ours and the control measured in the same round, over all rounds. */
public final class Pairs {
    private final List<Double> ours = new ArrayList<>();
    private final List<Double> controls = new ArrayList<>();

    public void add(double value, double control) {
        ours.add(value);
        controls.add(control);
    }

    /** Medians of both, and the median of each round's ratio: what disturbs a round disturbs both of its parts. */
    public Figure figure(String name, String unit, double scale, String control) {
        double[] ratios = new double[ours.size()];
        for (int i = 0; i < ratios.length; i++) {
            ratios[i] = ours.get(i) / controls.get(i);
        }
        return new Figure(name, median(ours) * scale, unit, control, median(controls) * scale,
                Interleaved.median(ratios));
    }

    private static double median(List<Double> values) {
        return Interleaved.median(values.stream().mapToDouble(Double::doubleValue).toArray());
    }
}
