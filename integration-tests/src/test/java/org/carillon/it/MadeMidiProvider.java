package org.carillon.it;

import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.sound.midi.MidiDevice;
import javax.sound.midi.MidiMessage;
import javax.sound.midi.Receiver;
import javax.sound.midi.Transmitter;
import javax.sound.midi.spi.MidiDeviceProvider;

/** A provider of one device, such as a bundle may bring. */
final class MadeMidiProvider extends MidiDeviceProvider {
    final List<String> received = new CopyOnWriteArrayList<>();
    final MidiDevice device;
    private final MidiDevice.Info info;
    private volatile Receiver listener;

    private static final class MadeInfo extends MidiDevice.Info {
        MadeInfo(String name) {
            super(name, "Test", "made by a test", "1");
        }
    }

    MadeMidiProvider(String name) {
        info = new MadeInfo(name);
        device = new MadeMidiDevice();
    }

    /** Who hears what the device plays, or null. */
    Receiver listener() {
        return listener;
    }

    @Override
    public MidiDevice.Info[] getDeviceInfo() {
        return new MidiDevice.Info[]{info};
    }

    @Override
    public MidiDevice getDevice(MidiDevice.Info asked) {
        return device;
    }

    private final class MadeMidiDevice implements MidiDevice {
        private volatile boolean isOpen;

        @Override
        public Info getDeviceInfo() {
            return info;
        }

        @Override
        public void open() {
            isOpen = true;
        }

        @Override
        public void close() {
            isOpen = false;
        }

        @Override
        public boolean isOpen() {
            return isOpen;
        }

        @Override
        public long getMicrosecondPosition() {
            return -1;
        }

        @Override
        public int getMaxReceivers() {
            return 1;
        }

        @Override
        public int getMaxTransmitters() {
            return 1;
        }

        @Override
        public Receiver getReceiver() {
            return new Receiver() {
                @Override
                public void send(MidiMessage message, long timeStamp) {
                    received.add(HexFormat.ofDelimiter(" ").formatHex(message.getMessage()));
                }

                @Override
                public void close() {
                    // nothing to do
                }
            };
        }

        @Override
        public List<Receiver> getReceivers() {
            return List.of();
        }

        @Override
        public Transmitter getTransmitter() {
            return new Transmitter() {
                @Override
                public void setReceiver(Receiver receiver) {
                    listener = receiver;
                }

                @Override
                public Receiver getReceiver() {
                    return listener;
                }

                @Override
                public void close() {
                    listener = null;
                }
            };
        }

        @Override
        public List<Transmitter> getTransmitters() {
            return List.of();
        }
    }
}
