package org.carillon.sequencer;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import org.carillon.api.session.EventHandler;
import org.carillon.protocol.Event;
import org.carillon.protocol.EventType;

/**
 * Makes a sequence of what comes to a session's destinations, one track for each. Hand it to the session's {@code
 * poll}; one thread. What a file cannot hold is counted, never dropped in silence.
 */
public final class Recorder implements EventHandler {
    /** What a recording may take in a file, so that it can be read again. */
    private static final int MAX_BYTES = MidiFileReader.MAX_FILE_BYTES - 1024 * 1024;
    /** Delta time and length of an event, at most. */
    private static final int EVENT_HEAD_BYTES = 8;
    private static final int META_SPECIFIC = 0x7F;
    private static final int RELEASE_VELOCITY = 64;

    private final RecorderOptions options;
    private final List<String> names;
    private final int maxBytes;
    private final TrackBuilder[] tracks;
    private final ByteArrayOutputStream[] sysex;
    private long startNs;
    private boolean hasStarted;
    private long lastTick;
    private long bytes;
    private long recorded;
    private long ignored;
    private long cut;
    private long full;

    /**
     * What came.
     *
     * @param recorded events in the sequence.
     * @param ignored  events that a file has no place for: MIDI 2.0 messages, tasks, tempos.
     * @param cut      system exclusive messages that came without their end; a text says where.
     * @param full     events that were too many.
     */
    public record Counts(long recorded, long ignored, long cut, long full) {}

    /** @param names of the tracks, in the order of the session's destinations. */
    public Recorder(RecorderOptions options, List<String> names) {
        this(options, names, MAX_BYTES);
    }

    Recorder(RecorderOptions options, List<String> names, int maxBytes) {
        this.options = options;
        this.maxBytes = maxBytes;
        this.names = List.copyOf(names);
        tracks = new TrackBuilder[names.size()];
        sysex = new ByteArrayOutputStream[names.size()];
        for (int i = 0; i < tracks.length; i++) {
            tracks[i] = new TrackBuilder();
            sysex[i] = new ByteArrayOutputStream();
        }
    }

    /** Sets the start; without it, the first event is the start. What is earlier counts as there. */
    public void start(long serverNs) {
        startNs = serverNs;
        hasStarted = true;
    }

    @Override
    public void onEvent(Event event) {
        int track = event.destinationIndex();
        if (track >= tracks.length || EventType.isTask(event.type())) {
            ignored++;
            return;
        }
        if (!hasStarted) {
            start(event.timeNs());
        }
        long tick = tick(event.timeNs());
        switch (event.type()) {
            case EventType.NOTE -> note(track, tick, event);
            case EventType.SYSEX -> sysex(track, tick, event);
            case EventType.UMP64, EventType.TEMPO, EventType.END_OF_TRACK -> ignored++;
            default -> {
                if (EventType.messageLength(event.type()) > 0) {
                    message(track, tick, event);
                } else {
                    meta(track, tick, event);
                }
            }
        }
    }

    private long tick(long timeNs) {
        long sinceNs = Math.max(0, timeNs - startNs);
        long quarterNs = options.tempoUs() * 1_000L;
        return Saturated.scale(sinceNs + quarterNs / (2L * options.division().ticks()), options.division().ticks(),
                quarterNs);
    }

    private boolean hasRoom(int lengthBytes) {
        bytes += lengthBytes + EVENT_HEAD_BYTES;
        if (bytes > maxBytes) {
            bytes -= lengthBytes + EVENT_HEAD_BYTES;
            full++;
            return false;
        }
        recorded++;
        return true;
    }

    private void note(int track, long tick, Event event) {
        if (hasRoom(6 + EVENT_HEAD_BYTES)) {
            int channel = event.data(0) & 0xF;
            tracks[track].add(tick, Midi.NOTE_ON | channel, event.data(1) & 0x7F, event.data(2) & 0x7F);
            long endTick = tick(Saturated.add(Math.max(0, event.timeNs()), Math.max(0, event.durationNs())));
            int release = event.data(3) & 0x7F;
            tracks[track].add(Math.max(tick, endTick), Midi.NOTE_OFF | channel, event.data(1) & 0x7F,
                    release == 0 ? RELEASE_VELOCITY : release);
            lastTick = Math.max(lastTick, endTick);
        }
    }

