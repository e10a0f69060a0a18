package org.carillon.deploy;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

@ObjectClassDefinition(name = "Carillon drivers folder", description = "Driver bundles (.jar) that are dropped into "
        + "this folder are loaded at once; replace a file and its driver is swapped, delete it and the driver goes. A "
        + "change here leaves drivers that run alone, unless the folder is another one.")
@interface DeployConfig {
    @AttributeDefinition(name = "Folder", description = "Where driver bundles are dropped; empty for drivers/ of the "
            + "installation. The folder and its files must belong to the user who runs the server, or to root, and "
            + "nobody else may write to them. It need not be there yet.")
    String folder() default "";

    @AttributeDefinition(name = "Quiet time", description = "Milliseconds that a file must not have changed before it "
            + "is looked at, 10 to 10000. Longer suits slow copies over a network.", min = "10", max = "10000")
    int quietMs() default 50;

    @AttributeDefinition(name = "Limit of a call", description = "Milliseconds that the start or stop of a driver may "
            + "take, 100 to 600000; one that takes longer is fenced off until the server restarts. The server's own "
            + "limit for opening a device is 5000.", min = "100", max = "600000")
    int actionLimitMs() default 10_000;

    @AttributeDefinition(name = "Largest file", description = "Size of a bundle in units of 1048576 bytes, 1 to 1024; "
            + "unpacked it may have eight times that.", min = "1", max = "1024")
    int maxFileMb() default 64;
}
