package org.carillon.api.device;

import java.util.List;
import org.osgi.annotation.versioning.ConsumerType;

/** Offered as a service by drivers that have devices: what they see and count. Any thread. */
@ConsumerType
public interface Devices {
    /** Name of the driver. */
    String driver();

    /** What is there, and what was there since the driver opened. */
    List<DeviceInfo> devices();
}