    /** Channel messages as they are, system messages packed. */
    private void message(int track, long tick, Event event) {
        int length = event.messageLength();
        if (!hasRoom(length)) {
            return;
        }
        lastTick = Math.max(lastTick, tick);
        if (Midi.isChannel(event.status())) {
            tracks[track].add(tick, event.status(), event.data(1) & 0x7F, event.data(2) & 0x7F);
            return;
        }
        byte[] packed = new byte[1 + length];
        packed[0] = (byte) Midi.ESCAPE;
        event.payload(packed, 1, length);
        tracks[track].add(tick, packed);
    }

    private void sysex(int track, long tick, Event event) {
        ByteArrayOutputStream message = sysex[track];
        if ((event.flags() & Event.BEGIN) != 0) {
            message.reset();
        }
        byte[] piece = new byte[event.payloadLength()];
        event.payload(piece, 0, piece.length);
        message.writeBytes(piece);
        if ((event.flags() & Event.END) == 0) {
            return;
        }
        lastTick = Math.max(lastTick, tick);
        byte[] whole = message.toByteArray();
        message.reset();
        boolean isWhole = (event.flags() & Event.INCOMPLETE) == 0 && whole.length > 1
                && (whole[0] & 0xFF) == Midi.SYSEX && (whole[whole.length - 1] & 0xFF) == Midi.SYSEX_END;
        if (!isWhole) {
            cut++;
            tracks[track].addText(tick, Midi.META_TEXT, "system exclusive message cut: lengthBytes=" + whole.length);
        } else if (hasRoom(whole.length)) {
            tracks[track].add(tick, whole);
        }
    }

    private void meta(int track, long tick, Event event) {
        int type = switch (event.type()) {
            case EventType.CHANNEL_PREFIX -> Midi.META_CHANNEL_PREFIX;
            case EventType.PORT_PREFIX -> Midi.META_PORT_PREFIX;
            case EventType.SMPTE_OFFSET -> Midi.META_SMPTE_OFFSET;
            case EventType.TIME_SIGNATURE -> Midi.META_TIME_SIGNATURE;
            case EventType.KEY_SIGNATURE -> Midi.META_KEY_SIGNATURE;
            case EventType.SEQUENCER_SPECIFIC -> META_SPECIFIC;
            default -> event.type() >= EventType.SEQUENCE_NUMBER && event.type() <= EventType.CUE_POINT
                    ? event.type() - EventType.SEQUENCE_NUMBER
                    : Midi.META;
        };
        if (type == Midi.META) {
            ignored++;
        } else if (hasRoom(event.payloadLength())) {
            byte[] data = new byte[event.payloadLength()];
            event.payload(data, 0, data.length);
            tracks[track].addMeta(tick, type, data);
            lastTick = Math.max(lastTick, tick);
        }
    }

    /** What came so far. */
    public Counts counts() {
        return new Counts(recorded, ignored, cut, full);
    }

    /**
     * The sequence so far: format 0 of one destination, else format 1 with a track for the tempo.
     *
     * @param endServerNs where it ends; what came later makes it longer.
     */
    public Sequence sequence(long endServerNs) {
        long endTick = Math.max(lastTick, hasStarted ? tick(endServerNs) : 0);
        List<Track> built = new ArrayList<>();
        if (tracks.length != 1) {
            built.add(new TrackBuilder().addTempo(0, options.tempoUs()).end(endTick).build());
        }
        for (int i = 0; i < tracks.length; i++) {
            Track recording = tracks[i].build();
            TrackBuilder named = new TrackBuilder().addText(0, Midi.META_TRACK_NAME, names.get(i));
            if (tracks.length == 1) {
                named.addTempo(0, options.tempoUs());
            }
            built.add(named.addAll(recording).end(endTick).build());
        }
        return new Sequence(tracks.length == 1 ? 0 : 1, options.division(), built);
    }
}
