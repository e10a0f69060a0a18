package org.carillon.it;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;
import static org.ops4j.pax.exam.CoreOptions.bundle;
import static org.ops4j.pax.exam.CoreOptions.composite;
import static org.ops4j.pax.exam.CoreOptions.frameworkProperty;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.carillon.api.console.Console;
import org.carillon.api.driver.Drivers;
import org.carillon.api.port.ConnectionInfo;
import org.carillon.api.session.Destination;
import org.carillon.api.session.Session;
import org.carillon.api.session.Source;
import org.junit.Before;
import org.junit.Test;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.osgi.service.cm.ConfigurationAdmin;

/** The web console as an HTTP client sees it, friendly and hostile. */
public class WebConsoleIT extends ContainerTest {
    static final List<String> WEB = List.of("minimal-json", "org.carillon.slf4j",
            "org.apache.felix.http.servlet-api", "commons-io", "commons-fileupload", "org.apache.felix.http.jetty12",
            "org.apache.felix.inventory", "encoder", "org.apache.felix.webconsole",
            "org.apache.felix.webconsole.plugins.ds", "org.carillon.webconsole");
    private static final String PID = "org.carillon.webconsole";
    private static final String PAGE = "/system/console/carillon";
    /** Of every kind: the console's own, its resources and uploads, the page's, and those that nobody serves. */
    private static final List<String> PATHS = List.of("/", "/nothing", "/system/console", "/system/console/bundles",
            "/system/console/bundles/1", "/system/console/install", "/system/console/configMgr",
            "/system/console/res/ui/admin.css", "/system/console/components", "/system/console/vmstat", PAGE,
            PAGE + "/state.json", PAGE + "/do", PAGE + "/upload?file=a.jar", PAGE + "/res/page.js");

    private final HttpClient client = HttpClient.newHttpClient();
    private Console console;
    private String password;

    @Configuration
    public static Option[] options() throws IOException {
        return withWeb();
    }

    /** The server with its web console, which has a data folder of its own. */
    static Option[] withWeb() throws IOException {
        Path data = Files.createTempDirectory("carillon-web");
        return Stream.concat(Stream.of(without()), Stream.of(
                frameworkProperty("carillon.data").value(data.toString()),
                frameworkProperty("org.apache.felix.http.require.config").value("true"),
                frameworkProperty("felix.webconsole.security.providers").value("carillon"),
                composite(WEB.stream().map(name -> bundle(new File("target/bundles", name + ".jar").toURI().toString()))
                        .toArray(Option[]::new))))
                .toArray(Option[]::new);
    }

    @Before
    public void openConsole() throws Exception {
        console = server.service(Console.class);
        password = Files.readString(console.passwordFile()).strip();
        Server.await("page of the console", () -> code(PAGE) == 200);
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(console.address().resolve(path)).header("Authorization", "Basic " + Base64
                .getEncoder().encodeToString((console.user() + ":" + password).getBytes(StandardCharsets.UTF_8)));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private int code(String path) {
        return send(request(path)).statusCode();
    }

    private HttpResponse<String> act(String json) {
        return send(request(PAGE + "/do").header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(json)));
    }

    private HttpResponse<String> upload(String file, BodyPublisher body) {
        return send(request(PAGE + "/upload?file=" + URLEncoder.encode(file, StandardCharsets.UTF_8))
                .header("Content-Type", "application/octet-stream").POST(body));
    }

