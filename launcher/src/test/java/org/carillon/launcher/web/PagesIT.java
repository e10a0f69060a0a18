package org.carillon.launcher.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.FilePayload;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.carillon.api.console.Console;
import org.carillon.api.port.CarillonException;
import org.carillon.api.port.Kernel;
import org.carillon.api.session.Session;
import org.carillon.api.session.Source;
import org.carillon.launcher.CarillonHost;
import org.carillon.launcher.HostOptions;
import org.carillon.launcher.Program;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The pages in the system's own Chromium, with a server behind them. What it sees is kept in target/screenshots. */
final class PagesIT {
    private static final Path PICTURES = Path.of("target", "screenshots");
    private static final Path CHROMIUM = Path.of("/usr/bin/chromium");
    private static final long LIMIT_NS = TimeUnit.SECONDS.toNanos(60);
    private static final int WIDE = 1_200;
    private static final int PHONE = 375;
    private static final int HEIGHT = 900;

    @TempDir
    private static Path folder;
    private static CarillonHost host;
    private static Console console;
    private static Playwright playwright;
    private static Browser browser;

    private final List<String> complaints = new ArrayList<>();
    private BrowserContext context;

    @BeforeAll
    static void start() throws IOException {
        Path home = Program.copyDistribution(folder.resolve("home")); // the console writes to its configuration
        host = CarillonHost.start(HostOptions.defaults().home(home).data(folder.resolve("data"))
                .configuration("org.carillon.deploy", Map.of("folder", folder.resolve("drivers").toString()))
                .configuration("org.carillon.driver.loopback~two", Map.of("name", "two")));
        console = console();
        playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        browser = playwright.chromium().launch(new BrowserType.LaunchOptions().setExecutablePath(CHROMIUM)
                .setArgs(List.of("--no-sandbox")));
    }

    /** It comes after the music. */
    private static Console console() {
        long untilNs = System.nanoTime() + LIMIT_NS;
        while (true) {
            try {
                return host.service(Console.class);
            } catch (CarillonException e) {
                if (System.nanoTime() - untilNs > 0) {
                    throw e;
                }
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
            }
        }
    }

    @AfterAll
    static void stop() {
        if (playwright != null) {
            playwright.close();
        }
        host.close();
    }

    @BeforeEach
    void forgetWiring() {
        host.status().connections().forEach(
                c -> host.service(Kernel.class).wiring().disconnect(c.source(), c.destination()));
    }

    @AfterEach
    void leave() {
        context.close();
        assertEquals(List.of(), complaints);
    }

