package org.carillon.fuzz;

import org.carillon.api.session.Source;
import org.carillon.protocol.EventType;

/** Takes what a player sends and sees that these are messages. */
final class Receiver implements Source {
    @Override
    public int id() {
        return 1;
    }

    @Override
    public String name() {
        return "fuzz:out";
    }

    @Override
    public boolean send(long deadlineNs, int status, int data1, int data2) {
        if (EventType.messageLength(EventType.ofStatus(status)) == 0 || (data1 | data2) < 0 || (data1 | data2) > 0x7F) {
            throw new IllegalStateException("a player must send messages: status=" + status + ", data1=" + data1
                    + ", data2=" + data2);
        }
        return true;
    }

    @Override
    public boolean sendNote(long deadlineNs, int channel, int pitch, int velocity, long durationNs) {
        return true;
    }

    @Override
    public boolean sendMessage(long deadlineNs, byte[] message, long timeoutNs) {
        for (int i = 1; i < message.length - 1; i++) {
            if (message[i] < 0) {
                throw new IllegalStateException("a system exclusive message must have data only: at=" + i);
            }
        }
        if (message.length < 2 || (message[0] & 0xFF) != 0xF0 || (message[message.length - 1] & 0xFF) != 0xF7) {
            throw new IllegalStateException("a system exclusive message must be whole: lengthBytes=" + message.length);
        }
        return true;
    }

    @Override
    public void flush() {
        // nobody sleeps here
    }
}
