package org.carillon.sequencer;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.carillon.sequencer.Damage.Kind;

/**
 * Reads Standard MIDI Files (MMA, RP-001), plain or inside RIFF (RP-029). What can be read is read, what cannot is
 * named with its offset; only a file without any header is refused. Any thread; each call is on its own.
 */
public final class MidiFileReader {
    /** The longest file that is read; what is made of it takes at most about eight times as much memory. */
    public static final int MAX_FILE_BYTES = 64 * 1024 * 1024;

    private static final String HEADER = "MThd";
    private static final String TRACK = "MTrk";
    private static final int CHUNK_HEAD = 8;
    private static final int HEADER_LENGTH = 6;
    private static final int DEFAULT_TICKS = 480;

    private final byte[] bytes;
    private final DamageLog damage;
    private final List<Track> tracks = new ArrayList<>();
    private final List<Chunk> chunks = new ArrayList<>();
    private int at;
    private int end;
    private int format;
    private int declaredTracks;
    private Division division = Division.ofQuarter(DEFAULT_TICKS);
    private byte[] headerExtra = {};

    private MidiFileReader(byte[] bytes, String name) {
        this.bytes = bytes;
        damage = new DamageLog(name);
        end = bytes.length;
    }

    /**
     * Reads a file.
     *
     * @throws MidiFileException if nothing in it can be played, or it is too long.
     */
    public static MidiFile read(Path path) throws IOException {
        try (InputStream in = Files.newInputStream(path)) {
            return read(in.readNBytes(MAX_FILE_BYTES + 1), path.toString());
        }
    }

    /**
     * Reads bytes of a file.
     *
     * @param name of the file, for messages.
     * @throws MidiFileException if nothing in it can be played, or it is too long.
     */
    public static MidiFile read(byte[] bytes, String name) throws MidiFileException {
        if (bytes.length > MAX_FILE_BYTES) {
            throw new MidiFileException("file must have at most " + MAX_FILE_BYTES + " bytes", name, MAX_FILE_BYTES);
        }
        return new MidiFileReader(bytes, name).file();
    }

    private MidiFile file() throws MidiFileException {
        if (bytes.length == 0) {
            throw new MidiFileException("MIDI file must start with " + HEADER + ", it is empty", damage.file(), 0);
        }
        RiffReader riff = RiffReader.read(bytes, damage);
        if (riff != null) {
            at = riff.musicOffset();
            end = riff.musicEnd();
        }
        header();
        TrackReader reader = new TrackReader(bytes, end, damage);
        while (at < end) {
            chunk(reader);
        }
        checkTracks();
        Sequence sequence = new Sequence(format, division, tracks, chunks, headerExtra,
                riff == null ? null : riff.chunks());
        return new MidiFile(damage.file(), sequence, damage.all(bytes.length));
    }

    private void header() throws MidiFileException {
        int start = find(HEADER, at);
        if (start == end) {
            throw new MidiFileException("MIDI file must start with " + HEADER + ", nowhere found", damage.file(), at);
        }
        if (start > at) {
            damage.add(at, Kind.LEADING_BYTES, "file must start with " + HEADER + ", bytes before it are left out:"
                    + " lengthBytes=" + (start - at));
        }
        int body = Math.min(start + CHUNK_HEAD, end);
        long length = body - start < CHUNK_HEAD ? 0 : length(start);
        at = body + headerLength(start, body, length);
        fields(body, Math.min(at - body, HEADER_LENGTH));
        headerExtra = Arrays.copyOfRange(bytes, Math.min(at, body + HEADER_LENGTH), at);
    }

    /** How long the header's data really are: as it says, unless a chunk stands where it normally ends. */
    private int headerLength(int start, int body, long length) {
        if (length == HEADER_LENGTH && end - body >= HEADER_LENGTH) {
            return HEADER_LENGTH;
        }
        boolean isLong = length > HEADER_LENGTH && length <= end - body;
        if (isLong && (body + length == end || isChunk((int) (body + length)))) {
            return (int) length;
        }
        boolean isNormal = isChunk(body + HEADER_LENGTH);
        int taken = isNormal ? HEADER_LENGTH
                : (int) Math.min(isLong || length < HEADER_LENGTH ? length : HEADER_LENGTH,
                        end - body);
        if (!isLong || isNormal) {
            damage.add(start, Kind.HEADER, "header must have 6 bytes: lengthBytes=" + length + ", taken=" + taken);
        }
        return taken;
    }

