package org.carillon.transport.shm;

import java.io.BufferedReader;
import java.io.File;
import java.io.InputStreamReader;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.concurrent.CountDownLatch;
import java.util.zip.CRC32;
import javax.sound.midi.MidiDevice;
import javax.sound.midi.MidiDeviceReceiver;
import javax.sound.midi.MidiMessage;
import javax.sound.midi.MidiSystem;
import javax.sound.midi.MidiUnavailableException;
import javax.sound.midi.Receiver;
import javax.sound.midi.Sequence;
import javax.sound.midi.Sequencer;
import javax.sound.midi.ShortMessage;
import javax.sound.midi.SysexMessage;
import javax.sound.midi.Track;

/** A program as others write them: it knows javax.sound.midi alone, and does what its input says, line by line. */
final class SoundProgram {
    private static final int LOOK_MS = 2;
    private static final int RESOLUTION = 480;
    private static final int END_OF_TRACK = 0x2F;

    private Sequencer recorder;

    public static void main(String[] args) throws Exception {
        SoundProgram program = new SoundProgram();
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in));
        for (String line = in.readLine(); line != null && !line.equals("quit"); line = in.readLine()) {
            program.run(line.split(" "));
        }
        System.exit(0);
    }

    private void run(String[] words) throws Exception {
        switch (words[0]) {
            case "list" -> list();
            case "await" -> await(words[1], true);
            case "awaitGone" -> await(words[1], false);
            case "hear" -> hear(device(words[1], true));
            case "open" -> {
                device(words[1], false).open();
                say("opened");
            }
            case "close" -> {
                device(words[1], true).close();
                say("closed");
            }
            case "send" -> device(words[1], false).getReceiver().send(message(HexFormat.of().parseHex(words[2])), -1);
            case "later" -> later(device(words[1], false), Long.parseLong(words[2]));
            case "long" -> sendLong(device(words[1], false), Integer.parseInt(words[2]));
            case "play" -> play(new File(words[1]), device(words[2], false));
            case "record" -> record(device(words[1], true));
            case "recorded" -> recorded();
            case "default" -> useDefault();
            default -> throw new IllegalArgumentException(Arrays.toString(words));
        }
    }

    private static synchronized void say(String line) {
        System.out.println(line);
    }

    private static void list() throws MidiUnavailableException {
        for (MidiDevice.Info info : MidiSystem.getMidiDeviceInfo()) {
            if (info.getVendor().equals("Carillon")) {
                MidiDevice device = MidiSystem.getMidiDevice(info);
                say(info.getName() + " transmitters=" + device.getMaxTransmitters() + " receivers="
                        + device.getMaxReceivers());
            }
        }
        say("end");
    }

    private static boolean isListed(String name) {
        return Arrays.stream(MidiSystem.getMidiDeviceInfo()).anyMatch(info -> info.getName().equals(name));
    }

    private static void await(String name, boolean wanted) throws InterruptedException {
        while (isListed(name) != wanted) {
            Thread.sleep(LOOK_MS);
        }
        say(name + (wanted ? " came" : " went"));
    }

    private static MidiDevice device(String name, boolean transmits) throws MidiUnavailableException {
        for (MidiDevice.Info info : MidiSystem.getMidiDeviceInfo()) {
            MidiDevice device = MidiSystem.getMidiDevice(info);
            if (info.getName().equals(name) && device.getMaxTransmitters() != 0 == transmits) {
                return device;
            }
        }
        throw new IllegalArgumentException(name);
    }

    private static MidiMessage message(byte[] bytes) throws Exception {
        if ((bytes[0] & 0xFF) == SysexMessage.SYSTEM_EXCLUSIVE) {
            return new SysexMessage(bytes, bytes.length);
        }
        return new ShortMessage(bytes[0] & 0xFF, bytes.length > 1 ? bytes[1] : 0, bytes.length > 2 ? bytes[2] : 0);
    }

    private static void hear(MidiDevice device) throws MidiUnavailableException {
        device.open();
        device.getTransmitter().setReceiver(new Receiver() {
            @Override
            public void send(MidiMessage message, long timeStampUs) {
                byte[] bytes = message.getMessage();
                boolean isInTime = timeStampUs >= 0 && timeStampUs <= device.getMicrosecondPosition();
                say("heard " + (bytes.length > 20 ? "long " + bytes.length + " " + sum(bytes)
                        : HexFormat.of().formatHex(bytes)) + (isInTime ? " at " + timeStampUs : " at no time"));
            }

            @Override
            public void close() {}
        });
        say("listening");
    }

    static long sum(byte[] bytes) {
        CRC32 sum = new CRC32();
        sum.update(bytes);
        return sum.getValue();
    }

    private static void later(MidiDevice device, long stepUs) throws Exception {
        long fromUs = device.getMicrosecondPosition() + stepUs;
        Receiver receiver = device.getReceiver();
        for (int i = 0; i < 3; i++) {
            receiver.send(new ShortMessage(0x90, 60 + i, 1), fromUs + i * stepUs);
        }
        say("sent");
    }

    private static void sendLong(MidiDevice device, int length) throws Exception {
        byte[] bytes = new byte[length];
        for (int i = 1; i < length - 1; i++) {
            bytes[i] = (byte) (i * 37 + i / 127 & 0x7F);
        }
        bytes[0] = (byte) 0xF0;
        bytes[length - 1] = (byte) 0xF7;
        say("sum " + sum(bytes));
        device.getReceiver().send(new SysexMessage(bytes, length), -1);
    }

    private static void play(File file, MidiDevice device) throws Exception {
        device.open();
        try (Sequencer sequencer = MidiSystem.getSequencer(false)) {
            sequencer.getTransmitter().setReceiver(device.getReceiver());
            sequencer.open();
            sequencer.setSequence(MidiSystem.getSequence(file));
            CountDownLatch ended = new CountDownLatch(1);
            sequencer.addMetaEventListener(meta -> {
                if (meta.getType() == END_OF_TRACK) {
                    ended.countDown();
                }
            });
            sequencer.start();
            ended.await();
        }
        device.close();
        say("played");
    }

    private void record(MidiDevice device) throws Exception {
        device.open();
        recorder = MidiSystem.getSequencer(false);
        recorder.open();
        Sequence sequence = new Sequence(Sequence.PPQ, RESOLUTION);
        Track track = sequence.createTrack();
        recorder.setSequence(sequence);
        device.getTransmitter().setReceiver(recorder.getReceiver());
        recorder.recordEnable(track, -1);
        recorder.startRecording();
        say("recording");
    }

    private void recorded() {
        Track track = recorder.getSequence().getTracks()[0];
        StringBuilder notes = new StringBuilder();
        for (int i = 0; i < track.size(); i++) {
            if (track.get(i).getMessage() instanceof ShortMessage message) {
                notes.append(' ').append(HexFormat.of().formatHex(message.getMessage()));
            }
        }
        say("recorded" + notes);
    }

    private static void useDefault() throws Exception {
        Receiver receiver = MidiSystem.getReceiver();
        MidiDevice device = ((MidiDeviceReceiver) receiver).getMidiDevice();
        receiver.send(new ShortMessage(0x90, 64, 64), -1);
        say(device.getDeviceInfo().getName() + " open=" + device.isOpen());
        receiver.close();
        say("open=" + device.isOpen());
    }
}
