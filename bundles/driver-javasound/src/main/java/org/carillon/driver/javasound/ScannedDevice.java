package org.carillon.driver.javasound;

import java.util.stream.Stream;
import javax.sound.midi.MidiDevice;
import javax.sound.midi.Sequencer;
import javax.sound.midi.Synthesizer;
import javax.sound.midi.spi.MidiDeviceProvider;

/** A device as its provider lists it; the same object from look to look for as long as it is listed. */
final class ScannedDevice {
    final String name;
    final MidiDevice device;
    /** Whether messages come from it. */
    final boolean sends;
    /** Whether messages go to it. */
    final boolean receives;
    private final MidiDevice.Info info;
    private final MidiDeviceProvider provider;

    ScannedDevice(MidiDeviceProvider provider, MidiDevice.Info info, MidiDevice device) {
        this.provider = provider;
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

    boolean hasDirectionsOf(ScannedDevice other) {
        return sends == other.sends && receives == other.receives;
    }

    String vendor() {
        return String.valueOf(info.getVendor());
    }

    /** Asks its provider whether it lists it still. Any thread. */
    boolean isListed() {
        return Stream.of(provider.getDeviceInfo()).anyMatch(each -> each != null && isListedAs(each));
    }

    /**
     * Whether a provider speaks of this device. Its objects may be new at each look, and mean the same; but new ones of
     * Java's own providers mean that the device was gone meanwhile, and what was had for it leads nowhere.
     */
    boolean isListedAs(MidiDevice.Info listed) {
        return info == listed || !isJavasOwn(provider) && words(info).equals(words(listed));
    }

    static boolean isJavasOwn(MidiDeviceProvider provider) {
        return provider.getClass().getModule().equals(MidiDevice.class.getModule());
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
