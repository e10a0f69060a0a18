package org.carillon.webconsole;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

@ObjectClassDefinition(name = "Carillon web console", description = "Where this console listens. A change moves it at "
        + "once: open its new address. Music does not notice.")
@interface WebServerConfig {
    @AttributeDefinition(name = "Address", description = "IP address to listen on. 127.0.0.1 lets programs of this "
            + "machine in and nobody else. With any other, name and password cross the network unencrypted: better "
            + "leave it as it is and use a tunnel, such as ssh -L 8181:127.0.0.1:8181 MACHINE.")
    String address() default "127.0.0.1";

    @AttributeDefinition(name = "Port", description = "TCP port to listen on, 1 to 65535.", min = "1", max = "65535")
    int port() default 8181;

    @AttributeDefinition(name = "Ports to try", description = "How many ports in a row are tried where the first is "
            + "taken, 1 to 100. The log and carillon up say which it is.", min = "1", max = "100")
    int portsToTry() default 10;

    @AttributeDefinition(name = "Host names", description = "Names that browsers may use for this machine beside "
            + "localhost and the address itself, without a port. Any other name is refused, so that no foreign page "
            + "can reach the console by a name of its own.")
    String[] hosts() default {};

    @AttributeDefinition(name = "Largest upload", description = "Size of a file that may be sent to the console, in "
            + "units of 1048576 bytes, 1 to 1024. The drivers folder has a limit of its own.", min = "1",
            max = "1024")
    int maxUploadMb() default 64;
}
