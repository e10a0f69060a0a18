package org.carillon.protocol;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the golden file holds: every shape of record, the ends of every field, one of each part of the pages. */
final class GoldenSamples {
    private static final HexFormat HEX = HexFormat.of();
    private static final long DATE_NS = 1_234_567_890_123L;
    private static final int SOURCE = 7;
    private static final String MIDI2_NOTE_ON = "003c9340000000c0";

    private final List<GoldenBlock> blocks = new ArrayList<>();

    private GoldenSamples() {}

    static List<GoldenBlock> all() {
        GoldenSamples samples = new GoldenSamples();
        samples.shortMessages();
        samples.notesAndTasks();
        samples.metaEvents();
        samples.sysex();
        samples.extremes();
        samples.pages();
        samples.memory();
        return samples.blocks;
    }

    /** The fields that all records have; those left out take these values. */
    private static final class Fields {
        private final Map<String, String> map = new LinkedHashMap<>();

        Fields(int type, int lengthBytes) {
            put("type", type).put("typeName", EventType.name(type)).put("lengthBytes", lengthBytes);
            put("timeNs", DATE_NS).put("sourceId", SOURCE).put("port", 0).put("messageLength", 0);
            put("flags", "").put("hops", 0).put("destinationIndex", 0);
        }

        Fields put(String key, Object value) {
            map.put(key, value.toString());
            return this;
        }
    }

    private void add(String name, Fields fields) {
        GoldenBlock block = new GoldenBlock("record", name, fields.map, new byte[0]);
        blocks.add(block.withBytes(GoldenRecords.encode(block)));
    }

    private static Fields message(int type, int... bytes) {
        byte[] data = new byte[Long.BYTES];
        for (int i = 0; i < bytes.length; i++) {
            data[i] = (byte) bytes[i];
        }
        return new Fields(type, Event.SHORT_LENGTH).put("messageLength", bytes.length).put("data",
                HEX.formatHex(data));
    }

    private void shortMessages() {
        add("note-on", message(EventType.KEY_ON, 0x90, 60, 100));
        add("note-on-without-velocity", message(EventType.KEY_ON, 0x9F, 127, 0));
        add("note-off", message(EventType.KEY_OFF, 0x80, 60, 64));
        add("poly-pressure", message(EventType.KEY_PRESS, 0xA1, 61, 33));
        add("control-change", message(EventType.CONTROL_CHANGE, 0xB2, 64, 127));
        add("program-change", message(EventType.PROGRAM_CHANGE, 0xC3, 19));
        add("channel-pressure", message(EventType.CHANNEL_PRESS, 0xD4, 90));
        add("pitch-wheel", message(EventType.PITCH_WHEEL, 0xE5, 0x00, 0x40));
        add("song-position", message(EventType.SONG_POSITION, 0xF2, 0x08, 0x01));
        add("song-select", message(EventType.SONG_SELECT, 0xF3, 5));
        add("clock", message(EventType.CLOCK, 0xF8));
        add("start", message(EventType.START, 0xFA));
        add("continue", message(EventType.CONTINUE, 0xFB));
        add("stop", message(EventType.STOP, 0xFC));
        add("tune-request", message(EventType.TUNE, 0xF6));
        add("active-sensing", message(EventType.ACTIVE_SENSING, 0xFE));
        add("reset", message(EventType.RESET, 0xFF));
        add("quarter-frame", message(EventType.QUARTER_FRAME, 0xF1, 0x35));
        add("midi2-note-on", new Fields(EventType.UMP64, Event.SHORT_LENGTH).put("messageLength", 8).put("data",
                MIDI2_NOTE_ON));
    }

    private void notesAndTasks() {
        add("whole-note", note(500_000_000L));
        add("whole-note-without-duration", note(0));
        add("task", new Fields(EventType.TASK, Event.TASK_LENGTH).put("task", "1 2 3 4"));
        add("deferred-task", new Fields(EventType.DEFERRED_TASK, Event.TASK_LENGTH).put("task", "-1 0 1000000 42"));
    }

    private static Fields note(long durationNs) {
        return new Fields(EventType.NOTE, Event.NOTE_LENGTH).put("messageLength", 3).put("data", "903c644000000000")
                .put("durationNs", durationNs);
    }

    private void metaEvents() {
        meta("sequence-number", EventType.SEQUENCE_NUMBER, "0102");
        text("text", EventType.TEXT, "andante");
        text("copyright", EventType.COPYRIGHT, "\u00A9 nobody");
        text("sequence-name", EventType.SEQUENCE_NAME, "Canon");
        text("instrument-name", EventType.INSTRUMENT_NAME, "Carillon");
        text("lyric", EventType.LYRIC, "Fr\u00E8-");
        text("marker", EventType.MARKER, "A");
        text("cue-point", EventType.CUE_POINT, "bells");
        meta("channel-prefix", EventType.CHANNEL_PREFIX, "09");
        meta("end-of-track", EventType.END_OF_TRACK, "");
        meta("tempo-500000-us", EventType.TEMPO, "07a120");
        meta("smpte-offset", EventType.SMPTE_OFFSET, "6001020304");
        meta("time-signature-6-8", EventType.TIME_SIGNATURE, "06032408");
        meta("key-signature-b-flat-minor", EventType.KEY_SIGNATURE, "fb01");
        meta("sequencer-specific", EventType.SEQUENCER_SPECIFIC, "7d0102030405060708");
        meta("port-prefix", EventType.PORT_PREFIX, "02");
    }