    private Page open(int width, ColorScheme scheme) throws IOException {
        String login = console.user() + ":" + Files.readString(console.passwordFile()).strip();
        context = browser.newContext(new Browser.NewContextOptions().setViewportSize(width, HEIGHT)
                .setColorScheme(scheme).setExtraHTTPHeaders(Map.of("Authorization",
                        "Basic " + Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.UTF_8)))));
        Page page = context.newPage();
        page.setDefaultTimeout(TimeUnit.NANOSECONDS.toMillis(LIMIT_NS));
        page.onPageError(complaints::add);
        page.onConsoleMessage(message -> {
            if (message.type().equals("error") && !message.text().startsWith("Failed to load resource")) {
                complaints.add(message.text());
            }
        });
        page.navigate(console.address().toString());
        page.waitForSelector("body[data-looked]");
        return page;
    }

    private static void picture(Page page, String name) {
        page.screenshot(new Page.ScreenshotOptions().setPath(PICTURES.resolve(name + ".png")).setFullPage(true));
    }

    private static Locator button(Page page, String name) {
        return page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
    }

    private static void assertFits(Page page) {
        assertTrue((Boolean) page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "scrolls sideways");
    }

    @Test
    void shouldConnectAndDisconnectByKeyboardAlone() throws IOException {
        Page page = open(WIDE, ColorScheme.LIGHT);
        page.locator("[name=source]").focus();
        page.keyboard().type("loop");
        page.keyboard().press("Tab");
        page.keyboard().type("two");
        page.keyboard().press("Tab");
        page.keyboard().type("ch 1..4");
        page.keyboard().press("Enter");

        Locator row = page.locator("#connection-rows .row");
        assertThat(row).containsText("loop → two");
        assertThat(row).containsText("active");
        assertThat(row).containsText("ch 1..4");
        picture(page, "connection");
        button(page, "Change filter of loop to two").focus();
        page.keyboard().press("Enter");
        page.keyboard().type("transp 12");
        page.keyboard().press("Enter");
        assertThat(row).containsText("transp 12");
        button(page, "Disconnect loop from two").focus();
        page.keyboard().press("Enter");
        assertThat(row).hasCount(0);
        assertEquals(List.of(), host.status().connections());
    }

    @Test
    void shouldSayInWordsWhyItIsRefused() throws IOException {
        Page page = open(WIDE, ColorScheme.DARK);
        page.locator("[name=source]").fill("loop");
        page.locator("[name=destination]").fill("two");
        page.locator("[name=filter]").fill("nonsense 7");
        button(page, "Connect").click();

        assertThat(page.locator("#message")).containsText("nonsense");
        picture(page, "refused-dark");
    }

    @Test
    void shouldShowEventsAsTheyPass() throws IOException {
        Page page = open(WIDE, ColorScheme.LIGHT);
        try (Session session = host.sessions().open("player")) {
            Source out = session.source("out");
            session.wiring().connect(out.name(), "two");
            long untilNs = System.nanoTime() + LIMIT_NS;
            Locator speed = page.locator("#port-rows .row", new Page.LocatorOptions().setHasText("player:out"));
            while (!speed.allInnerTexts().toString().matches("(?s).*\\b[1-9][\\d.,]*/s.*")) {
                assertTrue(System.nanoTime() - untilNs < 0, speed.allInnerTexts().toString());
                out.send(0, 0x90, 60, 100);
                out.send(0, 0x80, 60, 0);
                out.flush();
                page.waitForTimeout(10);
            }
            assertThat(page.locator("#session-rows")).containsText("player");
            picture(page, "activity");
            button(page, "Panic").click();
            assertThat(page.locator("#message")).containsText("silenced");
        }
        assertThat(page.locator("#session-rows")).not().containsText("player");
    }

    @Test
    void shouldUploadStopAndRemoveADriver() throws IOException {
        Page page = open(WIDE, ColorScheme.LIGHT);
        page.locator("[name=jar]").setInputFiles(new FilePayload("broken.jar", "application/java-archive",
                "no jar at all".getBytes(StandardCharsets.UTF_8)));
        button(page, "Upload").click();
        assertThat(page.locator("#message.bad")).containsText("broken.jar");

        page.locator("[name=jar]").setInputFiles(new FilePayload("still.jar", "application/java-archive", bundle()));
        button(page, "Upload").click();
        Locator row = page.locator("#driver-rows .row", new Page.LocatorOptions().setHasText("still.jar"));
        assertThat(row).containsText("active");
        picture(page, "drivers");
        button(page, "Stop still.jar").click();
        assertThat(row).containsText("stopped");
        button(page, "Start still.jar").click();
        assertThat(row).containsText("active");
        button(page, "Remove still.jar").click();
        button(page, "Remove").click();
        assertThat(row).containsText("absent");
    }

    /** A bundle that does nothing. */
    private static byte[] bundle() throws IOException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().putValue("Bundle-ManifestVersion", "2");
        manifest.getMainAttributes().putValue("Bundle-SymbolicName", "pages.still");
        manifest.getMainAttributes().putValue("Bundle-Version", "1.0.0");
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        new JarOutputStream(bytes, manifest).close();
        return bytes.toByteArray();
    }

    @Test
    void shouldFitAPhone() throws IOException {
        host.service(Kernel.class).wiring().connect("loop", "a-destination-with-a-long-name-".repeat(3));
        Page page = open(PHONE, ColorScheme.LIGHT);
        assertThat(page.locator("#connection-rows .row")).containsText("waiting for a port");
        assertFits(page);
        picture(page, "phone");
        context.close();
        page = open(PHONE, ColorScheme.DARK);
        assertFits(page);
        picture(page, "phone-dark");
    }

    @Test
    void shouldNameEverythingForThoseWhoDoNotSee() throws IOException {
        Page page = open(WIDE, ColorScheme.LIGHT);

        assertEquals(0, ((Number) page.evaluate("""
                [...document.querySelectorAll('input,button')].filter(e => e.offsetParent !== null
                    && !(e.labels && e.labels.length) && !e.getAttribute('aria-label') && !e.textContent.trim()).length
                """)).intValue());
        page.keyboard().press("Tab");
        assertEquals("Skip to the content", page.evaluate("document.activeElement.textContent"));
    }

    @Test
    void shouldFindInLongLists() throws IOException {
        for (int i = 0; i < 40; i++) {
            host.service(Kernel.class).wiring().connect("loop", "later " + i);
        }
        Page page = open(WIDE, ColorScheme.LIGHT);
        page.locator("[data-find=connections]").fill("later 17");
        assertThat(page.locator("#connections .count")).hasText("1 of 40");
        assertThat(page.locator("#connection-rows .row:visible")).hasCount(1);
        picture(page, "found");
    }

    @Test
    void shouldMakeALoopbackPortInTheConsolesForm() throws IOException {
        Page page = open(WIDE, ColorScheme.LIGHT);
        page.navigate(console.address().resolve("configMgr").toString());
        page.locator("tr.fpid", new Page.LocatorOptions().setHasText("Carillon loopback port"))
                .locator(".ui-icon-plusthick").click();
        page.locator("textarea[name=name]").fill("made here");
        picture(page, "configuration");
        button(page, "Save").click();

        long untilNs = System.nanoTime() + LIMIT_NS;
        while (host.status().ports().stream().noneMatch(port -> port.name().equals("made here"))) {
            assertTrue(System.nanoTime() - untilNs < 0, "port does not come: " + host.status().ports());
            page.waitForTimeout(20);
        }
    }

    @Test
    void shouldShowTheConsolesOwnPages() throws IOException {
        Page page = open(WIDE, ColorScheme.LIGHT);
        for (String each : List.of("bundles", "components", "status-carillon")) {
            page.navigate(console.address().resolve(each).toString());
            assertThat(page.locator("body")).containsText("carillon",
                    new LocatorAssertions.ContainsTextOptions().setIgnoreCase(true));
            picture(page, "console-" + each);
        }
        complaints.clear(); // what its scripts say is not ours
    }
}
