package org.carillon.launcher.command;

import com.eclipsesource.json.Json;
import com.eclipsesource.json.JsonArray;
import com.eclipsesource.json.JsonObject;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.carillon.api.console.Console;
import org.carillon.api.driver.Driver;
import org.carillon.api.port.PortInfo;
import org.carillon.launcher.CarillonHost;

/**
 * What a server has when all of it runs.
 *
 * @param readyMs from the start of the program until sessions could open.
 * @param drivers names of those that have opened, and of those that have not.
 * @param console where it is administered with a browser.
 */
record UpReport(long readyMs, List<DriverState> drivers, List<PortInfo> ports, Optional<Console> console) {
    static final int SCHEMA = 1;

    /** @param isOpen whether its ports are there, as far as it has any. */
    record DriverState(String name, boolean isOpen) {}

    static UpReport of(CarillonHost host, long readyMs) {
        var status = host.status();
        return new UpReport(readyMs, host.services(Driver.class).stream().map(Driver::name).sorted()
                .map(name -> new DriverState(name, status.sessions().contains(name))).toList(), status.ports(),
                host.services(Console.class).stream().findFirst());
    }

    static String firstLine(long readyMs) {
        return "ready after " + readyMs + " ms, pid " + ProcessHandle.current().pid() + "; end it with Ctrl-C";
    }

    String text() {
        StringBuilder text = new StringBuilder();
        drivers.forEach(driver -> text.append(String.format(Locale.ROOT, "driver  %s: %s%n", driver.name,
                driver.isOpen ? count(portsOf(driver).count()) : "not open")));
        ports.forEach(port -> text.append(String.format(Locale.ROOT, "port    %-11s  %s  (%s)%n", word(port),
                port.name(), port.session())));
        text.append(
                console.map(page -> String.format(Locale.ROOT, "console %s, user %s, password in %s", page.address(),
                        page.user(), page.passwordFile())).orElse("no console"));
        return text.toString();
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
