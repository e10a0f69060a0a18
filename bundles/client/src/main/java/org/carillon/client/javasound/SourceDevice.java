package org.carillon.client.javasound;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import javax.sound.midi.InvalidMidiDataException;
import javax.sound.midi.MidiMessage;
import javax.sound.midi.MidiUnavailableException;
import javax.sound.midi.ShortMessage;
import javax.sound.midi.SysexMessage;
import javax.sound.midi.Transmitter;
import org.carillon.client.ClientDestination;
import org.carillon.protocol.Event;
import org.carillon.protocol.EventType;

/**
 * A source of the server: its events go to every transmitter's receiver, all of which get the same message object. A
 * message is made only where somebody receives. What javax.sound.midi has no form for, MIDI 2.0 and meta events, is
 * left out, and so are system exclusive messages that were cut.
 */
final class SourceDevice extends PortDevice {
    private static final int SMALL_BYTES = 4_096;

    private final CopyOnWriteArrayList<PortTransmitter> transmitters = new CopyOnWriteArrayList<>();
    /** Of the message that is coming; the receiving thread's. */
    private byte[] sysex = new byte[SMALL_BYTES];
    private int sysexLength;
    private boolean inSysex;
    private ClientDestination in;

    SourceDevice(PortInfo info, PortDevices devices) {
        super(info, devices);
    }

    @Override
    void join(ProgramSession joined) {
        in = joined.receive(this);
    }

    @Override
    void leave(ProgramSession left) {
        left.stopReceiving(this, in);
    }

    @Override
    List<PortTransmitter> ends() {
        return transmitters;
    }

    @Override
    void closeEnds() {
        transmitters.forEach(PortTransmitter::end);
        transmitters.clear();
    }

    @Override
    public int getMaxTransmitters() {
        return -1;
    }

    @Override
    public Transmitter getTransmitter() throws MidiUnavailableException {
        PortTransmitter transmitter = new PortTransmitter(this);
        if (isCalledBySystem()) {
            keepOpen(transmitter);
        }
        transmitters.add(transmitter);
        return transmitter;
    }

    @Override
    public List<Transmitter> getTransmitters() {
        return List.copyOf(transmitters);
    }

    void closed(PortTransmitter transmitter) {
        transmitters.remove(transmitter);
        ended(transmitter);
    }

    /**
     * Takes an event. The receiving thread only.
     *
     * @param monoNs its date on {@link System#nanoTime()}.
     */
    void onEvent(Event event, long monoNs) {
        try {
            if (event.type() == EventType.SYSEX) {
                onSysex(event, monoNs);
                return;
            }
            int length = EventType.messageLength(event.type());
            if (length > 0 && isHeard()) {
                send(new ShortMessage(event.status(), length > 1 ? event.data(1) : 0, length > 2 ? event.data(2) : 0),
                        monoNs);
            }
        } catch (InvalidMidiDataException e) { // the server lets no such message pass
            System.getLogger(SourceDevice.class.getName()).log(System.Logger.Level.DEBUG, "odd event", e);
        }
    }

    private boolean isHeard() {
        for (PortTransmitter transmitter : transmitters) {
            if (transmitter.isHeard()) {
                return true;
            }
        }
        return false;
    }

    private void onSysex(Event event, long monoNs) throws InvalidMidiDataException {
        int flags = event.flags();
        int length = event.payloadLength();
        if ((flags & Event.BEGIN) != 0) {
            sysexLength = 0;
            inSysex = true;
        }
        if (!inSysex || (flags & Event.INCOMPLETE) != 0 || sysexLength + length > Event.MAX_SYSEX_LENGTH) {
            inSysex = false;
            return;
        }
        if (sysexLength + length > sysex.length) {
            sysex = Arrays.copyOf(sysex, Math.max(2 * sysex.length, sysexLength + length));
        }
        event.payload(sysex, sysexLength, length);
        sysexLength += length;
        if ((flags & Event.END) != 0) {
            inSysex = false;
            if (isHeard()) {
                send(new SysexMessage(sysex, sysexLength), monoNs);
            }
            sysex = sysex.length > SMALL_BYTES ? new byte[SMALL_BYTES] : sysex;
        }
    }

    /** A date is never before the device was opened, where its time begins, and not after now. */
    private void send(MidiMessage message, long monoNs) {
        long positionUs = getMicrosecondPosition();
        long timeStampUs = Math.clamp(TimeUnit.NANOSECONDS.toMicros(monoNs - openedMonoNs()), 0,
                Math.max(0, positionUs));
        for (PortTransmitter transmitter : transmitters) {
            transmitter.send(message, timeStampUs);
        }
    }
}