    /** A request byte for byte: Java's client does not lie about where it comes from. */
    private String firstLine(String method, String path, String... headers) throws IOException {
        URI address = console.address();
        try (Socket socket = new Socket(address.getHost(), address.getPort())) {
            socket.setSoTimeout(20_000);
            OutputStream out = socket.getOutputStream();
            String login = request(path).build().headers().firstValue("Authorization").orElseThrow();
            out.write((method + " " + path + " HTTP/1.1\r\nAuthorization: " + login + "\r\nConnection: close\r\n"
                    + String.join("\r\n", headers) + "\r\n\r\n").getBytes(StandardCharsets.ISO_8859_1));
            out.flush();
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8).lines().findFirst()
                    .orElse("");
        }
    }

    @Test
    public void shouldListenOnThisMachineAlone() {
        assertTrue(console.address().toString(), InetAddress.getLoopbackAddress().getHostAddress().equals(
                console.address().getHost()));
    }

    @Test
    public void shouldKeepThePasswordForItsOwner() throws IOException {
        assertEquals("rw-------",
                PosixFilePermissions.toString(Files.getPosixFilePermissions(console.passwordFile())));
        assertEquals(24, password.length());
    }

    @Test
    public void shouldLetNobodyInWithoutThePassword() {
        for (String path : PATHS.subList(2, PATHS.size())) {
            HttpResponse<String> answer = send(HttpRequest.newBuilder(console.address().resolve(path)));
            assertEquals(path, 401, answer.statusCode());
        }
    }

    @Test
    public void shouldRefuseForeignPagesOnEveryUrl() throws IOException {
        String host = "Host: " + console.address().getAuthority();
        for (String path : PATHS) {
            for (String method : List.of("GET", "POST")) {
                for (String sign : List.of("Origin: http://evil.example", "Origin: null", "Sec-Fetch-Site: cross-site",
                        "Sec-Fetch-Site: same-site", "Referer: http://evil.example/")) {
                    assertEquals(method + " " + path + " " + sign, "HTTP/1.1 403 Forbidden",
                            firstLine(method, path, host, sign, "Content-Length: 0"));
                }
                assertEquals(method + " " + path, "HTTP/1.1 403 Forbidden", firstLine(method, path,
                        "Host: evil.example:" + console.address().getPort(), "Content-Length: 0"));
            }
        }
        assertTrue(firstLine("GET", PAGE, host, "Origin: http://" + console.address().getAuthority())
                .startsWith("HTTP/1.1 200"));
    }

    @Test
    public void shouldHotLoadAnUploadedDriver() {
        byte[] jar = DriverFile.driver("it.web.driver", "1.0.0", "web loop").bytes();

        HttpResponse<String> answer = upload("web.jar", BodyPublishers.ofByteArray(jar));
        assertEquals(answer.body(), 200, answer.statusCode());
        Server.await("port of the driver", () -> server.hasPort("web loop"));
        assertTrue(state(body -> body.contains("\"web.jar\"")));

        assertEquals(200, act("{\"do\":\"stop\",\"file\":\"web.jar\"}").statusCode());
        Server.await("no port", () -> !server.hasPort("web loop"));
        assertEquals(200, act("{\"do\":\"start\",\"file\":\"web.jar\"}").statusCode());
        Server.await("port again", () -> server.hasPort("web loop"));
        assertEquals(200, act("{\"do\":\"remove\",\"file\":\"web.jar\"}").statusCode());
        Server.await("port gone", () -> !server.hasPort("web loop"));
    }

    private boolean state(Predicate<String> condition) {
        return condition.test(send(request(PAGE + "/state.json")).body());
    }

    @Test
    public void shouldRefuseHostileFiles() {
        byte[] good = DriverFile.driver("it.web.cut", "1.0.0", "cut").bytes();
        List<HttpResponse<String>> answers = new ArrayList<>();
        answers.add(upload("noise.jar", BodyPublishers.ofByteArray(new byte[100_000])));
        answers.add(upload("empty.jar", BodyPublishers.noBody()));
        answers.add(upload("cut.jar", BodyPublishers.ofByteArray(good, 0, good.length / 2)));
        answers.add(upload("plain.jar", BodyPublishers.ofByteArray(DriverFile.jar().bytes())));
        answers.add(upload("../../up.jar", BodyPublishers.ofByteArray(good)));
        answers.add(upload("a.txt", BodyPublishers.ofByteArray(good)));
        for (HttpResponse<String> answer : answers) {
            assertTrue(answer.uri() + " " + answer.body(), answer.statusCode() >= 400 && answer.statusCode() < 500);
            assertTrue(answer.body(), answer.body().contains("\"ok\":false"));
        }
        assertEquals(List.of(), server.service(Drivers.class).list().stream().map(d -> d.file())
                .filter(file -> !file.equals("web.jar")).toList());
    }

    @Test
    public void shouldRefuseAGigabyteBeforeItIsRead() throws IOException {
        String host = "Host: " + console.address().getAuthority();
        for (String path : List.of(PAGE + "/upload?file=big.jar", "/system/console/bundles")) {
            assertTrue(firstLine("POST", path, host, "Content-Length: 1073741824").startsWith("HTTP/1.1 413"));
            assertTrue(firstLine("POST", path, host, "Transfer-Encoding: chunked").startsWith("HTTP/1.1 411"));
        }
    }

    /** Sent for real, as far as the server lets it come; nobody here holds more than a piece of it. */
    @Test
    public void shouldPlayOnWhileAGigabyteIsSentThatNobodyAskedFor() throws Exception {
        server.loop("web hall", 0);
        Session session = server.open("plays through");
        Source out = session.source("out");
        session.destination("in");
        server.connect("plays through:out", "web hall", "");
        server.connect("web hall", "plays through:in", "");
        Receiver receiver = new Receiver(session);
        long droppedBefore = server.status().droppedInAll();
        String page = PAGE + "/upload?file=big.jar";
        for (GigabyteUpload upload : List.of(
                new GigabyteUpload("POST " + page + " HTTP/1.1", "Transfer-Encoding: chunked"),
                new GigabyteUpload("POST " + page + " HTTP/1.1", "Content-Length: " + GigabyteUpload.BYTES),
                new GigabyteUpload("POST " + page + " HTTP/1.0", "Connection: close"),
                new GigabyteUpload("POST /system/console/bundles HTTP/1.1", "Transfer-Encoding: chunked"))) {
            Thread sender = Thread.ofPlatform().start(() -> upload.send(console.address(), request(page)));
            int key = 0;
            while (sender.isAlive() || key == 0) {
                assertTrue(out.send(0, 0x90, key, 100));
                out.flush();
                assertEquals(List.of("keyon 0 " + key + " 100"), receiver.await(1));
                key = (key + 1) % 128;
            }
            assertTrue(upload.toString(), upload.isRefused());
            assertTrue(upload.toString(), upload.sentBytes() < GigabyteUpload.BYTES / 8);
            assertEquals(200, code(PAGE));
        }
        assertEquals(droppedBefore, server.status().droppedInAll());
        assertTrue(server.service(Drivers.class).list().stream().noneMatch(each -> each.file().equals("big.jar")));
    }

    @Test
    public void shouldConnectAndDisconnectWithFilterWords() throws IOException {
        server.loop("web one", 0);
        server.loop("web two", 0);
        String ends = "\"source\":\"web one\",\"destination\":\"web two\"";

        assertEquals(200, act("{\"do\":\"connect\"," + ends + ",\"filter\":\"ch 1..4\"}").statusCode());
        ConnectionInfo made = server.connection("web one", "web two");
        assertEquals("ch 1..4", made.filter());
        assertEquals(ConnectionInfo.State.ACTIVE, made.state());
        HttpResponse<String> wrong = act("{\"do\":\"filter\"," + ends + ",\"filter\":\"nonsense 7\"}");
        assertEquals(wrong.body(), 400, wrong.statusCode());
        assertTrue(wrong.body(), wrong.body().contains("nonsense"));
        assertEquals(409, act("{\"do\":\"connect\",\"source\":\"web two\",\"destination\":\"web one\"}").statusCode());
        assertEquals(200, act("{\"do\":\"disconnect\"," + ends + "}").statusCode());
        assertEquals(404, act("{\"do\":\"disconnect\"," + ends + "}").statusCode());
    }

    @Test
    public void shouldSilenceEveryDestination() {
        Session session = server.open("hears panic");
        Destination destination = session.destination("in");
        List<Integer> controllers = new ArrayList<>();

        assertEquals(200, act("{\"do\":\"panic\"}").statusCode());
        Server.await("all notes off of " + destination.name(), () -> {
            session.poll(event -> controllers.add(event.data(1)), 100);
            return controllers.stream().filter(controller -> controller == 123).count() == 16;
        });
        assertEquals(16, controllers.stream().filter(controller -> controller == 64).count());
    }

    @Test
    public void shouldRefuseAnActionOfAForm() {
        HttpResponse<String> answer = send(request(PAGE + "/do").header("Content-Type", "text/plain")
                .POST(BodyPublishers.ofString("{\"do\":\"panic\"}")));
        assertEquals(400, answer.statusCode());
    }

    @Test
    public void shouldMakeALoopbackPortInTheConfigurationForm() throws IOException {
        String form = "apply=true&factoryPid=org.carillon.driver.loopback&action=ajaxConfigManager"
                + "&propertylist=name,delayUs,capacityBytes&name=from+the+form&delayUs=0&capacityBytes=65536";
        HttpResponse<String> answer = send(request(
                "/system/console/configMgr/[Temporary%20PID%20replaced%20by%20real%20PID%20upon%20save]"
                        .replace("[", "%5B").replace("]", "%5D"))
                .header("Content-Type", "application/x-www-form-urlencoded").POST(BodyPublishers.ofString(form)));

        assertTrue(answer.statusCode() + answer.body(), answer.statusCode() < 400);
        Server.await("port from the form", () -> server.hasPort("from the form"));
        try {
            for (var each : server.service(ConfigurationAdmin.class)
                    .listConfigurations("(name=from the form)")) {
                each.delete();
            }
        } catch (org.osgi.framework.InvalidSyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    public void shouldSlowDownWhoGuesses() {
        String right = password;
        password = "not the password";
        int tries = 0;
        while (code(PAGE) != 429) {
            assertTrue("tries=" + tries, tries++ < 20);
        }
        password = right;
        assertEquals("even the right one waits", 429, code(PAGE));
        Server.await("heard again", () -> code(PAGE) == 200);
        assertEquals(1, messages.lines().stream().filter(line -> line.contains("wrong name or password")).count());
    }

    @Test
    public void shouldGoToTheNextPortWhereOneIsTaken() throws IOException {
        Session session = server.open("plays on");
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var moved = server.configure(PID, Map.of("port", taken.getLocalPort(), "portsToTry", 50));
            try {
                Server.await("console on another port", () -> port() > taken.getLocalPort());
                assertTrue(messages.lines().toString(), messages.lines().stream()
                        .anyMatch(line -> line.contains("port of the web console is taken")));
            } finally {
                moved.delete();
            }
        }
        Server.await("console is back", () -> port() > 0 && port() < 8200);
        assertTrue(session.isOpen());
    }

    /** Of the console, which comes and goes with its configuration; 0 while it is not there. */
    private int port() {
        return server.find(Console.class).map(there -> there.address().getPort()).orElse(0);
    }

    @Test
    public void shouldServeNothingBesideItsResources() throws IOException {
        for (String path : List.of("/res/../OSGI-INF/x.xml", "/res/page.html", "/res/", "/res/%2e%2e/page.js",
                "/x.json")) {
            assertFalse(path, firstLine("GET", PAGE + path, "Host: " + console.address().getAuthority())
                    .startsWith("HTTP/1.1 200"));
        }
    }
}
