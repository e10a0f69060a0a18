package org.carillon.transport.shm;

import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.List;
import org.carillon.api.port.Kernel;

/** The server's socket without a framework, for a test of another bundle. */
public final class OpenTransport implements AutoCloseable {
    private final ControlServer server;

    private OpenTransport(ControlServer server) {
        this.server = server;
    }

    public static OpenTransport at(Path socket, Kernel kernel) throws IOException {
        ShmConfig config = (ShmConfig) Proxy.newProxyInstance(ShmConfig.class.getClassLoader(),
                new Class<?>[]{ShmConfig.class}, (self, method, arguments) -> method.getDefaultValue());
        Services services = (Services) Proxy.newProxyInstance(Services.class.getClassLoader(),
                new Class<?>[]{Services.class},
                (self, method, arguments) -> method.getReturnType() == List.class ? List.of() : null);
        return new OpenTransport(new ControlServer(kernel, services, ListeningPlace.open(socket, config.group()),
                config, "1.2.3", () -> {}));
    }

    @Override
    public void close() {
        server.close();
    }
}