    private void text(String name, int type, String text) {
        meta(name, type, HEX.formatHex(text.getBytes(StandardCharsets.UTF_8)));
    }

    private void meta(String name, int type, String payload) {
        add(name, payload(type, payload));
    }

    private static Fields payload(int type, String payload) {
        return new Fields(type, Event.HEADER_LENGTH + payload.length() / 2).put("payload", payload);
    }

    private void sysex() {
        sysex("sysex-single", Event.BEGIN | Event.END, "f07e7f0601f7");
        sysex("sysex-begin", Event.BEGIN, "f07d" + "01".repeat(30));
        sysex("sysex-continue", 0, "02".repeat(32));
        sysex("sysex-end", Event.END, "0304f7");
        sysex("sysex-cut", Event.END | Event.INCOMPLETE, "");
        sysex("sysex-longest-record", Event.BEGIN, "f0" + "55".repeat(Event.MAX_PAYLOAD_LENGTH - 1));
    }

    private void sysex(String name, int flags, String payload) {
        add(name, payload(EventType.SYSEX, payload).put("flags", GoldenRecords.words(flags)));
    }

    private void extremes() {
        add("earliest-date", message(EventType.KEY_ON, 0x90, 0, 1).put("timeNs", Long.MIN_VALUE));
        add("latest-date", message(EventType.KEY_ON, 0x90, 0, 1).put("timeNs", Long.MAX_VALUE));
        add("date-before-start", message(EventType.KEY_ON, 0x90, 0, 1).put("timeNs", -1));
        add("now", message(EventType.KEY_ON, 0x90, 0, 1).put("timeNs", 0));
        add("highest-source", message(EventType.CLOCK, 0xF8).put("sourceId", Integer.MAX_VALUE));
        add("all-bits-of-source", message(EventType.CLOCK, 0xF8).put("sourceId", -1));
        add("port-255", message(EventType.CLOCK, 0xF8).put("port", 255));
        add("forwarded-once", message(EventType.CLOCK, 0xF8).put("hops", 1));
        add("forwarded-31-times", message(EventType.CLOCK, 0xF8).put("hops", Event.MAX_HOPS));
        add("destination-255", message(EventType.CLOCK, 0xF8).put("destinationIndex", 255));
        add("all-bits-of-the-word",
                payload(EventType.SYSEX, "f0").put("sourceId", -1).put("port", 255).put("messageLength", 255)
                        .put("flags", "begin end incomplete").put("hops", 31).put("destinationIndex", 255));
        add("all-bits-of-data", new Fields(EventType.UMP64, Event.SHORT_LENGTH).put("messageLength", 8).put("data",
                "ffffffffffffffff"));
        add("longest-note", note(Long.MAX_VALUE));
        add("extreme-task", new Fields(EventType.TASK, Event.TASK_LENGTH).put("task",
                Long.MIN_VALUE + " " + Long.MAX_VALUE + " -1 0"));
    }

    private void pages() {
        page("clock", "plain", "sequence 1", "baseServerNs 0", "baseMonoNs 987654321", "rate 1.0");
        page("clock", "locked", "sequence 2", "baseServerNs -1", "baseMonoNs 9223372036854775807", "rate 1.000123");
        page("status-head", "ready", "offset 0", "magic CARILLON", "version 1", "lengthBytes 1541120", "state 1",
                "processId 4711", "startedMonoNs 987654321", "sessionCapacity 256", "portCapacity 1024",
                "connectionCapacity 2048");
        page("session", "third-slot", "offset 1280", "id 12", "kind 1", "name Gl\u00F6ckner");
        page("port", "third-slot", "offset 34176", "id 13", "session 12", "events 1000000000000", "dropped 3",
                "direction 1", "traits 1", "name Gl\u00F6ckner:keys");
        page("connection", "third-slot", "offset 231680", "id 14", "state 1", "events 99", "dropped 1", "source 13",
                "destination 15", "filtered 7", "sourceName Gl\u00F6ckner:keys", "destinationName tower:bells",
                "filter ch 1..4 transp 12");
    }

    private void memory() {
        String first = "2000000001010000cb04fb711f0100000700000000030000903c640000000000";
        String second = "190000008c010000cb04fb711f01000007000000000000004100000000000000";
        block(GoldenMemory.TO_SERVER, "two-records", "tail 64", "head 32", "kernelWord 1", "clientWord 1",
                "refusedFull 3", "refusedLength 4", "refusedEnded 5", "data " + first + second);
        block(GoldenMemory.TO_SERVER, "awake", "tail 32", "head 8000", "kernelWord 0", "clientWord 0",
                "refusedFull 0", "refusedLength 0", "refusedEnded 0", "data " + second);
        block(GoldenMemory.TO_CLIENT, "open", "magic CARISESS", "version 1", "sessionId 12",
                "toServerCapacity 65536", "toClientCapacity 16777216", "tail 64", "head 96", "state 1",
                "data " + second + first);
    }

    private void page(String kind, String name, String... fields) {
        GoldenBlock block = empty(kind, name, fields);
        blocks.add(block.withBytes(GoldenPages.encode(block)));
    }

    private void block(String kind, String name, String... fields) {
        GoldenBlock block = empty(kind, name, fields);
        blocks.add(block.withBytes(GoldenMemory.encode(block)));
    }

    private static GoldenBlock empty(String kind, String name, String... fields) {
        Map<String, String> map = new LinkedHashMap<>();
        for (String field : fields) {
            String[] parts = field.split(" ", 2);
            map.put(parts[0], parts[1]);
        }
        return new GoldenBlock(kind, name, map, new byte[0]);
    }
}
