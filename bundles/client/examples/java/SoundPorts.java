import java.io.File;
import java.util.HexFormat;
import java.util.concurrent.CountDownLatch;
import javax.sound.midi.MetaMessage;
import javax.sound.midi.MidiDevice;
import javax.sound.midi.MidiMessage;
import javax.sound.midi.MidiSystem;
import javax.sound.midi.MidiUnavailableException;
import javax.sound.midi.Receiver;
import javax.sound.midi.Sequencer;

/**
 * java -cp ... SoundPorts.java list | listen NAME [COUNT] | play FILE NAME: a program that knows javax.sound.midi and
 * nothing of the server, and sees its ports all the same.
 */
public final class SoundPorts {
    private static final int END_OF_TRACK = 0x2F;

    public static void main(String[] args) throws Exception {
        switch (args.length == 0 ? "list" : args[0]) {
            case "list" -> list();
            case "listen" -> listen(device(args[1], true), args.length > 2 ? Long.parseLong(args[2]) : Long.MAX_VALUE);
            case "play" -> play(new File(args[1]), device(args[2], false));
            default -> throw new IllegalArgumentException("expected list, listen or play: word=" + args[0]);
        }
    }

    private static void list() throws MidiUnavailableException {
        for (MidiDevice.Info info : MidiSystem.getMidiDeviceInfo()) {
            boolean sends = MidiSystem.getMidiDevice(info).getMaxTransmitters() != 0;
            System.out.println((sends ? "from " : "to   ") + info.getName() + " (" + info.getVendor() + ")");
        }
    }

    private static MidiDevice device(String name, boolean sends) throws MidiUnavailableException {
        for (MidiDevice.Info info : MidiSystem.getMidiDeviceInfo()) {
            MidiDevice device = MidiSystem.getMidiDevice(info);
            boolean fits = (sends ? device.getMaxTransmitters() : device.getMaxReceivers()) != 0;
            if (fits && info.getName().equals(name)) {
                return device;
            }
        }
        throw new IllegalArgumentException("no such device: name=" + name);
    }

    private static void listen(MidiDevice device, long count) throws Exception {
        CountDownLatch left = new CountDownLatch((int) Math.min(count, Integer.MAX_VALUE));
        device.open();
        device.getTransmitter().setReceiver(new Receiver() {
            @Override
            public void send(MidiMessage message, long timeStampUs) {
                System.out.println(timeStampUs + " " + HexFormat.ofDelimiter(" ").formatHex(message.getMessage()));
                left.countDown();
            }

            @Override
            public void close() {}
        });
        System.out.println("listening");
        left.await();
        device.close();
    }

    private static void play(File file, MidiDevice device) throws Exception {
        CountDownLatch ended = new CountDownLatch(1);
        device.open();
        try (Sequencer sequencer = MidiSystem.getSequencer(false)) {
            sequencer.getTransmitter().setReceiver(device.getReceiver());
            sequencer.open();
            sequencer.setSequence(MidiSystem.getSequence(file));
            sequencer.addMetaEventListener((MetaMessage meta) -> {
                if (meta.getType() == END_OF_TRACK) {
                    ended.countDown();
                }
            });
            sequencer.start();
            ended.await();
        }
        device.close();
    }
}
