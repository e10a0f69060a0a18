package org.carillon.driver.javasound;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import javax.sound.midi.MidiDevice;
import javax.sound.midi.MidiMessage;
import javax.sound.midi.MidiUnavailableException;
import javax.sound.midi.Receiver;
import javax.sound.midi.Transmitter;

/** A device of a test, which may be busy, throw, or hang. */
final class MadeDevice implements MidiDevice {
    /** What a provider tells of it; each a device of its own. */
    static final class MadeInfo extends Info {
        MadeInfo(String name, String vendor) {
            super(name, vendor, "made by a test", "1");
        }
    }

    final Info info;
    final List<String> received = new CopyOnWriteArrayList<>();
    /** Where there is one, closing waits for it. */
    volatile CountDownLatch closing;
    volatile String refusal = "";
    /** Done while it is being opened. */
    volatile Runnable onOpen = () -> {};
    volatile boolean throwsInSend;
    volatile int opened;
    volatile int closed;
    private final boolean sends;
    private final boolean receives;
    private volatile boolean isOpen;
    private volatile Receiver listener;

    MadeDevice(String name, boolean sends, boolean receives) {
        this(new MadeInfo(name, "Test"), sends, receives);
    }

    MadeDevice(Info info, boolean sends, boolean receives) {
        this.info = info;
        this.sends = sends;
        this.receives = receives;
    }

    /** As if its player played. */
    void play(MidiMessage message) {
        Rig.await("listener of " + info, () -> listener != null);
        listener.send(message, 7);
    }

    @Override
    public Info getDeviceInfo() {
        return info;
    }

    @Override
    public synchronized void open() throws MidiUnavailableException {
        onOpen.run();
        if (!refusal.isEmpty()) {
            throw new MidiUnavailableException(refusal);
        }
        opened++;
        isOpen = true;
    }

    @Override
    public void close() {
        CountDownLatch wait = closing;
        try {
            if (wait != null) {
                wait.await();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        listener = null; // what is played now goes to the next who opens it
        closed++;
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
        return receives ? -1 : 0;
    }

    @Override
    public int getMaxTransmitters() {
        return sends ? -1 : 0;
    }

    @Override
    public Receiver getReceiver() {
        return new Receiver() {
            @Override
            public void send(MidiMessage message, long timeStamp) {
                if (throwsInSend) {
                    throw new IllegalStateException("no luck in send");
                }
                byte[] bytes = message.getMessage();
                received.add(bytes.length > 3
                        ? "sysex " + bytes.length
                        : HexFormat.ofDelimiter(" ").formatHex(bytes));
            }

            @Override
            public void close() {
                // nothing to do
            }
        };
    }

    @Override
    public List<Receiver> getReceivers() {
        return new ArrayList<>();
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
        return new ArrayList<>();
    }
}
