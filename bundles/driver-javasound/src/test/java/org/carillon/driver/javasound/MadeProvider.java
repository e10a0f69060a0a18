package org.carillon.driver.javasound;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sound.midi.MidiDevice;
import javax.sound.midi.spi.MidiDeviceProvider;

/** A provider of a test, whose devices come and go. */
final class MadeProvider extends MidiDeviceProvider {
    volatile List<? extends MidiDevice> devices = List.of();
    /** Where there is one, listing waits for it. */
    volatile CountDownLatch listing;
    volatile boolean throwsInListing;
    /** How often it was asked. */
    final AtomicInteger listings = new AtomicInteger();

    MadeProvider(MidiDevice... devices) {
        this.devices = List.of(devices);
    }

    @Override
    public MidiDevice.Info[] getDeviceInfo() {
        listings.incrementAndGet();
        CountDownLatch wait = listing;
        try {
            if (wait != null) {
                wait.await();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (throwsInListing) {
            throw new IllegalStateException("no luck in listing");
        }
        return devices.stream().map(MidiDevice::getDeviceInfo).toArray(MidiDevice.Info[]::new);
    }

    @Override
    public MidiDevice getDevice(MidiDevice.Info info) {
        return devices.stream().filter(each -> each.getDeviceInfo() == info).findFirst()
                .orElseThrow(() -> new IllegalArgumentException(Arrays.toString(getDeviceInfo())));
    }
}
