package org.carillon.protocol;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;

/** The session memory of the golden file: made by putting events through it, read by the drawing. */
final class GoldenMemory {
    static final String TO_SERVER = "to-server";
    static final String TO_CLIENT = "to-client";

    private static final HexFormat HEX = HexFormat.of();
    private static final int DATA_AT = 1024;

    private GoldenMemory() {}

    static boolean isMemory(GoldenBlock block) {
        return block.kind().equals(TO_SERVER) || block.kind().equals(TO_CLIENT);
    }

    static byte[] encode(GoldenBlock block) {
        boolean isToServer = block.kind().equals(TO_SERVER);
        MemorySegment toServer = segment(isToServer ? SessionMemory.MIN_CAPACITY : block.word("toServerCapacity"));
        MemorySegment toClient = segment(isToServer ? SessionMemory.MIN_CAPACITY : block.word("toClientCapacity"));
        SessionMemory memory = SessionMemory.create(toServer, toClient, isToServer ? 1 : block.word("sessionId"));
        Doorbell none = new Doorbell(memory.kernelWord(), () -> {});
        EventProducer up = memory.clientProducer(none);
        EventProducer down = memory.serverProducer(none);
        byte[] data = HEX.parseHex(block.text("data"));
        offer(isToServer ? up : down, data);
        take(isToServer ? down : up, isToServer ? memory.clientConsumer() : memory.serverConsumer(),
                block.number("head"));
        if (isToServer) {
            arm(memory.kernelWord(), block.word("kernelWord"));
            arm(memory.clientWord(), block.word("clientWord"));
            refuse(toServer, block, "refusedFull", Refusal.FULL);
            refuse(toServer, block, "refusedLength", Refusal.LENGTH);
            refuse(toServer, block, "refusedEnded", Refusal.ENDED);
        } else {
            memory.state(SessionState.of(block.word("state")));
        }
        return (isToServer ? toServer : toClient).asSlice(0, DATA_AT + data.length).toArray(ValueLayout.JAVA_BYTE);
    }

    private static MemorySegment segment(int capacityBytes) {
        return Arena.ofAuto().allocate(SessionMemory.lengthBytes(capacityBytes), 128);
    }

    private static void offer(EventProducer producer, byte[] data) {
        MemorySegment records = MemorySegment.ofArray(new long[data.length / Long.BYTES]);
        MemorySegment.copy(data, 0, records, ValueLayout.JAVA_BYTE, 0, data.length);
        int length;
        for (int at = 0; at < data.length; at += Event.aligned(length)) {
            Event event = new Event().wrap(records, at);
            length = event.lengthBytes();
            producer.offer(records, at, length, event.type(), event.timeNs(), event.word());
        }
    }

    /** Puts through so many bytes of records, so that the head stands there. */
    private static void take(EventProducer producer, EventConsumer consumer, long bytes) {
        for (long at = 0; at < bytes; at += Event.SHORT_LENGTH) {
            producer.offer(EventType.CLOCK, 0, 0, 0xF8);
            consumer.poll((type, segment, offset, length) -> true, 1);
        }
    }

    private static void arm(MemorySegment word, int value) {
        if (value == Doorbell.WAITING) {
            new Doorbell(word, () -> {}).arm();
        }
    }

    private static void refuse(MemorySegment toServer, GoldenBlock block, String field, Refusal reason) {
        toServer.set(Layouts.LONG, SessionMemory.REFUSED_OFFSET + (long) reason.ordinal() * Long.BYTES,
                block.number(field));
    }

    /** Reads a block's bytes by the offsets that are drawn, not by those that the classes use. */
    static Map<String, String> decode(GoldenBlock block) {
        Map<String, String> fields = new LinkedHashMap<>();
        ByteBuffer bytes = ByteBuffer.wrap(block.bytes()).order(ByteOrder.LITTLE_ENDIAN);
        if (block.kind().equals(TO_CLIENT)) {
            fields.put("magic", new String(block.bytes(), 0, 8, StandardCharsets.US_ASCII));
            fields.put("version", Integer.toString(bytes.getInt(8)));
            fields.put("sessionId", Integer.toString(bytes.getInt(12)));
            fields.put("toServerCapacity", Integer.toString(bytes.getInt(16)));
            fields.put("toClientCapacity", Integer.toString(bytes.getInt(20)));
        }
        fields.put("tail", Long.toString(bytes.getLong(128)));
        fields.put("head", Long.toString(bytes.getLong(256)));
        if (block.kind().equals(TO_CLIENT)) {
            fields.put("state", Integer.toString(bytes.getInt(384)));
        } else {
            fields.put("kernelWord", Integer.toString(bytes.getInt(384)));
            fields.put("clientWord", Integer.toString(bytes.getInt(512)));
            fields.put("refusedFull", Long.toString(bytes.getLong(640)));
            fields.put("refusedLength", Long.toString(bytes.getLong(648)));
            fields.put("refusedEnded", Long.toString(bytes.getLong(656)));
        }
        fields.put("data", HEX.formatHex(block.bytes(), DATA_AT, block.bytes().length));
        return fields;
    }
}
