package org.carillon.sampler.voice;

import java.util.List;
import org.carillon.sampler.instrument.Region.Trigger;

/** A program made ready to play: its layers by key. */
final class Patch {
    private static final Layer[] NONE = {};

    private final Layer[][] starting = new Layer[ChannelState.KEYS][];
    private final Layer[][] releasing = new Layer[ChannelState.KEYS][];

    Patch(List<Layer> layers) {
        for (int key = 0; key < ChannelState.KEYS; key++) {
            starting[key] = select(layers, key, false);
            releasing[key] = select(layers, key, true);
        }
    }

    private static Layer[] select(List<Layer> layers, int key, boolean atRelease) {
        return layers.stream().filter(layer -> layer.acceptsKey(key) && atRelease == (layer.trigger == Trigger.RELEASE))
                .toList().toArray(NONE);
    }

    Layer[] starting(int key) {
        return starting[key];
    }

    Layer[] releasing(int key) {
        return releasing[key];
    }
}
