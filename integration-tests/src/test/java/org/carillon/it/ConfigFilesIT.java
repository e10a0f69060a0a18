package org.carillon.it;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;
import static org.ops4j.pax.exam.CoreOptions.composite;
import static org.ops4j.pax.exam.CoreOptions.frameworkProperty;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.carillon.api.device.DeviceRegistry;
import org.carillon.api.port.ConnectionInfo.State;
import org.carillon.api.port.PortInfo;
import org.carillon.api.session.Session;
import org.carillon.api.session.Source;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.cm.ConfigurationEvent;
import org.osgi.service.cm.ConfigurationListener;

/** Configuration files that come, change, break and go while the server runs. */
public class ConfigFilesIT extends ContainerTest {
    private static final String HOME = "carillon.home";
    private static final String HALL = "org.carillon.driver.loopback~hall";
    private static final String DEVICES = "org.carillon.kernel.devices";
    private static final String TURN = "org.carillon.configuration.turn";
    private static final String TEXT = "{ // of the hall\n    \"name\": \"hall\",\n    \"delayUs\": 0 // none\n}\n";
    private static final int TURNS = 5;

    private Path folder;
    private Path file;

    @Configuration
    public Option[] config() throws IOException {
        Path home = Files.createTempDirectory("carillon-config");
        Files.createDirectory(home.resolve("config"));
        Files.createDirectory(home.resolve("data"));
        return new Option[]{composite(without()), frameworkProperty(HOME).value(home.toString()),
            frameworkProperty("carillon.data").value(home.resolve("data").toString())};
    }

    @Before
    public void findFolder() {
        folder = Path.of(FrameworkUtil.getBundle(ConfigFilesIT.class).getBundleContext().getProperty(HOME), "config");
        file = folder.resolve(HALL + ".cfg.json");
    }

