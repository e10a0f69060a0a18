package org.carillon.transport.shm;

import com.eclipsesource.json.Json;
import com.eclipsesource.json.JsonArray;
import com.eclipsesource.json.JsonObject;
import com.eclipsesource.json.JsonValue;
import com.eclipsesource.json.ParseException;
import com.eclipsesource.json.WriterConfig;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Dictionary;
import java.util.Enumeration;
import java.util.HashMap;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.carillon.api.device.DeviceInfo;
import org.carillon.api.device.Devices;
import org.carillon.api.device.RememberedDevice;
import org.carillon.api.driver.DriverInfo;
import org.carillon.api.driver.Drivers;
import org.carillon.api.port.CarillonException;
import org.carillon.platform.ipc.ReceivedFile;
import org.carillon.protocol.control.Alias;
import org.carillon.protocol.control.ConfigurationText;
import org.carillon.protocol.control.DeviceEntry;
import org.carillon.protocol.control.DeviceList;
import org.carillon.protocol.control.DriverEntry;
import org.carillon.protocol.control.DriverFile;
import org.carillon.protocol.control.DriverList;
import org.carillon.protocol.control.NewDriver;
import org.carillon.protocol.control.NewInstrument;
import org.carillon.protocol.control.Nothing;
import org.carillon.protocol.control.Page;
import org.carillon.protocol.control.Pid;
import org.carillon.protocol.control.PidList;
import org.carillon.protocol.control.WireRefusal;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;

/** Answers what is about drivers, devices and configurations: it may take a while, so a thread of its own does it. */
final class AdminRequests {
    private static final Nothing DONE = new Nothing();
    private static final String SAMPLER = "org.carillon.sampler";
    private static final String OWN_PROPERTIES = "service.";

    private final Services services;

    AdminRequests(Services services) {
        this.services = services;
    }

    private static <T> T asked(Supplier<T> answer) throws WireRefusal {
        try {
            return answer.get();
        } catch (CarillonException e) {
            throw new WireRefusal(e.kind().name(), e.getMessage());
        }
    }

    private Drivers folder() throws WireRefusal {
        return Services.present(services.drivers(), "drivers folder");
    }

    DriverList drivers(Page page) throws WireRefusal {
        Paged.check(page);
        List<DriverEntry> all = folder().list().stream().filter(each -> Paged.has(each.file(), page))
                .map(AdminRequests::entry).toList();
        List<DriverEntry> part = Paged.of(all, page);
        return new DriverList(all.size(), part.size(), part.toArray(DriverEntry[]::new));
    }

    private static DriverEntry entry(DriverInfo info) {
        return new DriverEntry(info.file(), info.symbolicName(), info.version(), info.state().name(), info.reason());
    }

    /** The jar is read from the descriptor: the client could open the file, so nobody else need be able to. */
    DriverEntry installDriver(NewDriver request, int[] descriptors) throws WireRefusal {
        if (descriptors.length != 1) {
            throw new WireRefusal("WRONG_USAGE", "the jar must come as one descriptor: descriptors="
                    + descriptors.length);
        }
        Drivers folder = folder();
        try (InputStream jar = new ReceivedFile(descriptors[0])) {
            return asked(() -> entry(folder.install(request.file(), jar)));
        } catch (WireRefusal e) {
            throw e;
        } catch (IOException e) {
            throw new WireRefusal("FAILED", "the jar cannot be read: file=" + request.file() + ", reason="
                    + e.getMessage());
        }
    }

    DriverEntry startDriver(DriverFile request) throws WireRefusal {
        Drivers folder = folder();
        return asked(() -> entry(folder.start(request.file())));
    }

    DriverEntry stopDriver(DriverFile request) throws WireRefusal {
        Drivers folder = folder();
        return asked(() -> entry(folder.stop(request.file())));
    }

    DriverEntry removeDriver(DriverFile request) throws WireRefusal {
        Drivers folder = folder();
        return asked(() -> entry(folder.remove(request.file())));
    }

    Nothing alias(Alias request) throws WireRefusal {
        var registry = Services.present(services.registry(), "device names");
        return asked(() -> {
            registry.alias(request.device(), request.alias());
            return DONE;
        });
    }

    DeviceList devices(Page page) throws WireRefusal {
        Paged.check(page);
        Map<String, DeviceInfo> seen = new HashMap<>();
        Map<String, String> owners = new HashMap<>();
        for (Devices driver : services.devices()) {
            for (DeviceInfo device : driver.devices()) {
                seen.put(device.name(), device);
                owners.put(device.name(), driver.driver());
            }
        }
        List<DeviceEntry> all = new ArrayList<>();
        for (RememberedDevice each : Services.present(services.registry(), "device names").remembered()) {
            DeviceInfo info = seen.get(each.shownName());
            if (Paged.has(each.shownName(), page)) {
                all.add(new DeviceEntry(each.name(), each.alias(), each.present(),
                        owners.getOrDefault(each.shownName(), ""), info == null ? "ABSENT" : info.state().name(),
                        info == null ? "" : info.address(), evidence(each), info == null ? "" : remark(info)));
            }
        }
        List<DeviceEntry> part = Paged.of(all, page);
        return new DeviceList(all.size(), part.size(), part.toArray(DeviceEntry[]::new));
    }

    private static String evidence(RememberedDevice device) {
        var evidence = device.evidence();
        return String.join(" ", List.of(evidence.serial(), evidence.busPath(), evidence.product(), evidence.name(),
                evidence.port())).replaceAll(" +", " ").strip();
    }

    private static String remark(DeviceInfo info) {
        return info.doubt().isEmpty() || info.reason().isEmpty()
                ? info.doubt() + info.reason()
                : info.doubt() + "; " + info.reason();
    }

