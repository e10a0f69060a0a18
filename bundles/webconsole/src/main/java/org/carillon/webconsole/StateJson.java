package org.carillon.webconsole;

import com.eclipsesource.json.Json;
import com.eclipsesource.json.JsonArray;
import com.eclipsesource.json.JsonObject;
import com.eclipsesource.json.JsonValue;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.carillon.api.device.DeviceEvidence;
import org.carillon.api.device.DeviceInfo;
import org.carillon.api.device.DeviceRegistry;
import org.carillon.api.device.Devices;
import org.carillon.api.device.RememberedDevice;
import org.carillon.api.driver.DriverInfo;
import org.carillon.api.driver.Drivers;
import org.carillon.api.port.ConnectionInfo;
import org.carillon.api.port.PortInfo;
import org.carillon.api.status.StatusSnapshot;

/** What the page shows, as JSON. Read from the status page and from services: the kernel's thread is not asked. */
final class StateJson {
    static final int SCHEMA = 1;
    private static final double NS_PER_MS = 1e6;

    private StateJson() {}

    /** @param nowNs system clock, by which a reader makes rates of counters. */
    static JsonObject of(House house, long nowNs, long maxUploadBytes) {
        StatusSnapshot status = StatusSnapshot.of(house.kernel().status());
        JsonObject counters = Json.object();
        status.counters().forEach((counter, value) -> counters.add(counter.word(), value));
        JsonObject drops = Json.object();
        status.dropped().forEach((reason, value) -> drops.add(reason.word(), value));
        Drivers drivers = house.drivers().get();
        DeviceRegistry names = house.names().get();
        return Json.object().add("schema", SCHEMA).add("timeMs", nowNs / NS_PER_MS).add("ready", status.ready())
                .add("maxUploadBytes", maxUploadBytes)
                .add("hasDriversFolder", drivers != null)
                .add("drivers", array(drivers == null ? List.of() : drivers.list(), StateJson::driver))
                .add("devices", devices(house.devices().get()))
                .add("remembered", array(names == null ? List.of() : names.remembered(), StateJson::remembered))
                .add("ports", array(status.ports(), StateJson::port))
                .add("connections", array(status.connections(), StateJson::connection))
                .add("sessions", array(status.sessions(), Json::value))
                .add("counters", counters).add("drops", drops);
    }

    private static <T> JsonArray array(List<T> all, Function<T, JsonValue> write) {
        JsonArray array = new JsonArray();
        all.forEach(each -> array.add(write.apply(each)));
        return array;
    }

    static JsonObject driver(DriverInfo driver) {
        return Json.object().add("file", driver.file()).add("name", driver.symbolicName())
                .add("version", driver.version()).add("state", word(driver.state())).add("reason", driver.reason());
    }

    private static JsonArray devices(List<Devices> all) {
        JsonArray array = new JsonArray();
        for (Devices devices : all) {
            devices.devices().forEach(device -> array.add(device(devices.driver(), device)));
        }
        return array;
    }

    private static JsonObject device(String driver, DeviceInfo device) {
        JsonObject counters = Json.object();
        device.counters().forEach(counters::add);
        return Json.object().add("driver", driver).add("name", device.name()).add("address", device.address())
                .add("state", word(device.state())).add("doubt", device.doubt()).add("reason", device.reason())
                .add("evidence", evidence(device.evidence())).add("counters", counters);
    }

    private static JsonObject remembered(RememberedDevice device) {
        return Json.object().add("name", device.name()).add("alias", device.alias())
                .add("shownName", device.shownName()).add("present", device.present())
                .add("evidence", evidence(device.evidence()));
    }

    private static JsonObject evidence(DeviceEvidence evidence) {
        return Json.object().add("serial", evidence.serial()).add("place", evidence.busPath())
                .add("product", evidence.product()).add("name", evidence.name()).add("port", evidence.port());
    }

    private static JsonObject port(PortInfo port) {
        return Json.object().add("id", port.id()).add("name", port.name()).add("direction", word(port.direction()))
                .add("owner", port.session()).add("forwards", port.forwards()).add("events", port.events())
                .add("dropped", port.dropped());
    }

    private static JsonObject connection(ConnectionInfo connection) {
        return Json.object().add("id", connection.id()).add("source", connection.source())
                .add("destination", connection.destination()).add("state", word(connection.state()))
                .add("filter", connection.filter()).add("events", connection.events())
                .add("dropped", connection.dropped()).add("filtered", connection.filtered())
                .add("tap", word(connection.tap()));
    }

    static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
