package org.carillon.client.javasound;

import javax.sound.midi.MidiDevice;

/**
 * What is told of a port. Java compares these by identity, so there is one of each port, which holds its one device.
 */
final class PortInfo extends MidiDevice.Info {
    /** By which the server's own driver for such devices knows what leads back to it. */
    static final String VENDOR = "Carillon";

    private static final String VERSION = version();

    private final PortDevices devices;
    private final PortDevice device;

    PortInfo(PortDevices devices, String port, boolean isDestination) {
        super(port, VENDOR, isDestination ? "Port of the server: events go to it"
                : "Port of the server: events come"
                        + " from it",
                VERSION);
        this.devices = devices;
        device = isDestination ? new DestinationDevice(this, devices) : new SourceDevice(this, devices);
    }

    /** Of the jar; empty for classes that lie in a folder. */
    private static String version() {
        String version = PortInfo.class.getPackage().getImplementationVersion();
        return version == null ? "" : version;
    }

    boolean isOf(PortDevices others) {
        return devices == others;
    }

    PortDevice device() {
        return device;
    }
}