    Nothing instrument(NewInstrument request) throws WireRefusal {
        ConfigurationAdmin admin = admin();
        String port = Names.checked("port name", request.port());
        if (port.indexOf('~') >= 0) {
            throw new WireRefusal("WRONG_USAGE", "port name must have no '~': port=" + port);
        }
        try {
            if (request.instrument().isBlank()) {
                required(admin, SAMPLER + "~" + port).delete();
            } else {
                admin.getFactoryConfiguration(SAMPLER, port, "?").update(
                        new Hashtable<>(Map.of("name", port, "instrument", request.instrument())));
            }
            return DONE;
        } catch (WireRefusal e) {
            throw e;
        } catch (IOException e) {
            throw failed(port, e);
        }
    }

    private ConfigurationAdmin admin() throws WireRefusal {
        return Services.present(services.configurations(), "configurations");
    }

    private static WireRefusal failed(String pid, IOException e) {
        return new WireRefusal("FAILED", "configuration cannot be changed: pid=" + pid + ", reason="
                + e.getMessage());
    }

    PidList configurations(Page page) throws WireRefusal {
        Paged.check(page);
        List<String> all = new ArrayList<>();
        for (Configuration each : find(admin(), null)) {
            if (Paged.has(each.getPid(), page)) {
                all.add(each.getPid());
            }
        }
        all.sort(Comparator.naturalOrder());
        List<String> part = all.stream().skip(page.first()).limit(Math.min(page.limit(), 256)).toList();
        return new PidList(all.size(), part.size(), part.toArray(String[]::new));
    }

    ConfigurationText configuration(Pid request) throws WireRefusal {
        Configuration found = find(admin(), request.pid()).stream().findFirst().orElse(null);
        return new ConfigurationText(request.pid(), found == null ? "" : json(found.getProperties()));
    }

    private static List<Configuration> find(ConfigurationAdmin admin, String pid) throws WireRefusal {
        try {
            String escaped = pid == null ? null : pid.replaceAll("([\\\\*()])", "\\\\$1");
            Configuration[] found = admin.listConfigurations(pid == null ? null : "(service.pid=" + escaped + ")");
            return found == null ? List.of() : List.of(found);
        } catch (InvalidSyntaxException | IOException e) {
            throw new WireRefusal("FAILED", "configurations cannot be read: pid=" + pid + ", reason="
                    + e.getMessage());
        }
    }

    private static Configuration required(ConfigurationAdmin admin, String pid) throws WireRefusal {
        return find(admin, pid).stream().findFirst()
                .orElseThrow(() -> new WireRefusal("NO_SUCH_NAME", "no such configuration: pid=" + pid));
    }

    Nothing configure(ConfigurationText request) throws WireRefusal {
        ConfigurationAdmin admin = admin();
        String pid = request.pid();
        try {
            if (request.json().isBlank()) {
                required(admin, pid).delete();
                return DONE;
            }
            Dictionary<String, Object> values = values(request.json());
            int tilde = pid.indexOf('~');
            Configuration configuration = tilde > 0
                    ? admin.getFactoryConfiguration(pid.substring(0, tilde), pid.substring(tilde + 1), "?")
                    : admin.getConfiguration(pid, "?");
            configuration.update(values);
            return DONE;
        } catch (WireRefusal e) {
            throw e;
        } catch (IOException e) {
            throw failed(pid, e);
        }
    }

    private static Dictionary<String, Object> values(String json) throws WireRefusal {
        try {
            Dictionary<String, Object> values = new Hashtable<>();
            for (JsonObject.Member member : Json.parse(json).asObject()) {
                values.put(member.getName(), value(member.getName(), member.getValue()));
            }
            return values;
        } catch (ParseException | UnsupportedOperationException e) {
            throw new WireRefusal("WRONG_USAGE", "values must be a JSON object: reason=" + e.getMessage());
        }
    }

    private static Object value(String name, JsonValue value) throws WireRefusal {
        if (value.isString()) {
            return value.asString();
        }
        if (value.isBoolean()) {
            return value.asBoolean();
        }
        if (value.isNumber()) {
            return number(value.toString());
        }
        if (value.isArray()) {
            List<String> words = new ArrayList<>();
            for (JsonValue each : value.asArray()) {
                words.add(each.isString() ? each.asString() : each.toString());
            }
            return words.toArray(String[]::new);
        }
        throw new WireRefusal("WRONG_USAGE", "value must be a word, a number, true, false or a list of words: key="
                + name);
    }

    private static Object number(String digits) {
        try {
            long whole = Long.parseLong(digits);
            return (int) whole == whole ? (Object) (int) whole : (Object) whole;
        } catch (NumberFormatException e) {
            return Double.valueOf(digits);
        }
    }

    private static String json(Dictionary<String, Object> values) {
        JsonObject json = new JsonObject();
        List<String> keys = new ArrayList<>();
        for (Enumeration<String> each = values.keys(); each.hasMoreElements();) {
            keys.add(each.nextElement());
        }
        keys.stream().filter(key -> !key.startsWith(OWN_PROPERTIES)).sorted()
                .forEach(key -> json.add(key, json(values.get(key))));
        return json.toString(WriterConfig.PRETTY_PRINT);
    }

    private static JsonValue json(Object value) {
        if (value.getClass().isArray()) {
            JsonArray list = new JsonArray();
            for (int i = 0; i < Array.getLength(value); i++) {
                list.add(json(Array.get(value, i)));
            }
            return list;
        }
        return switch (value) {
            case Boolean truth -> Json.value(truth);
            case Integer number -> Json.value(number);
            case Long number -> Json.value(number);
            case Double number -> Json.value(number);
            default -> Json.value(value.toString());
        };
    }
}
