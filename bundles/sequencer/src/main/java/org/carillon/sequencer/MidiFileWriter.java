package org.carillon.sequencer;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;

/**
 * Writes Standard MIDI Files. There is one way to write a sequence: with running status between channel messages and
 * nothing else that could be left out. What is written reads as it was; only where four bytes cannot say the time
 * between two events, empty texts are put between them. Any thread.
 */
public final class MidiFileWriter {
    private static final int HEADER_LENGTH = 6;

    private MidiFileWriter() {}

    /**
     * Writes a file so that there is either the old one or all of the new one, whatever happens meanwhile: into a file
     * beside it, which then takes its name.
     */
    public static void write(Sequence sequence, Path path) throws IOException {
        byte[] bytes = toBytes(sequence);
        if (Files.exists(path) && !Files.isRegularFile(path)) {
            Files.write(path, bytes);
            return;
        }
        Path target = Files.exists(path) ? path.toRealPath() : path.toAbsolutePath();
        Path beside = target.resolveSibling("." + target.getFileName() + "." + ProcessHandle.current().pid() + "-"
                + Long.toHexString(System.nanoTime()));
        try {
            try (FileChannel file = FileChannel.open(beside, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
                ByteBuffer buffer = ByteBuffer.wrap(bytes);
                while (buffer.hasRemaining()) {
                    file.write(buffer);
                }
                file.force(true);
            }
            Files.move(beside, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(beside);
        }
    }

    /** The bytes of a file. */
    public static byte[] toBytes(Sequence sequence) {
        ByteArrayOutputStream music = new ByteArrayOutputStream();
        ascii(music, "MThd");
        number(music, HEADER_LENGTH + sequence.headerExtra().length, 4);
        number(music, sequence.format(), 2);
        number(music, sequence.tracks().size(), 2);
        number(music, sequence.division().word(), 2);
        music.writeBytes(sequence.headerExtra());
        for (int i = 0; i < sequence.tracks().size(); i++) {
            chunks(music, sequence.chunks(), i, i);
            byte[] track = new Events(sequence.tracks().get(i)).write();
            ascii(music, "MTrk");
            number(music, track.length, 4);
            music.writeBytes(track);
        }
        chunks(music, sequence.chunks(), sequence.tracks().size(), Integer.MAX_VALUE);
        return sequence.riff() == null ? music.toByteArray() : riff(music.toByteArray(), sequence.riff());
    }

    private static void chunks(ByteArrayOutputStream out, List<Chunk> chunks, int fromPlace, int toPlace) {
        for (Chunk chunk : chunks) {
            if (chunk.place() >= fromPlace && chunk.place() <= toPlace) {
                ascii(out, chunk.type());
                number(out, chunk.data().length, 4);
                out.writeBytes(chunk.data());
            }
        }
    }

    private static byte[] riff(byte[] music, List<Chunk> chunks) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        ascii(body, RiffReader.FORM);
        chunks.stream().filter(chunk -> chunk.place() == 0).forEach(c -> riffChunk(body, c.type(), c.data()));
        riffChunk(body, RiffReader.MUSIC, music);
        chunks.stream().filter(chunk -> chunk.place() != 0).forEach(c -> riffChunk(body, c.type(), c.data()));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        riffHead(out, RiffReader.RIFF, body.size());
        out.writeBytes(body.toByteArray());
        return out.toByteArray();
    }

    private static void riffChunk(ByteArrayOutputStream out, String type, byte[] data) {
        riffHead(out, type, data.length);
        out.writeBytes(data);
        if ((data.length & 1) != 0) {
            out.write(0);
        }
    }

    private static void riffHead(ByteArrayOutputStream out, String type, int lengthBytes) {
        ascii(out, type);
        number(out, Integer.reverseBytes(lengthBytes), 4);
    }

    private static void ascii(ByteArrayOutputStream out, String type) {
        out.writeBytes(type.getBytes(StandardCharsets.US_ASCII));
    }

    private static void number(ByteArrayOutputStream out, int value, int lengthBytes) {
        for (int i = lengthBytes - 1; i >= 0; i--) {
            out.write(value >> i * Byte.SIZE);
        }
    }

    /** The events of one track on their way out. */
    private static final class Events {
        private final Track track;
        private final ByteArrayOutputStream out = new ByteArrayOutputStream();
        private long tick;
        private int running;

        Events(Track track) {
            this.track = track;
        }

        byte[] write() {
            for (int i = 0; i < track.size(); i++) {
                goTo(track.tick(i));
                event(i);
            }
            goTo(track.endTick());
            meta(Midi.META_END_OF_TRACK);
            varLength(0);
            return out.toByteArray();
        }

        private void goTo(long nextTick) {
            long delta = nextTick - tick;
            while (delta > Midi.MAX_VAR_LENGTH) {
                varLength(Midi.MAX_VAR_LENGTH);
                meta(Midi.META_TEXT);
                varLength(0);
                delta -= Midi.MAX_VAR_LENGTH;
            }
            varLength((int) delta);
            tick = nextTick;
        }

        private void event(int index) {
            int status = track.status(index);
            int length = track.lengthBytes(index);
            if (status == Midi.META) {
                meta(track.byteAt(index, 1));
                varLength(length - Midi.META_HEAD);
                rest(index, Midi.META_HEAD, length);
            } else if (Midi.isChannel(status)) {
                if (status != running) {
                    out.write(status);
                    running = status;
                }
                rest(index, 1, length);
            } else {
                running = 0;
                out.write(status);
                varLength(length - 1);
                rest(index, 1, length);
            }
        }

        private void meta(int type) {
            running = 0;
            out.write(Midi.META);
            out.write(type);
        }

        private void rest(int index, int from, int to) {
            for (int i = from; i < to; i++) {
                out.write(track.byteAt(index, i));
            }
        }

        private void varLength(int value) {
            for (int shift = 21; shift > 0; shift -= 7) {
                if (value >> shift != 0) {
                    out.write(value >> shift & 0x7F | 0x80);
                }
            }
            out.write(value & 0x7F);
        }
    }
}
