package org.carillon.launcher.command.client;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.carillon.api.port.CarillonException;
import org.carillon.api.port.CarillonException.Kind;

/** MIDI messages in words: {@code ch 1 on C4 100 at +0.5 off C4}. Middle C is C4 and number 60. */
final class SendWords {
    private static final Map<String, Integer> SINGLE = Map.of("tune", 0xF6, "clock", 0xF8, "start", 0xFA, "continue",
            0xFB, "stop", 0xFC, "as", 0xFE, "reset", 0xFF);
    private static final Map<Character, Integer> SEMITONES = Map.of('c', 0, 'd', 2, 'e', 4, 'f', 5, 'g', 7, 'a', 9, 'b',
            11);
    private static final int DATA_MAX = 0x7F;
    private static final int FOURTEEN_BITS_MAX = 0x3FFF;
    private static final int SEVEN_BITS = 7;
    private static final int SEMITONES_OF_OCTAVE = 12;
    private static final double NS_PER_S = 1e9;

    private final List<Message> messages = new ArrayList<>();
    private List<String> words = List.of();
    private int next;
    private int channel;
    private long delayNs;

    /**
     * One message.
     *
     * @param delayNs after the first date.
     */
    record Message(long delayNs, byte[] bytes) {}

    /** @throws CarillonException with {@link Kind#WRONG_USAGE} where a word or value makes no sense. */
    static List<Message> parse(List<String> words) {
        return new SendWords().read(words);
    }

    /** The words of a line; what stands behind a word that begins with # is none of them. */
    static List<String> ofLine(String line) {
        return Stream.of(line.strip().split("\\s+")).takeWhile(word -> !word.startsWith("#"))
                .filter(word -> !word.isEmpty()).toList();
    }

    /** Reads words; the channel is the one of those before, dates begin anew. */
    List<Message> read(List<String> next) {
        words = next;
        this.next = 0;
        delayNs = 0;
        messages.clear();
        while (hasMore()) {
            message(words.get(this.next++).toLowerCase(Locale.ROOT));
        }
        return List.copyOf(messages);
    }

    /** Complete messages as hexadecimal digits, with or without gaps. */
    static byte[] hex(String digits) {
        try {
            return HexFormat.of().parseHex(digits.replaceAll("0x|[\\s,:]", ""));
        } catch (IllegalArgumentException e) {
            throw wrong("hexadecimal digits, two for each byte", digits);
        }
    }

    private boolean hasMore() {
        return next < words.size();
    }

    private void message(String word) {
        switch (word) {
            case "ch" -> channel = number("channel", 1, 16) - 1;
            case "at" -> delayNs = delay();
            case "on" -> add(0x90 | channel, note(), number("velocity", 0, DATA_MAX));
            case "off" -> add(0x80 | channel, note(), isNumberNext() ? number("velocity", 0, DATA_MAX) : 0);
            case "pp" -> add(0xA0 | channel, note(), number("pressure", 0, DATA_MAX));
            case "cc" -> add(0xB0 | channel, number("controller", 0, DATA_MAX), number("value", 0, DATA_MAX));
            case "pc" -> add(0xC0 | channel, number("program", 0, DATA_MAX));
            case "cp" -> add(0xD0 | channel, number("pressure", 0, DATA_MAX));
            case "pb" -> addWide(0xE0 | channel, number("bend", 0, FOURTEEN_BITS_MAX));
            case "spp" -> addWide(0xF2, number("position", 0, FOURTEEN_BITS_MAX));
            case "ss" -> add(0xF3, number("song", 0, DATA_MAX));
            case "qf" -> add(0xF1, number("quarter frame", 0, DATA_MAX));
            case "syx" -> systemExclusive();
            default -> {
                if (!SINGLE.containsKey(word)) {
                    throw wrong("ch at on off pp cc pc cp pb spp ss qf syx tune clock start continue stop as reset",
                            word);
                }
                add(SINGLE.get(word));
            }
        }
    }

    private void add(int... bytes) {
        byte[] message = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            message[i] = (byte) bytes[i];
        }
        messages.add(new Message(delayNs, message));
    }

    private void addWide(int status, int value) {
        add(status, value & DATA_MAX, value >> SEVEN_BITS);
    }

    /** Bytes between F0 and F7, in hexadecimal digits. */
    private void systemExclusive() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.write(0xF0);
        while (hasMore() && words.get(next).matches("[0-7]?[0-9a-fA-F]")) {
            bytes.write(Integer.parseInt(words.get(next++), 16));
        }
        bytes.write(0xF7);
        messages.add(new Message(delayNs, bytes.toByteArray()));
    }

    private boolean isNumberNext() {
        return hasMore() && words.get(next).matches("\\d+");
    }

    private String value(String what) {
        if (!hasMore()) {
            throw wrong(what, "");
        }
        return words.get(next++);
    }

    private int number(String what, int least, int most) {
        String word = value(what);
        if (!word.matches("\\d{1,5}") || Integer.parseInt(word) < least || Integer.parseInt(word) > most) {
            throw wrong(what + " from " + least + " to " + most, word);
        }
        return Integer.parseInt(word);
    }

    private long delay() {
        String word = value("+SECONDS or +HH:MM:SS");
        if (!word.matches("\\+(\\d{1,2}:){0,2}\\d{1,5}(\\.\\d{1,9})?")) {
            throw wrong("+SECONDS or +HH:MM:SS", word);
        }
        double seconds = 0;
        for (String part : word.substring(1).split(":")) {
            seconds = seconds * 60 + Double.parseDouble(part);
        }
        return Math.round(seconds * NS_PER_S);
    }

    private int note() {
        String word = value("note").toLowerCase(Locale.ROOT);
        int number = -1;
        if (word.matches("\\d{1,3}")) {
            number = Integer.parseInt(word);
        } else if (word.matches("[a-g][#b]?-?\\d")) {
            int sharp = word.charAt(1) == '#' ? 1 : word.charAt(1) == 'b' ? -1 : 0;
            int octave = Integer.parseInt(word.substring(sharp == 0 ? 1 : 2));
            number = SEMITONES.get(word.charAt(0)) + sharp + SEMITONES_OF_OCTAVE * (octave + 1);
        }
        if (number < 0 || number > DATA_MAX) {
            throw wrong("note as C4, F#3 or 0 to 127", word);
        }
        return number;
    }

    private static CarillonException wrong(String expected, String word) {
        return new CarillonException(Kind.WRONG_USAGE, "expected " + expected + ": word=" + word);
    }
}
