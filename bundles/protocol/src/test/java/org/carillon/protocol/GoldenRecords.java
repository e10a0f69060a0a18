package org.carillon.protocol;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Records of the golden file, made and read with the flyweight. */
final class GoldenRecords {
    private static final HexFormat HEX = HexFormat.of();
    private static final int TASK_WORDS = 4;
    /** So that a flyweight which forgets its offset is found out. */
    private static final int AT = 24;

    private GoldenRecords() {}

    static byte[] encode(GoldenBlock block) {
        MemorySegment segment = MemorySegment.ofArray(new long[(AT + Event.MAX_LENGTH) / Long.BYTES]);
        Event event = new Event().wrap(segment, AT);
        int lengthBytes = block.word("lengthBytes");
        event.header(lengthBytes, block.word("type")).timeNs(block.number("timeNs")).word(word(block));
        if (block.fields().containsKey("data")) {
            put(segment, block.text("data"));
        }
        if (block.fields().containsKey("durationNs")) {
            event.durationNs(block.number("durationNs"));
        }
        if (block.fields().containsKey("task")) {
            String[] words = block.text("task").split(" ");
            for (int i = 0; i < TASK_WORDS; i++) {
                event.taskWord(i, Long.parseLong(words[i]));
            }
        }
        if (block.fields().containsKey("payload")) {
            put(segment, block.text("payload"));
        }
        return segment.asSlice(AT, lengthBytes).toArray(ValueLayout.JAVA_BYTE);
    }

    private static void put(MemorySegment segment, String hex) {
        byte[] bytes = HEX.parseHex(hex);
        MemorySegment.copy(bytes, 0, segment, ValueLayout.JAVA_BYTE, AT + Event.DATA_OFFSET, bytes.length);
    }

    private static long word(GoldenBlock block) {
        long word = Event.word(block.word("sourceId"), block.word("port"), block.word("messageLength"),
                flags(block.text("flags")));
        for (int hop = 0; hop < block.word("hops"); hop++) {
            word = Event.forwarded(word, block.word("sourceId"));
        }
        return Event.toDestination(word, block.word("destinationIndex"));
    }

    static Map<String, String> decode(byte[] bytes) {
        MemorySegment segment = MemorySegment.ofArray(new long[(AT + Event.MAX_LENGTH) / Long.BYTES]);
        MemorySegment.copy(bytes, 0, segment, ValueLayout.JAVA_BYTE, AT, bytes.length);
        Event event = new Event().wrap(segment, AT);
        Map<String, String> fields = new LinkedHashMap<>();
        put(fields, "type", event.type());
        fields.put("typeName", String.valueOf(EventType.name(event.type())));
        put(fields, "lengthBytes", event.lengthBytes());
        put(fields, "timeNs", event.timeNs());
        put(fields, "sourceId", event.sourceId());
        put(fields, "port", event.port());
        put(fields, "messageLength", event.messageLength());
        fields.put("flags", words(event.flags()));
        put(fields, "hops", Event.hops(event.word()));
        put(fields, "destinationIndex", event.destinationIndex());
        if (EventType.isShort(event.type()) || event.type() == EventType.NOTE) {
            fields.put("data", data(event));
        }
        if (event.type() == EventType.NOTE) {
            put(fields, "durationNs", event.durationNs());
        } else if (EventType.isTask(event.type())) {
            fields.put("task", IntStream.range(0, TASK_WORDS).mapToObj(i -> Long.toString(event.taskWord(i)))
                    .collect(Collectors.joining(" ")));
        } else if (!EventType.isShort(event.type())) {
            byte[] payload = new byte[Math.clamp(event.payloadLength(), 0, bytes.length - Event.HEADER_LENGTH)];
            event.payload(payload, 0, payload.length);
            fields.put("payload", HEX.formatHex(payload));
        }
        return fields;
    }

    private static void put(Map<String, String> fields, String key, long value) {
        fields.put(key, Long.toString(value));
    }

    private static String data(Event event) {
        StringBuilder hex = new StringBuilder();
        for (int i = 0; i < Long.BYTES; i++) {
            hex.append(HEX.toHexDigits((byte) event.data(i)));
        }
        return hex.toString();
    }

    static String words(int flags) {
        List<String> words = new ArrayList<>();
        if ((flags & Event.BEGIN) != 0) {
            words.add("begin");
        }
        if ((flags & Event.END) != 0) {
            words.add("end");
        }
        if ((flags & Event.INCOMPLETE) != 0) {
            words.add("incomplete");
        }
        return String.join(" ", words);
    }

    private static int flags(String words) {
        List<String> all = Arrays.asList(words.split(" "));
        return (all.contains("begin") ? Event.BEGIN : 0) | (all.contains("end") ? Event.END : 0)
                | (all.contains("incomplete") ? Event.INCOMPLETE : 0);
    }
}
