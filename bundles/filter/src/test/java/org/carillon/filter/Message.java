package org.carillon.filter;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.carillon.api.filter.CompiledFilter;
import org.carillon.api.filter.FilterException;
import org.carillon.protocol.Event;
import org.carillon.protocol.EventType;

/** An event as a filter sees it. Channels from 1. */
record Message(int type, int port, long data) {
    static Message noteOn(int channel, int note, int velocity) {
        return new Message(EventType.KEY_ON, 0, Event.data(0x90 | channel - 1, note, velocity));
    }

    static Message noteOff(int channel, int note) {
        return new Message(EventType.KEY_OFF, 0, Event.data(0x80 | channel - 1, note, 64));
    }

    static Message wholeNote(int channel, int note, int velocity) {
        return new Message(EventType.NOTE, 0, Event.data(0x90 | channel - 1, note, velocity) | 33L << 24);
    }

    static Message polyPressure(int channel, int note, int value) {
        return new Message(EventType.KEY_PRESS, 0, Event.data(0xA0 | channel - 1, note, value));
    }

    static Message controller(int channel, int number, int value) {
        return new Message(EventType.CONTROL_CHANGE, 0, Event.data(0xB0 | channel - 1, number, value));
    }

    static Message program(int channel, int number) {
        return new Message(EventType.PROGRAM_CHANGE, 0, Event.data(0xC0 | channel - 1, number, 0));
    }

    static Message channelPressure(int channel, int value) {
        return new Message(EventType.CHANNEL_PRESS, 0, Event.data(0xD0 | channel - 1, value, 0));
    }

    static Message pitchBend(int channel, int low, int high) {
        return new Message(EventType.PITCH_WHEEL, 0, Event.data(0xE0 | channel - 1, low, high));
    }

    /** A message of a type without a channel. */
    static Message of(int type) {
        return new Message(type, 0, 0x12_34L);
    }

    Message onPort(int number) {
        return new Message(type, number, data);
    }

    static CompiledFilter filter(String words) {
        try {
            return new FilterWords().compile(words);
        } catch (FilterException e) {
            throw new AssertionError(words, e);
        }
    }

    /** What comes out of a filter, or null. */
    Message through(CompiledFilter filter) {
        long out = filter.apply(type, Event.word(7, port, EventType.messageLength(type), 0), data);
        return out == CompiledFilter.REJECTED ? null : new Message(type, port, out);
    }

    Message through(String words) {
        return through(filter(words));
    }

    static void assertPass(String words, Message... messages) {
        for (Message message : messages) {
            assertEquals(message, message.through(words), () -> words + " should pass " + message);
        }
    }

    static void assertStop(String words, Message... messages) {
        for (Message message : messages) {
            assertEquals(null, message.through(words), () -> words + " should stop " + message);
        }
    }

    static void assertBecomes(Message expected, String words, Message message) {
        assertEquals(expected, message.through(words), () -> words + " of " + message);
    }

    @Override
    public String toString() {
        return EventType.name(type) + " " + Long.toHexString(data) + " port " + port;
    }
}
