package org.carillon.transport.shm;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.osgi.service.metatype.annotations.Option;

/** What a user may set. */
@ObjectClassDefinition(name = "Carillon sessions of other processes", description = "The socket that programs reach "
        + "the server by, who may, and how much of the server each user may take.")
@interface ShmConfig {
    @AttributeDefinition(name = "Socket", description = "Path of the socket, at most 107 bytes. Empty: where the "
            + "variable CARILLON_SERVER says, else $XDG_RUNTIME_DIR/carillon/control, /run/carillon/control or "
            + "carillon-UID/control in the temporary directory. Its folder is made; one that is there must be "
            + "writable for its owner alone.")
    String socket() default "";

    @AttributeDefinition(name = "Group", description = "Group of the system whose members may use the server, beside "
            + "its owner. Empty: only the owner; then the folder has mode 0700, else 0750.")
    String group() default "";

    @AttributeDefinition(name = "Right of the group", description = "What members of the group may do: look at what is "
            + "there; wire, that is open sessions and connect; administer, that is everything. The owner and root may "
            + "do everything.",
            options = {@Option(label = "look", value = "look"),
                @Option(label = "wire", value = "wire"), @Option(label = "administer", value = "administer")})
    String groupRight() default "wire";

    @AttributeDefinition(name = "End with the last session", description = "Whether the server ends two seconds after "
            + "the last session of another process. So it is started by libraries on demand.")
    boolean endsWithLastSession() default false;

    @AttributeDefinition(name = "Sockets of a user", min = "1", max = "4096", description = "How many sockets a "
            + "user may have open at once, those without a session included.")
    int userSockets() default 256;

    @AttributeDefinition(name = "Sessions of a user", min = "1", max = "126", description = "How many sessions a user "
            + "may have open at once. The kernel can sleep on 126 in all. Users other than the owner have at most half "
            + "of what the others leave, so that there is always room for one more user.")
    int userSessions() default 126;

    @AttributeDefinition(name = "Ring memory of a user", min = "16384", max = "1073741824", description = "Bytes of "
            + "the rings of all sessions of a user together.")
    int userRingBytes() default 67_108_864;

    @AttributeDefinition(name = "Ports of a user", min = "1", max = "1024", description = "How many ports all sessions "
            + "of a user may have together. The server has room for 1,024 in all.")
    int userPorts() default 512;

    @AttributeDefinition(name = "Connections of a user", min = "1", max = "2048", description = "How many connections "
            + "and taps that a user has made may be there at once, waiting ones included. The server has room for "
            + "2,048 in all.")
    int userConnections() default 1_024;

    @AttributeDefinition(name = "Pending events of a user", min = "1", max = "4194304", description = "How many events "
            + "of later dates may wait of all sessions of a user together. What goes beyond is dropped and counted as "
            + "quota. The scheduler has a capacity for all.")
    int userPendingEvents() default 32_768;

    @AttributeDefinition(name = "Requests of a user each second", min = "10", max = "10000000",
            description = "How many "
                    + "requests a user may make each second, with as many in reserve. What goes beyond is refused; a "
                    + "connection that goes on all the same is ended.")
    int userRequestsPerSecond() default 200_000;
}
