package org.carillon.transport.shm;

import java.util.List;
import org.carillon.api.device.DeviceRegistry;
import org.carillon.api.device.Devices;
import org.carillon.api.driver.Drivers;
import org.carillon.protocol.control.WireRefusal;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.log.LogReaderService;

/** What other bundles offer and requests need; each may be missing. Any thread. */
interface Services {
    /** Null while there is none; so are the others. */
    Drivers drivers();

    DeviceRegistry registry();

    /** Perhaps none. */
    List<Devices> devices();

    ConfigurationAdmin configurations();

    LogReaderService log();

    /** A service that must be there. */
    static <T> T present(T service, String what) throws WireRefusal {
        if (service == null) {
            throw new WireRefusal("FAILED", "no bundle offers this: wanted=" + what);
        }
        return service;
    }
}
