package org.carillon.transport.local;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.carillon.api.port.CarillonException;
import org.carillon.api.port.Kernel;
import org.carillon.api.session.Session;
import org.carillon.api.session.Sessions;
import org.carillon.platform.Platform;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Opens sessions inside the JVM, and ends them when this bundle or the kernel goes. */
@Component(service = Sessions.class, configurationPid = LocalTransport.PID)
@Designate(ocd = LocalTransport.Config.class)
public final class LocalTransport implements Sessions, AutoCloseable {
    static final String PID = "org.carillon.transport.local";

    @ObjectClassDefinition(name = "Carillon local sessions", description = "Sessions of programs inside the server's "
            + "own JVM.")
    @interface Config {
        @AttributeDefinition(name = "Ring capacity", description = "Bytes of each session's two rings, a power of two "
                + "from 8192 to 16777216. A short message takes 32 bytes; a session that does not read loses what "
                + "comes beyond that, counted.", min = "8192", max = "16777216")
        int ringCapacityBytes() default 65536;
    }

    private final Kernel kernel;
    private final int ringCapacityBytes;
    private final Set<LocalSession> sessions = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    @Activate
    public LocalTransport(@Reference Kernel kernel, Config config) {
        this(kernel, config.ringCapacityBytes());
    }

    /** Without a framework; whoever made it closes what it opened. */
    public LocalTransport(Kernel kernel, int ringCapacityBytes) {
        this.kernel = kernel;
        this.ringCapacityBytes = ringCapacityBytes;
    }

    @Override
    public Session open(String name) {
        if (closed) {
            throw new CarillonException(CarillonException.Kind.UNREACHABLE,
                    "the transport for local sessions has stopped: session=" + name);
        }
        LocalSession session = new LocalSession(name, kernel, Platform.current().newWaitPoint(), ringCapacityBytes,
                sessions::remove);
        sessions.add(session);
        return session;
    }

    @Override
    @Deactivate
    public void close() {
        closed = true;
        sessions.forEach(LocalSession::close);
    }
}
