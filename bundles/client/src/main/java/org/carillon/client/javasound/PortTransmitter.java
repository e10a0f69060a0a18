package org.carillon.client.javasound;

import javax.sound.midi.MidiDevice;
import javax.sound.midi.MidiDeviceTransmitter;
import javax.sound.midi.MidiMessage;
import javax.sound.midi.Receiver;

/** One who gets what a source sends. */
final class PortTransmitter implements MidiDeviceTransmitter {
    private static final System.Logger LOG = System.getLogger(PortTransmitter.class.getName());

    private final SourceDevice device;
    private volatile Receiver receiver;
    private volatile boolean isClosed;
    private boolean hasFailed;

    PortTransmitter(SourceDevice device) {
        this.device = device;
    }

    @Override
    public MidiDevice getMidiDevice() {
        return device;
    }

    @Override
    public void setReceiver(Receiver receiver) {
        if (!isClosed) {
            this.receiver = receiver;
        }
    }

    @Override
    public Receiver getReceiver() {
        return receiver;
    }

    boolean isHeard() {
        return receiver != null;
    }

    /** What one receiver does hinders no other; the first failure of each is told. The receiving thread only. */
    void send(MidiMessage message, long timeStampUs) {
        Receiver to = receiver;
        if (to == null) {
            return;
        }
        try {
            to.send(message, timeStampUs);
        } catch (RuntimeException | Error e) {
            if (!hasFailed) {
                hasFailed = true;
                LOG.log(System.Logger.Level.WARNING, "receiver failed, more of its failures are not told: port="
                        + device.port(), e);
            }
        }
    }

    /** The device has been closed. */
    void end() {
        isClosed = true;
        receiver = null;
    }

    @Override
    public void close() {
        if (!isClosed) {
            end();
            device.closed(this);
        }
    }
}
