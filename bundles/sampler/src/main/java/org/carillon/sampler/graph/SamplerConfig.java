package org.carillon.sampler.graph;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.osgi.service.metatype.annotations.Option;

@ObjectClassDefinition(name = "Carillon sampler", description = "An instrument that is a destination of the server: "
        + "what is sent to it is heard. One configuration for each instrument. Instrument, programs and gain change "
        + "while notes sound, which ring out; other changes open the output anew.")
@interface SamplerConfig {
    @AttributeDefinition(name = "Name", description = "Name of the port, unique on the server, and of the client at a "
            + "sound server.")
    String name() default "sampler";

    @AttributeDefinition(name = "Instrument", description = "A .sf2, .sfz or .wav file, a folder of .wav files, or "
            + "built-in for the small one that needs no file. A path that is not absolute counts from the folder in "
            + "which the server was started. When it cannot be loaded, the one before stays, and the log says why.")
    String instrument() default SamplerSettings.BUILT_IN;

    @AttributeDefinition(name = "Programs", description = "Of a sound font, the programs to load, to save memory: "
            + "numbers from 0 to 127, or bank:number; 128:0 is the first set of drums. Empty: all.")
    String[] programs() default {};

    @AttributeDefinition(name = "Output", description = "Where it is heard: jack (a JACK server, or PipeWire in its "
            + "place), javasound (a sound card by Java), best (the first of them that is there), none (nowhere, at the "
            + "speed of sound). As long as it is not there the sampler plays to nowhere and goes on looking.",
            options = {@Option(label = "best that is there", value = "best"), @Option(label = "JACK", value = "jack"),
                @Option(label = "Java Sound", value = "javasound"), @Option(label = "nowhere", value = "none")})
    String output() default "best";

    @AttributeDefinition(name = "Connect to", description = "Regular expression for the inputs at the JACK server to "
            + "connect to, in order. Empty: the hardware's; - for none.")
    String connectTo() default "";

    @AttributeDefinition(name = "Server", description = "Name of the JACK server; empty for the default one.")
    String server() default "";

    @AttributeDefinition(name = "Sample rate", description = "Frames per second, 8000 to 384000; a sound server has "
            + "its own.", min = "8000", max = "384000")
    int sampleRateHz() default 48_000;

    @AttributeDefinition(name = "Block", description = "Frames made at once, 16 to 8192; a sound server has its own. "
            + "Every event is heard exactly one block after its date, plus what the output adds.", min = "16",
            max = "8192")
    int blockFrames() default 256;

    @AttributeDefinition(name = "Polyphony", description = "Voices that sound at once, 1 to 4096; one more, and the "
            + "quietest fades out. A sample in stereo takes two.", min = "1", max = "4096")
    int polyphony() default 256;

    @AttributeDefinition(name = "Gain", description = "Decibels, -60 to 24, on top of the instrument's own level.",
            min = "-60", max = "24")
    double gainDb() default 0;

    @AttributeDefinition(name = "Any collector", description = "Whether to play live under a garbage collector that "
            + "stops the sound for longer than a block: G1, Serial and Parallel do. Otherwise it refuses and says so.")
    boolean anyCollector() default false;

    @AttributeDefinition(name = "Real-time priority", description = "Wished SCHED_FIFO priority of the sampler's own "
            + "audio thread, 1 to 99; 0 for normal scheduling. A sound server sets its own.", min = "0", max = "99")
    int realtimePriority() default 70;
}
