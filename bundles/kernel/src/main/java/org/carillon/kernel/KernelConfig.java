package org.carillon.kernel;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

@ObjectClassDefinition(name = "Carillon kernel", description = "The time thread: it routes every event and keeps "
        + "every date. A change here is taken up while the music goes on.")
@interface KernelConfig {
    @AttributeDefinition(name = "Real-time priority", description = "SCHED_FIFO priority of the time thread, 1 to 99; "
            + "0 for normal scheduling. Needs the right to real-time priorities (rtprio in "
            + "/etc/security/limits.d); without it the server says so and goes on.", min = "0", max = "99")
    int realtimePriority() default 0;

    @AttributeDefinition(name = "Spin before a date", description = "Microseconds that the time thread spins before a "
            + "date instead of sleeping: lateness falls from about 50 to about 1 microsecond, at the price of that "
            + "much processor time for each date. 0 is off; 100 suits a machine with more than two processors.",
            min = "0", max = "1000")
    int spinUs() default 0;
}
