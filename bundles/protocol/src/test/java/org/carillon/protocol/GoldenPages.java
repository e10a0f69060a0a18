package org.carillon.protocol;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** The clock line and parts of the status page of the golden file: made with the classes, read by the drawings. */
final class GoldenPages {
    private static final int HEAD_LENGTH = 48;

    private GoldenPages() {}

    static byte[] encode(GoldenBlock block) {
        if (block.kind().equals("clock")) {
            MemorySegment lines = MemorySegment.ofArray(new long[ServerClock.LENGTH / Long.BYTES]);
            ServerClock clock = new ServerClock(lines);
            for (long sequence = 1; sequence < block.number("sequence"); sequence++) {
                clock.set(sequence, -sequence, 0.5);
            }
            clock.set(block.number("baseServerNs"), block.number("baseMonoNs"),
                    Double.parseDouble(block.text("rate")));
            return lines.toArray(ValueLayout.JAVA_BYTE);
        }
        StatusPage page = new StatusPage(MemorySegment.ofArray(new long[StatusPage.LENGTH / Long.BYTES]));
        int at = block.word("offset");
        int length = switch (block.kind()) {
            case "status-head" -> head(page, block);
            case "session" -> session(page, block, at);
            case "port" -> port(page, block, at);
            default -> connection(page, block, at);
        };
        return page.segment().asSlice(at, length).toArray(ValueLayout.JAVA_BYTE);
    }

    private static int head(StatusPage page, GoldenBlock block) {
        page.begin(block.number("processId"), block.number("startedMonoNs"));
        page.state(block.word("state"));
        return HEAD_LENGTH;
    }

    private static int session(StatusPage page, GoldenBlock block, int at) {
        page.intAt(at + StatusPage.ID, block.word("id"));
        page.intAt(at + StatusPage.SECOND, block.word("kind"));
        page.nameAt(at + StatusPage.SESSION_NAME, block.text("name"), StatusPage.MAX_SESSION_NAME_LENGTH);
        return StatusPage.SESSION_LENGTH;
    }

    private static int port(StatusPage page, GoldenBlock block, int at) {
        page.intAt(at + StatusPage.ID, block.word("id"));
        page.intAt(at + StatusPage.SECOND, block.word("session"));
        page.longAt(at + StatusPage.EVENTS, block.number("events"));
        page.longAt(at + StatusPage.DROPPED, block.number("dropped"));
        page.intAt(at + StatusPage.PORT_DIRECTION, block.word("direction"));
        page.intAt(at + StatusPage.PORT_TRAITS, block.word("traits"));
        page.nameAt(at + StatusPage.PORT_NAME, block.text("name"), StatusPage.MAX_NAME_LENGTH);
        return StatusPage.PORT_LENGTH;
    }

    private static int connection(StatusPage page, GoldenBlock block, int at) {
        page.intAt(at + StatusPage.ID, block.word("id"));
        page.intAt(at + StatusPage.SECOND, block.word("state"));
        page.longAt(at + StatusPage.EVENTS, block.number("events"));
        page.longAt(at + StatusPage.DROPPED, block.number("dropped"));
        page.intAt(at + StatusPage.CONNECTION_SOURCE, block.word("source"));
        page.intAt(at + StatusPage.CONNECTION_DESTINATION, block.word("destination"));
        page.longAt(at + StatusPage.CONNECTION_FILTERED, block.number("filtered"));
        page.nameAt(at + StatusPage.CONNECTION_SOURCE_NAME, block.text("sourceName"), StatusPage.MAX_NAME_LENGTH);
        page.nameAt(at + StatusPage.CONNECTION_DESTINATION_NAME, block.text("destinationName"),
                StatusPage.MAX_NAME_LENGTH);
        page.nameAt(at + StatusPage.CONNECTION_FILTER, block.text("filter"), StatusPage.MAX_FILTER_LENGTH);
        return StatusPage.CONNECTION_LENGTH;
    }

    /** Reads a block's bytes by the offsets that are drawn, not by those that the classes use. */
    static Map<String, String> decode(GoldenBlock block) {
        Map<String, String> fields = new LinkedHashMap<>();
        ByteBuffer bytes = ByteBuffer.wrap(block.bytes()).order(ByteOrder.LITTLE_ENDIAN);
        switch (block.kind()) {
            case "clock" -> {
                longs(fields, bytes, 0, "sequence");
                int line = 8 + 24 * (int) (bytes.getLong(0) % 2);
                longs(fields, bytes, line, "baseServerNs", "baseMonoNs");
                fields.put("rate", Double.toString(bytes.getDouble(line + 16)));
            }
            case "status-head" -> {
                fields.put("offset", "0");
                fields.put("magic", new String(block.bytes(), 0, 8, StandardCharsets.US_ASCII));
                ints(fields, bytes, 8, "version", "lengthBytes", "state", "processId");
                longs(fields, bytes, 24, "startedMonoNs");
                ints(fields, bytes, 32, "sessionCapacity", "portCapacity", "connectionCapacity");
            }
            case "session" -> {
                fields.put("offset", Integer.toString(1024 + 2 * 128));
                ints(fields, bytes, 0, "id", "kind");
                fields.put("name", name(bytes, 24));
            }
            case "port" -> {
                fields.put("offset", Integer.toString(1024 + 256 * 128 + 2 * 192));
                ints(fields, bytes, 0, "id", "session");
                longs(fields, bytes, 8, "events", "dropped");
                ints(fields, bytes, 24, "direction", "traits");
                fields.put("name", name(bytes, 32));
            }
            default -> {
                fields.put("offset", Integer.toString(1024 + 256 * 128 + 1024 * 192 + 2 * 640));
                ints(fields, bytes, 0, "id", "state");
                longs(fields, bytes, 8, "events", "dropped");
                ints(fields, bytes, 24, "source", "destination");
                longs(fields, bytes, 32, "filtered");
                fields.put("sourceName", name(bytes, 40));
                fields.put("destinationName", name(bytes, 168));
                fields.put("filter", name(bytes, 296));
            }
        }
        return fields;
    }

    private static void ints(Map<String, String> fields, ByteBuffer bytes, int from, String... keys) {
        for (int i = 0; i < keys.length; i++) {
            fields.put(keys[i], Integer.toString(bytes.getInt(from + i * Integer.BYTES)));
        }
    }

    private static void longs(Map<String, String> fields, ByteBuffer bytes, int from, String... keys) {
        for (int i = 0; i < keys.length; i++) {
            fields.put(keys[i], Long.toString(bytes.getLong(from + i * Long.BYTES)));
        }
    }

    private static String name(ByteBuffer bytes, int at) {
        int length = Math.min(Short.toUnsignedInt(bytes.getShort(at)), bytes.capacity() - at - Short.BYTES);
        return new String(bytes.array(), at + Short.BYTES, length, StandardCharsets.UTF_8);
    }
}
