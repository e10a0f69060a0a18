package org.carillon.kernel;

import java.nio.file.Path;
import org.carillon.api.device.DeviceRegistry;

/** The kernel's memory of devices without a framework. */
public final class OpenMemory {
    private OpenMemory() {}

    public static DeviceRegistry in(Path folder) {
        return new DeviceMemory(folder);
    }
}
