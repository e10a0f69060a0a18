package org.carillon.kernel;

import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/** Remembers devices in a file of the data folder: read when first asked, replaced whole at each change. */
@Component
public final class DeviceMemory implements DeviceRegistry {
    private static final System.Logger LOG = System.getLogger(DeviceMemory.class.getName());
    private static final String FILE = "devices.txt";

    private final DataFile file;
    private final Map<String, String> driverByAddress = new HashMap<>();
    private PortNames names;

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
    private volatile Kernel kernel;

    @Activate
    public DeviceMemory(BundleContext context) {
        file = DataFile.in(context.getProperty(DataFile.FOLDER_PROPERTY), FILE);
    }

    DeviceMemory(Path folder) {
        file = new DataFile(folder, FILE);
    }

    @Override
    public synchronized List<DeviceName> identify(String driver, List<DeviceEvidence> present) {
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
        String owner = driverByAddress.putIfAbsent(address, driver);
        return owner == null || owner.equals(driver) ? "" : owner;
    }

    @Override
    public synchronized void release(String driver, String address) {
        driverByAddress.remove(address, driver);
    }

    @Override
    public void alias(String name, String alias) {
        refusePortName(name, alias.strip());
        synchronized (this) {
            names().alias(name, alias);
            file.write(names().text());
        }
    }

    private void refusePortName(String name, String alias) {
        Kernel asked = kernel;
        if (asked != null && !alias.equals(name) && StatusSnapshot.of(asked.status()).ports().stream()
                .anyMatch(port -> port.name().equals(alias))) {
            throw new CarillonException(CarillonException.Kind.REFUSED,
                    "alias must be no name of a port: alias=" + alias + ", name=" + name);
        }
    }

    @Override
    public synchronized List<RememberedDevice> remembered() {
        return names().remembered();
    }

    private PortNames names() {
        if (names == null) {
            names = file.read(PortNames::new, new PortNames());
        }
        return names;
    }
}
