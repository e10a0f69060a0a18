package org.carillon.driver.rawmidi;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.osgi.service.metatype.annotations.Option;

@ObjectClassDefinition(name = "Carillon raw MIDI device", description = "Device files, FIFOs and terminals that carry "
        + "bytes of MIDI. One configuration for each path, or for all that match a pattern. A device that is absent is "
        + "waited for, one that is busy is tried again.")
@interface RawMidiConfig {
    @AttributeDefinition(name = "Path", description = "Absolute path of the device file, FIFO or terminal. With * or ? "
            + "in its last part it stands for every file that matches, such as /dev/snd/midiC*D* for all raw devices "
            + "of ALSA.")
    String path();

    @AttributeDefinition(name = "Name", description = "Name of the ports, unique on the server. Empty: the name that "
            + "the device tells, remembered from plug to plug. Must be empty where the path is a pattern.",
            required = false)
    String name() default "";

    @AttributeDefinition(name = "Direction", description = "in: bytes come from the device; out: bytes go to it; both. "
            + "A FIFO has one direction.",
            options = {@Option(label = "in", value = "in"),
                @Option(label = "out", value = "out"), @Option(label = "both", value = "both")})
    String direction() default "both";

    @AttributeDefinition(name = "Bytes per second", description = "The fastest that bytes are written, 100 to "
            + "10,000,000. A DIN line carries 3125. 0 is as fast as the device takes them; -1 is 3125 for devices of "
            + "ALSA that are not on USB, else 0.", min = "-1", max = "10000000")
    int bytesPerSecond() default -1;

    @AttributeDefinition(name = "Gap after SysEx", description = "Milliseconds of silence after each system exclusive "
            + "message, for devices that need time to store it, 0 to 10,000. Real-time messages go on.", min = "0",
            max = "10000")
    int sysexGapMs() default 0;

    @AttributeDefinition(name = "Running status", description = "Leaves out a status byte that equals the one before: "
            + "a third less bytes on a slow line. Some devices do not understand it.")
    boolean runningStatus() default false;
}
