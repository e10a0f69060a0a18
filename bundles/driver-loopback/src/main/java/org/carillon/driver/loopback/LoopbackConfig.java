package org.carillon.driver.loopback;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

@ObjectClassDefinition(name = "Carillon loopback port", description = "A virtual port: what programs send to it comes "
        + "out of it for all that are connected from it. One configuration for each port.")
@interface LoopbackConfig {
    @AttributeDefinition(name = "Name", description = "Name of the port, unique on the server; it is both a source and "
            + "a destination.")
    String name();

    @AttributeDefinition(name = "Delay", description = "Microseconds added to the date of everything that passes, 0 to "
            + "60,000,000; 0 passes it on at once.", min = "0", max = "60000000")
    int delayUs() default 0;

    @AttributeDefinition(name = "Capacity", description = "Bytes of the ring inside the port, a power of two from 8192 "
            + "to 16777216; a short message takes 32. More than fits in one turn of the server is dropped and "
            + "counted.", min = "8192", max = "16777216")
    int capacityBytes() default 65536;
}