    @After
    public void removeFiles() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path each : files.toList()) {
                Files.delete(each);
            }
        }
        awaitGone();
    }

    /** A port alone goes for a moment whenever its configuration changes. */
    private void awaitGone() {
        Server.await("configuration is gone", () -> configuration(HALL) == null);
        Server.await("ports are gone", () -> !server.hasPort("hall") && !server.hasPort("yard"));
    }

    private void write(String text) throws IOException {
        Files.writeString(file, text);
    }

    /** Of the source: the destination of the same name comes a moment later. */
    private static int id(Server server, String port) {
        return server.status().ports().stream().filter(each -> each.name().equals(port)).mapToInt(PortInfo::id).min()
                .orElse(0);
    }

    private boolean says(String... words) {
        return messages.lines().stream().anyMatch(line -> Arrays.stream(words).allMatch(line::contains));
    }

    private org.osgi.service.cm.Configuration configuration(String name) {
        try {
            org.osgi.service.cm.Configuration[] found = server.service(ConfigurationAdmin.class)
                    .listConfigurations("(service.pid=" + name + ")");
            return found == null ? null : found[0];
        } catch (IOException | InvalidSyntaxException e) {
            throw new IllegalStateException("configurations are to be had: pid=" + name, e);
        }
    }

    /** Holds up all news of configurations from the first on. */
    private static final class HeldNews implements ConfigurationListener, AutoCloseable {
        private final CountDownLatch held = new CountDownLatch(1);
        private final CountDownLatch free = new CountDownLatch(1);
        private final ServiceRegistration<ConfigurationListener> registration;

        HeldNews(BundleContext context) {
            registration = context.registerService(ConfigurationListener.class, this, null);
        }

        @Override
        public void configurationEvent(ConfigurationEvent event) {
            held.countDown();
            try {
                free.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        void awaitHeld() throws InterruptedException {
            held.await();
        }

        @Override
        public void close() {
            free.countDown();
            registration.unregister();
        }
    }

    @Test
    public void shouldFollowAFileAndKeepTheLastGoodState() throws Exception {
        write(TEXT);
        Server.await("port", () -> server.hasPort("hall"));
        Session session = server.open("pianist");
        session.source("out");
        server.connect("pianist:out", "hall", "");
        server.awaitState("pianist:out", "hall", State.ACTIVE);
        int first = id(server, "hall");

        write(TEXT.replace("0 //", "100 //"));
        Server.await("another port of the name", () -> server.hasPort("hall") && id(server, "hall") != first);
        server.awaitState("pianist:out", "hall", State.ACTIVE);
        int second = id(server, "hall");

        write(TEXT.replace("0 //", "-1 //"));
        Server.await("message", () -> says(file.toString(), "line=3", "column=16", "key=delayUs",
                "expected a whole number, 0 to 60000000: delayUs=-1"));
        assertEquals(100L, configuration(HALL).getProperties().get("delayUs"));
        assertEquals(second, id(server, "hall"));

        write(TEXT.replace("0 //", "200 //"));
        Server.await("a third port", () -> server.hasPort("hall") && id(server, "hall") != second);
        Files.delete(file);
        Server.await("port gone", () -> !server.hasPort("hall"));
        server.awaitState("pianist:out", "hall", State.WAITING);
        assertEquals(1, messages.lines().size());
    }

    @Test
    public void shouldComeAndGoWhileTheRestPlays() throws Exception {
        server.loop("yard", 0);
        Session session = server.open("pianist");
        Source out = session.source("out");
        session.source("other");
        session.destination("in");
        server.connect("pianist:out", "yard", "");
        server.connect("yard", "pianist:in", "");
        server.connect("pianist:other", "hall", "");
        Receiver receiver = new Receiver(session);
        for (int i = 0; i < TURNS; i++) {
            write(TEXT);
            server.awaitState("pianist:other", "hall", State.ACTIVE);
            out.send(0, 0x90, 60, 1 + i);
            out.flush();
            assertEquals(List.of("keyon 0 60 " + (1 + i)), receiver.await(1));
            Files.delete(file);
            server.awaitState("pianist:other", "hall", State.WAITING);
        }
        assertEquals(0, server.status().droppedInAll());
        assertEquals(List.of(), messages.lines());
    }

    @Test
    public void shouldWriteBackWhatIsChangedInTheConsole() throws Exception {
        write(TEXT);
        Server.await("port", () -> server.hasPort("hall"));
        int first = id(server, "hall");

        configuration(HALL).update(FrameworkUtil.asDictionary(Map.of("name", "hall", "delayUs", 300,
                "capacityBytes", 8192)));
        String expected = TEXT.replace("0 //", "300, //").replace("\n}", "\n    \"capacityBytes\": 8192\n}");
        Server.await("file", () -> expected.equals(text()));
        Server.await("another port of the name", () -> server.hasPort("hall") && id(server, "hall") != first);
        int second = id(server, "hall");
        long changes = configuration(HALL).getChangeCount();

        // one more turn of the watch shows that nothing goes round in circles
        Files.writeString(folder.resolve("org.carillon.driver.loopback~yard.cfg"), "name = yard\n");
        Server.await("port of the other file", () -> server.hasPort("yard"));
        assertEquals(second, id(server, "hall"));
        assertEquals(changes, configuration(HALL).getChangeCount());
        assertEquals(expected, text());
        assertEquals(List.of(), messages.lines());
    }

    /** The console may be as quick as it likes: what it says is later than what the file says. */
    @Test
    public void shouldWriteBackWhatIsChangedTheMomentItComesAgain() throws Exception {
        String expected = TEXT.replace("0 //", "300 //");
        for (int i = 0; i < TURNS + TURNS; i++) {
            write(TEXT);
            Server.await("port", () -> server.hasPort("hall"));
            configuration(HALL).update(FrameworkUtil.asDictionary(Map.of("name", "hall", "delayUs", 300)));
            Server.await("file", () -> expected.equals(text()));
            assertEquals(300L, ((Number) configuration(HALL).getProperties().get("delayUs")).longValue());
            Files.delete(file);
            awaitGone();
        }
        assertEquals(List.of(), messages.lines());
    }

    /** The component runtime hears late of what is done meanwhile. */
    @Test
    public void shouldApplyWhatComesAgainBeforeAnybodyHasHeardThatItWent() throws Exception {
        Path devices = folder.resolve(DEVICES + ".cfg.json");
        for (int i = 0; i < TURNS; i++) {
            String driver = "driver" + i;
            Files.writeString(devices, "{\"order\": [\"" + driver + "\"]}");
            Server.await("order", () -> driver.equals(firstDriver()));
        }
        try (HeldNews news = new HeldNews(FrameworkUtil.getBundle(ConfigFilesIT.class).getBundleContext())) {
            org.osgi.service.cm.Configuration other = server.configure("org.carillon.it.other", Map.of());
            news.awaitHeld();
            Files.delete(devices);
            Server.await("configuration gone", () -> configuration(DEVICES) == null);
            Files.writeString(devices, "{\"order\": [\"again\"]}");
            Server.await("turn or configuration", () -> configuration(TURN) != null || configuration(DEVICES) != null);
            other.delete();
        }
        Server.await("order", () -> "again".equals(firstDriver()));
        assertEquals(List.of(), messages.lines());
    }

    private String firstDriver() {
        BundleContext context = FrameworkUtil.getBundle(ConfigFilesIT.class).getBundleContext();
        ServiceReference<DeviceRegistry> reference = context.getServiceReference(DeviceRegistry.class);
        return reference != null && reference.getProperty("order") instanceof String[] order ? order[0] : "";
    }

    private String text() {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            return e.toString();
        }
    }

    @Test
    public void shouldMakeAndPutAwayTheFileOfWhatIsMadeInTheConsole() throws Exception {
        org.osgi.service.cm.Configuration made = server.service(ConfigurationAdmin.class).createFactoryConfiguration(
                "org.carillon.driver.loopback", "?");
        made.update(FrameworkUtil.asDictionary(Map.of("name", "hall")));
        Server.await("port", () -> server.hasPort("hall"));
        Server.await("file", () -> "{\n    \"name\": \"hall\"\n}\n".equals(text()));

        made.delete();
        Server.await("port gone", () -> !server.hasPort("hall"));
        Server.await("file put away", () -> Files.exists(folder.resolve(HALL + ".cfg.json.disabled")));
        assertFalse(Files.exists(file));
        assertTrue(messages.lines().toString(), messages.lines().isEmpty());
    }
}
