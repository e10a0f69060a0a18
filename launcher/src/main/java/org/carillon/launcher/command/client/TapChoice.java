package org.carillon.launcher.command.client;

import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.carillon.api.port.CarillonException;
import org.carillon.api.port.CarillonException.Kind;
import org.carillon.protocol.EventType;
import picocli.CommandLine.Option;

/** Which messages are shown. */
final class TapChoice {
    private static final int CHANNELS = 16;
    private static final String RANGE = "\\d{1,2}(\\.\\.\\d{1,2})?";
    private static final Map<String, List<Integer>> WORDS = Map.ofEntries(
            Map.entry("note", List.of(EventType.KEY_ON, EventType.KEY_OFF, EventType.NOTE)),
            Map.entry("on", List.of(EventType.KEY_ON)), Map.entry("off", List.of(EventType.KEY_OFF)),
            Map.entry("pp", List.of(EventType.KEY_PRESS)), Map.entry("cc", List.of(EventType.CONTROL_CHANGE)),
            Map.entry("pc", List.of(EventType.PROGRAM_CHANGE)), Map.entry("cp", List.of(EventType.CHANNEL_PRESS)),
            Map.entry("pb", List.of(EventType.PITCH_WHEEL)), Map.entry("spp", List.of(EventType.SONG_POSITION)),
            Map.entry("ss", List.of(EventType.SONG_SELECT)), Map.entry("qf", List.of(EventType.QUARTER_FRAME)),
            Map.entry("syx", List.of(EventType.SYSEX)), Map.entry("as", List.of(EventType.ACTIVE_SENSING)),
            Map.entry("clock", List.of(EventType.CLOCK)));

    @Option(names = "--type", paramLabel = "WORD", split = ",", description = "Only such messages: on, off, note, pp, "
            + "cc, pc, cp, pb, spp, ss, qf, syx, clock, as, start, continue, stop, tune, reset; more than one with "
            + "commas between.")
    private List<String> types = List.of();

    @Option(names = "--ch", paramLabel = "CHANNEL", split = ",", description = "Only messages of channels such as 1,10 "
            + "or 1..4.")
    private List<String> channels = List.of();

    @Option(names = {"-a", "--all"}, description = "Show clock and active sensing, too.")
    private boolean all;

    private final BitSet chosenTypes = new BitSet();
    private final BitSet chosenChannels = new BitSet();

    /** Reads what was said. @throws CarillonException with {@link Kind#WRONG_USAGE} where it makes no sense. */
    void read() {
        for (String word : types) {
            List<Integer> codes = WORDS.get(word.toLowerCase(Locale.ROOT));
            int named = EventType.named(word);
            if (codes == null && named < 0) {
                throw new CarillonException(Kind.WRONG_USAGE, "no such type of message: type=" + word);
            }
            (codes == null ? List.of(named) : codes).forEach(chosenTypes::set);
        }
        for (String word : channels) {
            String[] ends = word.split("\\.\\.");
            int from = word.matches(RANGE) ? Integer.parseInt(ends[0]) : 0;
            int to = word.matches(RANGE) ? Integer.parseInt(ends[ends.length - 1]) : 0;
            if (from < 1 || to > CHANNELS || from > to) {
                throw new CarillonException(Kind.WRONG_USAGE, "channel must be 1 to 16, or a range such as 1..4: ch="
                        + word);
            }
            chosenChannels.set(from, to + 1);
        }
    }

    boolean isShown(SeenMessage seen) {
        if (chosenTypes.isEmpty() && !all && (seen.type() == EventType.CLOCK
                || seen.type() == EventType.ACTIVE_SENSING)) {
            return false;
        }
        return (chosenTypes.isEmpty() || chosenTypes.get(seen.type()))
                && (chosenChannels.isEmpty() || chosenChannels.get(seen.channel()));
    }
}
