package org.carillon.kernel;

import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.util.List;
import org.carillon.api.device.DeviceEvidence;
import org.carillon.api.device.DeviceName;
import org.carillon.api.device.DeviceRegistry;
import org.carillon.api.device.PortNames;
import org.carillon.api.device.RememberedDevice;
import org.carillon.api.port.CarillonException;
import org.carillon.api.port.Kernel;
import org.carillon.api.status.StatusSnapshot;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.metatype.annotations.Designate;

/** Remembers devices in a file of the data folder: read when first asked, replaced whole at each change. */
@Component(configurationPid = DeviceMemory.PID)
@Designate(ocd = DeviceMemoryConfig.class)
public final class DeviceMemory implements DeviceRegistry {
    static final String PID = "org.carillon.kernel.devices";
    static final List<String> USUAL_ORDER = List.of("rawmidi", "javasound");
    private static final System.Logger LOG = System.getLogger(DeviceMemory.class.getName());
    private static final String FILE = "devices.txt";

    private final DataFile file;
    private final DeviceClaims claims;
    private PortNames names;

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
    private volatile Kernel kernel;

    @Activate
    public DeviceMemory(BundleContext context, DeviceMemoryConfig config) {
        file = DataFile.in(context.getProperty(DataFile.FOLDER_PROPERTY), FILE);
        claims = new DeviceClaims(List.of(config.order()), System::nanoTime);
    }

    /** Devices change hands when their drivers look next; nobody else hears of it. */
    @Modified
    synchronized void modified(DeviceMemoryConfig config) {
        claims.order(List.of(config.order()));
    }

    DeviceMemory(Path folder) {
        this(folder, null);
    }

    DeviceMemory(Path folder, Kernel kernel) {
        this.kernel = kernel;
        file = new DataFile(folder, FILE);
        claims = new DeviceClaims(USUAL_ORDER, System::nanoTime);
    }

    @Override
    public synchronized List<DeviceName> identify(String driver, List<DeviceEvidence> present) {
        claims.seen(driver);
        int shared = names().sharedSerials().size();
        List<DeviceName> identified = names().identify(driver, present);
        if (names().sharedSerials().size() > shared) {
            LOG.log(Level.WARNING, "devices share a serial number, which counts for nothing now: serialByProduct={0}",
                    names().sharedSerials());
        }
        file.write(names().text());
        return identified;
    }

    @Override
    public synchronized String claim(String driver, String address) {
        return claims.claim(driver, address);
    }

    @Override
    public synchronized void release(String driver, String address) {
        claims.release(driver, address);
    }

    /** Connections follow, those of absent devices too. */
    @Override
    public void alias(String name, String alias) {
        Kernel asked = kernel;
        RememberedDevice device = remembered().stream().filter(each -> each.shownName().equals(name)).findFirst()
                .orElseThrow(() -> new CarillonException(CarillonException.Kind.NO_SUCH_NAME,
                        "no device of this name is remembered: name=" + name));
        refusePortName(asked, name, alias.isBlank() ? device.name() : alias.strip());
        synchronized (this) {
            names().alias(name, alias);
            file.write(names().text());
        }
        if (asked != null) {
            remembered().stream().filter(each -> each.name().equals(device.name())).map(RememberedDevice::shownName)
                    .filter(after -> !after.equals(name)).forEach(after -> asked.rename(name, after));
        }
    }

    /** Ports of the device's own driver may bear the name that it had before, for a moment yet. */
    private void refusePortName(Kernel asked, String name, String alias) {
        String driver = driverOf(name);
        if (asked != null && !alias.equals(name) && StatusSnapshot.of(asked.status()).ports().stream()
                .anyMatch(port -> port.name().equals(alias) && !port.session().equals(driver))) {
            throw new CarillonException(CarillonException.Kind.REFUSED,
                    "alias must be no name of a port: alias=" + alias + ", name=" + name);
        }
    }

    @Override
    public synchronized List<RememberedDevice> remembered() {
        return names().remembered();
    }

    private synchronized String driverOf(String name) {
        return names().driverOf(name);
    }

    private PortNames names() {
        if (names == null) {
            names = file.read(PortNames::new, new PortNames());
        }
        return names;
    }
}
