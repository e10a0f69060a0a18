package org.carillon.launcher.sound;

import java.nio.file.Path;
import java.util.Locale;
import org.carillon.api.port.CarillonException;
import org.carillon.sampler.output.AudioOutput;
import org.carillon.sampler.output.JackOutput;
import org.carillon.sampler.output.JavaSoundOutput;
import org.carillon.sampler.output.NullOutput;
import org.carillon.sampler.output.OutputException;
import org.carillon.sampler.output.OutputOptions;
import org.carillon.sampler.output.Outputs;

/**
 * Where sound is to go.
 *
 * @param kind what was asked for.
 * @param file where that is a file.
 */
public record OutputChoice(Kind kind, Path file) {
    private static final String NAME = "carillon";

    /** Kinds of outputs. */
    public enum Kind {
        /** The best that there is. */
        BEST,
        /** A JACK server, or PipeWire in its place. */
        JACK,
        /** A card that Java can open. */
        JAVASOUND,
        /** Nowhere, at the speed of sound. */
        NONE,
        /** A WAV file, off line. */
        FILE
    }

    /**
     * An output, and what is to be said about it.
     *
     * @param isHeard whether sound goes to a server or card.
     * @param notice  why it does not, else empty.
     */
    public record Opened(AudioOutput output, boolean isHeard, String notice) {}

    /**
     * Understands what was said on the command line.
     *
     * @param words {@code jack}, {@code javasound}, {@code none}, or a name that ends in .wav; null for the best.
     * @throws IllegalArgumentException for anything else.
     */
    public static OutputChoice parse(String words) {
        if (words == null) {
            return new OutputChoice(Kind.BEST, null);
        }
        if (words.toLowerCase(Locale.ROOT).endsWith(".wav")) {
            return new OutputChoice(Kind.FILE, Path.of(words));
        }
        return switch (words) {
            case "jack" -> new OutputChoice(Kind.JACK, null);
            case "javasound" -> new OutputChoice(Kind.JAVASOUND, null);
            case "none" -> new OutputChoice(Kind.NONE, null);
            default -> throw new IllegalArgumentException(
                    "output must be jack, javasound, none or a file named .wav: output=" + words);
        };
    }

    /**
     * Opens a live output; where the best is asked for and there is none, one that nobody hears.
     *
     * @throws CarillonException where one was asked for by name and is not there.
     */
    public Opened open() {
        OutputOptions options = OutputOptions.named(NAME);
        try {
            return switch (kind) {
                case BEST -> new Opened(Outputs.best(options), true, "");
                case JACK -> new Opened(new JackOutput(options), true, "");
                case JAVASOUND -> new Opened(new JavaSoundOutput(options), true, "");
                case NONE -> new Opened(new NullOutput(options), false, "");
                case FILE -> throw new IllegalStateException("a file is no live output: file=" + file);
            };
        } catch (OutputException e) {
            if (kind != Kind.BEST) {
                throw new CarillonException(CarillonException.Kind.FAILED, e.getMessage());
            }
            return new Opened(new NullOutput(options), false, e.getMessage());
        }
    }
}
