package org.carillon.launcher.command;

import com.eclipsesource.json.Json;
import com.eclipsesource.json.JsonArray;
import com.eclipsesource.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.carillon.api.console.Console;
import org.carillon.api.console.NoConsole;
import org.carillon.api.driver.Driver;
import org.carillon.api.port.PortInfo;
import org.carillon.launcher.CarillonHost;

/**
 * What a server has by now.
 *
 * @param readyMs from the start of the program until sessions could open.
 * @param drivers names of those that have opened, and of those that have not.
 * @param console where it is administered with a browser.
 * @param noConsole why there is no console; empty while there is one, or one may still come.
 */
record UpReport(long readyMs, List<DriverState> drivers, List<PortInfo> ports, Optional<Console> console,
        String noConsole) {
    private static final String CONSOLE_BUNDLE = "org.carillon.webconsole";
    static final int SCHEMA = 1;

    /** @param isOpen whether its ports are there, as far as it has any. */
    record DriverState(String name, boolean isOpen) {}

    static UpReport of(CarillonHost host, long readyMs) {
        boolean isAllStarted = host.awaitRest(Duration.ZERO); // before the look: what is missing then does not come
        var status = host.status();
        var console = host.services(Console.class).stream().findFirst();
        return new UpReport(readyMs, host.services(Driver.class).stream().map(Driver::name).sorted()
                .map(name -> new DriverState(name, status.sessions().contains(name))).toList(), status.ports(),
                console, console.isPresent() ? "" : noConsole(host, isAllStarted));
    }

    private static String noConsole(CarillonHost host, boolean isAllStarted) {
        return host.services(NoConsole.class).stream().map(NoConsole::reason).findFirst().orElse(
                isAllStarted && !host.runs(CONSOLE_BUNDLE) ? "its bundle does not run: bundle=" + CONSOLE_BUNDLE : "");
    }

    /** Whether it is known where the console is, or that there is none. */
    boolean isConsoleKnown() {
        return console.isPresent() || !noConsole.isEmpty();
    }

    boolean areDriversOpen() {
        return drivers.stream().allMatch(DriverState::isOpen);
    }

    boolean hasPort(String name) {
        return ports.stream().anyMatch(port -> port.name().equals(name));
    }

    static String firstLine(long readyMs) {
        return "ready after " + readyMs + " ms, pid " + ProcessHandle.current().pid() + "; end it with Ctrl-C";
    }

    static String line(PortInfo port) {
        return String.format(Locale.ROOT, "port    %-11s  %s  (%s)", word(port), port.name(), port.session());
    }

    List<String> driverLines() {
        return drivers.stream().map(driver -> "driver  " + driver.name + ": "
                + (driver.isOpen ? count(portsOf(driver).count()) : "not open")).toList();
    }

    String consoleLine() {
        return console.map(page -> "console " + page.address() + ", user " + page.user() + ", password in "
                + page.passwordFile()).orElse("no console" + (noConsole.isEmpty() ? " so far" : ": " + noConsole));
    }

    JsonObject json() {
        JsonArray driverArray = new JsonArray();
        drivers.forEach(driver -> driverArray.add(new JsonObject().add("name", driver.name).add("open", driver.isOpen)
                .add("ports", portsOf(driver).count())));
        JsonArray portArray = new JsonArray();
        ports.forEach(port -> portArray.add(new JsonObject().add("name", port.name()).add("direction", word(port))
                .add("owner", port.session())));
        JsonObject json = Json.object().add("schema", SCHEMA).add("ready_ms", readyMs)
                .add("pid", ProcessHandle.current().pid()).add("drivers", driverArray).add("ports", portArray);
        console.ifPresent(page -> json.add("console", new JsonObject().add("address", page.address().toString())
                .add("user", page.user()).add("password_file", page.passwordFile().toString())));
        if (!noConsole.isEmpty()) {
            json.add("no_console", noConsole);
        }
        return json;
    }

    private Stream<PortInfo> portsOf(DriverState driver) {
        return ports.stream().filter(port -> port.session().equals(driver.name));
    }

    private static String count(long ports) {
        return ports == 1 ? "1 port" : ports + " ports";
    }

    private static String word(PortInfo port) {
        return port.direction().name().toLowerCase(Locale.ROOT);
    }
}
