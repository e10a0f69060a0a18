package org.carillon.sampler.output;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Finds an output on a machine that is not known. */
public final class Outputs {
    private static final String JAVA_SOUND_MODULE = "java.desktop";

    private Outputs() {}

    /**
     * Opens the best live output there is: a sound server, else a sound card by Java.
     *
     * @throws OutputException when there is none; its message has a reason for each.
     */
    public static AudioOutput best(OutputOptions options) {
        List<String> reasons = new ArrayList<>();
        AudioOutput output = tryToOpen("JACK", () -> new JackOutput(options), reasons);
        if (output == null && ModuleLayer.boot().findModule(JAVA_SOUND_MODULE).isEmpty()) {
            reasons.add("javax.sound: this Java has no module " + JAVA_SOUND_MODULE);
        } else if (output == null) {
            output = tryToOpen("javax.sound", () -> new JavaSoundOutput(options), reasons);
        }
        if (output == null) {
            throw new OutputException("no sound output: " + String.join("; ", reasons));
        }
        return output;
    }

    /** A bundle without the packages of javax.sound fails to link; that is a reason too. */
    private static AudioOutput tryToOpen(String what, Supplier<AudioOutput> opener, List<String> reasons) {
        try {
            return opener.get();
        } catch (OutputException | LinkageError e) {
            reasons.add(what + ": " + e.getMessage());
            return null;
        }
    }
}
