package org.carillon.sequencer;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.carillon.api.session.Source;

/** The server's side of a source: keeps what it is sent, as long as it has room. */
final class SentMessages implements Source {
    /** @param sentNs when it was sent, by the test's own clock. */
    record Sent(long deadlineNs, String message, long sentNs) {
        @Override
        public String toString() {
            return deadlineNs / 1_000_000 + " " + message;
        }
    }

    final List<Sent> messages = new ArrayList<>();
    int room = Integer.MAX_VALUE;
    int refused;
    long nowNs;

    @Override
    public int id() {
        return 1;
    }

    @Override
    public String name() {
        return "player:out";
    }

    @Override
    public boolean send(long deadlineNs, int status, int data1, int data2) {
        return keep(deadlineNs, switch (Midi.dataLength(status)) {
            case 0 -> new byte[]{(byte) status};
            case 1 -> new byte[]{(byte) status, (byte) data1};
            default -> new byte[]{(byte) status, (byte) data1, (byte) data2};
        });
    }

    @Override
    public boolean sendNote(long deadlineNs, int channel, int pitch, int velocity, long durationNs) {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean sendMessage(long deadlineNs, byte[] message, long timeoutNs) {
        return keep(deadlineNs, message);
    }

    private boolean keep(long deadlineNs, byte[] message) {
        if (room == 0) {
            refused++;
            return false;
        }
        room--;
        messages.add(new Sent(deadlineNs, HexFormat.of().formatHex(message), nowNs));
        return true;
    }

    @Override
    public void flush() {
        // nobody sleeps here
    }

    List<String> words() {
        return messages.stream().map(Sent::toString).toList();
    }

    /** Note-ons that were not ended by what follows in order of time. */
    Map<String, Integer> sounding() {
        Map<String, Integer> sounding = new HashMap<>();
        for (Sent sent : messages.stream().sorted((a, b) -> Long.compare(a.deadlineNs, b.deadlineNs)).toList()) {
            int status = Integer.parseInt(sent.message.substring(0, 2), 16);
            String key = sent.message.length() < 4 ? "" : (status & 0xF) + " " + sent.message.substring(2, 4);
            boolean isOn = (status & 0xF0) == Midi.NOTE_ON && !sent.message.endsWith("00");
            boolean isOff = (status & 0xE0) == Midi.NOTE_OFF && !isOn;
            if (isOn) {
                sounding.merge(key, 1, Integer::sum);
            } else if (isOff) {
                sounding.computeIfPresent(key, (k, count) -> count == 1 ? null : count - 1);
            }
        }
        return sounding;
    }
}
