package org.carillon.shell;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.felix.service.command.Descriptor;
import org.carillon.api.device.DeviceEvidence;
import org.carillon.api.device.DeviceInfo;
import org.carillon.api.device.DeviceRegistry;
import org.carillon.api.device.Devices;
import org.carillon.api.device.RememberedDevice;
import org.carillon.api.driver.DriverInfo;
import org.carillon.api.driver.Drivers;
import org.carillon.api.port.CarillonException;
import org.carillon.api.port.PortSearch;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/** Commands about the drivers folder and about devices. Each returns what the shell prints. */
@Component(service = DriverCommands.class, property = {"osgi.command.scope=carillon", "osgi.command.function=drivers",
    "osgi.command.function=devices", "osgi.command.function=alias"})
public final class DriverCommands {
    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
    private volatile Drivers folder;
    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
    private volatile DeviceRegistry registry;
    @Reference(policy = ReferencePolicy.DYNAMIC)
    private volatile List<Devices> seen;

    @Descriptor("lists the drivers folder, or changes it")
    public String drivers(@Descriptor("nothing to list it; install FILE.jar; start, stop or remove NAME.jar, by its "
            + "name or by a part that no other has") String... typed) {
        Words words = new Words("drivers [install FILE | start NAME | stop NAME | remove NAME]", typed);
        List<String> given = words.between(0, 2);
        Drivers drivers = present(folder, "no bundle looks after a drivers folder");
        if (given.isEmpty()) {
            return list(drivers);
        }
        if (given.size() != 2) {
            throw words.wrong();
        }
        return changed(switch (given.getFirst()) {
            case "install" -> install(drivers, Path.of(given.get(1)));
            case "start" -> drivers.start(file(drivers, given.get(1)));
            case "stop" -> drivers.stop(file(drivers, given.get(1)));
            case "remove" -> drivers.remove(file(drivers, given.get(1)));
            default -> throw words.wrong();
        });
    }

    private static String list(Drivers drivers) {
        Table table = new Table("FILE", "STATE", "BUNDLE", "VERSION", "REASON");
        drivers.list().forEach(driver -> table.row(driver.file(), word(driver.state()), driver.symbolicName(),
                driver.version(), driver.reason()));
        return table.text("the drivers folder is empty");
    }

    private static DriverInfo install(Drivers drivers, Path file) {
        try (InputStream jar = Files.newInputStream(file)) {
            return drivers.install(file.getFileName().toString(), jar);
        } catch (IOException e) {
            throw new CarillonException(CarillonException.Kind.FAILED, "file must be readable: file=" + file
                    + ", reason=" + e.getClass().getSimpleName());
        }
    }

    private static String file(Drivers drivers, String words) {
        return PortSearch.find(words, "driver", drivers.list().stream().map(DriverInfo::file).toList());
    }

    private static String changed(DriverInfo driver) {
        return driver.file() + ": " + word(driver.state())
                + (driver.reason().isEmpty() ? "" : ", reason=" + driver.reason());
    }

    @Descriptor("lists devices, those that were unplugged included, and what their names rest on")
    public String devices() {
        Table table = new Table("DEVICE", "STATE", "DRIVER", "EVIDENCE", "REMARK");
        for (RememberedDevice device : present(registry, "no bundle remembers devices").remembered()) {
            Optional<Sighting> sighting = sighting(device.shownName());
            table.row(device.shownName(),
                    sighting.map(each -> word(each.device.state())).orElse(device.present() ? "present" : "absent"),
                    sighting.map(Sighting::driver).orElse(""), evidence(device.evidence()), Stream.of(
                            device.alias().isEmpty() ? "" : "alias of " + device.name(),
                            sighting.map(each -> each.device.doubt()).orElse(""),
                            sighting.map(each -> each.device.reason()).orElse(""))
                            .filter(remark -> !remark.isEmpty()).collect(Collectors.joining("; ")));
        }
        return table.text("no devices");
    }

    private record Sighting(String driver, DeviceInfo device) {}

    private Optional<Sighting> sighting(String name) {
        return seen.stream().flatMap(driver -> driver.devices().stream().filter(device -> device.name().equals(name))
                .map(device -> new Sighting(driver.driver(), device))).findFirst();
    }

    private static String evidence(DeviceEvidence evidence) {
        return Stream.of(named("serial", evidence.serial()), named("bus", evidence.busPath()),
                named("product", evidence.product()), named("port", evidence.port()))
                .filter(each -> !each.isEmpty()).collect(Collectors.joining(" "));
    }

    private static String named(String what, String value) {
        return value.isEmpty() ? "" : what + "=" + value;
    }

    @Descriptor("renames a device for as long as it is remembered")
    public String alias(
            @Descriptor("DEVICE ALIAS; without an alias the device gets back the name it came with") String... typed) {
        List<String> given = new Words("alias DEVICE [ALIAS]", typed).between(1, 2);
        DeviceRegistry devices = present(registry, "no bundle remembers devices");
        String name = PortSearch.find(given.getFirst(), "device",
                devices.remembered().stream().map(RememberedDevice::shownName).toList());
        String alias = given.size() == 2 ? given.get(1) : "";
        devices.alias(name, alias);
        return alias.isEmpty() ? "renamed: " + name + " has its own name again" : "renamed: " + name + " is " + alias;
    }

    private static <T> T present(T service, String otherwise) {
        if (service == null) {
            throw new CarillonException(CarillonException.Kind.FAILED, otherwise);
        }
        return service;
    }

    private static String word(Enum<?> state) {
        return state.name().toLowerCase(Locale.ROOT);
    }
}
