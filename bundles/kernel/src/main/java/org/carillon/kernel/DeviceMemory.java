package org.carillon.kernel;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
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
    /** Framework property: the folder that the host may write to. */
    private static final String DATA_PROPERTY = "carillon.data";
    private static final String FILE = "devices.txt";

    /** Null where there is no folder: then nothing outlives this. */
    private final Path file;
    private final DeviceClaims claims;
    private PortNames names;
    private String written = "";

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
    private volatile Kernel kernel;

    @Activate
    public DeviceMemory(BundleContext context, DeviceMemoryConfig config) {
        this(context.getProperty(DATA_PROPERTY) == null ? null : Path.of(context.getProperty(DATA_PROPERTY)),
                List.of(config.order()));
    }

    DeviceMemory(Path folder) {
        this(folder, USUAL_ORDER);
    }

    private DeviceMemory(Path folder, List<String> order) {
        file = folder == null ? null : folder.resolve(FILE);
        claims = new DeviceClaims(order, System::nanoTime);
    }

    /** Devices change hands when their drivers look next; nobody else hears of it. */
    @Modified
    synchronized void modified(DeviceMemoryConfig config) {
        claims.order(List.of(config.order()));
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
        write();
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

    @Override
    public void alias(String name, String alias) {
        refusePortName(name, alias.strip());
        synchronized (this) {
            names().alias(name, alias);
            write();
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
            names = read();
            written = names.text();
        }
        return names;
    }

    private PortNames read() {
        try {
            return file == null ? new PortNames() : new PortNames(Files.readString(file));
        } catch (NoSuchFileException e) {
            return new PortNames();
        } catch (IOException | IllegalArgumentException e) {
            Path aside = file.resolveSibling(FILE + ".bad");
            LOG.log(Level.WARNING, "what was remembered of devices cannot be read and is put aside: file={0}, "
                    + "aside={1}, reason={2}", file, aside, e.getMessage());
            move(file, aside);
            return new PortNames();
        }
    }

    private void write() {
        String text = names().text();
        if (file == null || text.equals(written)) {
            return;
        }
        written = text; // or told once that it could not be
        Path next = file.resolveSibling(FILE + ".new");
        try {
            Files.writeString(next, text);
        } catch (IOException e) {
            LOG.log(Level.WARNING, "devices are not remembered beyond this run: file={0}, reason={1}", next, e);
            return;
        }
        move(next, file);
    }

    private static void move(Path from, Path to) {
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            LOG.log(Level.WARNING, "file cannot be renamed: from={0}, to={1}, reason={2}", from, to, e);
        }
    }
}
