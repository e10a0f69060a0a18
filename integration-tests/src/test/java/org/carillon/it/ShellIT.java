package org.carillon.it;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.felix.service.command.CommandProcessor;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Descriptor;
import org.carillon.api.device.DeviceEvidence;
import org.carillon.api.device.DeviceRegistry;
import org.carillon.api.driver.DriverInfo;
import org.carillon.api.port.CarillonException;
import org.carillon.api.port.ConnectionInfo;
import org.carillon.api.session.Session;
import org.carillon.api.session.Source;
import org.carillon.protocol.StatusCounter;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;
import org.osgi.framework.ServiceReference;

/** Every command of the shell, typed at a server. */
public class ShellIT extends DriversTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private CommandSession shell;

    @Before
    public void openShell() throws IOException {
        server.loop("shell hall", 0);
        shell = server.service(CommandProcessor.class).createSession(new ByteArrayInputStream(new byte[0]), out, out);
        Server.await("commands", () -> server.bundle(SHELL).getRegisteredServices() != null
                && server.bundle(SHELL).getRegisteredServices().length == 2);
    }

    @After
    public void closeShell() {
        shell.close();
    }

    private String type(String line) {
        try {
            return String.valueOf(shell.execute(line));
        } catch (CarillonException e) {
            throw e;
        } catch (Exception e) {
            throw new AssertionError(line, e);
        }
    }

    private String refused(String line, CarillonException.Kind kind) {
        CarillonException e = assertThrows(line, CarillonException.class, () -> type(line));
        assertEquals(line, kind, e.kind());
        assertFalse(e.getMessage(), e.getMessage().contains("\n"));
        return e.getMessage();
    }

    /** Cells of the line of a table that starts so. */
    private static List<String> row(String table, String start) {
        return table.lines().filter(line -> line.startsWith(start)).map(line -> List.of(line.strip().split(" {2,}")))
                .findFirst().orElseThrow(() -> new AssertionError(start + " in " + table));
    }

    @Test
    public void shouldListPortsAndSessions() {
        server.open("pianist").source("out");

        String ports = type("carillon:ports");
        assertEquals(List.of("DIRECTION", "PORT", "OWNER", "EVENTS", "DROPPED"), row(ports, "DIRECTION"));
        assertEquals(List.of("source", "pianist:out", "pianist", "0", "0"), row(ports, "source       pianist:out"));
        assertEquals(1 + 2, type("carillon:ports 'shell hall'").lines().count());
        assertEquals("no port has this in its name: part=nobody", type("carillon:ports nobody"));
        assertEquals(List.of("pianist", "1"), row(type("carillon:sessions"), "pianist"));
    }

    @Test
    public void shouldConnectByPartsOfNamesAndDisconnect() {
        Session session = server.open("pianist");
        Source source = session.source("out");
        session.destination("in");
        Receiver receiver = new Receiver(session);

        assertEquals("connected: pianist:out --> shell hall", type("carillon:connect pianist hall transp 12"));
        assertEquals("connected: shell hall --> pianist:in", type("carillon:connect HALL PIANIST"));
        source.send(0, 0x90, 60, 100);
        source.flush();
        assertEquals(List.of("keyon 0 72 100"), receiver.await(1));
        Server.await("counted", () -> server.connection("pianist:out", "shell hall").events() == 1);

        List<String> row = row(type("carillon:connections pianist:out"), Integer.toString(
                server.connection("pianist:out", "shell hall").id()));
        assertEquals(List.of("pianist:out --> shell hall", "active", "1", "0", "0", "transp 12"),
                row.subList(1, row.size()));
        assertEquals("disconnected: pianist:out --> shell hall",
                type("carillon:disconnect " + server.connection("pianist:out", "shell hall").id()));
        assertEquals(List.of("keyoff 0 72 64"), receiver.await(1));
        assertEquals("disconnected: shell hall --> pianist:in", type("carillon:disconnect hall pianist"));
        assertEquals("no connections", type("carillon:connections"));
    }

    @Test
    public void shouldConnectPortsThatAreNotThere() {
        assertEquals("connected: later --> hall of fame", type("carillon:connect later 'hall of fame' --absent"));
        assertEquals(ConnectionInfo.State.WAITING, server.connection("later", "hall of fame").state());
        assertEquals("disconnected: later --> hall of fame", type("carillon:disconnect late fame"));
    }

    @Test
    public void shouldSayInOneMessageWhatIsWrong() throws IOException {
        server.loop("shell attic", 0);
        Session session = server.open("pianist");
        session.source("out");

        assertTrue(refused("carillon:connect pianist shell", CarillonException.Kind.NO_SUCH_NAME)
                .endsWith("name=shell, known=shell attic shell hall"));
        assertTrue(refused("carillon:connect nobody hall", CarillonException.Kind.NO_SUCH_NAME)
                .startsWith("no source of this name: name=nobody"));
        assertTrue(refused("carillon:connect pianist", CarillonException.Kind.WRONG_USAGE)
                .startsWith("expected: connect SOURCE DESTINATION"));
        assertTrue(refused("carillon:connect pianist hall --lop", CarillonException.Kind.WRONG_USAGE)
                .contains("words=pianist hall --lop"));
        assertTrue(refused("carillon:connect pianist hall transpose", CarillonException.Kind.WRONG_USAGE)
                .contains("transpose"));
        assertTrue(refused("carillon:connect hall hall", CarillonException.Kind.REFUSED).contains("loop"));
        refused("carillon:disconnect 999999", CarillonException.Kind.NO_SUCH_NAME);
        refused("carillon:disconnect nobody hall", CarillonException.Kind.NO_SUCH_NAME);
        refused("carillon:drivers dance now", CarillonException.Kind.WRONG_USAGE);
        refused("carillon:drivers start nobody", CarillonException.Kind.NO_SUCH_NAME);
        refused("carillon:drivers install /no/such/file.jar", CarillonException.Kind.FAILED);
        refused("carillon:alias nobody x", CarillonException.Kind.NO_SUCH_NAME);
    }

    @Test
    public void shouldTapBothDirections() {
        Session session = server.open("pianist");
        Source source = session.source("out");
        Session looker = server.open("looker");
        looker.destination("in");
        Receiver receiver = new Receiver(looker);

        assertEquals("tapped source: pianist:out --> looker:in", type("carillon:tap pianist looker"));
        source.send(0, 0xB0, 7, 100);
        source.flush();
        assertEquals(List.of("ctrlchange 0 7 100"), receiver.await(1));
        assertTrue(type("carillon:connections").contains("tap pianist:out --> looker:in"));
        assertEquals("untapped: tap pianist:out --> looker:in", type("carillon:untap pianist looker"));

        type("carillon:connect pianist hall");
        assertEquals("tapped destination: shell hall --> looker:in", type("carillon:tap --out hall looker"));
        source.send(0, 0xB0, 7, 101);
        source.flush();
        assertEquals(List.of("ctrlchange 0 7 101"), receiver.await(1));
        assertEquals("untapped: tap --out shell hall --> looker:in", type("carillon:untap hall looker --out"));
        type("carillon:disconnect pianist hall");
    }

    @Test
    public void shouldSilenceAndCount() {
        Session session = server.open("pianist");
        Source source = session.source("out");
        session.destination("in");
        Receiver receiver = new Receiver(session);
        type("carillon:connect pianist pianist");
        source.send(0, 0x90, 60, 100);
        source.flush();
        receiver.await(1);

        String said = type("carillon:panic");
        assertTrue(said, said.startsWith("silenced: destinations="));
        assertEquals("keyoff 0 60 64", receiver.await(49).getFirst());
        assertTrue(server.status().count(StatusCounter.PANICS) >= 1);
        assertEquals(List.of("panics", Long.toString(server.status().count(StatusCounter.PANICS))),
                row(type("carillon:counters"), "panics"));
        assertEquals("dropped malformed", row(type("carillon:counters"), "dropped malformed").getFirst());
        type("carillon:disconnect pianist pianist");
    }

    @Test
    public void shouldLookAfterTheDriversFolder() throws IOException {
        assertEquals("the drivers folder is empty", type("carillon:drivers"));
        Path jar = Files.write(folder.resolveSibling(folder.getFileName() + "-bell.jar"),
                DriverFile.driver("it.bell", "1.2.3", "bell").bytes());
        try {
            String file = jar.getFileName().toString();
            assertEquals(file + ": active", type("carillon:drivers install " + jar));
            awaitPort("bell");
            assertEquals(List.of(file, "active", "it.bell", "1.2.3", "-"), row(type("carillon:drivers"), file));
            assertTrue(type("carillon:drivers stop bell").startsWith(file + ": stopped"));
            assertFalse(server.hasPort("bell"));
            assertTrue(type("carillon:drivers start bell").startsWith(file + ": active"));
            awaitPort("bell");
            assertTrue(type("carillon:drivers remove bell").startsWith(file + ": absent"));
            assertEquals(DriverInfo.State.ABSENT, info(file).state());
        } finally {
            Files.delete(jar);
        }
    }

    @Test
    public void shouldListAndRenameDevices() {
        DeviceRegistry registry = server.service(DeviceRegistry.class);
        registry.identify("shell test", List.of(new DeviceEvidence("S1", "usb-1", "Test Keys", "Shell keys", "0")));
        String name = registry.remembered().getLast().shownName();

        List<String> row = row(type("carillon:devices"), name);
        assertEquals(List.of(name, "present", "-", "serial=S1 bus=usb-1 product=Test Keys port=0", "-"), row);
        assertEquals("renamed: " + name + " is grand", type("carillon:alias 'Shell keys' grand"));
        assertEquals("alias of " + name, row(type("carillon:devices"), "grand").getLast());
        assertEquals("renamed: grand has its own name again", type("carillon:alias grand"));
        registry.identify("shell test", List.of());
        assertEquals("absent", row(type("carillon:devices"), name).get(1));
    }

    /** What {@code help} prints is written at the methods. */
    @Test
    public void shouldExplainEachCommand() {
        Set<String> commands = new TreeSet<>();
        for (ServiceReference<?> reference : server.bundle(SHELL).getRegisteredServices()) {
            commands.addAll(List.of((String[]) reference.getProperty("osgi.command.function")));
            Object service = reference.getBundle().getBundleContext().getService(reference);
            for (Method method : service.getClass().getDeclaredMethods()) {
                if (commands.contains(method.getName()) && Modifier.isPublic(method.getModifiers())) {
                    assertFalse(method.getName(), method.getAnnotation(Descriptor.class).value().isBlank());
                    for (Annotation[] annotations : method.getParameterAnnotations()) {
                        assertFalse(method.getName(), ((Descriptor) annotations[0]).value().isBlank());
                    }
                }
            }
        }
        assertEquals(new TreeSet<>(List.of("ports", "connections", "connect", "disconnect", "tap", "untap", "panic",
                "sessions", "counters", "drivers", "devices", "alias")), commands);
    }
}
