package org.carillon.driver.javasound;

import javax.sound.midi.MidiDevice;
import javax.sound.midi.Sequencer;
import javax.sound.midi.Synthesizer;

/** A device as its provider lists it; the same object from look to look for as long as it is listed. */
final class ScannedDevice {
    final String name;
    final MidiDevice device;
    /** Whether messages come from it. */
    final boolean sends;
    /** Whether messages go to it. */
    final boolean receives;
    private final MidiDevice.Info info;

    ScannedDevice(MidiDevice.Info info, MidiDevice device) {
        this.info = info;
        this.device = device;
        name = String.valueOf(info.getName());
        sends = device.getMaxTransmitters() != 0;
        receives = device.getMaxReceivers() != 0;
    }

    boolean isSynthesizer() {
        return device instanceof Synthesizer;
    }

    boolean isSequencer() {
        return device instanceof Sequencer;
    }

    String vendor() {
        return String.valueOf(info.getVendor());
    }

    /** Whether a provider speaks of this device: objects may be new at each look, and mean the same. */
    boolean isListedAs(MidiDevice.Info listed) {
        return info == listed || words(info).equals(words(listed));
    }

    static String words(MidiDevice.Info info) {
        return String.join("\n", String.valueOf(info.getName()), String.valueOf(info.getVendor()),
                String.valueOf(info.getDescription()), String.valueOf(info.getVersion()));
    }

    @Override
    public String toString() {
        return name;
    }
}
