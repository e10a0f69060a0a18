package org.carillon.driver.javasound;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

@ObjectClassDefinition(name = "Carillon Java Sound devices", description = "Every MIDI device that Java knows of: the "
        + "system's own on Linux, Windows and macOS, those of libraries on the class path, and those of bundles that "
        + "offer a MidiDeviceProvider as a service. A device that comes is there within a second, one that is busy is "
        + "tried again. Where another driver stands before this one in the order of drivers, a device is left to it.")
@interface JavaSoundConfig {
    @AttributeDefinition(name = "Include", description = "Devices that are published, by the names that they have in "
            + "Java. * stands for any characters, ? for one. Configurations that share a device: the first has it.")
    String[] include() default {"*"};

    @AttributeDefinition(name = "Exclude",
            description = "Devices that are left alone though they are included; * and ? "
                    + "as above.",
            required = false)
    String[] exclude() default {};

    @AttributeDefinition(name = "Synthesizers", description = "When a synthesizer, such as Java's own Gervill, is "
            + "opened, which takes a line of the sound card. connected: when something is connected to its port or "
            + "sent to it, and then for as long as it is there; always: at once; never: it is no port.")
    String synthesizers() default "connected";

    @AttributeDefinition(name = "Sequencers", description = "Whether sequencers, such as Java's own Real Time "
            + "Sequencer, are published. They are players in this program, no devices.")
    boolean sequencers() default false;
}
