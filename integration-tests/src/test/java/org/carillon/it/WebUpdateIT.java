package org.carillon.it;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.Base64;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.carillon.api.console.Console;
import org.carillon.api.session.Session;
import org.carillon.api.session.Sessions;
import org.carillon.api.session.Source;
import org.junit.Test;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.wiring.FrameworkWiring;
import org.osgi.service.cm.ConfigurationAdmin;

/**
 * Each bundle of the web console is replaced, and all that is wired to it starts anew, while two thousand events a
 * second flow: none of them is lost, and the console comes back.
 */
public class WebUpdateIT extends ContainerTest {
    private static final int BETWEEN = 200;
    private static final long REFRESH_LIMIT_S = 60;
    private static final String CONSOLE = "org.carillon.webconsole";
    private static final String PAGE = "/system/console/carillon/state.json";

    private final HttpClient client = HttpClient.newHttpClient();

    @Configuration
    public static Option[] options() throws IOException {
        return WebConsoleIT.withWeb();
    }

    @Test
    public void shouldLoseNothingWhileTheWebIsReplacedBundleByBundle() throws Exception {
        server.configureToStay(Sessions.class, TRANSPORT, Map.of("ringCapacityBytes", Traffic.RING_BYTES));
        server.loop("hall", 0);
        Session session = server.open("pianist");
        Source out = session.source("out");
        server.connect("pianist:out", "hall", Traffic.FILTER);
        server.connect("hall", "listener:in", "");
        long droppedBefore = server.status().droppedInAll();
        listenAtFreePort();
        List<String> before = messages.lines();
        try (Traffic traffic = new Traffic(session, out, new Listener(server.kernel(), "listener"))) {
            for (String file : WebConsoleIT.WEB) {
                traffic.awaitMore(BETWEEN);
                long replaced = bundle(file).getLastModified();
                replace(bundle(file));
                assertTrue(file, bundle(file).getLastModified() > replaced);
                Server.await("console after " + file, this::answers);
            }
            traffic.awaitMore(BETWEEN);
            traffic.finish();
            assertEquals(traffic.sent(), traffic.received());
            assertEquals("", traffic.wrong());
            assertEquals(0, traffic.reordered());
        }
        assertEquals(droppedBefore, server.status().droppedInAll());
        assertEquals(before, messages.lines());
    }

    /** Another server of this machine may have the usual port, and the console says so each time it starts. */
    private void listenAtFreePort() throws IOException {
        int port = freePort();
        server.service(ConfigurationAdmin.class).getConfiguration(CONSOLE, "?")
                .update(new Hashtable<>(Map.of("port", port)));
        Server.await("console at another port", () -> answers()
                && server.service(Console.class).address().getPort() == port);
    }

    private static int freePort() throws IOException {
        try (ServerSocket free = new ServerSocket(0)) {
            return free.getLocalPort();
        }
    }

    private static Bundle bundle(String file) {
        BundleContext context = FrameworkUtil.getBundle(WebUpdateIT.class).getBundleContext();
        return Arrays.stream(context.getBundles()).filter(each -> each.getLocation().endsWith("/" + file + ".jar"))
                .findFirst().orElseThrow();
    }

    /** From the file that it was installed from; then everybody takes the new one. */
    private static void replace(Bundle bundle) throws Exception {
        try (InputStream jar = URI.create(bundle.getLocation()).toURL().openStream()) {
            bundle.update(jar);
        }
        CountDownLatch refreshed = new CountDownLatch(1);
        FrameworkUtil.getBundle(WebUpdateIT.class).getBundleContext().getBundle(0).adapt(FrameworkWiring.class)
                .refreshBundles(List.of(bundle), event -> refreshed.countDown());
        assertTrue("refreshed", refreshed.await(REFRESH_LIMIT_S, TimeUnit.SECONDS));
    }

    private boolean answers() {
        try {
            if (!server.has(Console.class)) {
                return false;
            }
            Console console = server.service(Console.class);
            String login = console.user() + ":" + Files.readString(console.passwordFile()).strip();
            HttpRequest request = HttpRequest.newBuilder(console.address().resolve(PAGE)).header("Authorization",
                    "Basic " + Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.UTF_8))).build();
            HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
            return answer.statusCode() == HttpURLConnection.HTTP_OK && answer.body().contains("\"hall\"");
        } catch (IOException e) {
            return false; // it is on its way
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
