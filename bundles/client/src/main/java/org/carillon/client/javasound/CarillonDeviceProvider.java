package org.carillon.client.javasound;

import javax.sound.midi.MidiDevice;
import javax.sound.midi.MidiUnavailableException;
import javax.sound.midi.spi.MidiDeviceProvider;
import org.carillon.client.ClientOptions;

/**
 * Each port of the running server as a {@link MidiDevice}: a source as a device with transmitters, a destination as one
 * with receivers, named as the server names them, of vendor {@value PortInfo#VENDOR}. What this program itself
 * publishes by opening devices is left out. Where no server listens the list is empty. Any thread.
 * <p>
 * Each list is that of the moment. The same port has the same {@link MidiDevice.Info} object and the same device, also
 * when it comes back after it was away, as long as the program holds on to either. A device of a port that is away can
 * be had; its {@link MidiDevice#open} throws a {@link MidiUnavailableException}. An open device stays open while its
 * port or the server is away: it is silent, and goes on when the port is back.
 * <p>
 * The first device that is opened opens a session, the last that is closed closes it; a server is never started.
 * <p>
 * <b>Time.</b> {@link MidiDevice#getMicrosecondPosition} counts microseconds of the system's monotonic clock, over
 * which the server draws its own time, from the moment the device was opened; -1 while it is closed. The time stamp of
 * a message that comes is the server's date of it on that clock. A time stamp given to a receiver is a date on that
 * clock: a later one waits in the server, an earlier one goes at once, and a negative one, -1 above all, means now.
 * Later dates keep to server time: where the server's rate is changed meanwhile they move with it.
 */
public final class CarillonDeviceProvider extends MidiDeviceProvider {
    private final PortDevices devices;

    /** The provider that Java makes anew for each of its questions: all of them stand for the same devices. */
    public CarillonDeviceProvider() {
        devices = PortDevices.ofThisProgram();
    }

    /**
     * A provider with devices of its own, for programs that choose their server.
     *
     * @param options which server, and the name of the session; a server is never started.
     */
    public CarillonDeviceProvider(ClientOptions options) {
        devices = PortDevices.of(options);
    }

    @Override
    public MidiDevice.Info[] getDeviceInfo() {
        return devices.list().toArray(MidiDevice.Info[]::new);
    }

    /** Whether the info came from here, of ports that are away as well. */
    @Override
    public boolean isDeviceSupported(MidiDevice.Info info) {
        return info instanceof PortInfo ours && ours.isOf(devices);
    }

    @Override
    public MidiDevice getDevice(MidiDevice.Info info) {
        if (!isDeviceSupported(info)) {
            throw new IllegalArgumentException("info must come from this provider: info=" + info);
        }
        return ((PortInfo) info).device();
    }
}
