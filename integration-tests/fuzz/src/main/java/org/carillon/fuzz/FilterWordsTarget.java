package org.carillon.fuzz;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import org.carillon.api.filter.CompiledFilter;
import org.carillon.api.filter.FilterCompiler;
import org.carillon.api.filter.FilterException;
import org.carillon.filter.FilterWords;
import org.carillon.protocol.Event;
import org.carillon.protocol.EventType;

/** Filter words: either a filter that judges every event, or a {@link FilterException} that says where. */
public final class FilterWordsTarget {
    private static final FilterCompiler COMPILER = new FilterWords();

    /** The words of the grammar, so that sentences come about sooner than by chance. */
    private static final String[] WORDS = {"port", "ch", "type", "voice", "note", "on", "off", "pp", "cc", "pc", "pb",
        "cp", "nrpn", "rpn", "syx", "sc", "clock", "rt", "noterange", "velrange", "ccrange", "not", "chset", "chmap",
        "transp", "notemap", "velscale", "velcurve", "velclip", "ccmap", "ccscale", "cccurve", "ccrescale", "ccset",
        "pcmap", "1", "0", "16", "127", "128", "255", "-127", "0.5", "100", "1..4", "4..1", "C4", "G#9", "keyon",
        "0x7F", "1e9", "..", "#"};
    private static final int MAX_TOKENS = 60;

    private FilterWordsTarget() {}

    /** Called by Jazzer with the bytes of its choice. */
    public static void fuzzerTestOneInput(FuzzedDataProvider data) {
        String words = data.consumeBoolean() ? sentence(data) : data.consumeRemainingAsString();
        try {
            judge(COMPILER.compile(words).copy());
        } catch (FilterException e) {
            if (e.column() < 1 || e.column() > words.length() + 1 || e.getMessage().isBlank()) {
                throw new IllegalStateException("column must lie in the words: column=" + e.column(), e);
            }
        }
    }

    private static String sentence(FuzzedDataProvider data) {
        StringBuilder words = new StringBuilder();
        for (int i = 0; i < MAX_TOKENS && data.remainingBytes() > 0; i++) {
            words.append(data.consumeProbabilityDouble() < 0.95
                    ? data.pickValue(WORDS)
                    : data.consumeString(8)).append(' ');
        }
        return words.toString();
    }

    private static void judge(CompiledFilter filter) {
        for (int type = EventType.BASE; type < EventType.BASE + 256; type++) {
            for (int data1 = 0; data1 < 128; data1 += 31) {
                long data = Event.data(0x80 | type << 4 & 0x70 | data1 & 0xF, data1, 127 - data1);
                long out = filter.apply(type, Event.word(1, type & 0xFF, 3, 0), data);
                if (out != CompiledFilter.REJECTED && (out & ~0x7F7FFFL) != 0) {
                    throw new IllegalStateException("a filter made bytes that no message has: out=" + out
                            + ", words=" + filter.words());
                }
            }
        }
    }
}
