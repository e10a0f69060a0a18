package org.carillon.kernel;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

@ObjectClassDefinition(name = "Carillon devices", description = "What holds for devices of all drivers. A change is in "
        + "effect within seconds, and moves only the devices that it concerns.")
@interface DeviceMemoryConfig {
    @AttributeDefinition(name = "Order of drivers", description = "Where two drivers could publish one device, "
            + "the one that stands first here does. A driver is named by its kind, such as rawmidi, or by its "
            + "whole name; those that are not named come last. The driver that does not have a device says who "
            + "has it, and takes it when the other gives it up.")
    String[] order() default {"rawmidi", "javasound"};
}
