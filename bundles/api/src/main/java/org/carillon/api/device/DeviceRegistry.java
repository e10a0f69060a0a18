package org.carillon.api.device;

import java.util.List;
import org.carillon.api.port.CarillonException;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Names of devices that stay the same from plug to plug and from start to start, and who publishes which device. Any
 * thread but the kernel's; calls may write a file.
 */
@ProviderType
public interface DeviceRegistry {
    /**
     * Names everything that a driver sees now. What it saw before and does not name here is absent.
     *
     * @param driver  name of the driver.
     * @param present none to take everything of this driver back.
     * @return the names, in the same order.
     */
    List<DeviceName> identify(String driver, List<DeviceEvidence> present);

    /**
     * Takes a device for one driver; to be asked again each second or so, whoever has it. Where several drivers ask,
     * the configured order of drivers decides: a driver that has the device is told when one that stands before it asks
     * too, and closes the device, then gives it back.
     *
     * @param address what every driver calls the device: the real path of its file, where it has one.
     * @return empty when it is this driver's, else the name of the driver that has it or shall have it: this one must
     *         not open it, and if it has it open, close it and {@link #release} it.
     */
    String claim(String driver, String address);

    /** Gives a device back; of no effect where the driver does not have it. A claim that is not repeated lapses. */
    void release(String driver, String address);

    /**
     * Renames a device for as long as it is remembered; a present one changes within seconds,
     * when its driver looks again.
     *
     * @param name  that it has now.
     * @param alias that it shall have; empty for the name that it came with.
     * @throws CarillonException where there is no such device, or something has that name already.
     */
    void alias(String name, String alias);

    /** Everything that is remembered, those seen last at the end. */
    List<RememberedDevice> remembered();
}