    private void fields(int body, int length) {
        format = length < 2 ? 1 : word(body);
        if (format > 2) {
            damage.add(body, Kind.HEADER, "format must be 0, 1 or 2, 1 is taken: format=" + format);
            format = 1;
        }
        declaredTracks = length < 4 ? 0 : word(body + 2);
        int word = length < HEADER_LENGTH ? 0 : word(body + 4);
        if (word == 0 || (word & 0x8000) != 0 && (word & 0xFF) == 0) {
            damage.add(Math.min(body + 4, end), Kind.HEADER, "division must have ticks, " + DEFAULT_TICKS
                    + " per quarter note are taken: division=" + word);
            return;
        }
        division = new Division(word);
        int frames = division.framesPerSecond();
        if (frames != 0 && frames != 24 && frames != 25 && frames != 29 && frames != 30) {
            damage.add(body + 4L, Kind.HEADER, "frames per second must be 24, 25, 29 or 30: framesPerSecond=" + frames);
        }
    }

    private void chunk(TrackReader reader) {
        if (TrackReader.isTrackChunk(bytes, at, end)) {
            if (tracks.size() < Sequence.MAX_TRACKS) {
                track(reader);
                return;
            }
            damage.add(at, Kind.TRACK_COUNT, "file must have at most " + Sequence.MAX_TRACKS
                    + " tracks, what follows is left out: lengthBytes=" + (end - at));
            at = end;
        } else if (isChunk(at)) {
            String type = new String(bytes, at, Chunk.TYPE_LENGTH, StandardCharsets.US_ASCII);
            if (type.equals(HEADER)) {
                damage.add(at, Kind.HEADER, "file must have one header, this one is kept as a chunk");
            }
            int data = at + CHUNK_HEAD;
            at = data + (int) length(at);
            chunks.add(new Chunk(type, Arrays.copyOfRange(bytes, data, at), tracks.size()));
        } else {
            int next = find(TRACK, at + 1);
            damage.add(at, Kind.NO_CHUNK, "bytes must belong to a chunk, they are left out: lengthBytes="
                    + (next - at));
            at = next;
        }
    }

    private void track(TrackReader reader) {
        int start = at;
        int body = at + CHUNK_HEAD;
        long declared = length(start);
        long declaredEnd = body + declared;
        boolean trusted = declaredEnd == end || declaredEnd < end && isChunk((int) declaredEnd);
        tracks.add(reader.read(body, declaredEnd, trusted));
        at = reader.end();
        if (at != declaredEnd) {
            damage.add(start + 4L, Kind.CHUNK_LENGTH, "track must be as long as it says: lengthBytes=" + declared
                    + ", there=" + (at - body) + ", track=" + tracks.size());
        }
    }

    private void checkTracks() {
        if (tracks.size() != declaredTracks) {
            damage.add(end, Kind.TRACK_COUNT, "file must have as many tracks as it says: declared=" + declaredTracks
                    + ", there=" + tracks.size());
        }
        if (format == 0 && tracks.size() > 1) {
            damage.add(end, Kind.TRACK_COUNT, "file of format 0 must have one track, format 1 is taken: tracks="
                    + tracks.size());
            format = 1;
        }
    }

    /** Whether a track, or anything else with a name and a length that fits, starts here. */
    private boolean isChunk(int offset) {
        if (TrackReader.isTrackChunk(bytes, offset, end)) {
            return true;
        }
        if (offset + CHUNK_HEAD > end || length(offset) > end - offset - CHUNK_HEAD) {
            return false;
        }
        for (int i = offset; i < offset + Chunk.TYPE_LENGTH; i++) {
            if (bytes[i] < ' ' || bytes[i] > '~') {
                return false;
            }
        }
        return true;
    }

    /** Where four characters stand next with room for a length behind them, or the end. */
    private int find(String type, int from) {
        for (int i = from; i + CHUNK_HEAD <= end; i++) {
            if (bytes[i] == type.charAt(0) && bytes[i + 1] == type.charAt(1) && bytes[i + 2] == type.charAt(2)
                    && bytes[i + 3] == type.charAt(3)) {
                return i;
            }
        }
        return end;
    }

    private long length(int chunk) {
        return (long) word(chunk + 4) << 16 | word(chunk + 6);
    }

    private int word(int offset) {
        return (bytes[offset] & 0xFF) << 8 | bytes[offset + 1] & 0xFF;
    }
}
