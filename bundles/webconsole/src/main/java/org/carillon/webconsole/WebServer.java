package org.carillon.webconsole;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import org.apache.felix.webconsole.spi.SecurityProvider;
import org.carillon.api.console.Console;
import org.carillon.api.console.NoConsole;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.cm.ConfigurationException;
import org.osgi.service.cm.ManagedServiceFactory;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.servlet.whiteboard.Preprocessor;

/**
 * Starts the HTTP server where the configuration says, after the gate and the doorkeeper stand there. The server is an
 * instance of its own, which no configuration but ours reaches, so nothing ever listens elsewhere.
 */
@Component(service = {}, immediate = true, configurationPid = WebServer.PID)
@Designate(ocd = WebServerConfig.class)
public final class WebServer {
    static final String PID = "org.carillon.webconsole";
    static final String PAGE = "/system/console/carillon";
    private static final System.Logger LOG = System.getLogger(WebServer.class.getName());
    private static final String INSTANCE = "org.carillon.webconsole.http";
    private static final String DATA = "carillon.data";
    private static final int MIB_SHIFT = 20;
    private static final int CONNECT_LIMIT_MS = 1_000;
    private static final int MAX_THREADS = 12;

    private final ManagedServiceFactory servers;
    private final List<ServiceRegistration<?>> services = new ArrayList<>();
    private boolean started;

    /** @param servers makes HTTP servers, each of a configuration. */
    @Activate
    public WebServer(WebServerConfig config, BundleContext context,
            @Reference(target = "(service.pid=org.apache.felix.http)") ManagedServiceFactory servers)
            throws IOException, ConfigurationException {
        check("port", config.port(), 1, 65_535);
        check("portsToTry", config.portsToTry(), 1, 100);
        check("maxUploadMb", config.maxUploadMb(), 1, 1_024);
        this.servers = servers;
        InetAddress address = InetAddress.getByName(config.address());
        String data = context.getProperty(DATA);
        Path passwordFile = (data == null ? context.getDataFile("").toPath() : Path.of(data))
                .resolve("console.password").toAbsolutePath();
        String password = PasswordFile.read(passwordFile);
        int port = FreePort.from(address, config.port(), config.portsToTry());
        if (port == FreePort.NONE) {
            noConsole(context, "no port is free for the web console, the server plays on without it; change port of "
                    + PID + ": address=" + config.address() + ", port=" + config.port() + ", portsToTry="
                    + config.portsToTry());
            return;
        }
        if (port != config.port()) {
            LOG.log(Level.WARNING, "port of the web console is taken, it listens on another; who has it says: ss -ltnp "
                    + "''sport = :{0}''; port={0}, used={1}", text(config.port()), text(port));
        }
        open(config, context, address, port, password, passwordFile);
    }

    private static void check(String key, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(key + " must be " + least + " to " + most + ": " + key + "=" + value);
        }
    }

    /** A number as it is, without the marks that some languages put between its digits. */
    private static String text(int number) {
        return Integer.toString(number);
    }

    private void open(WebServerConfig config, BundleContext context, InetAddress address, int port, String password,
            Path passwordFile) throws ConfigurationException {
        RequestRules rules = new RequestRules(config.address(), port, List.of(config.hosts()),
                (long) config.maxUploadMb() << MIB_SHIFT);
        RareLog log = new RareLog(System::nanoTime, LOG::log);
        services.add(context.registerService(Preprocessor.class, new Gate(rules, log, PAGE), null));
        services.add(context.registerService(SecurityProvider.class,
                new Doorkeeper(rules, password, new Lockout(System::nanoTime), log),
                new Hashtable<>(Map.of(SecurityProvider.PROPERTY_ID, Doorkeeper.ID))));
        started = true;
        servers.updated(INSTANCE, jetty(address, port));
        if (answers(address, port)) {
            URI page = URI.create("http://" + authority(address, port) + PAGE);
            services.add(context.registerService(Console.class, new Listening(page, Doorkeeper.USER, passwordFile),
                    null));
        } else {
            noConsole(context, "web console does not listen, the server plays on without it; change address or port of "
                    + PID + ": address=" + config.address() + ", port=" + port);
        }
    }

    private void noConsole(BundleContext context, String reason) {
        LOG.log(Level.ERROR, reason);
        services.add(context.registerService(NoConsole.class, () -> reason, null));
    }

    private static Dictionary<String, Object> jetty(InetAddress address, int port) {
        Dictionary<String, Object> properties = new Hashtable<>();
        properties.put("org.apache.felix.http.name", "carillon");
        properties.put("org.apache.felix.http.host", address.getHostAddress());
        properties.put("org.osgi.service.http.port", port);
        properties.put("org.apache.felix.http.enable", true);
        properties.put("org.apache.felix.https.enable", false);
        properties.put("org.apache.felix.http.jetty.threadpool.max", MAX_THREADS);
        properties.put("org.apache.felix.http.jetty.acceptors", 1);
        properties.put("org.apache.felix.http.jetty.selectors", 1);
        properties.put("org.apache.felix.http.jetty.sendServerHeader", false);
        properties.put("org.apache.felix.https.jetty.session.cookie.httpOnly", true);
        return properties;
    }

    private static boolean answers(InetAddress address, int port) {
        InetAddress reachable = address.isAnyLocalAddress() ? InetAddress.getLoopbackAddress() : address;
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(reachable, port), CONNECT_LIMIT_MS);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static String authority(InetAddress address, int port) {
        InetAddress reachable = address.isAnyLocalAddress() ? InetAddress.getLoopbackAddress() : address;
        String host = reachable.getHostAddress();
        return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
    }

    @Deactivate
    void deactivate() {
        if (services.size() > 2) {
            services.removeLast().unregister(); // nobody is sent to a server that ends
        }
        if (started) {
            servers.deleted(INSTANCE);
        }
        services.reversed().forEach(ServiceRegistration::unregister);
    }

    private record Listening(URI address, String user, Path passwordFile) implements Console {}
}
