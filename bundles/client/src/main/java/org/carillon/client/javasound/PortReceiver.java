package org.carillon.client.javasound;

import javax.sound.midi.MetaMessage;
import javax.sound.midi.MidiDevice;
import javax.sound.midi.MidiDeviceReceiver;
import javax.sound.midi.MidiMessage;
import javax.sound.midi.ShortMessage;
import javax.sound.midi.SysexMessage;

/**
 * One who sends to a destination, on any threads. Short messages are read without allocating. Meta messages are no MIDI
 * and are left out. Before the device is open nothing goes anywhere.
 */
final class PortReceiver implements MidiDeviceReceiver {
    private static final int END_OF_SYSEX = 0xF7;
    private static final int RESET_OR_META = 0xFF;

    private final DestinationDevice device;
    private final ByteStream stream;
    private volatile boolean isClosed;

    PortReceiver(DestinationDevice device) {
        this.device = device;
        stream = new ByteStream(device);
    }

    @Override
    public MidiDevice getMidiDevice() {
        return device;
    }

    @Override
    public void send(MidiMessage message, long timeStampUs) {
        if (isClosed) {
            throw new IllegalStateException("receiver must be open: port=" + device.port());
        }
        if (message instanceof ShortMessage brief && brief.getStatus() != END_OF_SYSEX) {
            device.sendShort(brief.getStatus(), brief.getData1(), brief.getData2(), timeStampUs);
        } else if (!(message instanceof MetaMessage)) {
            sendBytes(message, timeStampUs);
        }
    }

    private void sendBytes(MidiMessage message, long timeStampUs) {
        byte[] bytes = message.getMessage();
        int status = message.getStatus();
        if (status == RESET_OR_META && bytes.length > 1) {
            return;
        }
        // the status of a continuation is a mark of Java's and of files, no byte of the message
        boolean isContinuation = status == END_OF_SYSEX && message instanceof SysexMessage;
        synchronized (stream) {
            stream.take(bytes, isContinuation ? 1 : 0, timeStampUs);
        }
    }

    /** The device has been closed. */
    void end() {
        isClosed = true;
    }

    @Override
    public void close() {
        if (!isClosed) {
            end();
            device.closed(this);
        }
    }
}
