package org.carillon.webconsole;

import java.util.List;
import java.util.function.Supplier;
import org.carillon.api.device.DeviceRegistry;
import org.carillon.api.device.Devices;
import org.carillon.api.driver.Drivers;
import org.carillon.api.port.CarillonException;
import org.carillon.api.port.Kernel;

/**
 * The services that the page shows and acts on, as they are now. Any thread.
 *
 * @param drivers gives null where the drivers folder is left out.
 * @param names   gives null where nobody remembers devices.
 * @param devices gives what drivers see.
 */
record House(Kernel kernel, Supplier<Drivers> drivers, Supplier<DeviceRegistry> names,
        Supplier<List<Devices>> devices) {

    Drivers needDrivers() {
        return need(drivers.get(), "the drivers folder is left out of this server");
    }

    DeviceRegistry needNames() {
        return need(names.get(), "nothing in this server remembers devices");
    }

    private static <T> T need(T service, String otherwise) {
        if (service == null) {
            throw new CarillonException(CarillonException.Kind.UNREACHABLE, otherwise);
        }
        return service;
    }
}
