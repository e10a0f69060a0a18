package org.carillon.driver.javasound;

import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What a configuration says, checked. */
record JavaSoundSettings(String name, List<Pattern> include, List<Pattern> exclude, Synthesizers synthesizers,
        boolean sequencers) {
    /** When synthesizers are opened. */
    enum Synthesizers {
        CONNECTED, ALWAYS, NEVER
    }

    static JavaSoundSettings of(JavaSoundConfig config) {
        String[] include = config.include() == null ? new String[0] : config.include();
        String[] exclude = config.exclude() == null ? new String[0] : config.exclude();
        if (include.length == 0) {
            throw new IllegalArgumentException("include must name devices, or be * for all: include=[]");
        }
        String word = String.valueOf(config.synthesizers());
        Synthesizers synthesizers = Arrays.stream(Synthesizers.values())
                .filter(each -> each.name().equalsIgnoreCase(word)).findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "synthesizers must be connected, always or never: synthesizers=" + word));
        return new JavaSoundSettings(String.join(" ", include), patterns(include), patterns(exclude), synthesizers,
                config.sequencers());
    }

    private static List<Pattern> patterns(String[] words) {
        return Arrays.stream(words).map(JavaSoundSettings::pattern).toList();
    }

    private static Pattern pattern(String words) {
        return Pattern.compile(words.codePoints().mapToObj(c -> switch (c) {
            case '*' -> ".*";
            case '?' -> ".";
            default -> Pattern.quote(Character.toString(c));
        }).collect(Collectors.joining()), Pattern.DOTALL);
    }

    /** Whether the configuration is about a device of this name. */
    boolean covers(String device) {
        return include.stream().anyMatch(each -> each.matcher(device).matches())
                && exclude.stream().noneMatch(each -> each.matcher(device).matches());
    }
}
